import type {Run} from '../../domain/state.js';
import {parseQueue} from '../../queue/index.js';
import type {Context, Performer} from '../context.js';
import {tellSync} from '../upkeep.js';

const stateIn = (bytes: Buffer | undefined, missionId: string) =>
	bytes && parseQueue(bytes).items.find(item => item.mission.id === missionId)?.state;

/** True when this claim was begun before: a mark that is there may be our own. */
const isTriedAgain = ({startedAt}: Context, run: Run) => run.trouble !== undefined || run.claimedAt < startedAt;

/** Marks the mission as in progress, unless somebody else has it by now; then says what it is. */
function mark(context: Context, run: Run): string | undefined {
	const {queueFile} = context;
	queueFile.refresh();
	const state = queueFile.queue.items.find(item => item.mission.id === run.missionId)?.state;
	const isOurs = state === 'pending' || (state === 'in-progress' && isTriedAgain(context, run));
	if (state !== undefined && !isOurs) return `it is ${state} in missions.md by now`;
	queueFile.edit([{op: 'mark', id: run.missionId, state: 'in-progress'}]);
	return;
}

/** Names the machine: two that claim in the same second must not make one and the same commit. */
const messageOf = ({machine}: Context, {mission, missionId}: Run) =>
	`Take: ${mission.title} ^${missionId}\n\nOn ${machine}.`;

/** Marks the mission as in progress, commits, pushes: the push is the claim. Without a remote the commit is. */
export const claim: Performer = async (context, run) => {
	const {git, store} = context;
	const {missionId, attempt} = run;
	const claimed = git
		? await git.claim(() => mark(context, run), ['missions.md'], messageOf(context, run))
		: {lost: mark(context, run), commit: undefined, sync: undefined, theirs: undefined};
	if (claimed.lost) return void store.emit('claim.lost', {missionId, attempt, why: claimed.lost});
	const {commit, sync, theirs} = claimed as Exclude<typeof claimed, {lost: string}>;
	if (sync) tellSync(context, sync);
	const other = stateIn(theirs, missionId);
	if (other && other !== 'pending') {
		return void store.emit('claim.lost', {missionId, attempt, why: `another machine was first: it is ${other} there`});
	}
	const pushed = sync?.kind === 'synced' && sync.pushed;
	store.emit('claim.published', {missionId, attempt, pushed, ...(commit ? {commit} : {})});
};
