import {kindOf, type Sample, withSample} from '../estimate.js';
import type {DataOf, PilotEvent} from '../event.js';
import {foldQuotaUse, type Rise, twoDecimals} from '../quota-use.js';
import type {PilotState, Run} from '../state.js';
import {totalTokens} from '../tokens.js';

const nothing: Sample = {minutes: 0, tokens: 0, costUsd: 0};

const spend = (state: PilotState, missionId: string, change: (before: Sample) => Sample): PilotState => {
	const run = state.runs[missionId];
	return run ? {...state, runs: {...state.runs, [missionId]: {...run, spent: change(run.spent ?? nothing)}}} : state;
};

const addSession =
	({durationMs, tokens, costUsd}: DataOf<'session.ended'>) =>
	(before: Sample): Sample => ({
		...before,
		minutes: twoDecimals(before.minutes + durationMs / 60_000),
		tokens: before.tokens + totalTokens(tokens),
		costUsd: before.costUsd + costUsd,
	});

const addRise =
	({kind, points, missionIds}: Rise) =>
	(before: Sample): Sample => {
		const share = points / missionIds.length;
		const known = before.quotaPoints?.[kind] ?? 0;
		return {...before, quotaPoints: {...before.quotaPoints, [kind]: twoDecimals(known + share)}};
	};

/** One that a human stopped or took in hand, or that never came to work, tells nothing of what such missions take. */
const isMeasure = ({ended, taken, conclusion}: Run) =>
	ended !== undefined && ['completed', 'failed', 'overran'].includes(ended.outcome) && !taken && !conclusion;

function reduceAttempt(state: PilotState, {type, data}: PilotEvent): PilotState {
	if (type !== 'session.ended' && type !== 'attempt.retried' && type !== 'mission.concluded') return state;
	const run = state.runs[data.missionId];
	if (run?.attempt !== data.attempt) return state;
	if (type === 'session.ended') return spend(state, data.missionId, addSession(data));
	if (!run.spent || !isMeasure(run)) return state;
	return {...state, samples: withSample(state.samples, kindOf(run.mission), run.spent)};
}

/** Fold what attempts take, and what pilot can have used of the quota. Looks at runs as they were before the fact. */
export function reduceSpending(state: PilotState, event: PilotEvent): PilotState {
	const {use, rises} = foldQuotaUse(state.quotaUse, event);
	const risen = rises.reduce(
		(before, rise) => rise.missionIds.reduce((next, id) => spend(next, id, addRise(rise)), before),
		use === state.quotaUse ? state : {...state, quotaUse: use},
	);
	return reduceAttempt(risen, event);
}
