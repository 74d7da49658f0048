import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {systemClock} from '../../src/kernel/clock.js';
import {createNotifier} from '../../src/supervisor/notifier.js';

beforeEach(() => {
	vi.useFakeTimers({now: Date.parse('2026-03-10T12:00:00Z')});
});

afterEach(() => {
	vi.useRealTimers();
});

test('screens are told of a change within a second, also when the clock was set back by a day since the last one', () => {
	let told = 0;
	const notifier = createNotifier(systemClock);
	notifier.listen(() => told++);
	notifier.changed();
	vi.advanceTimersByTime(1000);
	expect(told).toBe(1);
	vi.setSystemTime(Date.now() - 86_400_000);
	notifier.changed();
	vi.advanceTimersByTime(1000);
	expect(told).toBe(2);
	notifier.changed();
	vi.setSystemTime(Date.now() - 86_400_000);
	vi.advanceTimersByTime(1000);
	expect(told).toBe(3);
});
