import fc from 'fast-check';
import {expect, test} from 'vitest';
import {listWindow, queueEntries, reasonOf, selectedIndex} from '../../src/view/queue-entries.js';
import {aMission, aNight, at, nowMs} from './a-status.js';

test('what runs, what waits, what is wrong with the file, what needs a human, what was done since yesterday', () => {
	const entries = queueEntries(aNight({problems: ['missions.md:9: no title']}), nowMs);
	expect(entries.map(({key}) => key)).toEqual([
		'm-run001',
		'm-wait01',
		'm-wait02',
		'problem-0',
		'm-block1',
		'm-unprov',
		'm-failed',
		'm-done01',
	]);
});

test('the cursor falls back to the first line', () => {
	const entries = queueEntries(aNight(), nowMs);
	expect(selectedIndex(entries, 'm-wait02')).toBe(2);
	expect(selectedIndex(entries, 'm-gone00')).toBe(0);
	expect(selectedIndex([], undefined)).toBe(-1);
});

test('a window of a list always holds the selected line and tells what it leaves out', () => {
	const lists = fc.record({count: fc.integer({min: 1, max: 500}), rows: fc.integer({min: 2, max: 50}), at: fc.nat()});
	fc.assert(
		fc.property(lists, ({count, rows, at: seed}) => {
			const selected = seed % count;
			const {from, to, rest} = listWindow(count, selected, rows);
			expect(from).toBeLessThanOrEqual(selected);
			expect(to).toBeGreaterThan(selected);
			expect(to - from + (rest ? 1 : 0)).toBe(Math.min(rows, count));
			const told = (rest?.match(/\d+/g) ?? []).reduce((sum, number) => sum + Number(number), 0);
			expect(told).toBe(count - (to - from));
		}),
	);
});

test('a reason has its time, its step, and no control characters', () => {
	expect(reasonOf(aMission('m-1', {why: 'window\u001b[31m is full', startsAt: at(65)}), nowMs)).toBe(
		'13:05: window is full',
	);
	expect(reasonOf(aMission('m-1', {state: 'in-progress', step: 'check', why: 'check'}), nowMs)).toBe('check');
	expect(reasonOf(aMission('m-1', {state: 'in-progress', step: 'prepare', why: 'cloning'}), nowMs)).toBe(
		'prepare: cloning',
	);
	expect(reasonOf(aMission('m-1', {state: 'in-progress', step: 'work', why: 'stream: Bash'}), nowMs)).toBe(
		'stream: Bash',
	);
});
