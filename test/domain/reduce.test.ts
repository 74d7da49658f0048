import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {PilotEvent} from '../../src/domain/event.js';
import {reduce} from '../../src/domain/reduce/index.js';
import {initialState, PilotState, type Run} from '../../src/domain/state.js';
import {claim, endOf, factAfter, fold, idOf, iso, makeMission, nowMs, runAt, stopOf} from './situations.js';

const fresh = initialState('a1');
const id = idOf(1);
const ofRun = {missionId: id, attempt: 1};
const report = {summary: 'x', report: 'y', learnings: [], preferences: [], decisions: []};
const conclusion = {title: 'x', state: 'done' as const, why: 'x', summary: 'x', reportKind: 'none' as const};
const day = 86_400_000;

/** A mission's whole life, with a second try in it. */
function life(): PilotEvent[] {
	const facts: PilotEvent[] = [];
	let state = fresh;
	const add: typeof fold = (before, type, data, atMs) => {
		facts.push(factAfter(before, type, data, atMs));
		state = fold(before, type, data, atMs);
		return state;
	};
	const again = {missionId: id, attempt: 2};
	add(state, 'pilot.started', {pid: 1, version: '1', machine: 'a1', epoch: 1, untilIdle: true});
	add(state, 'mission.claimed', {...ofRun, mission: makeMission(1), tries: 1, scope: 'reactive'});
	add(state, 'step.begun', {...ofRun, step: 'claim'});
	add(state, 'claim.published', {...ofRun, pushed: true});
	add(state, 'checkout.made', {...ofRun, path: '/c', notes: []});
	add(state, 'step.begun', {...ofRun, step: 'work'});
	add(state, 'session.started', {...ofRun, sessionId: 's-1', agent: 'demo', agentSessionId: 'u', resumed: false});
	add(state, 'memory.noted', {...ofRun, kind: 'learning', text: 'tabs'});
	add(
		state,
		'session.ended',
		endOf(id, 1, {costUsd: 0.5, tokens: {input: 10, output: 5, cacheRead: 0, cacheWrite: 0}}),
	);
	add(state, 'work.collected', {...ofRun, changed: true, commits: 1, flags: []});
	add(state, 'receipts.recorded', {...ofRun, receipts: []});
	add(state, 'attempt.retried', {...ofRun, nextAttempt: 2, why: 'exit 1'});
	add(state, 'checkout.made', {...again, path: '/c', notes: []});
	add(state, 'session.started', {...again, sessionId: 's-2', agent: 'demo', resumed: false});
	add(state, 'report.received', {...again, report});
	add(state, 'session.ended', endOf(id, 2));
	add(state, 'work.collected', {...again, changed: true, commits: 1, flags: []});
	add(state, 'receipts.recorded', {...again, receipts: []});
	add(state, 'mission.concluded', {...again, ...conclusion});
	add(state, 'mission.recorded', again);
	add(state, 'mission.published', {...again, pushed: true});
	return facts;
}

describe('one attempt after the other', () => {
	test('a whole life ends with an outcome and no run', () => {
		const end = life().reduce(reduce, fresh);
		expect(end).toMatchObject({
			seq: life().length,
			runs: {},
			attempts: {[id]: 2},
			missionsThisStart: 1,
			ledger: {day: '2026-03-10', runs: 2, costUsd: 0.5, reactive: 15},
		});
		expect(end.outcomes[id]).toMatchObject({state: 'done', attempt: 2, recorded: true});
	});

	test('a second try keeps what was noted and why the first did not do, and nothing else of it', () => {
		const facts = life();
		const at = facts.findIndex(fact => fact.type === 'attempt.retried');
		const run = facts.slice(0, at + 1).reduce(reduce, fresh).runs[id];
		expect(run).toMatchObject({
			attempt: 2,
			tries: 2,
			step: 'prepare',
			begun: false,
			failures: ['exit 1'],
			noted: [{kind: 'learning', text: 'tabs'}],
			questions: [],
		});
		for (const gone of ['session', 'ended', 'receipts', 'collected', 'checkout', 'report'])
			expect(run).not.toHaveProperty(gone);
	});

	/** Every fact that a late, slow or killed session or step could still bring in. */
	const late = (attempt: number): PilotEvent[] => {
		const old = {missionId: id, attempt};
		const make = <T extends PilotEvent['type']>(type: T, data: object) =>
			({seq: 1000, at: iso(nowMs), type, data}) as PilotEvent;
		return [
			make('claim.published', {...old, pushed: true}),
			make('claim.lost', {...old, why: 'x'}),
			make('step.begun', {...old, step: 'work'}),
			make('step.interrupted', {...old, step: 'work'}),
			make('step.failed', {...old, step: 'work', code: 'X', why: 'x', todo: 'x'}),
			make('checkout.made', {...old, path: '/other', notes: []}),
			make('session.started', {...old, sessionId: 's-9', agent: 'demo', resumed: true}),
			make('session.ended', endOf(id, attempt)),
			make('report.received', {...old, report}),
			make('mission.blocked-by-agent', {...old, reason: 'x'}),
			make('question.asked', {...old, question: 'x'}),
			make('memory.noted', {...old, kind: 'learning', text: 'x'}),
			make('mission.stop-asked', stopOf(id, attempt, 'park')),
			make('work.collected', {...old, changed: true, commits: 9, flags: []}),
			make('receipts.recorded', {...old, receipts: []}),
			make('attempt.retried', {...old, nextAttempt: 9, why: 'x'}),
			make('mission.concluded', {...old, ...conclusion}),
			make('mission.recorded', old),
			make('mission.published', {...old, pushed: true}),
		];
	};

	test.each(late(1).map(fact => [fact.type, fact] as const))(
		'%s of an attempt that is over changes no run and no outcome',
		(_type, fact) => {
			let state = runAt('conclude', fresh, makeMission(1));
			state = fold(state, 'attempt.retried', {...ofRun, nextAttempt: 2, why: 'exit 1'});
			const {runs, outcomes, attempts, missionsThisStart} = reduce(state, fact);
			expect({runs, outcomes, attempts, missionsThisStart}).toEqual({
				runs: state.runs,
				outcomes: state.outcomes,
				attempts: state.attempts,
				missionsThisStart: state.missionsThisStart,
			});
		},
	);

	test.each(late(1).map(fact => [fact.type, fact] as const))(
		'%s of a mission that has no run changes no run',
		(_type, fact) => {
			const state = reduce(fresh, fact);
			expect({runs: state.runs, outcomes: state.outcomes, missionsThisStart: state.missionsThisStart}).toEqual({
				runs: {},
				outcomes: {},
				missionsThisStart: 0,
			});
		},
	);

	test('the word of a step that has had its outcome comes too late', () => {
		const state = runAt('collect', fresh, makeMission(1));
		for (const type of ['step.begun', 'step.interrupted'] as const)
			expect(fold(state, type, {...ofRun, step: 'work'}).runs).toEqual(state.runs);
		expect(fold(state, 'step.failed', {...ofRun, step: 'work', code: 'X', why: 'x', todo: 'x'}).runs).toEqual(
			state.runs,
		);
	});
});

describe('a session that ends', () => {
	const session = runAt('session', fresh, makeMission(1));

	test.each([
		['completed', 'collect'],
		['failed', 'collect'],
		['overran', 'collect'],
		['stopped', 'collect'],
		['limit', 'work'],
		['login', 'work'],
		['missing', 'work'],
		['lost', 'work'],
	] as const)('%s: %s is due', (outcome, step) => {
		expect(fold(session, 'session.ended', endOf(id, 1, {outcome})).runs[id]).toMatchObject({step, begun: false});
	});

	test('what it had reported, or a stop, ends it whatever the reason', () => {
		const reported = fold(session, 'report.received', {...ofRun, report});
		const stopped = fold(session, 'mission.stop-asked', stopOf(id, 1, 'park'));
		for (const state of [reported, stopped])
			expect(fold(state, 'session.ended', endOf(id, 1, {outcome: 'lost'})).runs[id]?.step).toBe('collect');
	});

	test('lost again and again: taken up five times, then it ends; a limit is never counted', () => {
		let state = session;
		for (let n = 0; n < 5; n++) {
			state = fold(state, 'session.ended', endOf(id, 1, {outcome: 'limit', costUsd: 1}));
			state = fold(state, 'session.ended', endOf(id, 1, {outcome: 'lost'}));
			expect(state.runs[id]).toMatchObject({step: 'work', resumes: n + 1, spentUsd: n + 1});
		}
		expect(fold(state, 'session.ended', endOf(id, 1, {outcome: 'lost'})).runs[id]?.step).toBe('collect');
	});
});

test('who took a session over, and all he said in however many takings, is kept to the end of the attempt', () => {
	let state = runAt('session', fresh, makeMission(1));
	const taken = {...ofRun, sessionId: 's-1', by: 'you'};
	const back = (said: string[]) => ({...ofRun, sessionId: 's-1', why: 'handed back by you', said});
	state = fold(state, 'session.taken', taken);
	expect(state.runs[id]).toMatchObject({taken: {by: 'you', said: []}, step: 'work', begun: true});
	state = fold(state, 'session.handed-back', back(['one', 'two']));
	state = fold(state, 'session.taken', {...taken, by: 'Telegram'});
	state = fold(state, 'session.handed-back', back(['three']));
	state = fold(state, 'session.ended', endOf(id, 1));
	expect(state.runs[id]?.taken).toEqual({by: 'Telegram', said: ['one', 'two', 'three']});
	expect(PilotState.parse(state).runs[id]?.taken?.by).toBe('Telegram');
});

describe('a step that fails', () => {
	const data = (step: 'claim' | 'prepare') => ({...ofRun, step, code: 'GIT_FAILED', why: 'no', todo: 'do'});

	test('is tried again where only files of pilot and the remote are touched', () => {
		const state = fold(claim(fresh, makeMission(1)), 'step.failed', data('claim'));
		expect(state.runs[id]).toMatchObject({
			step: 'claim',
			begun: false,
			notBeforeMs: nowMs + 30_000,
			trouble: {code: 'GIT_FAILED'},
		});
		expect(fold(state, 'step.begun', {...ofRun, step: 'claim'}).runs[id]).not.toHaveProperty('trouble');
	});

	test('ends the attempt elsewhere', () => {
		const state = fold(runAt('prepare', fresh, makeMission(1)), 'step.failed', data('prepare'));
		expect(state.runs[id]).toMatchObject({
			step: 'conclude',
			begun: false,
			stepFailure: {step: 'prepare', code: 'GIT_FAILED', why: 'no', todo: 'do'},
		});
	});
});

describe('the day', () => {
	const started = (state: PilotState, atMs: number, resumed = false) =>
		fold(state, 'session.started', {...ofRun, sessionId: 's-1', agent: 'demo', resumed}, atMs);

	test('counts from zero on a new UTC day, and only once when the clock goes back', () => {
		let state = started(started(fresh, nowMs), nowMs);
		expect(state.ledger).toMatchObject({day: '2026-03-10', runs: 2});
		state = started(state, nowMs + day);
		expect(state.ledger).toMatchObject({day: '2026-03-11', runs: 1});
		state = started(state, nowMs);
		expect(state.ledger).toMatchObject({day: '2026-03-11', runs: 2});
		expect(started(state, nowMs + day).ledger.runs).toBe(3);
	});

	test('the days before are kept, seven at most, also in what an older build has written', () => {
		const {pastDays: _none, ...older} = started(fresh, nowMs);
		let state: PilotState = PilotState.parse(older);
		for (let days = 1; days <= 9; days++) state = started(started(state, nowMs + days * day), nowMs + days * day);
		expect(state.pastDays.map(past => past.day)).toEqual(
			Array.from({length: 7}, (_, at) => new Date(nowMs + (at + 2) * day).toISOString().slice(0, 10)),
		);
		expect(state.pastDays.every(({runs}) => runs === 2)).toBe(true);
		expect(state.ledger.runs).toBe(2);
	});

	test('a resumed session is no new run; tokens go to the scope of its run', () => {
		expect(started(fresh, nowMs, true).ledger.runs).toBe(0);
		const data = {...ofRun, mission: makeMission(1), tries: 1, scope: 'proactive' as const};
		const state = fold(fresh, 'mission.claimed', data);
		const tokens = {input: 1, output: 2, cacheRead: 3, cacheWrite: 4};
		expect(fold(state, 'session.ended', endOf(id, 1, {tokens, costUsd: 0.25})).ledger).toMatchObject({
			proactive: 10,
			reactive: 0,
			costUsd: 0.25,
		});
	});
});

describe('the pilot as a whole', () => {
	test('resume opens what a human can open; a start ends stopping and begins counting anew', () => {
		let state = fold(
			fold(fold(fresh, 'pilot.paused', {by: 'you'}), 'account.parked', {kind: 'login', why: 'x'}),
			'sync.held',
			{why: 'x', todo: 'y'},
		);
		state = fold(state, 'pilot.resumed', {by: 'you'});
		for (const gone of ['paused', 'parked', 'syncHeld']) expect(state).not.toHaveProperty(gone);
		const stopping = fold(claim(fresh, makeMission(1)), 'pilot.stopping', {now: true, by: 'you'});
		const again = fold(stopping, 'pilot.started', {pid: 1, version: '1', machine: 'a1', epoch: 7, untilIdle: false});
		expect(again).toMatchObject({epoch: 7, missionsThisStart: 0});
		expect(again).not.toHaveProperty('stopping');
	});

	test('offline is told since when, and ends with the next sync', () => {
		let state = fold(fresh, 'workspace.offline', {why: 'no route'});
		state = fold(state, 'workspace.offline', {why: 'timeout'}, nowMs + day);
		expect(state.offline).toEqual({why: 'timeout', since: iso(nowMs)});
		state = fold(
			fold(state, 'sync.held', {why: 'x', todo: 'y'}),
			'workspace.synced',
			{pulled: 0, pushed: true, merged: false},
			nowMs + day,
		);
		expect(state).not.toHaveProperty('offline');
		expect(state).not.toHaveProperty('syncHeld');
	});

	test('a claim that was lost gives its place in this start back', () => {
		const state = fold(claim(fresh, makeMission(1)), 'claim.lost', {...ofRun, why: 'another machine has it'});
		expect(state).toMatchObject({runs: {}, missionsThisStart: 0, attempts: {[id]: 1}});
	});
});

describe('replay', () => {
	test('from the start, from any snapshot in between, with facts given twice: the same state', () => {
		const facts = life();
		const whole = facts.reduce(reduce, fresh);
		fc.assert(
			fc.property(fc.integer({min: 0, max: facts.length}), fc.integer({min: 0, max: facts.length}), (cut, from) => {
				const snapshot: unknown = JSON.parse(JSON.stringify(facts.slice(0, cut).reduce(reduce, fresh)));
				expect(facts.slice(Math.min(cut, from)).reduce(reduce, PilotState.parse(snapshot))).toEqual(whole);
			}),
		);
	});

	test('never changes the state it was given', () => {
		const freeze = (value: object): object => {
			for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) freeze(part);
			return Object.freeze(value);
		};
		expect(() => life().reduce((state, fact) => reduce(freeze(state) as PilotState, fact), fresh)).not.toThrow();
	});

	test('a fact of a newer build falls through, and keeps its place in the order', () => {
		const state = claim(fresh, makeMission(1));
		const unknown = {
			seq: state.seq + 1,
			at: iso(nowMs),
			type: 'mission.teleported',
			data: {missionId: id, attempt: 1},
		} as unknown as PilotEvent;
		expect(reduce(state, unknown)).toEqual({...state, seq: state.seq + 1});
	});
});

test('the oldest outcomes go when there are too many; one that is not in the files yet stays', () => {
	let state = fresh;
	for (let n = 1; n <= 320; n++) {
		const run = {missionId: idOf(n), attempt: 1};
		state = claim(state, makeMission(n), 1, nowMs + n);
		state = fold(state, 'mission.concluded', {...run, ...conclusion}, nowMs + n);
		if (n !== 5) state = fold(state, 'mission.recorded', run, nowMs + n);
		state = fold(state, 'mission.published', {...run, pushed: true}, nowMs + n);
	}
	expect(Object.keys(state.outcomes).length).toBeLessThanOrEqual(300);
	expect(state.outcomes).toHaveProperty(idOf(5));
	expect(state.outcomes).not.toHaveProperty(idOf(6));
	expect(state.outcomes).toHaveProperty(idOf(320));
});

test('what waits because of the disk is due as soon as there is room; other waits stay', () => {
	const waiting = (code: string) => {
		const begun = fold(runAt('claim', fresh, makeMission(1)), 'step.begun', {...ofRun, step: 'claim'});
		return fold(begun, 'step.failed', {...ofRun, step: 'claim', code, why: 'x', todo: 'y'});
	};
	const after = (code: string) => fold(waiting(code), 'storage.free', {}).runs[id]?.notBeforeMs;
	expect(after('STORAGE_UNWRITABLE')).toBe(0);
	expect(after('FILE_BUSY')).toBe(waiting('FILE_BUSY').runs[id]?.notBeforeMs);
});

test('a session whose conversation could not be gone on with leaves its step under way, and what it cost behind', () => {
	const {id: missionId} = makeMission(1);
	let state = runAt('session', initialState('a1'), makeMission(1));
	state = {...state, runs: {[missionId]: {...state.runs[missionId], spentUsd: 2} as Run}};
	state = fold(state, 'session.ended', endOf(missionId, 1, {outcome: 'failed', anew: true}));
	expect(state.runs[missionId]).toMatchObject({step: 'work', begun: true, spentUsd: 0});
	expect(state.runs[missionId]?.session).toBeUndefined();
	expect(PilotState.parse(state).runs[missionId]?.ended).toBeUndefined();
});
