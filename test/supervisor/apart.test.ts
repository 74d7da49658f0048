import {expect, test} from 'vitest';
import {createApart} from '../../src/supervisor/apart.js';

/** A clock that stands still but for what is slept. */
function sleeper() {
	const time = {nowMs: 1_000_000};
	const slept: number[] = [];
	const wakes: (() => void)[] = [];
	const clock = {
		now: () => time.nowMs,
		sleep: (ms: number) =>
			new Promise<void>(resolve => {
				slept.push(ms);
				wakes.push(resolve);
			}),
		every: () => () => {},
		at: () => () => {},
	};
	return {time, slept, wakes, clock};
}

const never = new AbortController().signal;

test('four at once start two seconds apart; one that comes later starts at once', async () => {
	const {time, slept, wakes, clock} = sleeper();
	const apart = createApart(clock);
	const all = Promise.all([1, 2, 3, 4].map(() => apart(2000, never)));
	expect(slept).toEqual([2000, 4000, 6000]);
	for (const wake of wakes) wake();
	await all;
	time.nowMs += 20_000;
	await apart(2000, never);
	expect(slept).toHaveLength(3);
});

test('agents that need no time between them do not wait', async () => {
	const {slept, clock} = sleeper();
	const apart = createApart(clock);
	await Promise.all([apart(0, never), apart(0, never)]);
	expect(slept).toEqual([]);
});

test('a clock that was set back by a day makes nobody wait for a day', () => {
	const {time, slept, clock} = sleeper();
	const apart = createApart(clock);
	void apart(2000, never);
	time.nowMs -= 86_400_000;
	void apart(2000, never);
	expect(slept).toEqual([2000]);
});

test('who is stopped does not wait', async () => {
	const {clock} = sleeper();
	const apart = createApart(clock);
	const stop = new AbortController();
	void apart(2000, never);
	const waits = apart(2000, stop.signal);
	stop.abort();
	await waits;
});
