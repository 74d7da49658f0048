import {expect, test} from 'vitest';
import type {Status} from '../../src/domain/status.js';
import {ageLine, bar, gauges, runsLine, tokensLine} from '../../src/view/gauge.js';
import {aNight, aStatus, at, nowMs} from './a-status.js';

const withWindows = (windows: Status['budget']['windows']) => aStatus({budget: {...aStatus().budget, windows}});

test('a bar is as long as it was told, with what is used and the mark where pilot stops', () => {
	expect(bar(0, 90, 10)).toBe('░░░░░░░░░│');
	expect(bar(42, 90, 10)).toBe('████░░░░░│');
	expect(bar(1, 50, 10)).toBe('█░░░░│░░░░');
	expect(bar(100, 50, 10)).toBe('█████│████');
	expect(bar(250, 100, 10)).toBe('█████████│');
	expect(bar(50, 90, 2)).toBe('');
});

test('windows are named, measured and toned by what pilot does at that point', () => {
	expect(gauges(aNight(), nowMs)).toEqual([
		{name: '5-hour', usedPercent: 42, used: '42 %', resets: 'resets in 2h05m', tone: 'good'},
		{name: 'weekly opus', usedPercent: 91, used: '91 %', resets: 'resets in 3d 0h', tone: 'bad'},
		{name: 'credits', usedPercent: undefined, used: 'unknown', resets: '', tone: 'dim'},
	]);
});

test('money is shown as money, a window past its reset as unknown', () => {
	const measured = {source: 'pasted', measuredAt: at(-600)};
	const [credits, reset] = gauges(
		withWindows([
			{kind: 'credits', spent: 12, limit: 50, currency: 'USD', ...measured},
			{kind: 'five_hour', usedPercent: 99, resetsAt: at(-1), ...measured},
		]),
		nowMs,
	);
	expect(credits?.used).toBe('12 of 50 USD');
	expect(reset).toMatchObject({usedPercent: undefined, used: 'unknown', resets: 'since its reset', tone: 'dim'});
});

test('the age is told once when all is as old, else by name', () => {
	expect(ageLine(aNight(), nowMs)).toBe('quota read 3m ago (stream)');
	expect(ageLine(aStatus(), nowMs)).toBe('');
	const windows = [
		{kind: 'five_hour', source: 'stream', measuredAt: at(-3)},
		{kind: 'weekly', source: 'pasted', measuredAt: at(-300)},
	];
	expect(ageLine(withWindows(windows), nowMs)).toBe('quota read: 5-hour 3m ago (stream), weekly 5h00m ago (pasted)');
});

test('runs and tokens', () => {
	expect(runsLine(aNight())).toBe('runs today 3 of 20, $1.50');
	expect(runsLine(aStatus({budget: {...aStatus().budget, runsPerDay: null}}))).toBe('runs today 3 of no limit, $1.50');
	expect(tokensLine(aNight())).toBe('tokens 1.2M for you, 0 of its own accord');
});
