import {describe, expect, test} from 'vitest';
import {hasGoneBack} from '../../src/domain/clock-back.js';
import {daysBackOn, daysOn} from '../../src/domain/days.js';
import {decide} from '../../src/domain/decide/index.js';
import {isLapsed} from '../../src/domain/lease.js';
import {initialState, PilotState} from '../../src/domain/state.js';
import {claim, endOf, fold, idOf, iso, makeItem, makeMission, makeSituation, nowMs, runAt} from './situations.js';

const hour = 3_600_000;
const day = 24 * hour;
/** What the clock wrongly said, three months ahead. */
const aheadMs = nowMs + 90 * day;
const fresh = initialState('a1');
const config = {limits: {runsPerDay: 3}};
const items = [makeItem(1)];

/** The clock comes back: the last fact was written at `aheadMs`. */
const wentBack = (state: PilotState, atMs = nowMs) =>
	PilotState.parse(fold(state, 'clock.went-back', {was: iso(aheadMs)}, atMs));

function ran(state: PilotState, times: number, atMs: number): PilotState {
	let next = state;
	for (let n = 1; n <= times; n++) {
		const of = {missionId: idOf(90 + n), attempt: 1};
		next = claim(next, makeMission(90 + n), 1, atMs);
		next = fold(next, 'session.started', {...of, sessionId: 's', agent: 'demo', resumed: false}, atMs);
		next = {...next, runs: {}};
	}
	return next;
}

const waitOf = (state: PilotState, atMs = nowMs) => decide(makeSituation({items, config, state, nowMs: atMs}));

test('only what was written more than a day ahead tells of a clock that was wrong', () => {
	expect(hasGoneBack(iso(nowMs + day), nowMs)).toBe(false);
	expect(hasGoneBack(iso(nowMs + day + 1), nowMs)).toBe(true);
});

describe('the runs of a day', () => {
	test('that were counted three months ahead count today, and the cap is given anew tomorrow', () => {
		const state = wentBack(ran(fresh, 3, aheadMs));
		expect(waitOf(state).waits[idOf(1)]).toEqual({
			why: '3 of 3 runs of this UTC day are used',
			at: '2026-03-11T00:00:00.000Z',
			on: 'clock',
		});
		expect(waitOf(state, nowMs + day).actions).toMatchObject([{do: 'claim'}]);
		expect(ran(state, 1, nowMs + day).ledger).toMatchObject({day: '2026-03-11', runs: 1});
	});

	test('of today that were counted before count as well', () => {
		const state = wentBack(ran(ran(fresh, 2, nowMs - hour), 1, aheadMs));
		expect(state.ledger).toMatchObject({day: '2026-03-10', runs: 3});
		expect(waitOf(state).actions).toEqual([]);
	});

	test('are not given twice by a clock that is wrongly far behind until it is set', () => {
		const today = ran(fresh, 3, aheadMs);
		const behind = ran(wentBack(today), 0, nowMs);
		expect(waitOf(behind).actions).toEqual([]);
		expect(waitOf(behind, aheadMs + hour).waits[idOf(1)]?.why).toBe('3 of 3 runs of this UTC day are used');
		expect(ran(behind, 1, aheadMs + hour).ledger).toMatchObject({day: iso(aheadMs).slice(0, 10), runs: 4});
	});

	test('keep the later day when it is only tomorrow', () => {
		const days = {ledger: {...fresh.ledger, day: '2026-03-11', runs: 3}, pastDays: []};
		expect(daysBackOn(days, '2026-03-10')).toEqual(days);
		expect(daysOn(days, '2026-03-10')).toEqual(days);
		expect(daysBackOn(days, '2026-03-09').ledger).toMatchObject({day: '2026-03-09', runs: 3});
	});
});

describe('what was written for a time that is far off now', () => {
	test('a step that was to be tried again is due', () => {
		let state = fold(runAt('claim', fresh, makeMission(1)), 'step.begun', {
			...{missionId: idOf(1), attempt: 1, step: 'claim'},
		});
		const failed = {missionId: idOf(1), attempt: 1, step: 'claim' as const, code: 'X', why: 'x', todo: ''};
		state = wentBack(fold(state, 'step.failed', failed, aheadMs));
		expect(waitOf(state).actions).toMatchObject([{do: 'step', step: 'claim'}]);
	});

	test('a question keeps the time that it had left', () => {
		const question = {
			...{approvalId: 'a-0001', kind: 'mission' as const, missionId: idOf(1), what: 'x', why: '', consequences: ''},
			...{deadline: iso(aheadMs + hour), onTimeout: 'deny' as const},
		};
		const asked = wentBack(fold(fresh, 'approval.asked', question, aheadMs - hour));
		expect(asked.approvals[0]).toMatchObject({askedAt: iso(nowMs - hour), deadline: iso(nowMs + hour)});
		const before = wentBack(fold(fresh, 'approval.asked', {...question, deadline: iso(nowMs + 2 * hour)}, nowMs - 1));
		expect(before.approvals[0]?.deadline).toBe(iso(nowMs + 2 * hour));
	});

	test('a limit is looked at again in ten minutes; one that was met before keeps its end', () => {
		const parked = {kind: 'limit' as const, why: 'five hours used', until: iso(aheadMs + hour)};
		const state = wentBack(fold(fresh, 'account.parked', parked, aheadMs));
		expect(waitOf(state).actions).toEqual([]);
		expect(waitOf(state, nowMs + 600_000).actions).toMatchObject([{do: 'unpark'}]);
		const until = iso(nowMs + hour);
		expect(wentBack(fold(fresh, 'account.parked', {...parked, until}, nowMs - hour)).parked?.until).toBe(until);
	});

	test('a quota window counts for a day at most, and any new reading stands over it', () => {
		const window = {kind: 'five_hour', usedPercent: 99, source: 'stream', measuredAt: iso(aheadMs)};
		const full = {windows: [{...window, resetsAt: iso(aheadMs + hour)}]};
		const state = wentBack(fold(fresh, 'quota.read', full, aheadMs));
		expect(waitOf(state).waits[idOf(1)]?.why).toContain('99 % used');
		expect(waitOf(state, nowMs + day).actions).toMatchObject([{do: 'claim'}]);
		const low = fold(state, 'quota.read', {windows: [{...window, usedPercent: 20, measuredAt: iso(nowMs + 1)}]});
		expect(low.quotaUse.windows[0]?.measuredAt).toBe(iso(nowMs + 1));
	});

	test('its own lease is written anew, after a look at the remote', () => {
		const until = iso(aheadMs + hour);
		const leased = fold(fold(fresh, 'lease.written', {until}), 'lease.published', {until});
		expect([isLapsed(leased, nowMs), isLapsed(wentBack(leased), nowMs)]).toEqual([false, true]);
	});

	test('a run and its session are as old as they are', () => {
		const state = runAt('session', fresh, makeMission(1));
		const run = state.runs[idOf(1)];
		if (!run?.session) throw new Error('no session');
		const at = iso(aheadMs - hour);
		const ahead = {...state, runs: {[idOf(1)]: {...run, claimedAt: at, session: {...run.session, startedAt: at}}}};
		expect(wentBack(ahead).runs[idOf(1)]).toMatchObject({
			claimedAt: iso(nowMs - hour),
			session: {startedAt: iso(nowMs - hour)},
		});
	});

	test('three that were blocked for one reason are noticed beside what ended three months ahead', () => {
		const ended = (state: PilotState, n: number, atMs: number, to: 'done' | 'blocked') =>
			fold(
				fold(
					runAt('conclude', state, makeMission(n)),
					'mission.concluded',
					{
						...{missionId: idOf(n), attempt: 1, title: 'x', state: to, why: 'x', summary: '', reportKind: 'reported'},
					},
					atMs,
				),
				'mission.published',
				{missionId: idOf(n), attempt: 1, pushed: false},
				atMs,
			);
		let state = [11, 12, 13].reduce((before, n) => ended(before, n, aheadMs, 'done'), fresh);
		state = [14, 15, 16].reduce((before, n) => ended(before, n, nowMs - hour, 'blocked'), wentBack(state));
		expect(waitOf(state).waits[idOf(1)]?.why).toContain('blocked for the same reason');
	});
});

test('a session that ends after the clock came back is counted today', () => {
	const state = wentBack(runAt('session', fresh, makeMission(1)));
	expect(fold(state, 'session.ended', endOf(idOf(1), 1, {costUsd: 2})).ledger).toMatchObject({
		...{day: '2026-03-10', costUsd: 2},
	});
});
