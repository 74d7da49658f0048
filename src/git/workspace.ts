import {tmpdir} from 'node:os';
import type {Run} from '../kernel/spawn.js';
import {type Calls, commitPaths, type MergeOwn, type Sync} from './workspace-calls.js';
import {createWorkspaceClient, type WorkspaceClient, workspaceEnv} from './workspace-client.js';
import {removeAbandonedMerges} from './workspace-merge.js';
import {createNetwork} from './workspace-network.js';
import {currentBranch, stagingIndexOf} from './workspace-state.js';
import {countNow, pushNow, syncNow} from './workspace-sync.js';

export interface WorkspaceOptions {
	readonly directory: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly remote: string;
	readonly branch: string | undefined;
	readonly push: boolean;
	readonly now: () => number;
	readonly run: Run;
	/** @default simple-git in this thread */
	readonly client?: (directory: string, env: Readonly<Record<string, string>>) => WorkspaceClient;
	/** Waits before the remote is tried again. */
	readonly backOff: (round: number) => Promise<void>;
	readonly mergeOwn: MergeOwn;
	/** How long a call to the remote may take. @default 60_000 */
	readonly networkMs?: number;
}

export interface WorkspaceGit {
	readonly branch: string;
	/** Name of the remote, when there is one and pushing is on. */
	readonly remote: string | undefined;
	/** Commits just these paths; undefined when nothing in them changed. Throws SYNC_HELD while a human is in the middle of something. */
	commit(paths: readonly string[], message: string): Promise<string | undefined>;
	/** Brings workspace and remote together: fetch, merge by meaning, push. Never forces, never rewrites; a remote that did so is merged. */
	sync(): Promise<Sync>;
	/** Only the push; a refused one becomes a whole sync. */
	push(): Promise<Sync>;
	/** Change, commit and push with nothing in between, so that no sync can publish half a claim. */
	claim(wish: ClaimWish): Promise<Claim>;
	counts(): Promise<{ahead: number; behind: number}>;
}

export interface ClaimWish {
	/** Looks at the files as the last merge left them, and says why there is nothing to claim, or nothing. */
	change(): string | undefined;
	readonly paths: readonly string[];
	readonly message: string;
	/**
	 * Asked when others pushed first and their work was merged in, before anything is pushed: says why the claim is lost, or nothing.
	 *
	 * @param theirs The first of the paths as the others had it.
	 */
	lostTo(theirs: Buffer | undefined): string | undefined;
}

/** `lost` says why; what was committed then stays unpushed. */
export interface Claim {
	readonly lost?: string;
	readonly commit: string | undefined;
	readonly sync: Sync | undefined;
}

async function claimNow(calls: Calls, {change, paths, message, lostTo}: ClaimWish): Promise<Claim> {
	let lost = change();
	if (lost) return {lost, commit: undefined, sync: undefined};
	const commit = await commitPaths(calls, paths, message);
	const mayPush = async () => {
		const theirs = calls.git.binaryCatFile(['blob', `HEAD^2:${paths[0]}`]);
		lost = lostTo(await theirs.catch(() => undefined));
		return lost === undefined;
	};
	const sync = calls.remote ? await pushNow(calls, mayPush) : undefined;
	return {commit, sync, ...(lost === undefined ? {} : {lost})};
}

async function callsFor(options: WorkspaceOptions): Promise<Calls> {
	const {directory, remote: wanted, branch, push, now, run, backOff, mergeOwn, networkMs = 60_000} = options;
	const {client = createWorkspaceClient} = options;
	const env = workspaceEnv(options.env);
	const git = client(directory, env);
	const ask = (...args: string[]) => git.raw(args).catch(() => '');
	const [remotes, email] = await Promise.all([ask('remote'), ask('config', 'user.email')]);
	return {
		directory,
		git,
		staging: client(directory, {...env, GIT_INDEX_FILE: stagingIndexOf(directory)}),
		network: createNetwork({run, directory, env, timeoutMs: networkMs}),
		branch: branch ?? currentBranch(directory),
		remote: push && remotes.split('\n').includes(wanted) ? wanted : undefined,
		identity: email === '' ? ['-c', 'user.name=pilot-tui', '-c', 'user.email=pilot-tui@localhost'] : [],
		now,
		backOff,
		mergeOwn,
	};
}

/** Everything that pilot does with the workspace's repository, one call at a time. */
export async function openWorkspaceGit(options: WorkspaceOptions): Promise<WorkspaceGit> {
	removeAbandonedMerges(tmpdir(), options.now());
	const calls = await callsFor(options);
	const {branch, remote} = calls;
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
		claim: wish => inTurn(() => claimNow(calls, wish)),
	};
}
