import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {stopwatch, systemClock} from '../../src/kernel/clock.js';

const startMs = Date.parse('2026-03-10T12:00:00Z');

beforeEach(() => {
	vi.useFakeTimers({now: startMs});
});

afterEach(() => {
	vi.useRealTimers();
});

test('a time further off than a timer can be is met all the same, once', () => {
	const month = 40 * 86_400_000;
	let calls = 0;
	systemClock.at(startMs + month, () => calls++);
	vi.advanceTimersByTime(month - 1);
	expect(calls).toBe(0);
	vi.advanceTimersByTime(1);
	expect(calls).toBe(1);
	vi.advanceTimersByTime(month);
	expect(calls).toBe(1);
});

test('a clock that jumps, as after sleep, is noticed within half a minute; one set back makes nothing wait longer', () => {
	const called: string[] = [];
	systemClock.at(startMs + 3_600_000, () => called.push('hour'));
	vi.setSystemTime(startMs + 8 * 3_600_000);
	vi.advanceTimersByTime(30_000);
	expect(called).toEqual(['hour']);
	vi.setSystemTime(startMs);
	systemClock.at(startMs + 60_000, () => called.push('minute'));
	vi.setSystemTime(startMs - 3_600_000);
	vi.advanceTimersByTime(59_000);
	expect(called).toEqual(['hour']);
	vi.advanceTimersByTime(1000);
	expect(called).toEqual(['hour', 'minute']);
});

test('what is past is due at once; what was called off never comes', () => {
	const called: string[] = [];
	systemClock.at(startMs - 1, () => called.push('past'));
	const off = systemClock.at(startMs + 100_000, () => called.push('off'));
	const stop = systemClock.every(1000, () => called.push('tick'));
	vi.advanceTimersByTime(1500);
	off();
	stop();
	vi.advanceTimersByTime(1_000_000);
	expect(called).toEqual(['past', 'tick']);
});

test('a stopwatch loses nothing when the clock is set back, and goes on with it', () => {
	const passedMs = stopwatch(systemClock);
	vi.advanceTimersByTime(1000);
	expect(passedMs()).toBe(1000);
	vi.setSystemTime(startMs - 90 * 86_400_000);
	expect(passedMs()).toBe(1000);
	vi.advanceTimersByTime(500);
	expect(passedMs()).toBe(1500);
});
