import {afterEach, expect, test} from 'vitest';
import type {WindowStatus} from '../../src/domain/status.js';
import {aNight, aStatus, at} from '../view/a-status.js';
import {type Rig, renderAt} from './render-at.js';

const open: Rig[] = [];
afterEach(() => {
	for (const rig of open.splice(0)) rig.close();
});

const window = (kind: string, usedPercent: number, pilotPercent: number, resetsIn: number): WindowStatus => ({
	...{kind, usedPercent, pilotPercent, resetsAt: at(resetsIn), source: 'stream', measuredAt: at(-3)},
});
const calm = [window('five_hour', 42, 12.4, 125), window('weekly', 31, 3, 4000)];

function show(columns: number, rows: number, windows: readonly WindowStatus[] = calm): Rig {
	const rig = renderAt(columns, rows);
	open.push(rig);
	rig.store.setStatus(aNight({budget: {...aStatus().budget, windows}}));
	return rig;
}

test('where there is room each bar says how much of it is pilot, and the title what the signs mean', async () => {
	const rig = show(200, 50);
	const text = await rig.text();
	expect(text).toMatch(/5-hour █+▓+[░╎]+│░* +42 % used, 48 left \(pilot ≤ 13 %\), resets 14:05, in 2h05m/);
	expect(text).toMatch(/weekly █+▓[░╎]+│░* +31 % used, 59 left \(pilot ≤ 3 %\), resets Mon 06:40, in 2d 18h/);
	expect(text).toContain('▓ pilot  ╎ time over  │ stops at 90 %');
	expect(await rig.overflow()).toEqual([]);
});

test('at 120×40 the shares have a row of their own, and nothing is cut', async () => {
	const rig = show(120, 40);
	const text = await rig.text();
	expect(text).toMatch(/5-hour █+▓+[░╎]+│░* +42 % used, 48 left resets 2h05m/);
	expect(text).toContain('▓ pilot ≤ 13 % of 5-hour, ≤ 3 % of weekly');
	expect(text).toContain('▓ pilot ╎ time │ stop 90 %');
	expect(await rig.overflow()).toEqual([]);
});

test('a forecast goes before the shares', async () => {
	const text = await show(120, 40, [window('five_hour', 60, 12, 150), window('weekly', 31, 3, 4000)]).text();
	expect(text).toContain('5-hour stops 13:15 at this pace');
	expect(text).not.toContain('of 5-hour, ≤');
	expect(text).toContain('▓ pilot ╎ time');
});

test('in two rows they are told if they fit, and shaded only if they are told', async () => {
	const one = await show(99, 24, [window('five_hour', 42, 12.4, 125)]).text();
	expect(one).toMatch(/█+▓+/);
	expect(one).toContain('▓ pilot ≤ 13 % of 5-hour');
	const many = ['five_hour', 'weekly', 'weekly:opus', 'weekly:fable'].map(kind => window(kind, 42, 12.4, 125));
	const rig = show(80, 24, many);
	expect(await rig.text()).not.toContain('▓');
	expect(await rig.overflow()).toEqual([]);
});

test('where pilot used nothing, or nobody knows, nothing is said of it', async () => {
	for (const [columns, rows] of [
		[80, 24],
		[120, 40],
		[200, 50],
	] as const) {
		const {pilotPercent: _unknown, ...older} = window('weekly', 31, 0, 4000);
		const text = await show(columns, rows, [window('five_hour', 42, 0, 125), older]).text();
		expect(text).not.toMatch(/▓|≤/);
		expect(text).toContain('42 % used');
	}
});

test('a window of a hostile name stays in its row', async () => {
	for (const [columns, rows] of [
		[80, 24],
		[120, 40],
		[200, 50],
	] as const) {
		const rig = show(columns, rows, [window(`\u001b]52;c;eA==\u0007${'日本'.repeat(40)}`, 42, 12, 125)]);
		expect(await rig.text()).toContain('Queue');
		expect(await rig.overflow()).toEqual([]);
		expect(rig.written()).not.toMatch(/\u001b\]52/);
	}
});
