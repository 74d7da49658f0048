import {expect, test} from 'vitest';
import type {Status} from '../../src/domain/status.js';
import {ageLine, bar, gauges, runsLine, sparkline, tokensLine, weekLine} from '../../src/view/gauge.js';
import {pilotWords} from '../../src/view/pilot-words.js';
import {aNight, aStatus, at, nowMs} from './a-status.js';

const withWindows = (windows: Status['budget']['windows']) => aStatus({budget: {...aStatus().budget, windows}});

test('a bar is as long as it was told, with what is used and the mark where pilot stops', () => {
	expect(bar(0, {stopPercent: 90}, 10)).toBe('░░░░░░░░░│');
	expect(bar(42, {stopPercent: 90}, 10)).toBe('████░░░░░│');
	expect(bar(1, {stopPercent: 50}, 10)).toBe('█░░░░│░░░░');
	expect(bar(100, {stopPercent: 50}, 10)).toBe('█████│████');
	expect(bar(250, {stopPercent: 100}, 10)).toBe('█████████│');
	expect(bar(50, {stopPercent: 90}, 2)).toBe('');
});

test('windows are named, measured and toned by what pilot does at that point', () => {
	expect(gauges(aNight(), nowMs)).toEqual([
		{
			name: '5-hour',
			usedPercent: 42,
			used: '42 % used',
			left: '48 left',
			pilot: '(pilot ≤ 13 %)',
			pilotPercent: 12.4,
			resets: 'resets 14:05, in 2h05m',
			resetsShort: 'resets in 2h05m',
			resetsShortest: 'resets 2h05m',
			tone: 'good',
			timePercent: 58.333333333333336,
			forecast: '',
		},
		{
			name: 'weekly opus',
			usedPercent: 91,
			used: '91 % used',
			left: '0 left',
			pilot: '',
			pilotPercent: 0,
			resets: 'resets Mon 12:00, in 3d 0h',
			resetsShort: 'resets in 3d 0h',
			resetsShortest: 'resets 3d 0h',
			tone: 'bad',
			timePercent: 57.14285714285714,
			forecast: '',
		},
		{
			name: 'credits',
			usedPercent: undefined,
			used: 'unknown',
			left: '',
			pilot: '',
			pilotPercent: undefined,
			resets: '',
			resetsShort: '',
			resetsShortest: '',
			tone: 'dim',
			timePercent: undefined,
			forecast: '',
		},
	]);
});

test("pilot's share stands at the end of what is used", () => {
	expect(bar(42, {stopPercent: 90, pilotPercent: 12}, 20)).toBe('██████▓▓░░░░░░░░░░│░');
	expect(bar(42, {stopPercent: 90, timePercent: 35, pilotPercent: 42}, 20)).toBe('▓▓▓▓▓▓▓╎░░░░░░░░░░│░');
	expect(bar(61, {stopPercent: 90, pilotPercent: 3}, 13)).toBe('███████▓░░░│░');
	expect(bar(1, {stopPercent: 90, pilotPercent: 90}, 10)).toBe('▓░░░░░░░░│');
});

test('the share is a bound: rounded up, never above what is used, and not told where it is nothing', () => {
	const told = (usedPercent: number | undefined, pilotPercent: number | undefined) =>
		pilotWords({usedPercent, pilotPercent});
	expect([told(42, 12.01), told(42.4, 42.4), told(0.3, 0.3)]).toEqual([
		...['(pilot ≤ 13 %)', '(pilot ≤ 42 %)', '(pilot ≤ 1 %)'],
	]);
	expect([told(42, 0), told(42, undefined), told(undefined, 3)]).toEqual(['', '', '']);
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

test('the bar tells how much of the time is over, and the stop is told first', () => {
	expect(bar(42, {stopPercent: 90, timePercent: 60}, 10)).toBe('████░░╎░░│');
	expect(bar(80, {stopPercent: 90, timePercent: 20}, 10)).toBe('██╎█████░│');
	expect(bar(42, {stopPercent: 90, timePercent: 100}, 10)).toBe('████░░░░░│');
});

test('a window that fills faster than its time says when pilot stops; one that does not, or that is young, says nothing', () => {
	const window = (kind: string, usedPercent: number, resetsIn: number) => ({
		...{kind, usedPercent, resetsAt: at(resetsIn), source: 'stream', measuredAt: at(-3)},
	});
	const forecasts = (...windows: Status['budget']['windows']) =>
		gauges(withWindows(windows), nowMs).map(({forecast}) => forecast);
	// Half of five hours are over, 60 % are used: 90 % will be after another 75 minutes.
	expect(forecasts(window('five_hour', 60, 150))).toEqual(['stops 13:15 at this pace']);
	expect(forecasts(window('five_hour', 40, 150), window('five_hour', 9, 299), window('five_hour', 95, 150))).toEqual([
		...['', '', ''],
	]);
	expect(forecasts(window('weekly:opus', 80, 4 * 1440))).toEqual(['stops 21:00 at this pace']);
	expect(forecasts(window('of_another_kind', 80, 4))).toEqual(['']);
});

test('a week is a column for each day, and says its sums', () => {
	expect(sparkline([0, 1, 4, 8])).toBe('·▁▄█');
	expect(sparkline([0, 0])).toBe('··');
	const week = [1, 0, 8, 4, 0, 0, 2].map((runs, day) => ({day: `2026-11-${14 + day}`, runs, tokens: runs * 1000}));
	expect(weekLine(aStatus({budget: {...aStatus().budget, week}}))).toBe('7 days ▁·█▄··▂ 15 runs, 15k tokens');
	expect(weekLine(aStatus())).toBe('');
});
