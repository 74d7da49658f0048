import {expect, test} from 'vitest';
import {createIdleCollector} from '../../src/kernel/idle-collect.js';

function rig() {
	let nowMs = 0;
	let due: {atMs: number; run: () => void}[] = [];
	let collected = 0;
	const clock = {
		now: () => nowMs,
		at(atMs: number, run: () => void) {
			due.push({atMs, run});
			return () => {};
		},
	};
	const collector = createIdleCollector(clock, () => collected++);
	return {
		collector,
		collected: () => collected,
		tick(ms: number) {
			nowMs += ms;
			const now = due.filter(({atMs}) => atMs <= nowMs);
			due = due.filter(({atMs}) => atMs > nowMs);
			for (const {run} of now) run();
		},
	};
}

test('collects once when it is quiet after a flood, and not while it goes on', () => {
	const {collector, collected, tick} = rig();
	for (let n = 0; n < 100; n++) {
		collector.worked(1_000_000);
		tick(100);
	}
	expect(collected()).toBe(0);
	tick(1500);
	expect(collected()).toBe(1);
	tick(60_000);
	expect(collected()).toBe(1);
});

test('what is little is left alone', () => {
	const {collector, collected, tick} = rig();
	collector.worked(1_000_000);
	tick(60_000);
	expect(collected()).toBe(0);
});

test('V8 offers its collection', () => {
	expect(() => createIdleCollector({now: () => 0, at: () => () => {}}).worked(100_000_000)).not.toThrow();
});
