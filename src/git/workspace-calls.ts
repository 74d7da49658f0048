import {rmSync} from 'node:fs';
import {messageOf, PilotError} from '../domain/pilot-error.js';
import type {WorkspaceClient} from './workspace-client.js';
import {currentBranch, gitTrouble, lockTrouble, staleLocks} from './workspace-state.js';

/** What every piece of work on the workspace's repository needs. */
export interface Calls {
	readonly directory: string;
	readonly git: WorkspaceClient;
	/** The same with an index of its own, in which a merge is made. */
	readonly staging: WorkspaceClient;
	/** git that talks to the remote: its output, or an error with what it said. It ends in time, and nothing of it stays. */
	readonly network: (...args: string[]) => Promise<string>;
	readonly branch: string;
	readonly remote: string | undefined;
	/** `-c` settings that name an author where the human has named none. */
	readonly identity: readonly string[];
	readonly now: () => number;
	/** Waits before another try, longer with each round. */
	readonly backOff: (round: number) => Promise<void>;
	readonly mergeOwn: MergeOwn;
}

/** Merges two versions of one of `ownPaths` by what it means; the same with the sides swapped. */
export type MergeOwn = (file: string, base: Buffer, ours: Buffer, theirs: Buffer) => Buffer;

export type Sync =
	| {
			readonly kind: 'synced';
			readonly pulled: number;
			readonly pushed: boolean;
			readonly merged: boolean;
			readonly backup?: string;
	  }
	| {readonly kind: 'offline'; readonly why: string}
	| {readonly kind: 'held'; readonly why: string; readonly todo: string};

/** What pilot itself writes in a workspace; only these are committed before a merge, and merged by meaning or by line. */
export const ownPaths = ['missions.md', 'usage.md', 'outbox.md', 'journal', 'memory', 'state'];

export const isOwn = (file: string) => ownPaths.some(own => file === own || file.startsWith(`${own}/`));

/** The remote's branch as it was last fetched. */
export const trackedBy = ({remote = 'origin', branch}: Pick<Calls, 'remote' | 'branch'>) =>
	`refs/remotes/${remote}/${branch}`;

/** A file as it stands in the object database, byte for byte. */
export const readBlob = ({git}: Pick<Calls, 'git'>, oid: string): Promise<Buffer> => git.binaryCatFile(['blob', oid]);

const offlineSigns =
	/Could not resolve|unable to access|Connection (refused|timed out|reset)|Network is unreachable|does not appear to be a git repository|Repository not found|Could not read from remote|unable to connect|No such file or directory|early EOF|hung up|block timeout|terminal prompts disabled|did not answer within|Authentication failed|Permission denied/i;

export const isOffline = (error: unknown) => offlineSigns.test(messageOf(error));

/** Somebody else pushed in between; what a server refuses for another reason will be refused again. */
export const isRefused = (error: unknown) =>
	/\[rejected\]|non-fast-forward|fetch first|cannot lock ref|failed to update ref|incorrect old value/i.test(
		messageOf(error),
	);

export function firstLine(error: unknown): string {
	const lines = messageOf(error)
		.split('\n')
		.map(line => line.trim());
	return (lines.find(line => /^(fatal|error|!)/.test(line)) ?? lines[0] ?? '').slice(0, 200);
}

/** Throws SYNC_HELD while a human is in the middle of something; clears locks that a killed git left behind. */
export function ready(calls: Calls) {
	const {directory, branch, now} = calls;
	const trouble = gitTrouble(directory);
	if (trouble) throw new PilotError('SYNC_HELD', {what: trouble.why, todo: trouble.todo});
	const on = currentBranch(directory);
	if (on !== branch) {
		throw new PilotError('SYNC_HELD', {
			what: `The workspace is on branch ${on}, and pilot works on ${branch}.`,
			todo: `Run \`git switch ${branch}\` in it, or set git.branch in config.yaml and start again.`,
		});
	}
	const refs = [`refs/heads/${branch}`, trackedBy(calls)];
	for (const stale of staleLocks(directory, refs, now())) rmSync(stale, {force: true});
}

/** Somebody else's lock in words; whatever else git said stays as it is. */
export function asBusy({directory, now}: Pick<Calls, 'directory' | 'now'>, error: unknown): unknown {
	const locked = lockTrouble(directory, messageOf(error), now());
	return locked ? new PilotError('GIT_BUSY', {what: locked.why, todo: locked.todo, cause: error}) : error;
}

/**
 * Commits just these paths, whatever else the human has staged.
 *
 * @returns The commit, or undefined when nothing in them changed. Throws SYNC_HELD, GIT_BUSY.
 * @see simple-git 4.0.2 waits another 50 ms after a command that printed nothing; so commands here are made to print.
 */
export async function commitPaths(
	calls: Calls,
	paths: readonly string[],
	message: string,
): Promise<string | undefined> {
	ready(calls);
	return commitNow(calls, paths, message).catch(error => {
		throw asBusy(calls, error);
	});
}

async function commitNow({git, identity}: Calls, paths: readonly string[], message: string) {
	const status = await git.raw([
		'status',
		'--branch',
		'--porcelain',
		'--no-renames',
		'--untracked-files=all',
		'--',
		...paths,
	]);
	const lines = status.split('\n').slice(1);
	if (lines.length === 0) return;
	const fresh = lines.filter(line => line.startsWith('??')).map(pathOf);
	if (fresh.length > 0) await git.raw(['add', '--verbose', '--', ...new Set(fresh)]);
	const told = await git.raw([
		...identity,
		'commit',
		'--no-verify',
		'--message',
		message,
		'--',
		...new Set(lines.map(pathOf)),
	]);
	return /\[\S+(?: \(root-commit\))? ([0-9a-f]+)\]/.exec(told)?.[1] ?? (await git.raw(['rev-parse', 'HEAD']));
}

/** The path of a line of `status --porcelain`; quoted ones are taken by their folder, which is what pilot writes whole. */
function pathOf(line: string): string {
	const name = line.slice(3);
	return name.startsWith('"') ? (name.slice(1).split('/')[0] ?? '.') : name;
}
