import {PilotError} from '../domain/pilot-error.js';
import {type Calls, firstLine, isOffline, isRefused, ownPaths, ready, type Sync} from './workspace-calls.js';
import {mergeFetched} from './workspace-merge.js';

const pushRounds = 5;

const heldBy = (error: unknown): Sync =>
	error instanceof PilotError
		? {kind: 'held', why: error.message, todo: error.todo}
		: {
				kind: 'held',
				why: `git said: ${firstLine(error)}`,
				todo: 'Run `git pull` and `git push` in the workspace by hand, then `pilot-tui resume`.',
			};

const told = (error: unknown): Sync => (isOffline(error) ? {kind: 'offline', why: firstLine(error)} : heldBy(error));

/** How far the workspace is from what was last fetched. */
export async function countNow({git, branch, remote}: Calls): Promise<{ahead: number; behind: number}> {
	if (!remote) return {ahead: 0, behind: 0};
	const counts = await git
		.raw(['rev-list', '--left-right', '--count', `HEAD...refs/remotes/${remote}/${branch}`])
		.catch(() => '0\t0');
	const [ahead = 0, behind = 0] = counts.split('\t').map(Number);
	return {ahead, behind};
}

const push = ({git, remote = 'origin', branch}: Calls) =>
	git.raw(['push', '--porcelain', '--no-verify', remote, `HEAD:refs/heads/${branch}`]);

async function pull(calls: Calls): Promise<{pulled: number; merged: boolean}> {
	const {git, remote = 'origin', branch} = calls;
	const known = await git.raw(['ls-remote', '--heads', remote, `refs/heads/${branch}`]);
	if (known === '') return {pulled: 0, merged: false};
	await git.raw(['fetch', '--no-tags', '--verbose', remote, `+refs/heads/${branch}:refs/remotes/${remote}/${branch}`]);
	const {ahead, behind} = await countNow(calls);
	if (behind === 0) return {pulled: 0, merged: false};
	const dirty = await git.raw(['status', '--branch', '--porcelain', '--untracked-files=no', '--', ...ownPaths]);
	if (ahead === 0 && dirty.split('\n').length === 1) {
		const forwarded = await git.raw([...calls.identity, 'merge', '--ff-only', 'FETCH_HEAD']).then(
			() => true,
			() => false,
		);
		if (forwarded) return {pulled: behind, merged: false};
		// Something in the work tree is in its way: the merge below takes it in, or says what it is.
	}
	await mergeFetched(calls);
	return {pulled: behind, merged: true};
}

/** Fetch, merge, push, and again while others push in between; at most five rounds. */
export async function syncNow(calls: Calls): Promise<Sync> {
	if (!calls.remote) return {kind: 'synced', pulled: 0, pushed: false, merged: false};
	let pulled = 0;
	let merged = false;
	try {
		ready(calls);
		for (let round = 0; round < pushRounds; round++) {
			const got = await pull(calls);
			pulled += got.pulled;
			merged ||= got.merged;
			const {ahead} = await countNow(calls);
			const first = ahead === 0 && got.pulled === 0 ? await isUnpublished(calls) : ahead > 0;
			if (!first) return {kind: 'synced', pulled, pushed: false, merged};
			try {
				await push(calls);
				return {kind: 'synced', pulled, pushed: true, merged};
			} catch (error) {
				if (!isRefused(error)) throw error;
			}
		}
		return {kind: 'offline', why: 'others push faster than this machine can merge'};
	} catch (error) {
		return told(error);
	}
}

/** True while the remote does not have the branch at all. */
async function isUnpublished({git, remote, branch}: Calls): Promise<boolean> {
	const known = await git.raw(['rev-parse', '--verify', '--quiet', `refs/remotes/${remote}/${branch}`]).catch(() => '');
	return known === '';
}

/** Just the push, which is all that is needed most of the time; a refused one becomes a whole sync. */
export async function pushNow(calls: Calls): Promise<Sync> {
	if (!calls.remote) return {kind: 'synced', pulled: 0, pushed: false, merged: false};
	try {
		ready(calls);
		await push(calls);
		return {kind: 'synced', pulled: 0, pushed: true, merged: false};
	} catch (error) {
		return isRefused(error) ? syncNow(calls) : told(error);
	}
}
