import {missionAtHand, shownSession} from '../shown-session.js';
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
		const mission = missionAtHand(state);
		if (!mission) return state.screen.focus === 'pane' ? 'No session is shown.' : 'No mission is selected.';
		return can.includes(mission.state) ? undefined : `^${mission.id} is ${missionSigns[mission.state].word}: ${todo}`;
	};

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

export const whyNotAnswer: WhyOff = state =>
	noPilot(state) ?? (state.status?.approvals.length ? undefined : 'Nothing is asked.');

export const whyNotPause: WhyOff = state =>
	noPilot(state) ?? (state.status?.state === 'stopping' ? 'The pilot is stopping already.' : undefined);

export const whyNotZoom: WhyOff = state =>
	state.screen.zoomed || shownSession(state) ? undefined : 'No session runs, so there is nothing to zoom.';
