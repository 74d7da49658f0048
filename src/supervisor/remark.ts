import type {QueueItem} from '../domain/mission.js';
import type {PilotState} from '../domain/state.js';
import type {Edit} from '../queue/index.js';

/**
 * An editor that held the text from before a mark writes it back within this time of the mark, or of its being set again; whatever comes
 * later is the human's wish.
 */
const staleMs = 15_000;

/** How marks stand against the facts. */
export interface MarkReview {
	/** Marks that somebody's older text was saved over, by mission: to be set again. */
	readonly lost: ReadonlyMap<string, Edit>;
	/** Missions that a human made pending again in the file. */
	readonly requeued: readonly string[];
}

interface Moment {
	readonly nowMs: number;
	/** When this start of the pilot last wrote a mission's mark: only that can have been lost to an editor. */
	readonly writtenMs: ReadonlyMap<string, number>;
	/** Day of an instant in the workspace's zone. */
	readonly dayOf: (ms: number) => string;
}

const isFresh = (id: string, {nowMs, writtenMs}: Moment) =>
	nowMs - (writtenMs.get(id) ?? Number.NEGATIVE_INFINITY) < staleMs;

/** The mark that a mission ended with. */
function endMark(id: string, {outcomes}: PilotState, moment: Moment): Edit | undefined {
	const outcome = outcomes[id];
	if (!outcome?.recorded || outcome.attempt === 0 || outcome.state === 'pending') return;
	const doneOn = outcome.state === 'done' ? {doneOn: moment.dayOf(Date.parse(outcome.at))} : {};
	return {op: 'mark', id, state: outcome.state, ...doneOn};
}

function lostMark(item: QueueItem, state: PilotState, moment: Moment): Edit | undefined {
	const {id} = item.mission;
	const {runs} = state;
	const run = runs[id];
	if (run)
		return item.state === 'pending' && !run.conclusion && run.step !== 'claim'
			? {op: 'mark', id, state: 'in-progress'}
			: undefined;
	if (!isFresh(id, moment) || (item.state !== 'in-progress' && item.state !== 'pending')) return;
	return endMark(id, state, moment);
}

const isRequeued = (item: QueueItem, {runs, outcomes}: PilotState) => {
	const {id} = item.mission;
	const outcome = outcomes[id];
	return item.state === 'pending' && !runs[id] && outcome?.recorded === true && outcome.state !== 'pending';
};

/**
 * Holds the marks of missions.md against what this machine knows it wrote there. A text that lacks a mark which no human can have meant is
 * old, and what else it has as pending again is so by accident too: however old it is, it requeues nothing.
 */
export function reviewMarks(items: readonly QueueItem[], state: PilotState, moment: Moment): MarkReview {
	const lost = new Map<string, Edit>();
	const again: string[] = [];
	for (const item of items) {
		const {id} = item.mission;
		const edit = lostMark(item, state, moment);
		if (edit) lost.set(id, edit);
		else if (isRequeued(item, state)) again.push(id);
	}
	if (lost.size === 0) return {lost, requeued: again};
	for (const id of again) {
		const edit = endMark(id, state, moment);
		if (edit) lost.set(id, edit);
	}
	return {lost, requeued: []};
}
