import {PilotError} from '../domain/pilot-error.js';
import {advance, cannotAdvance} from './workspace-advance.js';
import {
	asBusy,
	type Calls,
	commitPaths,
	firstLine,
	isOffline,
	isRefused,
	ownPaths,
	ready,
	type Sync,
	trackedBy,
} from './workspace-calls.js';
import {makeMerge} from './workspace-merge.js';

const pushRounds = 5;

const heldBy = (error: unknown): Sync =>
	error instanceof PilotError
		? {kind: 'held', why: error.message, todo: error.todo}
		: {
				kind: 'held',
				why: `git said: ${firstLine(error)}`,
				todo: 'Run `git pull` and `git push` in the workspace by hand, then `pilot-tui resume`.',
			};

function told(calls: Calls, thrown: unknown): Sync {
	const error = asBusy(calls, thrown);
	return isOffline(error) ? {kind: 'offline', why: firstLine(error)} : heldBy(error);
}

/** How far the workspace is from what was last fetched. */
export async function countNow(calls: Calls): Promise<{ahead: number; behind: number}> {
	if (!calls.remote) return {ahead: 0, behind: 0};
	const counts = await calls.git
		.raw(['rev-list', '--left-right', '--count', `HEAD...${trackedBy(calls)}`])
		.catch(() => '0\t0');
	const [ahead = 0, behind = 0] = counts.split('\t').map(Number);
	return {ahead, behind};
}

const push = ({network, remote = 'origin', branch}: Calls) =>
	network('push', '--porcelain', '--no-verify', remote, `HEAD:refs/heads/${branch}`);

const commitOf = ({git}: Calls, name: string) => git.raw(['rev-parse', '--verify', '--quiet', name]).catch(() => '');
const baseOf = ({git}: Calls, one: string, other: string) => git.raw(['merge-base', one, other]).catch(() => '');

/** Keeps what is here under a name of its own when the remote's history was written anew. */
async function keepTip(calls: Calls, before: string): Promise<string | undefined> {
	const {git, now} = calls;
	const [ours, theirs] = [await commitOf(calls, 'HEAD'), await commitOf(calls, trackedBy(calls))];
	if (before === '' || (await baseOf(calls, before, theirs)) === before) return;
	if ((await baseOf(calls, ours, theirs)) === ours) return;
	const stamp = new Date(now()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
	const name = `pilot/backup-${stamp}`;
	await git.raw(['branch', '--force', name, ours]);
	return name;
}

const mergeRounds = 3;

/** Brings what was fetched into the workspace; true when that took a merge. What a human saves meanwhile is taken in as well. */
async function takeIn(calls: Calls): Promise<boolean> {
	let merged = false;
	for (let round = 1; ; round++) {
		await commitPaths(calls, ownPaths, 'Keep what was edited here');
		const [ours, theirs] = [await commitOf(calls, 'HEAD'), await commitOf(calls, trackedBy(calls))];
		const base = await baseOf(calls, ours, theirs);
		if (base === '')
			throw new PilotError('SYNC_HELD', {
				what: 'Workspace and remote have no common history.',
				todo: 'Check git.remote and git.branch in config.yaml.',
			});
		if (base === theirs) return merged;
		merged = base !== ours;
		const tip = merged ? await makeMerge(calls, {base, ours, theirs}) : theirs;
		const refusal = await advance(calls, ours, tip);
		if (refusal === undefined) return merged;
		if (round === mergeRounds) throw cannotAdvance(refusal);
	}
}

interface Pulled {
	readonly pulled: number;
	readonly merged: boolean;
	readonly backup: string | undefined;
}

const nothing: Pulled = {pulled: 0, merged: false, backup: undefined};

async function pull(calls: Calls): Promise<Pulled> {
	const {network, remote = 'origin', branch} = calls;
	const before = await commitOf(calls, trackedBy(calls));
	const [known = ''] = (await network('ls-remote', '--heads', remote, `refs/heads/${branch}`)).split('\t');
	if (known === '') return nothing;
	if (known !== before) await network('fetch', '--no-tags', remote, `+refs/heads/${branch}:${trackedBy(calls)}`);
	const {behind} = await countNow(calls);
	if (behind === 0) return nothing;
	const backup = await keepTip(calls, before);
	return {pulled: behind, merged: await takeIn(calls), backup};
}

const synced = ({pulled, merged, backup}: Pulled, pushed: boolean): Sync => ({
	...{kind: 'synced', pulled, pushed, merged},
	...(backup ? {backup} : {}),
});

/**
 * Fetch, merge, push, and again while others push in between; at most five rounds.
 *
 * @param mayPush Asked after each merge; false leaves what is here unpushed.
 */
export async function syncNow(calls: Calls, mayPush = async () => true): Promise<Sync> {
	if (!calls.remote) return {kind: 'synced', pulled: 0, pushed: false, merged: false};
	let done = nothing;
	try {
		ready(calls);
		for (let round = 0; round < pushRounds; round++) {
			if (round > 0) await calls.backOff(round);
			const got = await pull(calls);
			done = {
				pulled: done.pulled + got.pulled,
				merged: done.merged || got.merged,
				backup: got.backup ?? done.backup,
			};
			if (got.merged && !(await mayPush())) return synced(done, false);
			const {ahead} = await countNow(calls);
			const first = ahead === 0 && got.pulled === 0 ? await isUnpublished(calls) : ahead > 0;
			if (!first) return synced(done, false);
			try {
				await push(calls);
				return synced(done, true);
			} catch (error) {
				if (!isRefused(error)) throw error;
			}
		}
		return {kind: 'offline', why: 'others push faster than this machine can merge'};
	} catch (error) {
		return told(calls, error);
	}
}

/** True while the remote does not have the branch at all. */
const isUnpublished = async (calls: Calls) => (await commitOf(calls, trackedBy(calls))) === '';

/** Just the push, which is all that is needed most of the time; a refused one becomes a whole sync. */
export async function pushNow(calls: Calls, mayPush?: () => Promise<boolean>): Promise<Sync> {
	if (!calls.remote) return {kind: 'synced', pulled: 0, pushed: false, merged: false};
	try {
		ready(calls);
		await push(calls);
		return {kind: 'synced', pulled: 0, pushed: true, merged: false};
	} catch (error) {
		return isRefused(error) ? syncNow(calls, mayPush) : told(calls, error);
	}
}
