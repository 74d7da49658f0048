import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decide, type Situation} from '../../src/domain/decide/index.js';
import type {MissionState, QueueItem} from '../../src/domain/mission.js';
import {initialState} from '../../src/domain/state.js';
import {
	claim,
	endOf,
	fold,
	idOf,
	iso,
	makeItem,
	makeMission,
	makeSituation,
	nowMs,
	runAt,
	stopOf,
	withIntents,
} from './situations.js';

const fresh = initialState('a1');
const taken = (situation: Situation) =>
	decide(situation).actions.flatMap(action => (action.do === 'claim' ? [action.missionId] : []));
const kinds = (situation: Situation) => decide(situation).actions.map(action => action.do);
const hour = 3_600_000;

describe('order', () => {
	test('priority first, then the order of the file', () => {
		const items = [
			makeItem(1, 'pending', {priority: 4}),
			makeItem(2),
			makeItem(3, 'pending', {priority: 1}),
			makeItem(4),
		];
		const situation = makeSituation({items, config: {sessions: {max: 3}}});
		expect(taken(situation)).toEqual([idOf(3), idOf(2), idOf(4)]);
		expect(decide(situation).waits).toEqual({[idOf(1)]: {why: 'its turn comes after those above', on: 'turn'}});
	});

	test('what was skipped goes to the end of its priority, the last skipped last', () => {
		let state = fold(fresh, 'mission.skipped', {missionId: idOf(2), by: 'you'});
		state = fold(state, 'mission.skipped', {missionId: idOf(1), by: 'you'});
		const items = [makeItem(1), makeItem(2), makeItem(3), makeItem(4, 'pending', {priority: 4})];
		const situation = makeSituation({items, state, config: {sessions: {max: 4}}});
		expect(taken(situation)).toEqual([idOf(3), idOf(2), idOf(1), idOf(4)]);
	});

	test('only what is pending is taken, and nothing before missions.md was read', () => {
		const items = (['blocked', 'parked', 'failed', 'unproven', 'done', 'in-progress'] as const).map((state, n) =>
			makeItem(n, state),
		);
		expect(taken(makeSituation({items}))).toEqual([]);
		const unread = makeSituation({items: [makeItem(1)], queueRead: false});
		expect(decide(unread)).toMatchObject({
			actions: [],
			waits: {[idOf(1)]: {why: 'missions.md is being read', on: 'turn'}},
		});
	});
});

describe('after:', () => {
	const second = makeItem(2, 'pending', {after: [idOf(1)]});
	const waitFor = (state: MissionState) => decide(makeSituation({items: [makeItem(1, state), second]})).waits[idOf(2)];

	test.each([
		['in-progress', `waits for “Mission 1” ^${idOf(1)}`, 'mission'],
		['blocked', `waits for “Mission 1” ^${idOf(1)}, which is blocked`, 'human'],
		['parked', `waits for “Mission 1” ^${idOf(1)}, which is parked`, 'human'],
		['failed', `waits for “Mission 1” ^${idOf(1)}, which failed`, 'human'],
		['unproven', `waits for “Mission 1” ^${idOf(1)}, which is unproven`, 'human'],
	] as const)('another that is %s', (state, why, on) => {
		expect(waitFor(state)).toEqual({why, on});
	});

	test('a done one is no reason to wait, also when a human took it out of the file', () => {
		expect(taken(makeSituation({items: [makeItem(1, 'done'), second]}))).toEqual([idOf(2)]);
		expect(decide(makeSituation({items: [second]})).waits).toEqual({
			[idOf(2)]: {why: `waits for ^${idOf(1)}, which is not in missions.md`, on: 'human'},
		});
		let state = runAt('conclude', fresh, makeMission(1));
		const ofRun = {missionId: idOf(1), attempt: 1};
		state = fold(state, 'mission.concluded', {
			...ofRun,
			title: 'x',
			state: 'done',
			why: 'x',
			summary: 'x',
			reportKind: 'none',
		});
		state = fold(fold(state, 'mission.recorded', ofRun), 'mission.published', {...ofRun, pushed: false});
		expect(taken(makeSituation({items: [second], state}))).toEqual([idOf(2)]);
	});

	test('two that wait for each other wait, and do not keep --until-idle going', () => {
		const items = [makeItem(1, 'pending', {after: [idOf(2)]}), second];
		expect(kinds(makeSituation({items, untilIdle: true}))).toEqual(['end']);
	});
});

describe('gates', () => {
	const items = [makeItem(1)];
	const gate = (more: Parameters<typeof makeSituation>[0]) => {
		const {actions, waits} = decide(makeSituation({items, ...more}));
		expect(actions.filter(action => action.do === 'claim')).toEqual([]);
		return waits[idOf(1)];
	};

	test('paused, held, stopping', () => {
		expect(gate({state: fold(fresh, 'pilot.paused', {by: 'Telegram'})})).toEqual({
			why: 'paused by Telegram: pilot-tui resume',
			on: 'human',
		});
		expect(gate({state: fold(fresh, 'sync.held', {why: 'a rebase is under way', todo: 'x'})})?.why).toBe(
			'sync is held: a rebase is under way',
		);
		expect(gate({state: fold(fresh, 'pilot.stopping', {now: false, by: 'you'})})).toEqual({
			why: 'the pilot is stopping',
			on: 'pilot',
		});
	});

	test('parked until a time: waits for it, and goes on by itself when it has come', () => {
		const until = iso(nowMs + hour);
		const state = fold(fresh, 'account.parked', {kind: 'limit', why: '5-hour limit', until});
		expect(gate({state})).toEqual({why: '5-hour limit', at: until, on: 'clock'});
		expect(decide(makeSituation({items, state, nowMs: nowMs + hour - 1})).actions).toEqual([]);
		expect(decide(makeSituation({items, state, nowMs: nowMs + hour})).actions).toEqual([
			{do: 'unpark', why: 'over: 5-hour limit'},
		]);
	});

	test.each([
		['login', 600_000],
		['agent-missing', 60_000],
	] as const)('parked for %s: looked at again after %d ms', (kind, recheckMs) => {
		const state = fold(fresh, 'account.parked', {kind, why: 'x'});
		expect(kinds(makeSituation({items, state, nowMs: nowMs + recheckMs - 1}))).toEqual([]);
		expect(kinds(makeSituation({items, state, nowMs: nowMs + recheckMs}))).toEqual(['unpark']);
	});

	test('paid overflow is never looked at again by itself', () => {
		const state = fold(fresh, 'account.parked', {kind: 'overage', why: 'x'});
		expect(kinds(makeSituation({items, state, nowMs: nowMs + 1000 * hour}))).toEqual([]);
	});

	test('a quota window over its stop: waits for the reset that comes last', () => {
		const window = {source: 'stream', measuredAt: iso(nowMs), usedPercent: 95};
		const windows = [
			{...window, kind: 'five_hour', resetsAt: iso(nowMs + hour)},
			{...window, kind: 'weekly:opus', resetsAt: iso(nowMs + 9 * hour)},
			{...window, kind: 'weekly', usedPercent: 89, resetsAt: iso(nowMs + 99 * hour)},
			{...window, kind: 'credits'},
		];
		const state = fold(fresh, 'quota.read', {windows});
		expect(gate({state})).toEqual({
			why: 'weekly opus window is 95 % used, the stop is at 90 %',
			at: iso(nowMs + 9 * hour),
			on: 'clock',
		});
		expect(taken(makeSituation({items, state, nowMs: nowMs + 9 * hour}))).toEqual([idOf(1)]);
		expect(taken(makeSituation({items, state, config: {budget: {stopPercent: 96}}}))).toEqual([idOf(1)]);
	});

	test('a window without a reset counts for a day', () => {
		const state = fold(fresh, 'quota.read', {
			windows: [{kind: 'odd', usedPercent: 100, source: 'pasted', measuredAt: iso(nowMs)}],
		});
		expect(gate({state})).toEqual({why: 'odd is 100 % used, the stop is at 90 %', on: 'human'});
		expect(taken(makeSituation({items, state, nowMs: nowMs + 24 * hour}))).toEqual([idOf(1)]);
	});

	test('offline holds only where git.offline says so', () => {
		const state = fold(fresh, 'workspace.offline', {why: 'no route'});
		expect(gate({state, config: {git: {offline: 'hold'}}})?.why).toBe(
			'the remote cannot be reached (no route) and git.offline is hold',
		);
		expect(taken(makeSituation({items, state, config: {git: {offline: 'continue'}}}))).toEqual([idOf(1)]);
	});

	test.each([
		['a target that is not', {target: 'nowhere'}, 'no target named nowhere: known are app, web'],
		['a mission that is not', {after: ['m-lost01']}, 'waits for ^m-lost01, which is not in missions.md'],
	])('%s is told at once, also while nothing can start, and holds up no other', (_name, more, why) => {
		const config = {
			targets: [
				{name: 'app', path: '.'},
				{name: 'web', path: '.'},
			],
		};
		const all = [
			makeItem(1, 'pending', more),
			makeItem(2),
			makeItem(3, 'pending', {target: 'web', after: ['m-gone01']}),
		];
		// Done, and taken out of the file by a human since.
		const outcome = {state: 'done' as const, why: '', summary: '', title: 'x', at: iso(nowMs), attempt: 1};
		const done = {...fresh, outcomes: {'m-gone01': {...outcome, recorded: true}}};
		expect(taken(makeSituation({items: all, config}))).toEqual([idOf(2)]);
		const paused = fold(fresh, 'pilot.paused', {by: 'you'});
		expect(decide(makeSituation({items: all, config, state: paused})).waits[idOf(1)]).toEqual({why, on: 'human'});
		expect(decide(makeSituation({items: all, config, state: done})).waits[idOf(3)]?.why).not.toContain('m-gone01');
	});

	test('what an older build has refused is looked at anew', () => {
		const state = fold(fresh, 'mission.refused', {missionId: idOf(1), title: 'x', why: 'config.yaml has no target x'});
		expect(taken(makeSituation({items, state}))).toEqual([idOf(1)]);
	});
});

describe('runs a day', () => {
	const used = (runs: number, day = '2026-03-10') => ({...fresh, ledger: {...fresh.ledger, day, runs}});
	const items = [1, 2, 3, 4].map(n => makeItem(n));
	const config = {limits: {runsPerDay: 3}, sessions: {max: 4}};

	test('the cap closes until the next UTC day', () => {
		expect(decide(makeSituation({items, config, state: used(3)})).waits[idOf(1)]).toEqual({
			why: '3 of 3 runs of this UTC day are used',
			at: '2026-03-11T00:00:00.000Z',
			on: 'clock',
		});
		expect(taken(makeSituation({items, config, state: used(3), nowMs: nowMs + 12 * hour}))).toEqual(
			[1, 2, 3].map(idOf),
		);
	});

	test('a clock set back does not give the day a second time', () => {
		const yesterday = makeSituation({items, config, state: used(3), nowMs: nowMs - 24 * hour});
		expect(taken(yesterday)).toEqual([]);
		expect(decide(yesterday).waits[idOf(1)]?.at).toBe('2026-03-11T00:00:00.000Z');
	});

	test('two that are due together share what is left', () => {
		const state = runAt('work', runAt('work', used(2), makeMission(1)), makeMission(2));
		expect(decide(makeSituation({config, state})).actions).toMatchObject([{do: 'step', missionId: idOf(1)}]);
	});

	test('none is no limit, 0 is none allowed', () => {
		expect(taken(makeSituation({items, config: {limits: {runsPerDay: 'none'}}, state: used(9999)}))).toEqual([idOf(1)]);
		expect(taken(makeSituation({items, config: {limits: {runsPerDay: 0}}}))).toEqual([]);
	});

	test('missions that are on their way to a session have their run already', () => {
		const first = withIntents(makeSituation({items, config, state: used(2)}), [{do: 'claim', missionId: idOf(1)}]);
		expect(taken(first)).toEqual([]);
		const state = runAt('session', used(1), makeMission(1));
		expect(taken(makeSituation({items, config, state}))).toEqual([idOf(2)]);
	});

	test('a second try waits for a run too; a session that is resumed does not', () => {
		let state = runAt('conclude', used(1), makeMission(1));
		state = fold(state, 'attempt.retried', {missionId: idOf(1), attempt: 1, nextAttempt: 2, why: 'exit 1'});
		state = fold(state, 'checkout.made', {missionId: idOf(1), attempt: 2, path: '/c', notes: []});
		const work = {do: 'step', missionId: idOf(1), attempt: 2, step: 'work'};
		expect(decide(makeSituation({config, state})).actions).toEqual([work]);
		const full = makeSituation({config, state: {...state, ledger: {...state.ledger, runs: 3}}});
		expect(decide(full)).toMatchObject({actions: [], next: {what: `^${idOf(1)}`, at: '2026-03-11T00:00:00.000Z'}});
		const lost = fold(runAt('session', used(2), makeMission(2)), 'session.ended', endOf(idOf(2), 1, {outcome: 'lost'}));
		expect(lost.ledger.runs).toBe(3);
		expect(kinds(makeSituation({config, state: lost}))).toEqual(['step']);
	});
});

test('missionsPerStart bounds what is taken at once as well', () => {
	const items = [1, 2, 3, 4].map(n => makeItem(n));
	const situation = makeSituation({items, config: {limits: {missionsPerStart: 2}, sessions: {max: 4}}});
	expect(taken(situation)).toEqual([idOf(1), idOf(2)]);
	const after = withIntents(situation, decide(situation).actions);
	expect(decide(after).waits[idOf(3)]).toEqual({
		why: '2 missions were taken in this start (limits.missionsPerStart)',
		on: 'human',
	});
	expect(
		taken({
			...after,
			state: fold(after.state, 'pilot.started', {pid: 1, version: 'x', machine: 'a1', epoch: 2, untilIdle: false}),
		}),
	).toEqual([idOf(3), idOf(4)]);
});

describe('steps', () => {
	test('a limit keeps the session from starting, but not a mission from being concluded', () => {
		const parked = fold(fresh, 'account.parked', {kind: 'limit', why: 'x', until: iso(nowMs + hour)});
		expect(kinds(makeSituation({state: runAt('work', parked, makeMission(1))}))).toEqual([]);
		expect(kinds(makeSituation({state: runAt('collect', parked, makeMission(1))}))).toEqual(['step']);
	});

	test('a run that has its report, or was told to stop, needs no session and goes on', () => {
		const parked = fold(fresh, 'account.parked', {kind: 'login', why: 'x'});
		const state = fold(runAt('work', parked, makeMission(1)), 'mission.stop-asked', stopOf(idOf(1), 1, 'park'));
		expect(kinds(makeSituation({state}))).toEqual(['step']);
	});

	test('a step that failed is due again half a minute later, whatever the clock does', () => {
		const data = {missionId: idOf(1), attempt: 1, step: 'claim' as const, code: 'GIT_FAILED', why: 'x', todo: 'y'};
		const state = fold(claim(fresh, makeMission(1)), 'step.failed', data);
		expect(kinds(makeSituation({state, nowMs: nowMs + 29_999}))).toEqual([]);
		expect(kinds(makeSituation({state, nowMs: nowMs + 30_000}))).toEqual(['step']);
		expect(kinds(makeSituation({state, nowMs: nowMs - 5 * hour}))).toEqual(['step']);
	});

	test('pausing lets go on what was taken', () => {
		const state = fold(claim(fresh, makeMission(1)), 'pilot.paused', {by: 'you'});
		expect(kinds(makeSituation({state}))).toEqual(['step']);
	});
});

describe('the end', () => {
	const idle = makeSituation({untilIdle: true});
	const withState = (state: Situation['state'], more: Partial<Situation> = {}) => kinds({...idle, state, ...more});

	test('ends when all that is left waits for a human, a clock or another mission', () => {
		const parked = fold(fresh, 'account.parked', {kind: 'limit', why: 'x', until: iso(nowMs + hour)});
		const items = [makeItem(1, 'blocked'), makeItem(2, 'pending', {after: [idOf(1)]})];
		expect(kinds(idle)).toEqual(['end']);
		expect(kinds(makeSituation({items, untilIdle: true}))).toEqual(['end']);
		expect(kinds(makeSituation({items: [makeItem(3)], untilIdle: true, state: parked}))).toEqual(['end']);
		expect(withState(runAt('work', parked, makeMission(1)))).toEqual(['end']);
		expect(kinds(makeSituation())).toEqual([]);
	});

	test('does not end while something runs, is due again, or a look at the remote is under way', () => {
		expect(
			withState(fold(claim(fresh, makeMission(1)), 'step.begun', {missionId: idOf(1), attempt: 1, step: 'claim'})),
		).toEqual([]);
		expect(withState(runAt('session', fresh, makeMission(1)))).toEqual([]);
		expect(kinds({...idle, busy: {sync: true, usage: false}})).toEqual([]);
		expect(kinds({...idle, queueRead: false})).toEqual([]);
		expect(kinds({...idle, hasRemote: true, last: {...idle.last, syncMs: 0}})).toEqual(['sync']);
		const data = {missionId: idOf(1), attempt: 1, step: 'claim' as const, code: 'FILE_BUSY', why: 'x', todo: 'y'};
		expect(withState(fold(claim(fresh, makeMission(1)), 'step.failed', data))).toEqual([]);
	});

	test('a session whose start could not be written down is waited for with --until-idle, and left by stop', () => {
		const data = {
			missionId: idOf(1),
			attempt: 1,
			step: 'work' as const,
			code: 'STORAGE_UNWRITABLE',
			why: 'EIO',
			todo: 'y',
		};
		const begun = fold(runAt('work', fresh, makeMission(1)), 'step.begun', {
			missionId: idOf(1),
			attempt: 1,
			step: 'work' as const,
		});
		const state = fold(begun, 'step.failed', data);
		expect(withState(state)).toEqual([]);
		expect(withState(state, {nowMs: nowMs + hour})).toEqual(['step']);
		expect(kinds(makeSituation({state: fold(state, 'pilot.stopping', {now: false, by: 'you'})}))).toEqual(['end']);
	});

	test('a workspace in which a human is in the middle of a rebase keeps neither --until-idle nor stop waiting', () => {
		const data = {
			missionId: idOf(1),
			attempt: 1,
			step: 'claim' as const,
			code: 'SYNC_HELD',
			why: 'a rebase is under way',
			todo: 'y',
		};
		const state = fold(claim(fresh, makeMission(1)), 'step.failed', data);
		expect(withState(state)).toEqual(['end']);
		expect(decide(makeSituation({state})).next).toEqual({what: `^${idOf(1)}`, why: 'a rebase is under way'});
		expect(kinds(makeSituation({state: fold(state, 'pilot.stopping', {now: false, by: 'you'})}))).toEqual(['end']);
	});

	test('stop lets end what runs; --now leaves what waits for a session', () => {
		const stopping = fold(runAt('session', fresh, makeMission(1)), 'pilot.stopping', {now: false, by: 'Telegram'});
		expect(kinds(makeSituation({state: stopping, items: [makeItem(2)]}))).toEqual([]);
		const over = fold(stopping, 'session.ended', endOf(idOf(1), 1));
		expect(kinds(makeSituation({state: over}))).toEqual(['step']);
		const lost = fold(stopping, 'session.ended', endOf(idOf(1), 1, {outcome: 'lost'}));
		expect(decide(makeSituation({state: lost})).actions).toEqual([{do: 'end', why: 'stopped by Telegram'}]);
	});

	test('nothing is explored, looked up or pulled with --until-idle or while stopping', () => {
		const explore = {explore: {enabled: true}, targets: [{name: 'app', path: '../app'}]};
		const last = {syncMs: 0, usageMs: 0, exploreMs: 0};
		expect(kinds(makeSituation({config: explore, last}))).toEqual(['explore']);
		expect(kinds(makeSituation({config: explore, last, untilIdle: true}))).toEqual(['end']);
		expect(kinds(makeSituation({config: explore, last, items: [makeItem(1, 'pending', {after: [idOf(9)]})]}))).toEqual(
			[],
		);
		const state = fold(fresh, 'pilot.stopping', {now: false, by: 'you'});
		expect(kinds(makeSituation({config: explore, last, state, hasRemote: true, canReadUsage: true}))).toEqual(['end']);
	});
});

test('what was last done by a clock that has been set back since is done again now, and not when that time has come', () => {
	const aheadMs = nowMs + 40 * 86_400_000;
	const last = {syncMs: aheadMs, usageMs: aheadMs, exploreMs: aheadMs};
	const config = {explore: {enabled: true}, targets: [{name: 'app', path: '../app'}]};
	const state = {...fresh, parked: {since: iso(aheadMs), why: 'claude is not there', kind: 'agent-missing' as const}};
	expect(kinds(makeSituation({config, last, hasRemote: true, canReadUsage: true}))).toEqual([
		'sync',
		'read-usage',
		'explore',
	]);
	expect(kinds(makeSituation({state}))).toEqual(['unpark']);
});

test('next says when the remote is looked at, by the shorter of the two intervals', () => {
	const situation = makeSituation({hasRemote: true, config: {intervalSeconds: 300, git: {syncSeconds: 60}}});
	expect(decide(situation).next).toEqual({
		what: 'look at the remote',
		why: 'nothing is pending in missions.md',
		at: iso(nowMs + 60_000),
	});
	expect(kinds({...situation, nowMs: nowMs + 60_000})).toEqual(['sync']);
});

const states = ['pending', 'in-progress', 'blocked', 'parked', 'failed', 'unproven', 'done'] as const;
const anyItem = (n: number): fc.Arbitrary<QueueItem> =>
	fc
		.record({
			state: fc.constantFrom('pending' as const, ...states),
			priority: fc.integer({min: 1, max: 4}),
			after: fc.array(fc.integer({min: 1, max: 9}), {maxLength: 2}),
		})
		.map(({state, priority, after}) => makeItem(n, state, {priority, after: after.map(idOf)}));

const anySteps = fc.array(
	fc.constantFrom(
		'claim' as const,
		'prepare' as const,
		'work' as const,
		'session' as const,
		'collect' as const,
		'conclude' as const,
	),
	{maxLength: 4},
);
const limit = fc.oneof(fc.constant('none' as const), fc.integer({min: 0, max: 6}));

/** Queues, limits and half-finished runs of any kind. */
const anySituation: fc.Arbitrary<Situation> = fc
	.record({
		items: fc.tuple(...[1, 2, 3, 4, 5, 6, 7].map(anyItem)),
		steps: anySteps,
		max: fc.integer({min: 1, max: 5}),
		runsPerDay: limit,
		missionsPerStart: limit,
		used: fc.integer({min: 0, max: 4}),
		flags: fc.record({
			untilIdle: fc.boolean(),
			queueRead: fc.boolean(),
			hasRemote: fc.boolean(),
			canReadUsage: fc.boolean(),
		}),
		wall: fc.constantFrom('none', 'paused', 'parked', 'over', 'stopping', 'quota'),
		quietMs: fc.constantFrom(0, 10 * hour),
	})
	.map(({items, steps, max, runsPerDay, missionsPerStart, used, flags, wall, quietMs}) => {
		let state: Situation['state'] = {...fresh, ledger: {...fresh.ledger, day: '2026-03-10', runs: used}};
		for (const [index, step] of steps.entries()) state = runAt(step, state, makeMission(20 + index));
		if (wall === 'paused') state = fold(state, 'pilot.paused', {by: 'you'});
		if (wall === 'parked') state = fold(state, 'account.parked', {kind: 'limit', why: 'x', until: iso(nowMs + hour)});
		if (wall === 'over') state = fold(state, 'account.parked', {kind: 'limit', why: 'x', until: iso(nowMs - hour)});
		if (wall === 'stopping') state = fold(state, 'pilot.stopping', {now: false, by: 'you'});
		if (wall === 'quota')
			state = fold(state, 'quota.read', {
				windows: [{kind: 'weekly', usedPercent: 99, source: 'x', measuredAt: iso(nowMs)}],
			});
		const config = {
			sessions: {max},
			limits: {runsPerDay, missionsPerStart},
			explore: {enabled: true},
			targets: [{name: 'app', path: 'x'}],
		};
		const last = {syncMs: nowMs - quietMs, usageMs: nowMs - quietMs, exploreMs: nowMs - quietMs};
		return makeSituation({items, state, config, last, ...flags});
	});

describe('properties', () => {
	test('once its intents are written down, nothing is left to do', () => {
		fc.assert(
			fc.property(anySituation, situation => {
				let now = situation;
				// A park that is over opens the gate, a claim makes a step due: three rounds at most.
				for (let round = 0; round < 3; round++) now = withIntents(now, decide(now).actions);
				expect(decide(now).actions.filter(action => action.do !== 'end')).toEqual([]);
			}),
			{numRuns: 400},
		);
	});

	test('every pending mission is taken or has a reason, never both', () => {
		fc.assert(
			fc.property(anySituation, situation => {
				const {waits} = decide(situation);
				const claimed = taken(situation);
				for (const {mission, state} of situation.queue.items) {
					const ways = [
						claimed.includes(mission.id),
						waits[mission.id] !== undefined,
						situation.state.runs[mission.id] !== undefined,
					];
					expect(ways.filter(Boolean).length).toBe(state === 'pending' ? 1 : 0);
				}
				for (const wait of Object.values(waits)) expect(wait.why).not.toBe('');
			}),
			{numRuns: 400},
		);
	});

	test('no limit is overrun, however many rounds it takes', () => {
		fc.assert(
			fc.property(anySituation, situation => {
				const {sessions, limits} = situation.config;
				const {state} = situation;
				const reserved = Object.values(state.runs).filter(run => !run.session).length;
				let now = situation;
				for (let round = 0; round < 4; round++) now = withIntents(now, decide(now).actions);
				const claimed = Object.keys(now.state.runs).length - Object.keys(state.runs).length;
				if (claimed === 0) return;
				expect(Object.keys(now.state.runs).length).toBeLessThanOrEqual(sessions.max);
				if (limits.runsPerDay !== 'none')
					expect(state.ledger.runs + reserved + claimed).toBeLessThanOrEqual(limits.runsPerDay);
				if (limits.missionsPerStart !== 'none')
					expect(now.state.missionsThisStart).toBeLessThanOrEqual(limits.missionsPerStart);
			}),
			{numRuns: 400},
		);
	});

	test('it does not end while a step is under way', () => {
		fc.assert(
			fc.property(anySituation, situation => {
				const under = Object.values(situation.state.runs).some(run => run.begun);
				expect(under && kinds(situation).includes('end')).toBe(false);
			}),
		);
	});
});

describe('a fault that blocks one mission after the other', () => {
	const ended = (n: number, why: string, state: MissionState = 'blocked') => ({
		[idOf(n)]: {state, why, summary: why, at: iso(nowMs - 1000 * (10 - n)), attempt: 1, title: `T${n}`, recorded: true},
	});
	const endedWith = (outcomes: object) =>
		makeSituation({items: [makeItem(9)], state: {...fresh, outcomes: outcomes as typeof fresh.outcomes}});
	const broken = 'setup of app failed (exit 1): no space left';

	test('three for the same reason: nothing more is taken, and the reason is told', () => {
		const situation = endedWith({...ended(1, broken), ...ended(2, broken), ...ended(3, broken)});
		expect(taken(situation)).toEqual([]);
		expect(decide(situation).waits[idOf(9)]).toMatchObject({why: expect.stringContaining(broken), on: 'human'});
	});

	test.each([
		['two of them', {...ended(1, broken), ...ended(2, broken)}],
		['another reason', {...ended(1, broken), ...ended(2, broken), ...ended(3, 'needs a key')}],
		[
			'one was done since',
			{...ended(1, broken), ...ended(2, broken), ...ended(3, broken), ...ended(4, 'fine', 'done')},
		],
		['one was requeued', {...ended(2, broken), ...ended(3, broken), ...ended(1, 'fine', 'done')}],
		[
			'they failed, each for itself',
			{...ended(1, 'x', 'failed'), ...ended(2, 'x', 'failed'), ...ended(3, 'x', 'failed')},
		],
	])('%s: it goes on', (_, outcomes) => {
		expect(taken(endedWith(outcomes))).toEqual([idOf(9)]);
	});
});
