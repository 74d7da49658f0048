import {expect, onTestFinished, test} from 'vitest';
import {watchLoopLag} from '../../src/kernel/loop-lag.js';

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

test('a loop that is held up is seen as late by as much; one that is not, hardly', async () => {
	const lag = watchLoopLag();
	onTestFinished(lag.end);
	await pause(300);
	lag.forget();
	await pause(1000);
	expect(lag.read().p50Ms).toBeLessThan(50);
	const untilMs = performance.now() + 400;
	while (performance.now() < untilMs);
	await pause(100);
	const {p50Ms, p99Ms, maxMs} = lag.read();
	expect(maxMs).toBeGreaterThan(300);
	expect(maxMs).toBeLessThan(1000);
	expect(p99Ms).toBeGreaterThan(300);
	expect(p50Ms).toBeLessThan(50);
});
