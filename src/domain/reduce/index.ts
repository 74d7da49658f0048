import type {PilotEvent} from '../event.js';
import type {PilotState} from '../state.js';
import {reduceAccount} from './account.js';
import {reduceApprovals} from './approvals.js';
import {reduceRun} from './run.js';
import {reduceSpending} from './spending.js';

const outcomesKept = 300;

/** The oldest outcomes go when there are too many; those not yet in the files stay. */
function boundOutcomes(state: PilotState): PilotState {
	const entries = Object.entries(state.outcomes);
	if (entries.length <= outcomesKept) return state;
	const newest = entries.sort(([, a], [, b]) => b.at.localeCompare(a.at));
	const kept = newest.filter(([, outcome], index) => index < outcomesKept * 0.9 || !outcome.recorded);
	return {...state, outcomes: Object.fromEntries(kept)};
}

/** Fold one fact into the state. Unknown types fall through, so that an older build can read a newer log. */
export function reduce(state: PilotState, event: PilotEvent): PilotState {
	if (event.seq <= state.seq) return state;
	const next = {
		...reduceApprovals(reduceRun(reduceAccount(reduceSpending(state, event), event), event), event),
		seq: event.seq,
	};
	return event.type === 'mission.concluded' ? boundOutcomes(next) : next;
}
