import {type Calls, commitPaths, type Sync} from './workspace-calls.js';
import {createWorkspaceClient} from './workspace-client.js';
import {currentBranch} from './workspace-state.js';
import {countNow, pushNow, syncNow} from './workspace-sync.js';

export interface WorkspaceOptions {
	readonly directory: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly remote: string;
	readonly branch: string | undefined;
	readonly push: boolean;
	readonly now: () => number;
	/** Merges two versions of missions.md by meaning. */
	readonly mergeMissions: (base: Buffer, ours: Buffer, theirs: Buffer) => Buffer;
}

export interface WorkspaceGit {
	readonly branch: string;
	/** Name of the remote, when there is one and pushing is on. */
	readonly remote: string | undefined;
	/** Commits just these paths; undefined when nothing in them changed. Throws SYNC_HELD while a human is in the middle of something. */
	commit(paths: readonly string[], message: string): Promise<string | undefined>;
	/** Brings workspace and remote together: fetch, merge by meaning, push. Never forces, never rewrites. */
	sync(): Promise<Sync>;
	/** Only the push; a refused one becomes a whole sync. */
	push(): Promise<Sync>;
	/**
	 * Change, commit and push with nothing in between, so that no sync can publish half a claim. `change` looks at the files as the last
	 * merge left them, and says why there is nothing to claim, or nothing.
	 */
	claim(change: () => string | undefined, paths: readonly string[], message: string): Promise<Claim>;
	counts(): Promise<{ahead: number; behind: number}>;
}

/** `lost` says why; `theirs` is the first path as the others had it, when their work had to be merged in. */
export type Claim =
	| {readonly lost: string}
	| {
			readonly lost?: undefined;
			readonly commit: string | undefined;
			readonly sync: Sync | undefined;
			readonly theirs: Buffer | undefined;
	  };

async function claimNow(
	calls: Calls,
	change: () => string | undefined,
	paths: readonly string[],
	message: string,
): Promise<Claim> {
	const lost = change();
	if (lost) return {lost};
	const commit = await commitPaths(calls, paths, message);
	const sync = calls.remote ? await pushNow(calls) : undefined;
	const merged = sync?.kind === 'synced' && sync.merged;
	const theirs = merged
		? await calls.git.binaryCatFile(['blob', `HEAD^2:${paths[0]}`]).then(Buffer.from, () => undefined)
		: undefined;
	return {commit, sync, theirs};
}

/** Everything that pilot does with the workspace's repository, one call at a time. */
export async function openWorkspaceGit({
	directory,
	env,
	remote: wanted,
	branch: named,
	push,
	now,
	mergeMissions,
}: WorkspaceOptions): Promise<WorkspaceGit> {
	const git = createWorkspaceClient(directory, env);
	const ask = (...args: string[]) => git.raw(args).catch(() => '');
	const branch = named ?? currentBranch(directory);
	const [remotes, email] = await Promise.all([ask('remote'), ask('config', 'user.email')]);
	const remote = push && remotes.split('\n').includes(wanted) ? wanted : undefined;
	const identity = email === '' ? ['-c', 'user.name=pilot-tui', '-c', 'user.email=pilot-tui@localhost'] : [];
	const calls: Calls = {directory, git, branch, remote, identity, now, mergeMissions};
	let last: Promise<unknown> = Promise.resolve();
	const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
		const next = last.then(work, work);
		last = next.catch(() => {});
		return next;
	};
	return {
		branch,
		remote,
		commit: (paths, message) => inTurn(() => commitPaths(calls, paths, message)),
		sync: () => inTurn(() => syncNow(calls)),
		push: () => inTurn(() => pushNow(calls)),
		counts: () => inTurn(() => countNow(calls)),
		claim: (change, paths, message) => inTurn(() => claimNow(calls, change, paths, message)),
	};
}
