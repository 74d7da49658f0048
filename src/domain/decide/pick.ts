import {silentHolderOf} from '../lease.js';
import type {QueueItem} from '../mission.js';
import {neverRuns} from '../never-runs.js';
import type {PilotState} from '../state.js';
import type {Situation, Wait} from './types.js';

const longestTitle = 60;

/** `“Review the login” ^m-4k2p9q`: an id alone says nothing to somebody who has just woken up. */
function named({id, title}: Pick<QueueItem['mission'], 'id' | 'title'>): string {
	const shown = [...title];
	return `“${shown.length > longestTitle ? `${shown.slice(0, longestTitle).join('')}…` : title}” ^${id}`;
}

/** What waits to be taken: pending, or left by a machine that is silent since its lease ended. */
export const isOpen = ({others, syncedMs}: Situation, {state, mission}: QueueItem) =>
	state === 'pending' || (state === 'in-progress' && silentHolderOf(others, mission.id, syncedMs) !== undefined);

/** What was found out about a queue's items: a decision is made many times before they change, and there may be ten thousand. */
interface Known {
	readonly skipped: PilotState['skipped'];
	/** All that may be open, in the order in which it is taken. */
	readonly order: readonly QueueItem[];
	readonly byId: ReadonlyMap<string, QueueItem>;
}

const known = new WeakMap<readonly QueueItem[], Known>();

/** Priority first, then what was skipped goes last, then the order of the file. */
function ordered(items: readonly QueueItem[], skipped: PilotState['skipped']): QueueItem[] {
	const skip = (item: QueueItem) => skipped[item.mission.id] ?? 0;
	return items
		.filter(({state}) => state === 'pending' || state === 'in-progress')
		.sort((a, b) => a.mission.priority - b.mission.priority || skip(a) - skip(b) || a.line - b.line);
}

function knownOf({queue: {items}, state: {skipped}}: Pick<Situation, 'queue' | 'state'>): Known {
	const before = known.get(items);
	if (before?.skipped === skipped) return before;
	const byId = before?.byId ?? new Map(items.toReversed().map(item => [item.mission.id, item]));
	const now = {skipped, order: ordered(items, skipped), byId};
	known.set(items, now);
	return now;
}

/** What waits to be taken and is not under way here, in the order in which it will be. */
export function* openInOrder(situation: Situation): Generator<QueueItem> {
	for (const item of knownOf(situation).order)
		if (isOpen(situation, item) && !situation.state.runs[item.mission.id]) yield item;
}

const stateWords: Record<string, string> = {
	blocked: 'which is blocked',
	parked: 'which is parked',
	failed: 'which failed',
	unproven: 'which is unproven',
};

/** Why this mission can never run as it is written, if so. */
export function missionFault(situation: Pick<Situation, 'state' | 'queue' | 'config'>, item: QueueItem) {
	const {mission} = item;
	if (mission.target === undefined && mission.after.length === 0) return;
	const {byId} = knownOf(situation);
	return neverRuns(mission, {
		targets: situation.config.targets.map(({name}) => name),
		// A human may have taken a done mission out of the file.
		isKnown: id => byId.has(id) || situation.state.outcomes[id]?.state === 'done',
	});
}

/** The first thing this one mission waits for, if any. */
export function missionWait(situation: Situation, item: QueueItem): Wait | undefined {
	if (item.held) return {why: item.held, on: 'human'};
	const fault = missionFault(situation, item);
	if (fault) return {why: fault, on: 'human'};
	for (const id of item.mission.after) {
		const other = knownOf(situation).byId.get(id);
		if (!other || other.state === 'done') continue;
		const words = stateWords[other.state];
		return {why: `waits for ${named(other.mission)}${words ? `, ${words}` : ''}`, on: words ? 'human' : 'mission'};
	}
	return;
}
