import {describe, expect, test} from 'vitest';
import {decide} from '../../src/domain/decide/index.js';
import {holderOf, type OtherMachine, readOther, silentHolderOf} from '../../src/domain/lease.js';
import {initialState} from '../../src/domain/state.js';
import {endOf, fold, idOf, iso, makeItem, makeMission, makeSituation, nowMs, runAt} from './situations.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const other = (untilMs: number | undefined, ...missions: number[]): OtherMachine => ({
	machine: 'h-other1',
	aliveMs: untilMs ?? nowMs,
	...(untilMs === undefined ? {} : {untilMs}),
	runs: Object.fromEntries(missions.map(n => [idOf(n), 1])),
});
const claimed = (...others: OtherMachine[]) =>
	decide(
		makeSituation({items: [makeItem(1, 'in-progress')], hasRemote: true, others, syncedMs: nowMs - minuteMs}),
	).actions.filter(action => action.do === 'claim');

describe('a mission that another machine works on', () => {
	test('is taken over once its lease ended and the remote was seen since', () => {
		expect(claimed(other(nowMs - 2 * minuteMs, 1))).toEqual([{do: 'claim', missionId: idOf(1)}]);
	});

	test.each([
		['its lease goes on', [other(nowMs + minuteMs, 1)]],
		['the remote was not seen since it ended', [other(nowMs - minuteMs / 2, 1)]],
		['it has never said until when', [other(undefined, 1)]],
		['a third machine has it by now', [other(nowMs - hourMs, 1), {...other(nowMs + minuteMs, 1), machine: 'h-other2'}]],
		['nobody says that they have it: a human may have marked it', [other(nowMs - hourMs, 2)]],
	])('is left alone while %s', (_why, others) => {
		expect(claimed(...others)).toEqual([]);
	});
});

describe('offline', () => {
	const offline = fold(initialState('a1'), 'workspace.offline', {why: 'no route'});
	const startsWith = (others: readonly OtherMachine[], config: object = {}) => {
		const situation = makeSituation({state: offline, items: [makeItem(1)], hasRemote: true, others, config});
		const {actions, waits} = decide(situation);
		return actions.some(action => action.do === 'claim') ? 'starts' : waits[idOf(1)]?.why;
	};
	const week = 7 * 24 * hourMs;

	test('new missions start when no other machine showed life for seven days, or so it is set', () => {
		expect(startsWith([])).toBe('starts');
		expect(startsWith([other(nowMs - week, 1)])).toBe('starts');
		expect(startsWith([other(nowMs - week + 1)])).toBe(
			'the remote cannot be reached (no route), and h-other1 works on this queue too',
		);
		expect(startsWith([other(nowMs)], {git: {offline: 'continue'}})).toBe('starts');
		expect(startsWith([], {git: {offline: 'hold'}})).toContain('git.offline is hold');
	});

	test('an end is written down only while nobody can have taken the mission over', () => {
		const concluded = fold(runAt('conclude', offline, makeMission(1)), 'mission.concluded', {
			...{missionId: idOf(1), attempt: 1, title: 'x', state: 'done', why: '', summary: '', reportKind: 'reported'},
		});
		const steps = (untilMs: number, others: readonly OtherMachine[]) => {
			const until = iso(untilMs);
			const state = fold(fold(concluded, 'lease.written', {until}), 'lease.published', {until});
			return decide(makeSituation({state, hasRemote: true, others})).actions.filter(action => action.do === 'step');
		};
		expect(steps(nowMs + 1, [other(nowMs)])).toHaveLength(1);
		expect(steps(nowMs, [])).toHaveLength(1);
		expect(steps(nowMs, [other(nowMs)])).toEqual([]);
		const unpublished = fold(concluded, 'lease.written', {until: iso(nowMs + hourMs)});
		const situation = makeSituation({state: unpublished, hasRemote: true, others: [other(nowMs)], untilIdle: true});
		expect(decide(situation).next.why).toBe('the remote must be seen first: h-other1 may have taken it over');
	});

	test('after a time without contact a machine that believes itself alone looks at the remote first', () => {
		const concluded = fold(runAt('conclude', initialState('a1'), makeMission(1)), 'mission.concluded', {
			...{missionId: idOf(1), attempt: 1, title: 'x', state: 'done', why: '', summary: '', reportKind: 'reported'},
		});
		const never = {syncMs: 0, usageMs: nowMs, exploreMs: nowMs};
		const dos = (more: object) =>
			decide(makeSituation({state: concluded, hasRemote: true, ...more})).actions.map(action => action.do);
		expect(dos({last: never})).toEqual(['sync']);
		expect(dos({busy: {sync: true, usage: false}})).toEqual([]);
		expect(dos({state: fold(concluded, 'workspace.offline', {why: 'x'})})).toEqual(['step']);
		expect(dos({hasRemote: false})).toEqual(['step']);
	});

	test('the remote is looked for every minute, and a lease renewed at a third of its time', () => {
		const syncs = (situation: Parameters<typeof makeSituation>[0], ago: number) =>
			decide(
				makeSituation({hasRemote: true, last: {syncMs: nowMs - ago, usageMs: nowMs, exploreMs: nowMs}, ...situation}),
			).actions.some(action => action.do === 'sync');
		expect([syncs({state: offline}, minuteMs - 1), syncs({state: offline}, minuteMs)]).toEqual([false, true]);
		const slow = {config: {intervalSeconds: 3600, git: {syncSeconds: 3600}}};
		expect([syncs(slow, 5 * minuteMs), syncs(slow, hourMs)]).toEqual([false, true]);
		const state = runAt('session', initialState('a1'), makeMission(1));
		expect([syncs({...slow, state}, 5 * minuteMs - 1), syncs({...slow, state}, 5 * minuteMs)]).toEqual([false, true]);
	});
});

test("another machine's state is read, whatever version wrote it; a run that only waits to be published is over", () => {
	const begun = runAt('session', initialState('h-other1'), makeMission(1));
	const until = iso(nowMs + hourMs);
	const told = readOther('h-other1', {...fold(begun, 'lease.written', {until}), v: 7, more: true});
	expect(told).toEqual({
		machine: 'h-other1',
		aliveMs: nowMs + hourMs,
		seenMs: Date.parse(begun.runs[idOf(1)]?.claimedAt ?? ''),
		untilMs: nowMs + hourMs,
		runs: {[idOf(1)]: 1},
	});
	const run = begun.runs[idOf(1)];
	expect(readOther('h-other1', {...begun, runs: {[idOf(1)]: {...run, step: 'publish'}}})?.runs).toEqual({});
	expect(readOther('h-other1', {runs: 'none'})).toBeUndefined();
	expect([holderOf(told ? [told] : [], idOf(1), nowMs), silentHolderOf(told ? [told] : [], idOf(1), nowMs)]).toEqual([
		told,
		undefined,
	]);
});

test('an end that was not written down is forgotten with the claim that was lost', () => {
	const ended = fold(runAt('session', initialState('a1'), makeMission(1)), 'session.ended', endOf(idOf(1), 1));
	const concluded = fold(ended, 'mission.concluded', {
		...{missionId: idOf(1), attempt: 1, title: 'x', state: 'done', why: '', summary: '', reportKind: 'reported'},
	});
	const lost = fold(concluded, 'claim.lost', {missionId: idOf(1), attempt: 1, why: 'h-other1 took it over'});
	expect([lost.runs, lost.outcomes]).toEqual([{}, {}]);
});
