import {type SimpleGit, simpleGit} from 'simple-git';

const passedOn = ['GIT_SSH_COMMAND', 'GIT_SSH', 'GIT_CONFIG_GLOBAL', 'GIT_SSL_CAINFO', 'SSH_AUTH_SOCK'];

/** Settings given by the environment come as a set: a count without its pairs ends every git. */
const isPassedOn = (name: string) => passedOn.includes(name) || /^GIT_CONFIG_(COUNT|KEY_\d+|VALUE_\d+)$/.test(name);

/**
 * simple-git for the workspace, the human's own repository: their deploy keys and helpers work, but nothing asks, no hook runs, and
 * no commit waits for a signature.
 *
 * @see simple-git 4.0.2 takes most GIT_ variables out of the environment and refuses guarded settings unless they are named here.
 */
export function createWorkspaceClient(directory: string, env: Readonly<Record<string, string | undefined>>): SimpleGit {
	const own = Object.entries(env).filter(
		([name, value]) =>
			value !== undefined &&
			(!name.startsWith('GIT_') || isPassedOn(name)) &&
			!['EDITOR', 'VISUAL', 'PAGER', 'PREFIX'].includes(name),
	) as [string, string][];
	return simpleGit({
		baseDir: directory,
		maxConcurrentProcesses: 1,
		trimmed: true,
		completion: {onClose: true, onExit: false},
		timeout: {block: 60_000},
		config: [
			'core.hooksPath=/dev/null',
			'commit.gpgsign=false',
			'gc.auto=0',
			'maintenance.auto=false',
			'merge.renames=false',
		],
		unsafe: {
			allowUnsafeHooksPath: true,
			allowUnsafeAskPass: true,
			allowUnsafeSshCommand: true,
			allowUnsafeEditor: true,
			allowUnsafeConfigEnvCount: true,
		},
		allowEnvironment: [
			...own.map(([name]) => name).filter(isPassedOn),
			'GIT_TERMINAL_PROMPT',
			'GIT_ASKPASS',
			'SSH_ASKPASS',
			'GIT_EDITOR',
			'GIT_MERGE_AUTOEDIT',
		],
	}).env({
		...Object.fromEntries(own),
		LC_ALL: 'C',
		GIT_TERMINAL_PROMPT: '0',
		GIT_ASKPASS: '/bin/false',
		SSH_ASKPASS: '/bin/false',
		GIT_MERGE_AUTOEDIT: 'no',
	});
}
