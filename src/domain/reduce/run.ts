import type {PilotEvent} from '../event.js';
import type {PilotState, Run} from '../state.js';
import {reduceOrder, without} from './order.js';

const retryDelayMs = 30_000;
/** missions.md is being saved over and over: whoever does that has soon done. */
const busyDelayMs = 5000;
const saidKept = 20;

const changeRun = (state: PilotState, missionId: string, change: Partial<Run>): PilotState => {
	const run = state.runs[missionId];
	return run ? {...state, runs: {...state.runs, [missionId]: {...run, ...change}}} : state;
};

function begun(state: PilotState, missionId: string): PilotState {
	const run = state.runs[missionId];
	if (!run) return state;
	const {trouble: _over, ...rest} = run;
	return {...state, runs: {...state.runs, [missionId]: {...rest, begun: true}}};
}

const newRun = (data: Extract<PilotEvent, {type: 'mission.claimed'}>['data'], at: string): Run => ({
	missionId: data.missionId,
	attempt: data.attempt,
	tries: data.tries,
	mission: data.mission,
	scope: data.scope,
	claimedAt: at,
	step: 'claim',
	begun: false,
	notBeforeMs: 0,
	spentUsd: 0,
	resumes: 0,
	noted: [],
	questions: [],
	failures: [],
});

/** Where a run goes when its session is over. A limit or a loss leaves the work due again, with the same session to resume. */
function sessionEnded(state: PilotState, {data}: Extract<PilotEvent, {type: 'session.ended'}>): PilotState {
	const run = state.runs[data.missionId];
	if (run?.attempt !== data.attempt) return state;
	const {missionId, attempt: _attempt, sessionId: _sessionId, anew, ...ended} = data;
	if (anew) return changeRun(state, missionId, {session: undefined, spentUsd: 0});
	const again = ['limit', 'login', 'missing', 'lost'].includes(data.outcome) && !run.report && !run.stopAsked;
	const tooOften = data.outcome === 'lost' && run.resumes >= 5;
	if (!again || tooOften) return changeRun(state, missionId, {ended, step: 'collect', begun: false});
	const resumes = run.resumes + (data.outcome === 'lost' ? 1 : 0);
	return changeRun(state, missionId, {step: 'work', begun: false, resumes, spentUsd: run.spentUsd + data.costUsd});
}

/** The end of what refuting commands printed: what the next try has to know. */
const tailsOf = ({receipts}: Run) =>
	(receipts ?? [])
		.filter(receipt => receipt.verdict === 'refuted' && receipt.tail)
		.map(receipt => `It printed: ${receipt.tail?.slice(-1500)}`);

const nextAttempt = (run: Run, attempt: number, why: string): Run => ({
	...newRun(
		{missionId: run.missionId, attempt, tries: run.tries + 1, mission: run.mission, scope: run.scope},
		run.claimedAt,
	),
	step: 'prepare',
	failures: [...run.failures, [why, ...tailsOf(run)].join('\n')],
	noted: run.noted,
});

/** Steps that touch only pilot's own files and the remote are tried again, and so is any that met a full disk; others end the attempt. */
const isRepeated = (step: string, code: string) =>
	code === 'STORAGE_UNWRITABLE' || step === 'claim' || step === 'record' || step === 'publish';

function stepFailed(state: PilotState, {data, at}: Extract<PilotEvent, {type: 'step.failed'}>): PilotState {
	const {missionId, step, code, why, todo} = data;
	if (isRepeated(step, code)) {
		const notBeforeMs = Date.parse(at) + (code === 'FILE_BUSY' ? busyDelayMs : retryDelayMs);
		return changeRun(state, missionId, {begun: false, notBeforeMs, trouble: {code, why, todo}});
	}
	return changeRun(state, missionId, {step: 'conclude', begun: false, stepFailure: {step, code, why, todo}});
}

/** What waits because of the disk goes on as soon as there is room. */
function storageFreed(state: PilotState): PilotState {
	const runs = Object.entries(state.runs).map(([id, run]) => {
		const waits = !run.begun && run.trouble?.code === 'STORAGE_UNWRITABLE';
		return [id, waits ? {...run, notBeforeMs: 0} : run] as const;
	});
	return {...state, runs: Object.fromEntries(runs)};
}

function concluded(state: PilotState, {data, at, seq}: Extract<PilotEvent, {type: 'mission.concluded'}>): PilotState {
	const {missionId, attempt, title, state: to, why, summary, reportKind} = data;
	const next = changeRun(state, missionId, {
		step: 'record',
		begun: false,
		conclusion: {state: to, why, summary, reportKind},
	});
	const outcomes = {...next.outcomes, [missionId]: {state: to, why, summary, at, attempt, title, recorded: false}};
	return {...next, outcomes, skipped: to === 'pending' ? {...next.skipped, [missionId]: seq} : next.skipped};
}

/** Facts of a step; one that is not the current one any more has had its outcome already. */
const stepFacts = new Set<string>(['step.begun', 'step.interrupted', 'step.failed']);

/** A late word of an attempt, or of a step, that is over. */
function isStale({runs}: PilotState, {type, data}: PilotEvent): boolean {
	if (type === 'mission.claimed' || !('attempt' in data)) return false;
	const run = runs[data.missionId];
	return run?.attempt !== data.attempt || (stepFacts.has(type) && 'step' in data && data.step !== run?.step);
}

/** Fold the facts of one attempt. Facts of an attempt that is not the current one change nothing. */
export const reduceRun = (state: PilotState, event: PilotEvent): PilotState =>
	isStale(state, event)
		? state
		: reduceReport(reduceStep(reduceMission(reduceOrder(state, event), event), event), event);

/** What happens to a mission as a whole: taken, given up, tried again, concluded, put back. */
function reduceMission(state: PilotState, event: PilotEvent): PilotState {
	switch (event.type) {
		case 'mission.claimed': {
			const {missionId, attempt} = event.data;
			return {
				...state,
				runs: {...state.runs, [missionId]: newRun(event.data, event.at)},
				attempts: {...state.attempts, [missionId]: attempt},
				skipped: without(state.skipped, missionId),
				refused: without(state.refused, missionId),
				missionsThisStart: state.missionsThisStart + 1,
			};
		}
		case 'claim.lost': {
			const missionsThisStart = Math.max(0, state.missionsThisStart - 1);
			const {missionId} = event.data;
			// An end that was not written down is not this mission's end.
			const outcomes = state.outcomes[missionId]?.recorded ? state.outcomes : without(state.outcomes, missionId);
			return {...state, runs: without(state.runs, missionId), outcomes, missionsThisStart};
		}
		case 'attempt.retried': {
			const {missionId, nextAttempt: attempt, why} = event.data;
			const run = state.runs[missionId];
			if (!run) return state;
			return {
				...state,
				runs: {...state.runs, [missionId]: nextAttempt(run, attempt, why)},
				attempts: {...state.attempts, [missionId]: attempt},
			};
		}
		case 'storage.free':
			return storageFreed(state);
		case 'mission.concluded':
			return concluded(state, event);
		case 'mission.published':
			return {...state, runs: without(state.runs, event.data.missionId)};
		case 'mission.refused':
			return {...state, refused: {...state.refused, [event.data.missionId]: event.data.why}};
		default:
			return state;
	}
}

/** Where a run stands in its playbook: each outcome makes the next step due. */
function reduceStep(state: PilotState, event: PilotEvent): PilotState {
	switch (event.type) {
		case 'claim.published':
			return changeRun(state, event.data.missionId, {step: 'prepare', begun: false});
		case 'step.begun':
			return begun(state, event.data.missionId);
		case 'step.interrupted':
			return changeRun(state, event.data.missionId, {begun: false, interrupted: true});
		case 'step.failed':
			return stepFailed(state, event);
		case 'checkout.made': {
			const {missionId, attempt: _attempt, ...checkout} = event.data;
			return changeRun(state, missionId, {checkout, step: 'work', begun: false});
		}
		case 'session.started': {
			const {missionId, sessionId, agent, agentSessionId} = event.data;
			const session = {id: sessionId, agent, startedAt: event.at, ...(agentSessionId ? {agentSessionId} : {})};
			return changeRun(state, missionId, {begun: true, session});
		}
		case 'session.ended':
			return sessionEnded(state, event);
		case 'work.collected': {
			const {missionId, attempt: _attempt, ...collected} = event.data;
			return changeRun(state, missionId, {collected, step: 'check', begun: false});
		}
		case 'receipts.recorded':
			return changeRun(state, event.data.missionId, {receipts: event.data.receipts, step: 'conclude', begun: false});
		case 'mission.recorded': {
			const {missionId} = event.data;
			const outcome = state.outcomes[missionId];
			const next = changeRun(state, missionId, {step: 'publish', begun: false});
			return outcome ? {...next, outcomes: {...next.outcomes, [missionId]: {...outcome, recorded: true}}} : next;
		}
		default:
			return state;
	}
}

/** What a session, or its human, says while it runs. */
function reduceReport(state: PilotState, event: PilotEvent): PilotState {
	switch (event.type) {
		case 'report.received':
			return changeRun(state, event.data.missionId, {report: event.data.report});
		case 'mission.blocked-by-agent':
			return changeRun(state, event.data.missionId, {blockedReason: event.data.reason});
		case 'question.asked': {
			const {missionId, question} = event.data;
			return changeRun(state, missionId, {questions: [...(state.runs[missionId]?.questions ?? []), question]});
		}
		case 'memory.noted': {
			const {missionId, kind, text} = event.data;
			return changeRun(state, missionId, {noted: [...(state.runs[missionId]?.noted ?? []), {kind, text}]});
		}
		case 'mission.stop-asked':
			return changeRun(state, event.data.missionId, {stopAsked: event.data.then});
		case 'session.taken': {
			const {missionId, by} = event.data;
			return changeRun(state, missionId, {taken: {by, said: state.runs[missionId]?.taken?.said ?? []}});
		}
		case 'session.handed-back': {
			const {missionId, said} = event.data;
			const before = state.runs[missionId]?.taken ?? {by: 'a human', said: []};
			return changeRun(state, missionId, {taken: {...before, said: [...before.said, ...said].slice(-saidKept)}});
		}
		default:
			return state;
	}
}
