import type {PilotEvent} from '../event.js';
import type {PilotState} from '../state.js';

export const without = <T>(record: Record<string, T>, key: string) =>
	Object.fromEntries(Object.entries(record).filter(([k]) => k !== key));

const turned = (skipped: PilotState['skipped'], missionId: string, turn: number) =>
	turn > 0 ? {...skipped, [missionId]: turn} : without(skipped, missionId);

/** A mission with an end that no attempt on this machine came to just now. */
function ended(
	state: PilotState,
	missionId: string,
	outcome: Pick<PilotState['outcomes'][string], 'state' | 'why' | 'title' | 'at' | 'attempt'>,
): PilotState {
	return {...state, outcomes: {...state.outcomes, [missionId]: {...outcome, summary: outcome.why, recorded: true}}};
}

/** What is done to a mission that waits: skipped, moved, put back, proposed. */
export function reduceOrder(state: PilotState, event: PilotEvent): PilotState {
	switch (event.type) {
		case 'mission.requeued':
			return {
				...state,
				outcomes: without(state.outcomes, event.data.missionId),
				refused: without(state.refused, event.data.missionId),
			};
		case 'mission.proposed': {
			const {missionId, title, by} = event.data;
			const why = `proposed by ${by}: approve it, or requeue it`;
			return ended(state, missionId, {state: 'parked', why, title, at: event.at, attempt: 0});
		}
		case 'mission.skipped':
			return {...state, skipped: turned(state.skipped, event.data.missionId, event.seq)};
		case 'mission.moved':
			return {...state, skipped: turned(state.skipped, event.data.missionId, event.data.turn)};
		case 'mission.restored': {
			const {missionId, title, state: to, why} = event.data;
			return ended(state, missionId, {state: to, why, title, at: event.at, attempt: state.attempts[missionId] ?? 0});
		}
		default:
			return state;
	}
}
