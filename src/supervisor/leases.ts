import path from 'node:path';
import {holderOf, isLapsed, leaseMsOf} from '../domain/lease.js';
import type {Run} from '../domain/state.js';
import type {Sync} from '../git/index.js';
import type {Context} from './context.js';

/** Path of this machine's state in the workspace, as git names it. */
export const statePathOf = ({workspace, stateFile}: Pick<Context, 'workspace' | 'stateFile'>) =>
	path.relative(workspace, stateFile);

/** Writes into this machine's state until when what it works on is its own. The others know once that is pushed. */
export async function writeLease({store, clock, config}: Pick<Context, 'store' | 'clock' | 'config'>): Promise<string> {
	const until = new Date(clock.now() + leaseMsOf(config)).toISOString();
	store.emit('lease.written', {until});
	await store.save();
	return until;
}

/** Pushes a fresh lease when something is under way that no other machine may have taken meanwhile. */
async function renew(context: Context): Promise<void> {
	const {store, git, clock} = context;
	if (Object.keys(store.state.runs).length === 0 || isLapsed(store.state, clock.now())) return;
	await writeLease(context);
	await git?.commit([statePathOf(context)], `Still at it\n\nOn ${context.machine}.`);
}

/** Why a run is not this machine's any more; undefined while it is. */
function takenBy({machines, queueFile, clock}: Context, {missionId, step}: Run): string | undefined {
	// The claim looks for itself, and whoever only has its end to publish has written it down while the mission was theirs.
	if (step === 'claim' || step === 'publish') return;
	const {items, conflictAt} = queueFile.queue;
	const state = items.find(item => item.mission.id === missionId)?.state;
	const isHidden = state === undefined && conflictAt !== undefined;
	if (state !== 'in-progress' && !isHidden) return `it is ${state ?? 'gone'} in missions.md by now`;
	const holder = holderOf(machines.others, missionId, clock.now());
	return holder && `${holder.machine} took it over`;
}

function whatStays({collected, checkout}: Run): string {
	if (collected?.branch) return `; what was done here stays on the branch ${collected.branch}`;
	return checkout ? `; what was done here stays in ${checkout.path}` : '';
}

/** After a time without contact: gives up what others have taken over, and keeps what was done of it. */
function giveUpTaken(context: Context) {
	const {store, stops, live} = context;
	for (const run of Object.values(store.state.runs)) {
		const {missionId, attempt} = run;
		const taken = takenBy(context, run);
		if (!taken) continue;
		const why = `${taken} while this machine was not heard of${whatStays(run)}`;
		store.emit('claim.lost', {missionId, attempt, why});
		stops.stop(missionId);
		void live.byMission(missionId)?.session?.stop({outcome: 'stopped', why});
	}
}

const isSynced = (sync: Sync | undefined) => sync?.kind === 'synced';

/** The lease in the state file is on the remote now. */
export function tellPublished({store}: Pick<Context, 'store'>) {
	const {lease} = store.state;
	if (lease && lease.publishedUntil !== lease.until) store.emit('lease.published', {until: lease.until});
}

/**
 * A sync that keeps what this machine works on its own. After a time without contact it looks first whether others have taken it over,
 * and renews only what is left.
 *
 * @param tell Told how the sync went, before anything follows from it.
 */
export async function syncWithLease(context: Context, tell: (sync: Sync) => void): Promise<void> {
	const {git, store, clock} = context;
	if (!git) return;
	const hadLapsed = isLapsed(store.state, clock.now());
	await renew(context);
	const sync = await git.sync();
	tell(sync);
	if (!isSynced(sync)) return;
	if (!hadLapsed) return tellPublished(context);
	giveUpTaken(context);
	if (Object.keys(store.state.runs).length === 0) return;
	await writeLease(context);
	await git.commit([statePathOf(context)], `Back at it\n\nOn ${context.machine}.`);
	const pushed = await git.push();
	tell(pushed);
	if (isSynced(pushed)) tellPublished(context);
}
