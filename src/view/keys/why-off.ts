import {sortWord} from '../queue-entries.js';
import {missionAtHand, missionsAtHand, shownSession} from '../shown-session.js';
import {asksInWords} from '../status-line.js';
import type {ViewState} from '../store.js';
import {missionSigns} from '../theme.js';

/** Why a key would do nothing now, or undefined when it works. */
export type WhyOff = (state: ViewState) => string | undefined;

export const noPilot: WhyOff = ({answering}) => (answering ? undefined : 'The pilot does not answer; looking again.');

/** Of a key that works on missions in some states only. */
export const whyNotOn =
	(can: readonly string[], todo: string): WhyOff =>
	state => {
		const trouble = noPilot(state);
		if (trouble) return trouble;
		const missions = missionsAtHand(state);
		const [mission] = missions;
		if (!mission) return state.screen.focus === 'pane' ? 'No session is shown.' : 'No mission is selected.';
		if (missions.length > 1)
			return missions.some(one => can.includes(one.state)) ? undefined : `None of those marked: ${todo}`;
		return can.includes(mission.state) ? undefined : `^${mission.id} is ${missionSigns[mission.state].word}: ${todo}`;
	};

export const whyNotWait = whyNotOn(['pending'], 'only what waits has a place in the order.');

/** Where the order is not to be seen, nobody can mean to change it. */
export const whyNotMove: WhyOff = state =>
	whyNotWait(state) ??
	(state.screen.sort === 'turn'
		? undefined
		: `The queue is shown ${sortWord(state.screen.sort)}: o has it as it will run.`);

export const whyNoPane: WhyOff = state => noPilot(state) ?? (shownSession(state) ? undefined : 'No session is shown.');

export const whyNotAttach: WhyOff = state => {
	const trouble = whyNoPane(state);
	if (trouble) return trouble;
	const session = shownSession(state);
	if (session?.phase === 'ended') return 'The session has ended; its last screen is shown.';
	return session?.simulated ? 'A simulated agent has no keyboard: there is nothing to take over.' : undefined;
};

export const whyNotHandBack: WhyOff = state =>
	shownSession(state)?.taken ? noPilot(state) : 'The session that is shown was not taken over.';

export const whyNotReplay: WhyOff = state => {
	const mission = missionAtHand(state);
	if (!mission) return 'No mission is selected.';
	return mission.state === 'pending' || mission.state === 'in-progress'
		? `^${mission.id} is ${missionSigns[mission.state].word}: what has ended can be replayed.`
		: undefined;
};

function parkedQuestion(state: ViewState): string | undefined {
	const selected = missionAtHand(state);
	// Asked for with each picture: where nothing is parked, ten thousand missions are not looked through.
	const others = state.status?.queue.parked ? state.status.missions : [];
	const mission = selected && asksInWords(selected) ? selected : others.find(asksInWords);
	return mission && `^${mission.id} asks in words: e, write the answer indented below it, save; then r.`;
}

export const whyNotAnswer: WhyOff = state =>
	noPilot(state) ?? (state.status?.approvals.length ? undefined : (parkedQuestion(state) ?? 'Nothing is asked.'));

export const whyNotPause: WhyOff = state =>
	noPilot(state) ?? (state.status?.state === 'stopping' ? 'The pilot is stopping already.' : undefined);

export const whyNotZoom: WhyOff = state =>
	state.screen.zoomed || shownSession(state) ? undefined : 'No session runs, so there is nothing to zoom.';
