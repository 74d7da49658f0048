import {afterEach, describe, expect, test} from 'vitest';
import type {Status} from '../../src/domain/status.js';
import {aMission, aNight, aStatus} from '../view/a-status.js';
import {type RenderOptions, type Rig, renderAt} from './render-at.js';

const open: Rig[] = [];
afterEach(() => {
	for (const rig of open.splice(0)) rig.close();
});

function show(status: Status, columns = 80, rows = 24, answer?: RenderOptions['answer']): Rig {
	const rig = renderAt(columns, rows, answer ? {answer} : {});
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
		expect(await rig.text()).toContain('Queue, /rou 1 of 7');
		expect(await rig.text()).not.toContain('Make it faster');
		expect(await rig.text()).toContain('Audit the routes');
		await rig.press(enter, 's');
		expect(rig.asked).toMatchObject([{type: 'mission.skip', id: 'm-wait02'}]);
		expect(await rig.text()).toContain('Queue, /rou 1 of 7');
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

const ids = (rig: Rig) => rig.asked.map(command => ('id' in command ? command.id : ''));

describe('the order', () => {
	test('[ and ] move, + and - give another priority; the cursor stays on the mission', async () => {
		const rig = show(aNight());
		await rig.press('j', '[', ']', '+', '-');
		expect(rig.asked).toMatchObject([
			{type: 'mission.move', id: 'm-wait01', to: 'up'},
			{type: 'mission.move', id: 'm-wait01', to: 'down'},
			{type: 'mission.reprioritise', id: 'm-wait01', priority: 1},
			{type: 'mission.reprioritise', id: 'm-wait01', priority: 3},
		]);
	});

	test('what runs, and an order that is not seen, say why not', async () => {
		const rig = show(aNight());
		await rig.press('[');
		expect(await rig.text()).toContain('^m-run001 is running: only what waits has a place in the order.');
		await rig.press('o', 'o', 'o', 'g', '[');
		expect(await rig.text()).toContain('The queue is shown by title: o has it as it will run.');
		expect(rig.asked).toEqual([]);
	});

	test('beyond the highest priority there is none', async () => {
		const rig = show(aStatus({missions: [aMission('m-000001', {priority: 1})]}));
		await rig.press('+');
		expect(rig.asked).toEqual([]);
		expect(await rig.text()).toContain('^m-000001 has critical priority');
	});
});

describe('marks', () => {
	test('keys act on all that are marked, with one answer; Esc takes the marks off', async () => {
		let count = 0;
		const rig = show(aNight(), 120, 40, () =>
			++count === 2 ? {ok: false, say: '^m-wait02 has gone.'} : {ok: true, say: 'Skipped.'},
		);
		await rig.press(' ', ' ', ' ');
		expect(await rig.text()).toContain('Queue, 3 marked');
		expect(await rig.text()).toMatch(/▶\*.*Find the slow/);
		await rig.press('s');
		expect(ids(rig)).toEqual(['m-run001', 'm-wait01', 'm-wait02']);
		expect(await rig.text()).toContain('» 2 skipped, 1 refused: ^m-wait02 has gone.');
		await rig.press(esc);
		expect(await rig.text()).not.toContain('marked');
		await rig.press('g', 's');
		expect(ids(rig).slice(3)).toEqual(['m-run001']);
	});

	test('a mark is taken off where it stands; those that are filtered away stay marked', async () => {
		const rig = show(aNight(), 120, 40);
		await rig.press(' ', 'k', ' ', ' ', '/', 'routes', enter);
		expect(await rig.text()).toContain('1 marked');
		await rig.press('s');
		expect(ids(rig)).toEqual(['m-wait01']);
	});

	test('going down, the last of them moves first; one that cannot move holds up those behind it', async () => {
		const missions = ['m-000001', 'm-000002', 'm-000003'].map(id => aMission(id));
		const rig = show(aStatus({missions}), 120, 40, {ok: false, say: 'It is the last.'});
		await rig.press('j', ' ', ' ', ']');
		expect(ids(rig)).toEqual(['m-000003']);
		await rig.press('[');
		expect(ids(rig)).toEqual(['m-000003', 'm-000002']);
	});

	test('x asks once for all that run', async () => {
		const missions = ['m-000001', 'm-000002'].map(id => aMission(id, {state: 'in-progress'}));
		const rig = show(aStatus({missions: [...missions, aMission('m-000003')]}), 120, 40);
		await rig.press(' ', ' ', ' ', 'x');
		expect(await rig.text()).toContain('Stop 2 sessions? Branches are kept.');
		await rig.press(enter);
		expect(rig.asked).toMatchObject([{type: 'session.stop', id: 'm-000001'}, {id: 'm-000002'}]);
	});
});

describe('U', () => {
	const undo = {type: 'mission.restore', id: 'm-wait01', to: {kind: 'turn', turn: 0}, by: 'dashboard'} as const;

	test('takes back what was done last, once, and says what', async () => {
		const rig = show(aNight(), 80, 24, {ok: true, say: 'Done.', undo});
		await rig.press('j', 's', 'U');
		expect(rig.asked.at(-1)).toEqual(undo);
		expect(await rig.text()).toContain('» Undone: skip ^m-wait01.');
		await rig.press('U');
		expect(rig.asked).toHaveLength(2);
		expect(await rig.text()).toContain('» Nothing was done from here yet.');
	});

	test('many at once are taken back from the last to the first', async () => {
		const rig = show(aNight(), 80, 24, command => ({
			ok: true,
			say: 'Done.',
			...('id' in command ? {undo: {...undo, id: command.id}} : {}),
		}));
		await rig.press('j', ' ', ' ', 's', 'U');
		expect(ids(rig)).toEqual(['m-wait01', 'm-wait02', 'm-wait02', 'm-wait01']);
		expect(await rig.text()).toContain('» Undone: skip 2 missions.');
	});

	test('says why when it cannot be', async () => {
		const rig = show(aNight());
		await rig.press('x', enter, 'U');
		expect(rig.asked).toHaveLength(1);
		expect(await rig.text()).toContain('» Not undone: stop ^m-run001: its session has ended');
		const refusing = show(aNight(), 80, 24, command =>
			command.type === 'mission.restore' ? {ok: false, say: 'It runs by now.'} : {ok: true, say: 'Done.', undo},
		);
		await refusing.press('j', 's', 'U');
		expect(await refusing.text()).toContain('» Not undone: skip ^m-wait01: It runs by now.');
	});

	test('takes out a mission that was added', async () => {
		const gone = {...undo, id: 'm-4k2p9q', to: {kind: 'gone'}} as const;
		const rig = show(aNight(), 80, 24, {ok: true, say: 'Added.', missionId: 'm-4k2p9q', undo: gone});
		await rig.press('n', 'Title', enter, 'U');
		expect(rig.asked.at(-1)).toEqual(gone);
		expect(await rig.text()).toContain('» Undone: add ^m-4k2p9q.');
	});
});
