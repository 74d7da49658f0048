import {simpleGit} from 'simple-git';

/** The part of simple-git that is used. */
export interface WorkspaceClient {
	raw(args: string[]): Promise<string>;
	binaryCatFile(args: string[]): Promise<Buffer>;
}

/** A call to a client that is elsewhere, as data. */
export interface WorkspaceGitCall {
	readonly directory: string;
	readonly env: Readonly<Record<string, string>>;
	readonly method: keyof WorkspaceClient;
	readonly args: string[];
}

const passedOn = ['GIT_SSH_COMMAND', 'GIT_SSH', 'GIT_CONFIG_GLOBAL', 'GIT_SSL_CAINFO', 'SSH_AUTH_SOCK'];

/** Settings given by the environment come as a set: a count without its pairs ends every git. */
const isPassedOn = (name: string) => passedOn.includes(name) || /^GIT_CONFIG_(COUNT|KEY_\d+|VALUE_\d+)$/.test(name);

/** Settings for every git in the workspace: no hook runs, no commit waits for a signature, no byte is changed on its way to the disk. */
const settings = [
	'core.hooksPath=/dev/null',
	'core.autocrlf=false',
	'commit.gpgsign=false',
	'gc.auto=0',
	'maintenance.auto=false',
	'merge.renames=false',
];

/** The same as arguments. */
export const settingArgs = settings.flatMap(setting => ['-c', setting]);

/** The environment of git in the human's own repository: their deploy keys and helpers work, but nothing asks. */
export function workspaceEnv(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
	const own = Object.entries(env).filter(
		([name, value]) =>
			value !== undefined &&
			(!name.startsWith('GIT_') || isPassedOn(name)) &&
			!['EDITOR', 'VISUAL', 'PAGER', 'PREFIX'].includes(name),
	) as [string, string][];
	return {
		...Object.fromEntries(own),
		LC_ALL: 'C',
		GIT_TERMINAL_PROMPT: '0',
		GIT_ASKPASS: '/bin/false',
		SSH_ASKPASS: '/bin/false',
		GIT_MERGE_AUTOEDIT: 'no',
	};
}

/**
 * simple-git for the workspace.
 *
 * @param env What `workspaceEnv` gave; with GIT_INDEX_FILE the human's index is left alone.
 * @see simple-git 4.0.2 takes most GIT_ variables out of the environment and refuses guarded settings unless they are named here.
 */
export function createWorkspaceClient(directory: string, env: Readonly<Record<string, string>>): WorkspaceClient {
	const git = simpleGit({
		baseDir: directory,
		maxConcurrentProcesses: 1,
		trimmed: true,
		completion: {onClose: true, onExit: false},
		timeout: {block: 60_000},
		config: settings,
		unsafe: {
			allowUnsafeHooksPath: true,
			allowUnsafeAskPass: true,
			allowUnsafeSshCommand: true,
			allowUnsafeEditor: true,
			allowUnsafeConfigEnvCount: true,
			allowUnsafeConfigPaths: true,
		},
		allowEnvironment: [
			...Object.keys(env).filter(isPassedOn),
			'GIT_TERMINAL_PROMPT',
			'GIT_ASKPASS',
			'SSH_ASKPASS',
			'GIT_EDITOR',
			'GIT_MERGE_AUTOEDIT',
			'GIT_INDEX_FILE',
		],
	}).env({...env});
	return {
		raw: args => git.raw(args),
		binaryCatFile: async args => Buffer.from(await git.binaryCatFile(args)),
	};
}
