import fc from 'fast-check';
import {describe, expect, test, vi} from 'vitest';
import type {PaneFrame} from '../../src/domain/frame.js';
import {type ColourDepth, createCompositor, createTerminalScreen} from '../../src/screen/index.js';
import type {Rect} from '../../src/screen/layers.js';
import type {Cover} from '../../src/screen/veil.js';
import {expectOnlyOurs} from './outer.js';

const pause = (ms = 12) => new Promise(resolve => setTimeout(resolve, ms));
const plain = (row: string) => row.replaceAll(/\u001b\[[\d;]*m/g, '');

/** A compositor on a terminal whose cells can be looked at. */
function open(cols = 40, rows = 10, depth: ColourDepth = 'true') {
	const terminal = createTerminalScreen({cols, rows, scrollback: 0});
	// As the program sets it: what is too wide is cut at the edge of the window.
	terminal.write(Buffer.from('\u001b[?7l'));
	const drains: (() => void)[] = [];
	const written: string[] = [];
	let isFull = false;
	const compositor = createCompositor({
		...{cols, rows, depth},
		write(text) {
			written.push(text);
			terminal.write(Buffer.from(text));
			return !isFull;
		},
		onDrain: listener => void drains.push(listener),
	});
	return {
		compositor,
		terminal,
		written,
		full(is: boolean) {
			isFull = is;
			if (!is) for (const drain of drains) drain();
		},
		async lines() {
			await pause();
			return terminal.visibleRows().map(plain);
		},
	};
}

const wide = /[\u2e80-\uffdc]/u;
const cellsOf = (text: string) => [...plain(text)].reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0);

const frameOf = (texts: readonly string[], over: Partial<PaneFrame> = {}): PaneFrame => ({
	type: 'frame',
	sessionId: 's-1',
	cols: 20,
	rows: texts.length,
	changed: texts.map((text, y) => [y, text, cellsOf(text)] as const),
	whole: true,
	cursor: null,
	...over,
});

const fill = (cols: number, rows: number, letter: string) =>
	Array.from({length: rows}, () => letter.repeat(cols)).join('\r\n');

describe('what lies over what', () => {
	test('panes lie in holes of the chrome, dialogs over both', async () => {
		const {compositor, lines} = open(20, 5);
		compositor.stdout.write(`\u001b[H${fill(20, 5, '.')}`);
		compositor.place('s-1', {x: 4, y: 1, cols: 10, rows: 3});
		compositor.show(frameOf(['one', 'two', 'three'], {cols: 10}));
		expect(await lines()).toEqual([
			'....................',
			'....one       ......',
			'....two       ......',
			'....three     ......',
			'....................',
		]);
		compositor.cover('quit', {x: 6, y: 2, cols: 4, rows: 1});
		expect((await lines())[2]).toBe('....tw....    ......');
		compositor.cover('quit', undefined);
		compositor.place('s-1', undefined);
		expect(await lines()).toEqual(Array.from({length: 5}, () => '.'.repeat(20)));
	});

	test('two panes side by side, each with its own rows', async () => {
		const {compositor, lines} = open(20, 2);
		compositor.place('s-1', {x: 0, y: 0, cols: 9, rows: 2});
		compositor.place('s-2', {x: 10, y: 0, cols: 10, rows: 2});
		compositor.stdout.write('\u001b[1;10H|\u001b[2;10H|');
		compositor.show(frameOf(['left'], {cols: 9}));
		compositor.show(frameOf(['right', 'below'], {sessionId: 's-2', cols: 10}));
		expect(await lines()).toEqual(['left     |right', '         |below']);
	});

	test('what is seen beside a dialog that veils is faint, without colours or bars, and blank in its rows', async () => {
		for (const depth of ['true', 'none'] as const) {
			const {compositor, terminal, lines} = open(20, 5, depth);
			compositor.stdout.write(`\u001b[H${fill(20, 5, '.')}\u001b[1;1H\u001b[1;31;44mred\u001b[0m`);
			compositor.place('s-1', {x: 4, y: 0, cols: 10, rows: 3});
			compositor.show(frameOf(['\u001b[7mone\u001b[0m', 'two', 'three'], {cols: 10, cursor: [0, 0]}));
			compositor.focus('s-1');
			const before = await lines();
			compositor.cover('quit', {x: 6, y: 2, cols: 4, rows: 2, veils: true});
			expect(await lines()).toEqual([before[0], before[1], '      ....', '      ....', before[4]]);
			expect(terminal.visibleRows()[0]).toBe('\u001b[2mred.one\u001b[0m       \u001b[2m......\u001b[0m');
			expect(terminal.visibleRows()[2]).toBe('      ....');
			expect(terminal.cursor).toBeNull();
			compositor.cover('quit', undefined);
			expect(await lines()).toEqual(before);
			expect(terminal.visibleRows()[0]).not.toContain('\u001b[2m');
		}
	});

	test('where nothing may be faint, nothing is left beside a dialog that veils', async () => {
		const {compositor, lines} = open(20, 3);
		compositor.stdout.write(`\u001b[H${fill(20, 3, '.')}`);
		compositor.dress({depth: 'true', ascii: false, theme: {isLight: false, isHighContrast: true, isPlain: false}});
		compositor.cover('quit', {x: 6, y: 1, cols: 4, rows: 1, veils: true});
		expect(await lines()).toEqual(['', '      ....', '']);
	});

	test('a pane of another size than its hole is cut and filled up', async () => {
		const {compositor, lines} = open(12, 3);
		compositor.stdout.write(`\u001b[H${fill(12, 3, '.')}`);
		compositor.place('s-1', {x: 2, y: 0, cols: 6, rows: 2});
		compositor.show(frameOf(['abcdef', 'x', 'too much'], {cols: 6}));
		expect(await lines()).toEqual(['..abcdef....', '..x     ....', '............']);
	});
});

describe('the cursor', () => {
	test('is that of the pane with the focus, where it can be seen', async () => {
		const {compositor, terminal, lines} = open(20, 5);
		compositor.place('s-1', {x: 4, y: 1, cols: 10, rows: 3});
		compositor.show(frameOf(['>'], {cols: 10, cursor: [1, 0]}));
		await lines();
		expect(terminal.cursor).toBeNull();
		compositor.focus('s-1');
		await lines();
		expect(terminal.cursor).toEqual([5, 1]);
		compositor.cover('help', {x: 0, y: 0, cols: 20, rows: 3});
		await lines();
		expect(terminal.cursor).toBeNull();
	});
});

describe('how much is written', () => {
	test('a row that has changed, and nothing when nothing has', async () => {
		const {compositor, written, lines} = open();
		compositor.place('s-1', {x: 0, y: 0, cols: 20, rows: 3});
		compositor.show(frameOf(['one', 'two', 'three']));
		await lines();
		written.length = 0;
		compositor.show(frameOf(['one', 'TWO', 'three']));
		compositor.show(frameOf(['one', 'TWO', 'three']));
		await lines();
		expect(written).toEqual(['\u001b[?2026h\u001b[2;1HTWO\u001b[17X\u001b[?25l\u001b[?2026l']);
	});

	test('a pane that is nowhere costs nothing', async () => {
		const {compositor, written, lines} = open();
		await lines();
		written.length = 0;
		for (let n = 0; n < 50; n++) compositor.show(frameOf([`line ${n}`]));
		await lines();
		expect(written).toEqual([]);
	});

	test('panes share a block, at least 4 ms from the last', async () => {
		const {compositor, written, lines} = open(40, 10);
		compositor.place('s-1', {x: 0, y: 0, cols: 20, rows: 1});
		await lines();
		written.length = 0;
		const started = performance.now();
		while (performance.now() - started < 60) {
			compositor.show(frameOf([`${performance.now()}`]));
			await new Promise(resolve => setImmediate(resolve));
		}
		expect(written.length).toBeGreaterThan(3);
		expect(written.length).toBeLessThanOrEqual(16);
	});

	test('while the terminal is full nothing is written; then the newest is', async () => {
		const rig = open();
		rig.compositor.place('s-1', {x: 0, y: 0, cols: 20, rows: 1});
		await rig.lines();
		rig.full(true);
		rig.compositor.show(frameOf(['first']));
		await rig.lines();
		const before = rig.written.length;
		for (let n = 0; n < 20; n++) rig.compositor.show(frameOf([`line ${n}`]));
		await rig.lines();
		expect(rig.written.length).toBe(before);
		rig.full(false);
		await vi.waitUntil(() => rig.written.length > before);
		expect((await rig.lines())[0]).toBe('line 19');
	});
});

describe('characters', () => {
	test('a wide one behind which the terminal may count differently does not shift its neighbour', async () => {
		const {compositor, written, lines} = open(20, 1);
		compositor.stdout.write('\u001b[1;11H|right');
		compositor.place('s-1', {x: 0, y: 0, cols: 10, rows: 1});
		await lines();
		written.length = 0;
		compositor.show(frameOf(['日本🙂'], {cols: 10}));
		expect((await lines())[0]).toContain('|right');
		// Whatever the terminal thinks of its width: what stands to the right is written again.
		expect(written.join('')).toContain('|right');
	});

	test.each<[ColourDepth, string]>([
		['true', '\u001b[1;38;2;255;0;0;48;5;22mx\u001b[0m'],
		['256', '\u001b[1;38;5;196;48;5;22mx\u001b[0m'],
		['16', '\u001b[1;91;40mx\u001b[0m'],
		['none', '\u001b[1mx\u001b[0m'],
	])('with colours of depth %s', async (depth, row) => {
		const {compositor, written, lines} = open(10, 1, depth);
		compositor.place('s-1', {x: 0, y: 0, cols: 10, rows: 1});
		compositor.show(frameOf(['\u001b[1;38;2;255;0;0;48;5;22mx\u001b[0m'], {cols: 10}));
		await lines();
		expect(written.join('')).toContain(row);
		expectOnlyOurs(written.join(''));
	});
});

describe('sizes', () => {
	test('a thousand resizes, from 1×1 to 500×200: no throw, and the picture is that of a fresh start', async () => {
		const rig = open(80, 24);
		const place: Rect = {x: 1, y: 1, cols: 30, rows: 5};
		const draw = ({compositor}: Pick<typeof rig, 'compositor'>) => {
			compositor.stdout.write(`\u001b[2J\u001b[H${fill(70, 20, ':')}`);
			compositor.place('s-1', place);
			compositor.show(frameOf(['one', '日本', 'three'], {cols: 30}));
		};
		draw(rig);
		for (let n = 0; n < 1000; n++) {
			const [cols, rows] = [1 + ((n * 7919) % 500), 1 + ((n * 104_729) % 200)];
			rig.terminal.resize(cols, rows);
			rig.compositor.resize(cols, rows);
			if (n % 50 === 0) await pause(1);
		}
		rig.terminal.resize(100, 30);
		rig.compositor.resize(100, 30);
		draw(rig);
		const fresh = open(100, 30);
		draw(fresh);
		expect(await rig.lines()).toEqual(await fresh.lines());
	});
});

test('however it came about, the picture is that of painting it all at once', async () => {
	const sides = {
		x: fc.integer({min: 0, max: 25}),
		y: fc.integer({min: 0, max: 7}),
		cols: fc.integer({min: 1, max: 30}),
		rows: fc.integer({min: 1, max: 9}),
	};
	const rect = fc.record(sides);
	const cover = fc.record({...sides, veils: fc.boolean()});
	const text = fc
		.array(fc.constantFrom('a', 'b', ' ', '日', '\u001b[31mr\u001b[0m', '─'), {maxLength: 8})
		.map(parts => parts.join(''));
	const step = fc.oneof(
		fc.record({do: fc.constant('place' as const), place: fc.option(rect, {nil: undefined})}),
		fc.record({do: fc.constant('cover' as const), place: fc.option(cover, {nil: undefined})}),
		fc.record({do: fc.constant('show' as const), texts: fc.array(text, {minLength: 1, maxLength: 8})}),
		fc.record({do: fc.constant('chrome' as const), y: fc.integer({min: 1, max: 10}), text}),
		fc.record({do: fc.constant('repaint' as const)}),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(step, {minLength: 1, maxLength: 12}), async steps => {
			const rig = open(30, 10);
			const chrome: string[] = [];
			let [hole, dialog, texts]: [Rect | undefined, Cover | undefined, string[]] = [undefined, undefined, []];
			for (const one of steps) {
				if (one.do === 'place') {
					hole = one.place;
					if (!hole) texts = [];
					rig.compositor.place('s-1', hole);
				}
				if (one.do === 'cover') {
					dialog = one.place;
					rig.compositor.cover('d', dialog);
				}
				if (one.do === 'show') {
					texts = one.texts;
					rig.compositor.show(frameOf(texts));
				}
				if (one.do === 'chrome') {
					const words = `\u001b[${one.y};1H\u001b[2K${one.text}`;
					chrome.push(words);
					rig.compositor.stdout.write(words);
				}
				if (one.do === 'repaint') rig.compositor.repaint();
				await pause(1);
			}
			const fresh = open(30, 10);
			fresh.compositor.stdout.write(chrome.join(''));
			fresh.compositor.cover('d', dialog);
			fresh.compositor.place('s-1', hole);
			if (texts.length > 0) fresh.compositor.show(frameOf(texts));
			expect(await rig.lines()).toEqual(await fresh.lines());
			expect(rig.terminal.visibleRows()).toEqual(fresh.terminal.visibleRows());
			expectOnlyOurs(rig.written.join(''));
			rig.compositor.end();
			fresh.compositor.end();
		}),
		{numRuns: 60},
	);
});

test('in ASCII and another theme all is painted again, panes too; what looks so already is not', async () => {
	const {compositor, written, terminal} = open(12, 2, 'true');
	compositor.stdout.write('\u001b[33m▶ warn\u001b[0m\n');
	await pause();
	const theme = {isLight: true, isHighContrast: false, isPlain: false};
	compositor.dress({depth: 'true', ascii: true, theme});
	await pause();
	expect(terminal.visibleRows()[0]).toContain('\u001b[35m> warn');
	const before = written.length;
	compositor.dress({depth: 'true', ascii: true, theme: {...theme}});
	await pause();
	expect(written.length).toBe(before);
	compositor.dress({depth: 'none', ascii: false, theme: {...theme, isPlain: true}});
	await pause();
	expect(terminal.visibleRows()[0]).toBe('▶ warn');
});
