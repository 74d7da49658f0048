import {fearedOther, holderOf, silentHolderOf} from '../../domain/lease.js';
import type {Run} from '../../domain/state.js';
import type {Sync} from '../../git/index.js';
import {parseQueue} from '../../queue/index.js';
import type {Context, Performer} from '../context.js';
import {statePathOf, tellPublished, writeLease} from '../leases.js';
import {tellSync} from '../upkeep.js';

const stateIn = (bytes: Buffer | undefined, missionId: string) =>
	bytes && parseQueue(bytes).items.find(item => item.mission.id === missionId)?.state;

/** True when this claim was begun before: a mark that is there may be our own. */
const isTriedAgain = ({trouble, interrupted}: Run) => trouble !== undefined || interrupted === true;

/** Whether a mission that another machine left is taken over: its mark says already that it is under way. */
const isLeft = ({machines, clock}: Context, {missionId}: Run) =>
	silentHolderOf(machines.others, missionId, clock.now()) !== undefined;

/** Marks the mission as in progress, unless somebody else has it by now; then says what it is. */
function mark(context: Context, run: Run): string | undefined {
	const {queueFile, machines, clock} = context;
	queueFile.refresh();
	machines.refresh();
	const state = queueFile.queue.items.find(item => item.mission.id === run.missionId)?.state;
	// A claim that was begun and not pushed goes on after a crash or a long sleep: the mark may be another machine's by then.
	const holder = state === 'in-progress' ? holderOf(machines.others, run.missionId, clock.now()) : undefined;
	if (holder) return `${holder.machine} has it by now`;
	const isOurs = state === 'pending' || (state === 'in-progress' && (isTriedAgain(run) || isLeft(context, run)));
	if (state !== undefined && !isOurs) return `it is ${state} in missions.md by now`;
	queueFile.edit([{op: 'mark', id: run.missionId, state: 'in-progress'}]);
	return;
}

/** Names the machine: two that claim in the same second must not make one and the same commit. */
const messageOf = ({machine}: Context, {mission, missionId}: Run) =>
	`Take: ${mission.title} ^${missionId}\n\nOn ${machine}.`;

/** Who was first, when others pushed meanwhile; of two that took over what a third left, the state of the other tells. */
function lostTo({machines, clock}: Context, {missionId}: Run, theirs: Buffer | undefined, wasLeft: boolean) {
	machines.refresh();
	const state = stateIn(theirs, missionId);
	const holder = wasLeft ? holderOf(machines.others, missionId, clock.now()) : undefined;
	if (holder) return `${holder.machine} was first to take it over`;
	const expected = wasLeft ? 'in-progress' : 'pending';
	return state && state !== expected ? `another machine was first: it is ${state} there` : undefined;
}

/** Why a claim that is not pushed must not start the mission: another machine may claim it as well. */
function whyUnpushed({config, machines, clock}: Context, sync: Sync | undefined): string | undefined {
	if (sync === undefined || sync.kind === 'synced') return;
	if (sync.kind === 'held') return `the claim could not be pushed: ${sync.why}`;
	const other = fearedOther(config, machines.others, clock.now());
	if (other) return `the claim could not be pushed (${sync.why}), and ${other.machine} may claim it too`;
	return config.git.offline === 'hold'
		? `the claim could not be pushed (${sync.why}), and git.offline is hold`
		: undefined;
}

/** Gives a mission up that was not begun. Where nobody else has it, its mark says so again. */
async function giveUp(context: Context, {missionId, attempt, mission}: Run, why: string, isOurs: boolean) {
	const {git, store, queueFile, log} = context;
	if (isOurs) queueFile.edit([{op: 'mark', id: missionId, state: 'pending'}]);
	store.emit('claim.lost', {missionId, attempt, why});
	await store.save();
	try {
		const commit = await git?.commit(['missions.md', statePathOf(context)], `Give up: ${mission.title} ^${missionId}`);
		if (commit && git?.remote && !isOurs) await git.push();
	} catch (error) {
		log.warn(`the claim of ^${missionId}, given up: ${String(error)}`);
	}
}

/** Marks the mission as in progress, commits, pushes: the push is the claim. Without a remote the commit is. */
export const claim: Performer = async (context, run) => {
	const {git, store} = context;
	const {missionId, attempt} = run;
	const wasLeft = isLeft(context, run);
	if (git?.remote) await writeLease(context);
	const {lost, commit, sync} = git
		? await git.claim({
				change: () => mark(context, run),
				paths: git.remote ? ['missions.md', statePathOf(context)] : ['missions.md'],
				message: messageOf(context, run),
				lostTo: theirs => lostTo(context, run, theirs, wasLeft),
			})
		: {lost: mark(context, run), commit: undefined, sync: undefined};
	if (sync) tellSync(context, sync);
	if (lost) return giveUp(context, run, lost, false);
	const unpushed = whyUnpushed(context, sync);
	if (unpushed) return giveUp(context, run, unpushed, !wasLeft);
	const pushed = sync?.kind === 'synced' && sync.pushed;
	if (pushed) tellPublished(context);
	store.emit('claim.published', {missionId, attempt, pushed, ...(commit ? {commit} : {})});
};
