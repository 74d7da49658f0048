import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	createQueueList,
	emptyList,
	listWindow,
	type QueueSort,
	queueEntries,
	queueTitle,
	reasonOf,
	selectedIndex,
} from '../../src/view/queue-entries.js';
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

const all = {filter: '', sort: 'turn'} as const;
const keys = (filter: string, sort: QueueSort = 'turn', night = aNight()) =>
	queueEntries(night, nowMs, {filter, sort}).map(({key}) => key);

test.each([
	['ROUTES', ['m-wait02']],
	['  the   api ', ['m-block1']],
	['^m-wait', ['m-wait01', 'm-wait02']],
	['waiting', ['m-wait01', 'm-wait02']],
	['in-progress', ['m-run001']],
	['running', ['m-run001']],
	['telegram', ['m-other1']],
	['+app', ['m-other1']],
	['@audit read', ['m-other1']],
	['no title', ['problem-0']],
	['nothing like it', []],
])('the filter %j finds %j', (filter, found) => {
	const other = aMission('m-other1', {title: 'Read it', source: 'telegram', target: 'app', template: 'audit'});
	const {missions} = aNight();
	const night = aNight({missions: [...missions, other], problems: ['missions.md:9: no title']});
	const hits = keys(filter, 'turn', night);
	expect(hits.filter(key => filter !== 'waiting' || key !== 'm-other1')).toEqual(found);
});

test('sorting: what needs somebody first, what changed last first, by title', () => {
	const missions = [
		aMission('m-wait01', {title: 'b'}),
		aMission('m-fail01', {title: 'c', state: 'failed', endedAt: at(-30)}),
		aMission('m-fail02', {title: 'a', state: 'failed', endedAt: at(-10)}),
		aMission('m-block1', {title: 'd', state: 'blocked', endedAt: at(-20)}),
		aMission('m-run001', {title: 'e', state: 'in-progress'}),
	];
	const night = aNight({missions, problems: []});
	expect(keys('', 'state', night)).toEqual(['m-block1', 'm-fail01', 'm-fail02', 'm-run001', 'm-wait01']);
	expect(keys('', 'newest', night)).toEqual(['m-run001', 'm-fail02', 'm-block1', 'm-fail01', 'm-wait01']);
	expect(keys('', 'title', night)).toEqual(['m-fail02', 'm-wait01', 'm-fail01', 'm-block1', 'm-run001']);
});

test('the list stays the very same until something of it changes', () => {
	const listOf = createQueueList();
	const status = aNight();
	const first = listOf({status, screen: all, nowMs});
	expect(listOf({status: {...status}, screen: {...all}, nowMs: nowMs + 60_000})).toBe(first);
	expect(listOf({status: {...status, missions: [...status.missions]}, screen: all, nowMs})).not.toBe(first);
	expect(listOf({status, screen: {...all, sort: 'title'}, nowMs})).not.toBe(first);
	const done = listOf({status, screen: all, nowMs: nowMs + 3 * 86_400_000});
	expect(done.entries.some(({key}) => key === 'm-done01')).toBe(false);
	expect(listOf({status, screen: {...all, filter: 'wait'}, nowMs})).toMatchObject({total: 7, entries: {length: 2}});
});

test('the title says what is narrowed and how it is sorted', () => {
	const list = createQueueList()({status: aNight(), screen: {...all, filter: 'wait'}, nowMs});
	expect(queueTitle(emptyList, all)).toBe('Queue');
	expect(queueTitle(list, {filter: 'wait', sort: 'title'})).toBe('Queue, /wait 2 of 7, by title');
	expect(queueTitle(list, {filter: 'x'.repeat(50), sort: 'turn'}, 3)).toBe(
		`Queue, 3 marked, /${'x'.repeat(20)}… 2 of 7`,
	);
});

test('the cursor falls back to the first line', () => {
	const list = createQueueList()({status: aNight(), screen: all, nowMs});
	expect(selectedIndex(list, 'm-wait02')).toBe(2);
	expect(selectedIndex(list, 'm-gone00')).toBe(0);
	expect(selectedIndex(list, undefined)).toBe(0);
	expect(selectedIndex(emptyList, undefined)).toBe(-1);
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

test('until one is chosen the cursor is on the first mission, whatever line that is none stands above', () => {
	const missions = [aMission('m-000001', {state: 'failed'})];
	const entries = queueEntries({missions, problems: ['config.yaml changed']}, nowMs);
	expect(entries[0]?.kind).toBe('problem');
	expect(selectedIndex({entries, total: 2}, undefined)).toBe(1);
	expect(selectedIndex({entries, total: 2}, 'm-gone00')).toBe(1);
	expect(selectedIndex({entries, total: 2}, 'problem-0')).toBe(0);
	expect(selectedIndex({entries: entries.slice(0, 1), total: 1}, undefined)).toBe(0);
});
