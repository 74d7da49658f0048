import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {createAnnouncer} from '../../src/view/announcer.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('fifty facts a second are told ten times a second; a key at once, and what waits with it', () => {
	const {subscribe, announce} = createAnnouncer(100);
	let told = 0;
	const off = subscribe(() => told++);
	for (let n = 0; n < 50; n++) {
		announce(false);
		vi.advanceTimersByTime(20);
	}
	expect(told).toBeGreaterThanOrEqual(9);
	expect(told).toBeLessThanOrEqual(11);
	vi.advanceTimersByTime(200);
	told = 0;
	announce(false);
	announce(false);
	announce(true);
	expect(told).toBe(2);
	vi.advanceTimersByTime(1000);
	expect(told).toBe(2);
	off();
	announce(true);
	expect(told).toBe(2);
});
