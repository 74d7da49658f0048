import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {parseUsageText} from '../../src/budget/index.js';
import {decide} from '../../src/domain/decide/index.js';
import {initialState, type PilotState} from '../../src/domain/state.js';
import {systemClock} from '../../src/kernel/clock.js';
import {localTime} from '../../src/notes/index.js';
import {watchSession} from '../../src/session/watch.js';
import {fold, idOf, iso, makeItem, makeSituation} from '../domain/situations.js';
import {tellFigure} from '../support/figures.js';

const zones = ['UTC', 'America/New_York', 'Europe/Paris', 'Asia/Kolkata', 'Australia/Lord_Howe'];
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Days in which New York, Paris and Lord Howe change their clocks. */
const fromMs = Date.parse('2026-03-07T00:00:00Z');
const days = 30;
const cap = 3;

/** A pseudo-random number from 0 to 1, the same in every run. */
const chance = (n: number) => {
	const x = Math.sin(n * 12.9898) * 43_758.5453;
	return x - Math.floor(x);
};

/** What the clock of a laptop shows over a month, ms since epoch: it sleeps at night, is set back, and goes on. */
function* moments(seed: number): Generator<number> {
	let atMs = fromMs;
	for (let step = 0; atMs < fromMs + days * day; step++) {
		yield atMs;
		const luck = chance(seed * 1000 + step);
		if (luck > 0.995) atMs -= 2 * hour;
		else if (luck > 0.985) atMs += 8 * hour;
		else atMs += 10 * minute;
	}
}

/** One mission from its claim to its end. */
function finished(state: PilotState, n: number, atMs: number): PilotState {
	const of = {missionId: idOf(n), attempt: 1};
	const {mission} = makeItem(n);
	let next = fold(state, 'mission.claimed', {...of, mission, tries: 1, scope: 'reactive'}, atMs);
	next = fold(
		next,
		'session.started',
		{...of, sessionId: `s-${n}`, agent: 'demo', agentSessionId: 'u', resumed: false},
		atMs,
	);
	return {...next, runs: {}};
}

test('a month in five zones, with sleep and a clock that is set back: the day’s cap is given anew once a day', () => {
	let resets = 0;
	const troubles: string[] = [];
	for (const [seed, timezone] of zones.entries()) {
		let state = initialState('a1');
		const runsOn = new Map<string, number>();
		let mission = 0;
		let seen = '';
		for (const nowMs of moments(seed)) {
			const items = [makeItem(mission + 1)];
			const situation = makeSituation({items, state, nowMs, config: {timezone, limits: {runsPerDay: cap}}});
			if (!decide(situation).actions.some(action => action.do === 'claim')) continue;
			mission++;
			state = finished(state, mission, nowMs);
			const counted = state.ledger.day;
			if (counted < seen) troubles.push(`${timezone}: ${counted} after ${seen}`);
			if (counted !== seen) resets++;
			seen = counted;
			runsOn.set(counted, (runsOn.get(counted) ?? 0) + 1);
		}
		for (const [date, runs] of runsOn) if (runs !== cap) troubles.push(`${timezone}: ${runs} runs on ${date}`);
		if (runsOn.size !== days) troubles.push(`${timezone}: ${runsOn.size} days`);
	}
	tellFigure({
		name: 'a month in five zones',
		n: zones.length * days,
		failures: troubles.length,
		figure: `${cap} runs each day, ${resets} resets in ${zones.length * days} days`,
	});
	expect(troubles).toEqual([]);
	expect(resets).toBe(zones.length * days);
});

test('a reset that is told as a time of day is in the future and less than a day and an hour away, on every day of the year', () => {
	for (const timezone of zones)
		for (let at = fromMs; at < fromMs + 365 * day; at += 7 * hour)
			for (const time of ['12am', '2:30am', '3:20am', '11:59pm']) {
				const [window] = parseUsageText(`Current week (all models)\n50% used\nResets ${time} (${timezone})`, {
					nowMs: at,
					timezone: 'UTC',
					source: 'pasted',
				});
				const aheadMs = Date.parse(window?.resetsAt ?? '') - at;
				expect(aheadMs, `${iso(at)} ${time} ${timezone}: ${window?.resetsAt}`).toBeGreaterThan(-minute);
				expect(aheadMs, `${iso(at)} ${time} ${timezone}: ${window?.resetsAt}`).toBeLessThanOrEqual(25 * hour);
			}
});

test('the day of the journal never goes back while time goes on', () => {
	for (const timezone of zones) {
		let last = '';
		for (let at = fromMs; at < fromMs + days * day; at += 5 * minute) {
			const {day: now} = localTime(at, timezone);
			expect(now >= last, `${iso(at)} ${timezone}`).toBe(true);
			last = now;
		}
	}
});

beforeEach(() => {
	vi.useFakeTimers({now: fromMs});
});

afterEach(() => {
	vi.useRealTimers();
});

test('a machine that sleeps every night ends no session for it; one that is truly silent ends on time', () => {
	const overruns: string[] = [];
	const limits = {wallMs: 300 * day, quietMs: 15 * minute, bytes: 1e9};
	const watch = watchSession(limits, systemClock, why => overruns.push(why));
	for (let night = 0; night < days; night++) {
		for (let awake = 0; awake < 12; awake++) {
			vi.advanceTimersByTime(10 * minute);
			watch.alive();
		}
		// It falls asleep five minutes after the last sign of life.
		vi.advanceTimersByTime(5 * minute);
		vi.setSystemTime(Date.now() + 8 * hour);
		if (night % 7 === 0) vi.setSystemTime(Date.now() - 2 * hour);
		vi.advanceTimersByTime(2 * minute);
		watch.alive();
	}
	expect(overruns).toEqual([]);
	vi.advanceTimersByTime(16 * minute);
	expect(overruns[0]).toMatch(/no sign of life/);
	watch.end();
	tellFigure({name: 'nights that a machine slept through', n: days, failures: 0, figure: 'no session ended for it'});
});

test.each([-29 * hour, -hour, 3 * hour])(
	'a clock that is moved by %d ms while a session prints ends it neither sooner nor later',
	movedMs => {
		const overruns: string[] = [];
		const watch = watchSession({wallMs: 4 * hour, quietMs: 15 * minute, bytes: 1e9}, systemClock, why =>
			overruns.push(why),
		);
		vi.advanceTimersByTime(2 * minute);
		vi.setSystemTime(Date.now() + movedMs);
		watch.alive();
		vi.advanceTimersByTime(14 * minute);
		expect(overruns).toEqual([]);
		vi.advanceTimersByTime(2 * minute);
		expect(overruns[0]).toMatch(/no sign of life/);
		watch.end();
	},
);
