import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {isCurrent, mergeWindows, windowsFromRateLimitEvent} from '../../src/budget/index.js';
import {QuotaWindow} from '../../src/domain/budget.js';

const nowIso = '2026-11-20T10:00:00.000Z';
const measured = {source: 'stream', measuredAt: nowIso};

function eventOf(name: string): unknown {
	const lines = readFileSync(new URL(`../fixtures/claude-stream/${name}`, import.meta.url), 'utf8').split('\n');
	return JSON.parse(lines.find(line => line.includes('"type":"rate_limit_event"')) ?? '{}');
}

describe('windowsFromRateLimitEvent', () => {
	test('both windows of a subscription', () => {
		const event = eventOf('rl-oauth-allowed.jsonl');
		const reading = windowsFromRateLimitEvent(event, nowIso);
		expect(reading).toEqual({
			windows: [
				{kind: 'five_hour', usedPercent: 23, resetsAt: '2026-11-20T11:56:36.000Z', ...measured},
				{kind: 'weekly', usedPercent: 42, resetsAt: '2026-11-23T21:16:36.000Z', ...measured},
			],
			status: 'allowed',
			resetsAt: '2026-11-20T11:56:36.000Z',
			overage: false,
		});
		expect(windowsFromRateLimitEvent((event as {rate_limit_info: unknown}).rate_limit_info, nowIso)).toEqual(reading);
	});

	test('a limit', () => {
		expect(windowsFromRateLimitEvent(eventOf('rl-oauth-rejected5h.jsonl'), nowIso)).toMatchObject({
			windows: [
				{kind: 'five_hour', usedPercent: 100},
				{kind: 'weekly', usedPercent: 42},
			],
			status: 'rejected',
			resetsAt: '2026-11-20T11:56:36.000Z',
		});
	});

	test('without the internal windows the top level speaks of one', () => {
		const windows = (info: object) => windowsFromRateLimitEvent(info, nowIso).windows;
		expect(
			windows({status: 'allowed_warning', rateLimitType: 'seven_day_opus', utilization: 0.91, resetsAt: 1795175764}),
		).toEqual([{kind: 'weekly:opus', usedPercent: 91, resetsAt: '2026-11-20T11:56:04.000Z', ...measured}]);
		expect(windows({status: 'rejected', rateLimitType: 'seven_day_overage_included'})).toEqual([
			{kind: 'weekly:fable', usedPercent: 100, ...measured},
		]);
		expect(windows({status: 'allowed', rateLimitType: 'five_hour', resetsAt: 1795175764})).toEqual([]);
		expect(windows({unifiedWindows: {thirty_day: {utilization: 0.07}}})).toEqual([
			{kind: 'thirty_day', usedPercent: 7, ...measured},
		]);
	});

	test('paid overflow', () => {
		expect(windowsFromRateLimitEvent({isUsingOverage: true}, nowIso).overage).toBe(true);
		expect(windowsFromRateLimitEvent({overageInUse: true}, nowIso).overage).toBe(true);
	});

	test('anything else is unknown, never an error', () => {
		const unknown = {windows: [], status: 'unknown', overage: false};
		for (const info of [undefined, null, 7, 'x', [], {}, {rate_limit_info: null}, {unifiedWindows: []}])
			expect(windowsFromRateLimitEvent(info, nowIso)).toEqual(unknown);
		fc.assert(
			fc.property(fc.anything(), fc.anything(), (info, window) => {
				const readings = [
					info,
					{rate_limit_info: info, status: window},
					{unifiedWindows: {five_hour: window}},
					{rateLimitType: 'five_hour', utilization: window, resetsAt: info},
				];
				for (const one of readings)
					for (const quota of windowsFromRateLimitEvent(one, nowIso).windows) QuotaWindow.parse(quota);
			}),
		);
	});
});

describe('windows', () => {
	const window = (kind: string, usedPercent: number, measuredAt: string): QuotaWindow => ({
		kind,
		usedPercent,
		source: 'x',
		measuredAt,
	});
	const [old, young] = ['2026-11-20T10:00:00.000Z', '2026-11-20T11:00:00Z'];

	test('the newest of each kind', () => {
		const merged = mergeWindows(
			[window('weekly', 1, young), window('five_hour', 2, old)],
			[window('five_hour', 3, young), window('weekly', 4, old), window('credits', 5, old)],
		);
		expect(merged.map(({kind, usedPercent}) => [kind, usedPercent])).toEqual([
			['weekly', 1],
			['five_hour', 3],
			['credits', 5],
		]);
		expect(mergeWindows([window('weekly', 1, old)], [window('weekly', 2, old)])[0]?.usedPercent).toBe(2);
	});

	test('is current until its reset', () => {
		const until = {...window('weekly', 1, old), resetsAt: young};
		expect(isCurrent(until, Date.parse(young) - 1)).toBe(true);
		expect(isCurrent(until, Date.parse(young))).toBe(false);
		expect(isCurrent(window('weekly', 1, old), Date.parse(young))).toBe(true);
	});
});
