import {verdictOf} from '../../domain/decide/verdict.js';
import type {Performer} from '../context.js';

/** Judges the attempt: the mission ends, or is tried once more with what went wrong as context. */
export const conclude: Performer = async ({store}, run) => {
	const {missionId, attempt, mission} = run;
	const verdict = verdictOf(run);
	if (verdict.kind === 'retry') {
		store.emit('attempt.retried', {missionId, attempt, nextAttempt: attempt + 1, why: verdict.why});
		return;
	}
	const {state, why, summary, reportKind} = verdict;
	const spent = store.state.runs[missionId]?.spent;
	store.emit('mission.concluded', {
		...{missionId, attempt, title: mission.title, state, why, summary, reportKind},
		...(spent ? {spent} : {}),
	});
};
