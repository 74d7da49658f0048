import {describe, expect, test} from 'vitest';
import {
	estimateIn,
	estimateOf,
	estimatesOf,
	kindOf,
	type Sample,
	type Samples,
	withEstimates,
	withSample,
} from '../../src/domain/estimate.js';
import type {DataOf, EventType, PilotEvent} from '../../src/domain/event.js';
import {reduce} from '../../src/domain/reduce/index.js';
import {initialState, PilotState} from '../../src/domain/state.js';
import {endOf, factAfter, fold, idOf, makeMission, nowMs, runAt, stopOf} from './situations.js';

const sample = (minutes: number, more: Partial<Sample> = {}): Sample => ({minutes, tokens: 0, costUsd: 0, ...more});
const read = {access: 'read'};
const sizes = (count: number) => Array.from({length: count}, (_, n) => sample(n + 1));

describe('what is expected', () => {
	test('the template, or the access, and the target tell missions apart', () => {
		expect([
			kindOf(read),
			kindOf({access: 'write', target: 'app'}),
			kindOf({access: 'write', target: 'app', template: 'audit'}),
			kindOf({access: 'read', template: 'read'}),
		]).toEqual(['read', 'write +app', 'template audit +app', 'template read']);
	});

	test.each([
		[3, 2, 3],
		[10, 5, 9],
		[30, 15, 27],
	])('of %i samples half took %i minutes at most, nine of ten %i', (n, p50, p90) => {
		expect(estimateOf({read: sizes(n)}, read)).toEqual({of: 'kind', minutes: {p50, p90, n}});
	});

	test('fewer than three of its kind: all of them tell; fewer than three at all: nobody knows', () => {
		const few: Samples = {read: [sample(1), sample(2)], write: [sample(30)]};
		expect(estimateOf(few, read)).toEqual({of: 'all', minutes: {p50: 2, p90: 30, n: 3}});
		expect(estimateOf({read: [sample(1), sample(2)]}, read)).toBeUndefined();
		expect(estimateOf({}, read)).toBeUndefined();
	});

	test('tokens, money and quota are told where at least three samples know them', () => {
		const known = [1, 2, 3].map(n => sample(n, {tokens: n * 1000, costUsd: n / 10, quotaPoints: {five_hour: n - 1}}));
		const estimate = estimateOf({read: [...known, sample(4), sample(5, {quotaPoints: {weekly: 1}})]}, read);
		expect(estimate).toEqual({
			of: 'kind',
			minutes: {p50: 3, p90: 5, n: 5},
			tokens: {p50: 2000, p90: 3000, n: 3},
			costUsd: {p50: 0.2, p90: 0.3, n: 3},
			quotaPoints: {five_hour: {p50: 1, p90: 2, n: 3}},
		});
	});

	test('the table has each kind of which enough is known, and all together for the others', () => {
		const table = estimatesOf({read: sizes(4), 'write +app': sizes(9), write: sizes(2)});
		const basis = [read, {access: 'write', target: 'app'}, {access: 'write'}, {access: 'trusted'}].map(mission => {
			const {of, minutes} = estimateIn(table, mission) ?? {};
			return [of, minutes?.n];
		});
		expect(basis).toEqual([
			['kind', 4],
			['kind', 9],
			['all', 15],
			['all', 15],
		]);
		expect(Object.keys(table?.kinds ?? {})).toEqual(['read', 'write +app']);
		expect(estimatesOf({read: sizes(2)})).toBeUndefined();
	});

	test('the table is made once until there is another sample', () => {
		const samples = {read: sizes(3)};
		expect(estimatesOf(samples)).toBe(estimatesOf(samples));
		expect(estimatesOf(withSample(samples, 'read', sample(9)))?.all.minutes.n).toBe(4);
	});

	test('missions that wait or run get theirs, those that ended none', () => {
		const missions = (['pending', 'in-progress', 'done', 'failed'] as const).map(state => ({...read, state}));
		const told = withEstimates(estimatesOf({read: sizes(3)}), missions);
		expect(told.map(mission => 'estimate' in mission)).toEqual([true, true, false, false]);
		expect(withEstimates(undefined, missions)).toBe(missions);
	});

	test('thirty of a kind are kept, and the forty kinds that were added to last', () => {
		let samples: Samples = {};
		for (let n = 0; n < 35; n++) samples = withSample(samples, 'read', sample(n));
		expect(samples.read?.map(({minutes}) => minutes)).toEqual(Array.from({length: 30}, (_, n) => n + 5));
		for (let n = 0; n < 39; n++) samples = withSample(samples, `read +t${n}`, sample(n));
		samples = withSample(withSample(samples, 'read', sample(99)), 'write', sample(1));
		expect(Object.keys(samples)).toHaveLength(40);
		expect([samples['read +t0'], samples.read?.at(-1)?.minutes, samples.write?.length]).toEqual([undefined, 99, 1]);
	});
});

const id = idOf(1);
const ofRun = {missionId: id, attempt: 1};
const fresh = initialState('a1');
const mission = makeMission(1, {access: 'write', target: 'app'});
const tokens = {input: 10, output: 5, cacheRead: 100, cacheWrite: 0};
const session = runAt('session', fresh, mission);
const ended = (more: Partial<DataOf<'session.ended'>> = {}) =>
	endOf(id, 1, {durationMs: 90_000, tokens, costUsd: 0.25, ...more});
const done = {...ofRun, title: 'x', state: 'done' as const, why: 'x', summary: 'x', reportKind: 'none' as const};

describe('the ledger', () => {
	test('all sessions of an attempt are one sample of its kind; a retry is another', () => {
		let state = fold(session, 'session.ended', ended({outcome: 'limit'}));
		expect(state.samples).toEqual({});
		state = fold(state, 'session.ended', ended());
		state = fold(state, 'attempt.retried', {...ofRun, nextAttempt: 2, why: 'exit 1'});
		expect(state.samples).toEqual({'write +app': [{minutes: 3, tokens: 230, costUsd: 0.5}]});
		state = fold(state, 'session.ended', {...ended({costUsd: 0}), attempt: 2});
		state = fold(state, 'mission.concluded', {...done, attempt: 2});
		expect(state.samples['write +app']).toEqual([
			{minutes: 3, tokens: 230, costUsd: 0.5},
			{minutes: 1.5, tokens: 115, costUsd: 0},
		]);
		// A fact that comes twice is one attempt.
		expect(fold(state, 'mission.concluded', {...done, attempt: 2}).samples).toEqual(state.samples);
	});

	test.each(['stopped', 'lost', 'missing', 'login'] as const)('an attempt that ended as %s is no measure', outcome => {
		const stopped = fold(session, 'mission.stop-asked', stopOf(id, 1, 'park'));
		const state = fold(stopped, 'session.ended', ended({outcome}));
		expect(fold(state, 'mission.concluded', done).samples).toEqual({});
	});

	test('neither is one that a human had in hand, or one without a session', () => {
		const taken = fold(session, 'session.taken', {...ofRun, sessionId: 's-1', by: 'you'});
		expect(fold(fold(taken, 'session.ended', ended()), 'mission.concluded', done).samples).toEqual({});
		expect(fold(runAt('work', fresh, mission), 'mission.concluded', done).samples).toEqual({});
	});

	test('a late word of an attempt that is over adds nothing', () => {
		const state = fold(session, 'session.ended', ended());
		expect(fold(state, 'session.ended', {...ended(), attempt: 7}).runs[id]?.spent).toEqual(state.runs[id]?.spent);
		expect(fold(state, 'mission.concluded', {...done, attempt: 7}).samples).toEqual({});
	});

	test('what the quota rose by while it ran is its own, shared with those that ran beside it', () => {
		const quota = (usedPercent: number, minute: number): DataOf<'quota.read'> => {
			const measuredAt = new Date(nowMs + minute * 60_000).toISOString();
			const resetsAt = new Date(nowMs + 9_000_000).toISOString();
			return {windows: [{kind: 'five_hour', usedPercent, resetsAt, source: 's', measuredAt}]};
		};
		let state = fold(session, 'quota.read', quota(10, 0));
		expect(state.runs[id]?.spent).toBeUndefined();
		state = fold(state, 'quota.read', quota(14, 1));
		state = runAt('session', state, makeMission(2));
		state = fold(state, 'quota.read', quota(20, 2));
		state = fold(fold(state, 'session.ended', ended()), 'mission.concluded', done);
		expect(state.samples['write +app']?.[0]?.quotaPoints).toEqual({five_hour: 7});
		expect(state.runs[idOf(2)]?.spent?.quotaPoints).toEqual({five_hour: 3});
	});
});

test('a state folded in pieces, saved and read between them, is the one folded at once', () => {
	const facts: PilotEvent[] = [];
	let state = fresh;
	const add = <T extends EventType>(type: T, data: DataOf<T>, atMs: number) => {
		facts.push(factAfter(state, type, data, atMs));
		state = reduce(state, facts.at(-1) as PilotEvent);
	};
	for (let n = 1; n <= 60; n++) {
		const one = makeMission(n, {target: `t${n % 45}`});
		const run = {missionId: one.id, attempt: 1};
		const atMs = nowMs + n * 60_000;
		const [measuredAt, resetsAt] = [atMs, nowMs + Math.ceil(n / 20) * 1_200_000].map(ms => new Date(ms).toISOString());
		const window = {kind: 'five_hour', usedPercent: (n * 7) % 100, resetsAt, source: 's', measuredAt: measuredAt ?? ''};
		add('mission.claimed', {...run, mission: one, tries: 1, scope: 'reactive'}, atMs);
		add('session.started', {...run, sessionId: `s-${n}`, agent: 'demo', resumed: false}, atMs);
		add('quota.read', {windows: [window]}, atMs);
		add('session.ended', endOf(one.id, 1, {durationMs: n * 1000, tokens}), atMs);
		add('mission.concluded', {...done, ...run}, atMs);
		add('mission.published', {...run, pushed: false}, atMs);
	}
	expect(Object.keys(state.samples)).toHaveLength(40);
	expect(state.quotaUse.windows[0]?.pilotPercent).toBeGreaterThan(0);
	let pieces = fresh;
	for (const fact of facts) pieces = PilotState.parse(JSON.parse(JSON.stringify(reduce(pieces, fact))));
	expect(JSON.stringify(pieces.samples)).toBe(JSON.stringify(state.samples));
	expect(pieces).toEqual(state);
});

test('a state from before there were estimates loads, with none', () => {
	const {samples: _samples, quotaUse: _use, ...old} = fresh;
	expect(PilotState.parse(old)).toEqual(fresh);
});
