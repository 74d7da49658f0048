import {afterEach, expect, test} from 'vitest';
import {createInputRouter} from '../../src/app/input-router.js';
import {cellsOf} from '../../src/domain/cells.js';
import type {PilotEvent} from '../../src/domain/event.js';
import {aFact, aMission, aNight, aStatus} from '../view/a-status.js';
import {type RenderOptions, type Rig, renderAt} from './render-at.js';

const open: Rig[] = [];
afterEach(() => {
	for (const rig of open.splice(0)) rig.close();
});

const [left, up, down] = [0, 64, 65];

/** A dashboard with a mouse: cells are counted from 0. */
function show(columns: number, rows: number, status = aNight(), options: RenderOptions = {}) {
	const rig = renderAt(columns, rows, options);
	open.push(rig);
	rig.store.setStatus(status);
	const typed: string[] = [];
	const route = createInputRouter({
		store: rig.store,
		ask() {},
		type: text => typed.push(text),
		replied() {},
		size: () => ({columns, rows}),
		now: () => performance.now(),
		holes: new Map(),
	});
	const mouse = (code: number, x: number, y: number, end = 'M') => route(`\u001b[<${code};${x + 1};${y + 1}${end}`);
	/** Cell in which a text begins on the screen. */
	const cellOf = async (text: string, from = 0) => {
		const lines = await rig.lines();
		const y = lines.findIndex(line => line.indexOf(text, from) >= 0);
		return {x: cellsOf(lines[y]?.slice(0, lines[y]?.indexOf(text, from)) ?? ''), y};
	};
	const click = async (text: string, from = 0) => {
		const {x, y} = await cellOf(text, from);
		expect(y, text).toBeGreaterThanOrEqual(0);
		mouse(left, x, y);
		mouse(left, x, y, 'm');
	};
	return {...rig, typed, mouse, cellOf, click};
}

test.each([
	[60, 15],
	[80, 24],
	[120, 40],
	[240, 50],
])(
	'at %i×%i a click on a line of the queue selects what stands there, a second one reads it',
	async (columns, rows) => {
		const rig = show(columns, rows);
		/** Where a line of the queue stands now. */
		const rowOf = async (title: string) =>
			(await rig.lines()).findIndex((line, y) => y > 2 && new RegExp(`^.{6,8}${title}`).test(line));
		const seen: {key: string; title: string}[] = [];
		for (const entry of rig.store.getState().queue.entries) {
			const title = entry.kind === 'mission' ? entry.mission.title.slice(0, 12) : '';
			if (title !== '' && (await rowOf(title)) >= 0) seen.push({key: entry.key, title});
		}
		expect(seen.length).toBeGreaterThan(1);
		for (const {key, title} of seen.toReversed()) {
			rig.mouse(left, 9, await rowOf(title));
			expect(rig.store.getState().screen).toMatchObject({selectedId: key, focus: 'queue', dialog: 'none'});
		}
		rig.mouse(left, 9, await rowOf(seen[0]?.title ?? ''));
		expect(rig.store.getState().screen.dialog).toBe('detail');
		rig.mouse(left, 9, 5);
		expect(rig.store.getState().screen.selectedId).toBe(seen[0]?.key);
	},
);

test('the wheel over the queue moves its cursor; over the news and the commands it scrolls them, no further than there are any', async () => {
	const missions = Array.from({length: 40}, (_, n) => aMission(`m-${n}`, {title: `Mission ${n}`}));
	const commands = Array.from({length: 60}, (_, n) => ({
		...{at: aFact(1, '').at, purpose: 'sync', line: `git fetch ${n}.`, durationMs: 1, exitCode: 0, seq: n},
	}));
	const facts = Array.from({length: 60}, (_, n) => aFact(n + 1, `Title ${n}.`));
	const rig = show(240, 50, aStatus({missions, recent: facts}), {commands: commands as never});
	rig.mouse(down, 4, 5);
	rig.mouse(down, 4, 5);
	expect(rig.store.getState().screen.selectedId).toBe('m-6');
	rig.mouse(up, 4, 5);
	expect(rig.store.getState().screen.selectedId).toBe('m-3');
	const news = await rig.cellOf('Activity');
	expect(await rig.text()).toContain('Title 59.');
	rig.mouse(up, news.x, news.y + 2);
	expect(await rig.text()).toMatch(/Activity, 3 newer/);
	expect(await rig.text()).not.toContain('Title 59.');
	expect(await rig.text()).toContain('Title 56.');
	for (let turn = 0; turn < 40; turn++) rig.mouse(up, news.x, news.y + 2);
	expect(await rig.text()).toContain('Title 0.');
	for (let turn = 0; turn < 20; turn++) {
		rig.mouse(down, news.x, news.y + 2);
		await rig.text();
	}
	expect(await rig.text()).toContain('Title 59.');
	const log = await rig.cellOf('Command log');
	rig.mouse(up, log.x, log.y + 2);
	expect(await rig.text()).toMatch(/Command log, 3 newer[\s\S]*git fetch 56\./);
	expect(await rig.text()).not.toContain('git fetch 57.');
	await rig.click('git fetch 50.');
	expect(rig.store.getState().screen.dialog).toBe('commands');
	expect(await rig.overflow()).toEqual([]);
});

test('a click on what happened selects the mission that it is about, or says that it is not shown', async () => {
	const added = {...{missionId: 'm-wait02', title: 'Another one'}, source: 'cli'} as const;
	const recent = [aFact(1, 'Of one that is gone'), {...aFact(2, ''), data: added} as PilotEvent];
	const rig = show(120, 40, aNight({recent}));
	await rig.click('Another one', 40);
	expect(rig.store.getState().screen.selectedId).toBe('m-wait02');
	await rig.click('Of one that is gone', 40);
	expect(await rig.text()).toContain('» ^m-000001 is not among what the queue shows.');
	expect(rig.store.getState().screen.selectedId).toBe('m-wait02');
});

test.each([
	[80, 24],
	[120, 40],
])('at %i×%i a click on a key of the footer presses it', async (columns, rows) => {
	const rig = show(columns, rows);
	const foot = (await rig.lines()).at(-1) ?? '';
	for (const [text, typed] of [
		['n new', 'n'],
		['Enter read', '\r'],
		['? help', '?'],
		['q quit', 'q'],
	] as const) {
		rig.mouse(left, foot.indexOf(text) + text.length - 1, rows - 1);
		expect(rig.typed.splice(0)).toEqual([typed]);
	}
	rig.mouse(left, columns - 1, rows - 1);
	rig.mouse(up, foot.indexOf('n new'), rows - 1);
	expect(rig.typed).toEqual([]);
	rig.store.change({attachedId: 's-1'});
	rig.mouse(left, 3, 4);
	rig.mouse(down, 3, 4);
	expect(rig.store.getState().screen).toMatchObject({selectedId: undefined, attachedId: 's-1'});
	rig.mouse(left, 1, rows - 1);
	expect(rig.store.getState().screen.attachedId).toBeUndefined();
});
