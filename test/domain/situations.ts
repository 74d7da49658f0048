import {Config} from '../../src/domain/config.js';
import type {Action, Situation} from '../../src/domain/decide/index.js';
import type {DataOf, EventType, PilotEvent} from '../../src/domain/event.js';
import type {Mission, MissionState, QueueItem} from '../../src/domain/mission.js';
import {reduce} from '../../src/domain/reduce/index.js';
import {initialState, type PilotState} from '../../src/domain/state.js';

export const nowMs = Date.parse('2026-03-10T12:00:00Z');
export const iso = (ms: number) => new Date(ms).toISOString();
export const idOf = (n: number) => `m-${String(n).padStart(6, '0')}`;

export const makeMission = (n: number, more: Partial<Mission> = {}): Mission => ({
	id: idOf(n),
	title: `Mission ${n}`,
	description: '',
	criteria: [],
	testSteps: [],
	priority: 3,
	access: 'read',
	after: [],
	source: 'file',
	...more,
});

export const makeItem = (n: number, state: MissionState = 'pending', more: Partial<Mission> = {}): QueueItem => ({
	mission: makeMission(n, more),
	state,
	line: n,
	idWritten: true,
});

type Loose = Partial<Omit<Situation, 'config' | 'queue'>> & {
	readonly config?: unknown;
	readonly items?: readonly QueueItem[];
};

/** A pilot that has just read its queue, with everything else at rest. */
export const makeSituation = ({config = {}, items = [], ...more}: Loose = {}): Situation => ({
	state: initialState('a1'),
	queue: {items, problems: [], hash: 'x'},
	config: Config.parse(config),
	nowMs,
	untilIdle: false,
	queueRead: true,
	busy: {sync: false, usage: false},
	last: {syncMs: nowMs, usageMs: nowMs, exploreMs: nowMs},
	hasRemote: false,
	others: [],
	syncedMs: 0,
	canReadUsage: false,
	...more,
});

/** One fact after the state's last. */
export const factAfter = <T extends EventType>(state: PilotState, type: T, data: DataOf<T>, atMs = nowMs): PilotEvent =>
	({seq: state.seq + 1, at: iso(atMs), type, data}) as PilotEvent;

/** Folds one more fact into the state. */
export const fold = <T extends EventType>(state: PilotState, type: T, data: DataOf<T>, atMs = nowMs): PilotState =>
	reduce(state, factAfter(state, type, data, atMs));

export const claim = (state: PilotState, mission: Mission, attempt = 1, atMs = nowMs): PilotState =>
	fold(state, 'mission.claimed', {missionId: mission.id, attempt, mission, tries: 1, scope: 'reactive'}, atMs);

/** What the supervisor writes down before it does anything: the intents of these actions. */
export function withIntents(situation: Situation, actions: readonly Action[]): Situation {
	let {state, busy, last} = situation;
	for (const action of actions) {
		const item = situation.queue.items.find(({mission}) => 'missionId' in action && mission.id === action.missionId);
		if (action.do === 'claim' && item) state = claim(state, item.mission, (state.attempts[item.mission.id] ?? 0) + 1);
		if (action.do === 'step') state = fold(state, 'step.begun', action);
		if (action.do === 'unpark') state = fold(state, 'account.unparked', {why: action.why});
		if (action.do === 'sync')
			[busy, last] = [
				{...busy, sync: true},
				{...last, syncMs: situation.nowMs},
			];
		if (action.do === 'read-usage')
			[busy, last] = [
				{...busy, usage: true},
				{...last, usageMs: situation.nowMs},
			];
		if (action.do === 'explore') last = {...last, exploreMs: situation.nowMs};
	}
	return {...situation, state, busy, last};
}

export const stopOf = (missionId: string, attempt: number, what: 'park' | 'skip'): DataOf<'mission.stop-asked'> => ({
	missionId,
	attempt,
	// biome-ignore lint/suspicious/noThenProperty: a fact is plain data; nobody awaits one
	then: what,
	by: 'you',
});

const noTokens = {input: 0, output: 0, cacheRead: 0, cacheWrite: 0};

export const endOf = (missionId: string, attempt: number, more: Partial<DataOf<'session.ended'>> = {}) => ({
	missionId,
	attempt,
	sessionId: 's-1',
	outcome: 'completed' as const,
	why: 'the agent says it is done',
	exitCode: 0,
	turns: 3,
	tokens: noTokens,
	costUsd: 0,
	durationMs: 1000,
	lastWords: 'Done.',
	...more,
});

/** A run taken along its playbook up to this step, by the facts that lead there. */
export function runAt(
	step: 'claim' | 'prepare' | 'work' | 'session' | 'collect' | 'check' | 'conclude',
	state: PilotState,
	mission: Mission,
): PilotState {
	const ofRun = {missionId: mission.id, attempt: (state.attempts[mission.id] ?? 0) + 1};
	const facts: readonly [string, (before: PilotState) => PilotState][] = [
		['claim', before => claim(before, mission, ofRun.attempt)],
		['prepare', before => fold(before, 'claim.published', {...ofRun, pushed: true})],
		['work', before => fold(before, 'checkout.made', {...ofRun, path: '/c', notes: []})],
		[
			'session',
			before =>
				fold(before, 'session.started', {
					...ofRun,
					sessionId: 's-1',
					agent: 'demo',
					agentSessionId: 'u-1',
					resumed: false,
				}),
		],
		['collect', before => fold(before, 'session.ended', endOf(mission.id, ofRun.attempt))],
		['check', before => fold(before, 'work.collected', {...ofRun, changed: false, commits: 0, flags: []})],
		['conclude', before => fold(before, 'receipts.recorded', {...ofRun, receipts: []})],
	];
	let result = state;
	for (const [name, apply] of facts) {
		result = apply(result);
		if (name === step) return result;
	}
	return result;
}
