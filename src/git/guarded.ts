import {PilotError} from '../domain/pilot-error.js';
import type {Run, RunResult} from '../kernel/spawn.js';

/**
 * Settings under which pilot's own git runs nothing that somebody else wrote: no hooks, no monitor, no signing, no helper, no upkeep.
 * Eleven ways were measured by which a plain `git status` in a prepared repository starts a program (git 2.39).
 */
const guards = [
	'core.hooksPath=/dev/null',
	'core.fsmonitor=false',
	'core.untrackedCache=false',
	'core.sshCommand=false',
	'core.pager=cat',
	'credential.helper=',
	'commit.gpgsign=false',
	'tag.gpgsign=false',
	'diff.external=',
	'protocol.ext.allow=never',
	'transfer.fsckObjects=true',
	'gc.auto=0',
	'maintenance.auto=false',
	'submodule.recurse=false',
	'diff.ignoreSubmodules=all',
	'advice.detachedHead=false',
	'init.defaultBranch=main',
].flatMap(guard => ['-c', guard]);

const environment = (path: string | undefined) => ({
	PATH: path ?? '/usr/local/bin:/usr/bin:/bin',
	HOME: '/nonexistent',
	LC_ALL: 'C',
	GIT_CONFIG_NOSYSTEM: '1',
	GIT_CONFIG_GLOBAL: '/dev/null',
	GIT_TERMINAL_PROMPT: '0',
	GIT_ASKPASS: '/bin/false',
	SSH_ASKPASS: '/bin/false',
	GIT_OPTIONAL_LOCKS: '0',
	GIT_NO_REPLACE_OBJECTS: '1',
	GIT_AUTHOR_NAME: 'pilot-tui',
	GIT_AUTHOR_EMAIL: 'pilot-tui@localhost',
	GIT_COMMITTER_NAME: 'pilot-tui',
	GIT_COMMITTER_EMAIL: 'pilot-tui@localhost',
});

export interface GitCall {
	readonly cwd: string;
	/** An index of one's own, so that nobody else's is touched. */
	readonly indexFile?: string;
	readonly timeoutMs?: number;
	readonly input?: string;
	readonly keepBytes?: number;
}

/** git for everything that touches what an agent wrote, or the target. Fixed arguments, no shell, no prompt, bounded in time. */
export interface GuardedGit {
	/** Standard output without its last line end. Throws GIT_FAILED. */
	(args: readonly string[], call: GitCall): Promise<string>;
	/** The same without the throw. */
	try(args: readonly string[], call: GitCall): Promise<RunResult>;
}

const withValue = new Set(['-c', '-C', '--git-dir', '--work-tree']);

/** The subcommand among git's own options. */
const subcommandOf = (args: readonly string[]) =>
	args.find((word, index) => !word.startsWith('-') && !withValue.has(args[index - 1] ?? '')) ?? '';

export function createGuardedGit(run: Run, path: string | undefined): GuardedGit {
	const env = environment(path);
	const attempt = (
		args: readonly string[],
		{cwd, indexFile, timeoutMs = 60_000, input, keepBytes = 8_000_000}: GitCall,
	) =>
		run('git', [...guards, ...args], {
			cwd,
			env: indexFile ? {...env, GIT_INDEX_FILE: indexFile} : env,
			timeoutMs,
			keepBytes,
			...(input === undefined ? {} : {input}),
		});
	const git = async (args: readonly string[], call: GitCall) => {
		const result = await attempt(args, call);
		if (result.exitCode === 0) return result.stdout.replace(/\n$/, '');
		const said =
			result.startError ??
			(result.timedOut ? 'it took too long' : result.stderr.trim().split('\n').slice(-3).join(' '));
		throw new PilotError('GIT_FAILED', {
			what: `git ${subcommandOf(args)} failed in ${call.cwd}: ${said}`,
			todo: 'Run the same by hand to see more.',
		});
	};
	return Object.assign(git, {try: attempt});
}
