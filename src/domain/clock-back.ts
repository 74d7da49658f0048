import {daysBackOn} from './days.js';
import type {DataOf} from './event.js';
import type {PilotState, Run} from './state.js';

/** What is set back by less is waited for: nothing lasts much longer for it. */
const farBackMs = 86_400_000;

/** True when the last fact was written more than a day in what the clock now says is the future. */
export const hasGoneBack = (lastAt: string, nowMs: number) => Date.parse(lastAt) - nowMs > farBackMs;

/** Moves what lies ahead to where it would lie, had the clock been right all along; ISO 8601 as it came for what does not. */
type Moved = (at: string) => string;

const movedBy =
	(wasMs: number, nowMs: number): Moved =>
	at =>
		Date.parse(at) > nowMs ? new Date(Date.parse(at) - (wasMs - nowMs)).toISOString() : at;

function movedRun(run: Run, moved: Moved): Run {
	return {
		...run,
		notBeforeMs: 0,
		claimedAt: moved(run.claimedAt),
		...(run.session ? {session: {...run.session, startedAt: moved(run.session.startedAt)}} : {}),
	};
}

/** A question keeps the time that it has left. */
const movedApproval = (approval: PilotState['approvals'][number], moved: Moved): PilotState['approvals'][number] => {
	const askedAt = moved(approval.askedAt);
	const {deadline} = approval;
	return askedAt === approval.askedAt || deadline === undefined
		? {...approval, askedAt}
		: {...approval, askedAt, deadline: moved(deadline)};
};

/** When it ends was counted from a wrong time: it is looked at again soon instead. */
function movedPark(parked: NonNullable<PilotState['parked']>, moved: Moved): NonNullable<PilotState['parked']> {
	const since = moved(parked.since);
	if (since === parked.since) return parked;
	const {until: _wrong, ...rest} = parked;
	return {...rest, since};
}

const movedWindow = <W extends {readonly measuredAt: string}>(window: W, moved: Moved): W => ({
	...window,
	measuredAt: moved(window.measuredAt),
});

/**
 * The state of a pilot whose clock was wrongly ahead and has come back. Whatever was written down for a time that is far off now would hold
 * things up until then. What another machine may rely on, the lease, is given up: the remote is looked at before anything is told.
 */
export function clockWentBack(state: PilotState, {was}: DataOf<'clock.went-back'>, now: string): PilotState {
	const moved = movedBy(Date.parse(was), Date.parse(now));
	const {lease: _tooLong, parked, lastSyncAt, ...rest} = state;
	return {
		...rest,
		...daysBackOn(state, now.slice(0, 10)),
		...(parked ? {parked: movedPark(parked, moved)} : {}),
		...(lastSyncAt ? {lastSyncAt: moved(lastSyncAt)} : {}),
		runs: Object.fromEntries(Object.entries(state.runs).map(([id, run]) => [id, movedRun(run, moved)])),
		approvals: state.approvals.map(approval => movedApproval(approval, moved)),
		windows: state.windows.map(window => movedWindow(window, moved)),
		quotaUse: {
			windows: state.quotaUse.windows.map(window => movedWindow(window, moved)),
			sessions: state.quotaUse.sessions.map(session =>
				session.endedAt === undefined ? session : {...session, endedAt: moved(session.endedAt)},
			),
		},
	};
}
