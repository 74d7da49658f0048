import {answerWords, type OpenApproval} from '../approval.js';
import type {DataOf, PilotEvent} from '../event.js';
import type {PilotState} from '../state.js';

const without = <T>(record: Record<string, T>, key: string) =>
	Object.fromEntries(Object.entries(record).filter(([k]) => k !== key));

/** Why a mission that was not approved is parked. */
const refusalOf = ({answer, by, note}: DataOf<'approval.settled'>) =>
	answer === 'timeout'
		? 'not approved in time: requeue it to be asked again'
		: `not approved by ${by}${note ? `: ${note}` : ''}`;

function missionSettled(state: PilotState, data: DataOf<'approval.settled'>, at: string): PilotState {
	const {missionId, answer, allowed, by, what: title} = data;
	if (allowed) return {...state, approved: {...state.approved, [missionId]: by}};
	if (answer === 'withdrawn') return state;
	const why = refusalOf(data);
	const outcome = {state: 'parked' as const, why, summary: why, at, attempt: 0, title, recorded: true};
	return {...state, outcomes: {...state.outcomes, [missionId]: outcome}};
}

const askedKept = 30;
const longestAsked = 300;

/** What a session was allowed or not is told with its work. */
function permissionSettled(
	state: PilotState,
	asked: OpenApproval | undefined,
	data: DataOf<'approval.settled'>,
): PilotState {
	const run = state.runs[data.missionId];
	if (!asked || !run || run.attempt !== asked.attempt) return state;
	const one = {what: (asked.command ?? asked.what).slice(0, longestAsked), came: answerWords(data)};
	const next = {...run, asked: [...(run.asked ?? []), one].slice(-askedKept)};
	return {...state, runs: {...state.runs, [data.missionId]: next}};
}

function settled(state: PilotState, data: DataOf<'approval.settled'>, at: string): PilotState {
	const asked = state.approvals.find(({approvalId}) => approvalId === data.approvalId);
	const next = {...state, approvals: state.approvals.filter(({approvalId}) => approvalId !== data.approvalId)};
	if (data.kind === 'mission') return missionSettled(next, data, at);
	if (data.kind === 'permission') return permissionSettled(next, asked, data);
	if (data.answer === 'withdrawn') return next;
	// An answered proposal is a mission like any other, or none; nobody is asked twice whether it may start.
	const approved = data.allowed ? {...next.approved, [data.missionId]: data.by} : next.approved;
	return {...next, approved, outcomes: without(next.outcomes, data.missionId)};
}

/** Fold what a human is asked, and what came of it. */
export function reduceApprovals(state: PilotState, event: PilotEvent): PilotState {
	switch (event.type) {
		case 'approval.asked':
			return {...state, approvals: [...state.approvals, {...event.data, askedAt: event.at}]};
		case 'approval.settled':
			return settled(state, event.data, event.at);
		case 'mission.claimed':
		case 'mission.requeued':
			return {...state, approved: without(state.approved, event.data.missionId)};
		default:
			return state;
	}
}
