import type {MissionStatus, SessionStatus, Status} from '../domain/status.js';
import {type QueueEntry, selectedIndex} from './queue-entries.js';
import type {ViewState} from './store.js';

export const isRunning = ({phase}: SessionStatus) => phase !== 'ended';

export const runningSessions = (status: Status | undefined) => status?.sessions.filter(isRunning) ?? [];

/**
 * The session whose screen is seen: the one the human chose, else the newest that runs, else the one whose mission is
 * still being worked on.
 */
export function shownSession({status, screen}: ViewState): SessionStatus | undefined {
	if (!status) return;
	const {sessions, missions} = status;
	const chosen = sessions.find(session => session.id === screen.sessionId);
	const inWork = (session: SessionStatus) =>
		missions.some(({id, state}) => id === session.missionId && state === 'in-progress');
	return chosen ?? sessions.findLast(isRunning) ?? sessions.findLast(inWork);
}

/** The sessions whose screens are seen, as many as there is room for: all that run, in their order, with the one looked at. */
export function shownSessions(state: ViewState, most: number): readonly SessionStatus[] {
	const shown = shownSession(state);
	if (!shown || !state.status) return [];
	const running = runningSessions(state.status);
	if (state.screen.zoomed || most < 2 || !running.includes(shown)) return [shown];
	const others = running.filter(session => session !== shown).slice(0, most - 1);
	return running.filter(session => session === shown || others.includes(session));
}

export const selectedEntry = ({screen, queue}: ViewState): QueueEntry | undefined =>
	queue.entries[selectedIndex(queue, screen.selectedId)];

/** The mission that the cursor is on. */
export function missionAtCursor(state: ViewState): MissionStatus | undefined {
	const entry = selectedEntry(state);
	return entry?.kind === 'mission' ? entry.mission : undefined;
}

/** The mission that is looked at: that of the pane when the pane has the focus, else the one the cursor is on. */
export function missionAtHand(state: ViewState): MissionStatus | undefined {
	if (state.screen.focus === 'queue') return missionAtCursor(state);
	const session = shownSession(state);
	return state.status?.missions.find(mission => mission.id === session?.missionId);
}

/** The missions that keys act on: those that are marked while the queue has the focus, in its order; else the one at hand. */
export function missionsAtHand(state: ViewState): readonly MissionStatus[] {
	const {focus, marked} = state.screen;
	const chosen = focus === 'queue' && marked.length > 0 ? markedMissions(state) : [];
	if (chosen.length > 0) return chosen;
	const mission = missionAtHand(state);
	return mission ? [mission] : [];
}

/** What is marked and still there, also where the filter hides it. */
export function markedMissions({status, screen}: ViewState): readonly MissionStatus[] {
	if (!status || screen.marked.length === 0) return [];
	const marked = new Set(screen.marked);
	return status.missions.filter(({id}) => marked.has(id));
}
