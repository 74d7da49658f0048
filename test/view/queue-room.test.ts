import {expect, test} from 'vitest';
import {queueEntries} from '../../src/view/queue-entries.js';
import {queueRoom, rowsOf, troublesBelow} from '../../src/view/queue-room.js';
import {aMission, nowMs} from './a-status.js';

const states = ['pending', 'parked', 'unproven', 'failed', 'done', 'blocked'] as const;
const entriesOf = (missions: Parameters<typeof aMission>[1][]) =>
	queueEntries({missions: missions.map((more, n) => aMission(`m-00000${n}`, more)), problems: []}, nowMs);

test('what needs a human and does not fit is named with its reason, the worst first', () => {
	const entries = entriesOf(
		states.map(state => ({state, title: `${state}\u001b[31m one`, why: `why ${state}`, doneOn: '2026-11-20'})),
	);
	const below = (to: number, most: number) =>
		troublesBelow(entries, {to, most, nowMs, width: 200}).map(({text}) => text);
	expect(below(1, 3)).toEqual(['✗ failed one: why failed', '‖ parked one: why parked', '■ blocked one: why blocked']);
	expect(below(1, 1)).toEqual(['✗ failed one: why failed']);
	expect(below(6, 3)).toEqual([]);
});

test('rows that nobody needs go to reasons that are cut, what needs a human first', () => {
	const long = 'a reason that says a lot more than one column has room for';
	const entries = entriesOf([
		{state: 'in-progress', title: 'short', why: 'short'},
		{state: 'pending', title: 'waits', why: long},
		{state: 'done', title: 'done', why: long, doneOn: '2026-11-20'},
		{state: 'failed', title: 'fails', why: long},
	]);
	const tallOf = (rows: number, width = 60) => [...queueRoom(entries, {selected: 0, rows, width, nowMs}).tall];
	expect(tallOf(4)).toEqual([]);
	expect(tallOf(5)).toEqual(['m-000003']);
	expect(tallOf(6)).toEqual(['m-000003', 'm-000001']);
	expect(tallOf(9)).toEqual(['m-000003', 'm-000001', 'm-000002']);
	expect(tallOf(9, 200)).toEqual([]);
	const chat = entriesOf([{state: 'pending', title: 'Count the words in it', why: 'next', source: 'telegram'}]);
	expect([...queueRoom(chat, {selected: 0, rows: 2, width: 50, nowMs}).tall]).toEqual(['m-000000']);
	expect(queueRoom(entries, {selected: 0, rows: 3, width: 60, nowMs})).toMatchObject({
		from: 0,
		to: 2,
		rest: '… 2 more',
	});
});

test('rows of a wrapped text', () => {
	expect(rowsOf('', 40, 3)).toBe(1);
	expect(rowsOf('x'.repeat(33), 40, 3)).toBe(2);
	expect(rowsOf('x'.repeat(330), 40, 3)).toBe(3);
});
