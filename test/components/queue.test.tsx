import {afterEach, describe, expect, test} from 'vitest';
import type {Status} from '../../src/domain/status.js';
import {aMission, aNight, aStatus} from '../view/a-status.js';
import {type Rig, renderAt} from './render-at.js';

const open: Rig[] = [];
afterEach(() => {
	for (const rig of open.splice(0)) rig.close();
});

function show(status: Status, columns = 80, rows = 24): Rig {
	const rig = renderAt(columns, rows);
	open.push(rig);
	rig.store.setStatus(status);
	return rig;
}

const esc = '\u001b';
const enter = '\r';
const [pageDown, home, end] = ['\u001b[6~', '\u001b[H', '\u001b[F'];

const many = (count: number) =>
	aStatus({
		missions: Array.from({length: count}, (_, n) =>
			aMission(`m-${String(n).padStart(6, '0')}`, {title: `Number ${n}.`}),
		),
	});

const cursor = async (rig: Rig) => /❯.*?(Number \d+)\./.exec(await rig.text())?.[1];

describe('a long queue', () => {
	test('G and g, End and Home, PgDn and PgUp jump', async () => {
		const rig = show(many(10_000));
		await rig.press('G');
		expect(await cursor(rig)).toBe('Number 9999');
		await rig.press(home);
		expect(await cursor(rig)).toBe('Number 0');
		await rig.press(end, 'g');
		expect(await cursor(rig)).toBe('Number 0');
		await rig.press(pageDown);
		const rows = Number((await cursor(rig))?.split(' ')[1]);
		expect(rows).toBeGreaterThan(2);
		await rig.press(pageDown, '\u001b[5~');
		expect(await cursor(rig)).toBe(`Number ${rows}`);
	});

	test('a move of the cursor makes no new list', async () => {
		const rig = show(many(10_000));
		await rig.lines();
		const {queue} = rig.store.getState();
		await rig.press('j', 'j', 'G', 'k');
		expect(await cursor(rig)).toBe('Number 9998');
		expect(rig.store.getState().queue).toBe(queue);
	});
});

describe('/', () => {
	test('narrows the queue while one types; Enter keeps it, Esc shows all again', async () => {
		const rig = show(aNight(), 120, 40);
		await rig.press('/', 'r', 'o', 'u');
		expect(await rig.text()).toContain('Queue /rou 1 of 7');
		expect(await rig.text()).not.toContain('Make it faster');
		expect(await rig.text()).toContain('Audit the routes');
		await rig.press(enter, 's');
		expect(rig.asked).toMatchObject([{type: 'mission.skip', id: 'm-wait02'}]);
		expect(await rig.text()).toContain('Queue /rou 1 of 7');
		await rig.press(esc);
		expect(await rig.text()).toContain('Make it faster');
		expect(await rig.text()).not.toContain('1 of 7');
	});

	test('letters are letters while one types, and Esc gives it up', async () => {
		const rig = show(aNight());
		await rig.press('/', 'x', 's', 'q');
		expect([rig.asked, rig.left()]).toEqual([[], undefined]);
		expect(await rig.text()).toContain('Nothing has “xsq” in it.');
		await rig.press(esc);
		expect(await rig.text()).toContain('Make it faster');
	});

	test('is never left behind where no queue is to be seen', async () => {
		const rig = show(aNight());
		await rig.press('/');
		await rig.resize(50, 10);
		await rig.press('q');
		await rig.resize(80, 24);
		expect(await rig.text()).toContain('1 session is running');
	});

	test('in a pane it searches the pane', async () => {
		const rig = show(aNight());
		await rig.press('1', '/');
		expect(await rig.text()).toContain('Search this pane');
	});
});

test('o sorts, and says how', async () => {
	const rig = show(aNight(), 120, 40);
	await rig.press('o', 'o', 'o');
	const text = await rig.text();
	expect(text).toContain('Queue, by title');
	expect(text.indexOf('Audit the routes')).toBeLessThan(text.indexOf('Describe the project'));
	await rig.press('o');
	expect(await rig.text()).not.toContain('by title');
});

test.each([
	[60, 15],
	[80, 24],
	[120, 40],
	[200, 50],
])('in %i×%i a source is seen, and nothing overflows', async (columns, rows) => {
	const hostile = '世界'.repeat(80);
	const rig = show(
		aStatus({missions: [aMission('m-000001', {title: hostile, source: 'telegram', why: hostile, priority: 1})]}),
		columns,
		rows,
	);
	expect(await rig.text()).toMatch(/❯○ !! .*← telegram/);
	await rig.press('/', hostile.slice(0, 60));
	expect(await rig.text()).toContain('/');
	expect(await rig.overflow()).toEqual([]);
});
