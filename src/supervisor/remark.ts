import type {QueueItem} from '../domain/mission.js';
import type {Outcome, PilotState} from '../domain/state.js';
import type {Edit} from '../queue/index.js';

/** An editor that held the text from before a mark writes it back within this time; whatever comes later is the human's wish. */
const staleMs = 15_000;

/** How marks stand against the facts. */
export interface MarkReview {
	/** Marks that somebody's older text was saved over: to be set again. */
	readonly lost: readonly Edit[];
	/** Missions that a human made pending again in the file. */
	readonly requeued: readonly string[];
}

interface Moment {
	readonly nowMs: number;
	/** Only what this start of the pilot wrote can have been lost to an editor. */
	readonly startedMs: number;
	/** Day of an instant in the workspace's zone. */
	readonly dayOf: (ms: number) => string;
}

const isFresh = ({at}: Outcome, {nowMs, startedMs}: Moment) => {
	const endedMs = Date.parse(at);
	return endedMs >= startedMs && nowMs - endedMs < staleMs;
};

function lostMark(item: QueueItem, {runs, outcomes}: PilotState, moment: Moment): Edit | undefined {
	const {id} = item.mission;
	const run = runs[id];
	if (run)
		return item.state === 'pending' && !run.conclusion && run.step !== 'claim'
			? {op: 'mark', id, state: 'in-progress'}
			: undefined;
	const outcome = outcomes[id];
	if (!outcome?.recorded || outcome.attempt === 0 || outcome.state === 'pending' || !isFresh(outcome, moment)) return;
	if (item.state !== 'in-progress' && item.state !== 'pending') return;
	const doneOn = outcome.state === 'done' ? {doneOn: moment.dayOf(Date.parse(outcome.at))} : {};
	return {op: 'mark', id, state: outcome.state, ...doneOn};
}

const isRequeued = (item: QueueItem, {runs, outcomes}: PilotState) => {
	const {id} = item.mission;
	const outcome = outcomes[id];
	return item.state === 'pending' && !runs[id] && outcome?.recorded === true && outcome.state !== 'pending';
};

/** Holds the marks of missions.md against what this machine knows it wrote there. */
export function reviewMarks(items: readonly QueueItem[], state: PilotState, moment: Moment): MarkReview {
	const lost = items.map(item => lostMark(item, state, moment)).filter(edit => edit !== undefined);
	const again = new Set(lost.map(edit => (edit.op === 'mark' ? edit.id : '')));
	const requeued = items
		.filter(item => isRequeued(item, state) && !again.has(item.mission.id))
		.map(item => item.mission.id);
	return {lost, requeued};
}
