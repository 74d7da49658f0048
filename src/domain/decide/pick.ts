import {silentHolderOf} from '../lease.js';
import type {QueueItem} from '../mission.js';
import type {Situation, Wait} from './types.js';

/** What waits to be taken: pending, or left by a machine that is silent since its lease ended. */
export const isOpen = ({others, syncedMs}: Situation, {state, mission}: QueueItem) =>
	state === 'pending' || (state === 'in-progress' && silentHolderOf(others, mission.id, syncedMs) !== undefined);

/** Priority first, then what was skipped goes last, then the order of the file. */
export function inOrder(situation: Situation): QueueItem[] {
	const {queue, state} = situation;
	const skip = (item: QueueItem) => state.skipped[item.mission.id] ?? 0;
	return queue.items
		.filter(item => isOpen(situation, item))
		.sort((a, b) => a.mission.priority - b.mission.priority || skip(a) - skip(b) || a.line - b.line);
}

const stateWords: Record<string, string> = {
	blocked: 'which is blocked',
	parked: 'which is parked',
	failed: 'which failed',
	unproven: 'which is unproven',
};

/** The first thing this one mission waits for, if any. */
export function missionWait({queue, state}: Situation, item: QueueItem): Wait | undefined {
	const refused = state.refused[item.mission.id];
	if (refused) return {why: refused, on: 'human'};
	for (const id of item.mission.after) {
		const other = queue.items.find(candidate => candidate.mission.id === id);
		// A human may have taken a done mission out of the file.
		if ((other?.state ?? state.outcomes[id]?.state) === 'done') continue;
		if (!other) return {why: `waits for ^${id}, which is not in missions.md`, on: 'human'};
		const words = stateWords[other.state];
		return {why: words ? `waits for ^${id}, ${words}` : `waits for ^${id}`, on: words ? 'human' : 'mission'};
	}
	return;
}
