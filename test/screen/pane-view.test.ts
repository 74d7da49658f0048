import {describe, expect, test, vi} from 'vitest';
import type {PaneFrame, PaneState} from '../../src/domain/frame.js';
import {createFeeder, createPaneView, createTerminalScreen} from '../../src/screen/index.js';

const bytes = (text: string) => Buffer.from(text);
const pause = (ms = 80) => new Promise(resolve => setTimeout(resolve, ms));

/** A reader that keeps what it is sent as a screen would show it. */
function look(screen: ReturnType<typeof createTerminalScreen>, size = {cols: screen.cols, rows: screen.rows}) {
	let rows: string[] = [];
	let state: PaneState | undefined;
	const frames: PaneFrame[] = [];
	const view = createPaneView({
		...{sessionId: 's-1', screen, size},
		typist: () => ({typist: null, isYou: false}),
		send(frame) {
			frames.push(frame);
			if (frame.whole) rows = [];
			for (const [y, text] of frame.changed) rows[y] = text;
			state = frame.state ?? state;
			return true;
		},
	});
	const plainRows = async () => {
		await pause();
		return rows.map(row => row.replaceAll(/\u001b\[[\d;]*m/g, ''));
	};
	return {view, frames, plainRows, raw: () => rows, state: () => state};
}

const numbers = (from: number, to: number) => Array.from({length: to - from + 1}, (_, n) => `${from + n}`).join('\r\n');

describe('copy mode', () => {
	const open = (scrollback = 100) => {
		const screen = createTerminalScreen({cols: 20, rows: 4, scrollback});
		screen.write(bytes(numbers(1, 50)));
		return {screen, ...look(screen)};
	};

	test('goes up and down by lines and pages, to the top and to the end', async () => {
		const {view, plainRows, state} = open();
		expect(await plainRows()).toEqual(['47', '48', '49', '50']);
		view.move('page-up', 1);
		expect(await plainRows()).toEqual(['47', '48', '49', '50']);
		expect(state()?.copy).toMatchObject({cursor: 0, below: 0});
		view.move('page-up', 2);
		expect(await plainRows()).toEqual(['41', '42', '43', '44']);
		view.move('down', 5);
		expect(await plainRows()).toEqual(['43', '44', '45', '46']);
		view.move('top', 1);
		expect(await plainRows()).toEqual(['1', '2', '3', '4']);
		view.move('end', 1);
		expect(await plainRows()).toEqual(['47', '48', '49', '50']);
		view.move('leave', 1);
		await pause();
		expect(state()?.copy).toBeNull();
	});

	test('stands still while the program goes on, even where the oldest lines fall away', async () => {
		const {screen, view, plainRows, state} = open(60);
		view.move('scroll-up', 10);
		expect(await plainRows()).toEqual(['37', '38', '39', '40']);
		screen.write(bytes(`\r\n${numbers(51, 70)}`));
		expect(await plainRows()).toEqual(['37', '38', '39', '40']);
		expect(state()?.copy?.below).toBe(30);
		screen.write(bytes(`\r\n${numbers(71, 400)}`));
		// What it stood on is gone: it stays as far back as there is anything.
		const rows = await plainRows();
		expect(rows).toHaveLength(4);
		expect(Number(rows[0])).toBeGreaterThan(300);
	});

	test('finds, marks and counts; capitals only where they are asked for', async () => {
		const screen = createTerminalScreen({cols: 20, rows: 3, scrollback: 100});
		screen.write(bytes('an Error here\r\nfine\r\n日本 error\r\nfine\r\nfine\r\nfine'));
		const {view, state, raw} = look(screen);
		view.find('error');
		await pause();
		expect(state()?.copy).toMatchObject({query: 'error', matches: 2, match: 2});
		expect(raw().join('\n')).toContain('日本 \u001b[7merror\u001b[0m');
		view.move('next', 1);
		await pause();
		expect(state()?.copy).toMatchObject({match: 1});
		expect(raw()[state()?.copy?.cursor ?? -1]).toContain('\u001b[7mError\u001b[0m');
		view.find('Error');
		await pause();
		expect(state()?.copy).toMatchObject({matches: 1});
		view.find('nowhere');
		await pause();
		expect(state()?.copy).toMatchObject({matches: 0, match: 0});
	});

	test('letters that are longer when they are small shift no mark', async () => {
		const screen = createTerminalScreen({cols: 30, rows: 2, scrollback: 0});
		screen.write(bytes('İİ ẞ the Needle İs here'));
		const {view, raw} = look(screen);
		view.find('needle');
		await pause();
		expect(raw()[0]).toContain('İİ ẞ the \u001b[7mNeedle\u001b[0m İs');
		view.find('i̇s');
		await pause();
		expect(raw()[0]).toContain('Needle \u001b[7mİs\u001b[0m here');
	});

	test('finds a text that the terminal wrapped, also over three lines, and shows all of it', async () => {
		const screen = createTerminalScreen({cols: 10, rows: 5, scrollback: 100});
		screen.write(bytes('this is a Long line, and on\r\nthis is\r\na long'));
		const {view, raw, state} = look(screen);
		view.find('a long');
		await pause();
		expect(state()?.copy).toMatchObject({matches: 2, match: 2});
		expect(raw().slice(0, 2)).toEqual([
			expect.stringContaining('this is \u001b[7ma \u001b[0m'),
			expect.stringContaining('\u001b[7mLong\u001b[0m line,'),
		]);
		view.find('a Long line, and');
		await pause();
		expect(state()?.copy).toMatchObject({matches: 1, match: 1, cursor: 0});
		expect(raw()[2]).toContain('\u001b[7m and\u001b[0m on');
		view.find('this is a long');
		expect(view.text('selection')).toBe('this is a Long line, and on');
		view.find('is\na');
		await pause();
		expect(state()?.copy).toMatchObject({matches: 0});
	});

	test('copies the selected lines, wrapped ones as they were printed; or all there is', async () => {
		const screen = createTerminalScreen({cols: 10, rows: 3, scrollback: 100});
		screen.write(bytes('one\r\nthis is a long line\r\nthree'));
		const {view} = look(screen);
		view.move('up', 2);
		expect(view.text('selection')).toBe('this is a long line');
		view.move('select-lines', 1);
		view.move('down', 1);
		expect(view.text('selection')).toBe('this is a long line');
		view.move('down', 1);
		expect(view.text('selection')).toBe('this is a long line\nthree');
		expect(view.text('all')).toBe('one\nthis is a long line\nthree');
	});

	test('ten thousand lines are searched at once', async () => {
		const screen = createTerminalScreen({cols: 100, rows: 30, scrollback: 10_000});
		await new Promise<void>(resolve => screen.write(bytes(`needle\r\n${numbers(1, 10_100)}`), resolve));
		const {view} = look(screen);
		const started = performance.now();
		view.find('777');
		expect(performance.now() - started).toBeLessThan(200);
	});
});

test('of many that stream at once each is told less often, and the end of each at once', async () => {
	const streams = Array.from({length: 6}, () => {
		const screen = createTerminalScreen({cols: 20, rows: 4, scrollback: 10});
		return {screen, ...look(screen)};
	});
	const startedMs = performance.now();
	let lines = 0;
	while (performance.now() - startedMs < 700) {
		lines++;
		for (const {screen} of streams) screen.write(bytes(`line ${lines}\r\n1\r\n2\r\n3\r\n`));
		await pause(5);
	}
	const most = (performance.now() - startedMs) / 66 + 6;
	for (const {frames, plainRows} of streams) {
		expect(frames.length).toBeLessThan(most);
		await pause(80);
		expect((await plainRows()).slice(0, 3)).toEqual(['1', '2', '3']);
	}
});

describe('a screen of another size than the hole', () => {
	test('is cut at its right, and at its top where the cursor is below', async () => {
		const screen = createTerminalScreen({cols: 30, rows: 6, scrollback: 10});
		screen.write(bytes('a long line that is cut\r\n2\r\n3\r\n4\r\n5\r\n6'));
		const {plainRows, frames} = look(screen, {cols: 10, rows: 3});
		expect(await plainRows()).toEqual(['4', '5', '6']);
		expect(frames.at(-1)).toMatchObject({cols: 10, rows: 3, cursor: [1, 2]});
		screen.write(bytes('\u001b[H'));
		expect(await plainRows()).toEqual(['a long lin', '2', '3']);
	});
});

describe('what a program draws', () => {
	test('is shown when it is done, not in between; or after a while', async () => {
		const screen = createTerminalScreen({cols: 20, rows: 2, scrollback: 0});
		const {plainRows, frames} = look(screen);
		await pause();
		const before = frames.length;
		screen.write(bytes('\u001b[?2026hhalf'));
		await pause(40);
		expect(frames.length).toBe(before);
		screen.write(bytes(' and half\u001b[?2026l'));
		expect((await plainRows())[0]).toBe('half and half');
		screen.write(bytes('\u001b[?2026h\rnever ended'));
		await vi.waitUntil(() => frames.at(-1)?.changed.some(([, text]) => text.includes('never ended')));
	});

	test('modes and cursor are told', async () => {
		const screen = createTerminalScreen({cols: 20, rows: 2, scrollback: 0});
		const {state, frames} = look(screen);
		screen.write(
			bytes('\u001b[?1h\u001b[?2004h\u001b[?1002h\u001b[?1006h\u001b[?1004h\u001b[>5u\u001b[?1049h\u001b[>1u'),
		);
		await pause();
		expect(state()?.modes).toEqual({
			applicationCursor: true,
			bracketedPaste: true,
			focusEvents: true,
			mouse: 'drag',
			mouseSgr: true,
			kitty: 1,
			alternate: true,
		});
		screen.write(bytes('\u001b[?1049l\u001b[?25l'));
		await pause();
		expect(state()?.modes).toMatchObject({kitty: 5, alternate: false});
		expect(frames.at(-1)?.cursor).toBeNull();
		screen.write(bytes('\u001bc'));
		await pause();
		expect(state()?.modes).toMatchObject({kitty: 0, mouse: 'none', mouseSgr: false, bracketedPaste: false});
		expect(frames.at(-1)?.cursor).toEqual([0, 0]);
	});
});

describe('parsing is shared', () => {
	test('little is parsed at once; a flood waits, in order, and lets others in between', async () => {
		const feeder = createFeeder();
		const flooded = createTerminalScreen({cols: 20, rows: 2, scrollback: 0, feeder});
		const quiet = createTerminalScreen({cols: 20, rows: 2, scrollback: 0, feeder});
		quiet.write(bytes('now'));
		expect(quiet.visibleRows()[0]).toBe('now');
		const order: string[] = [];
		flooded.write(Buffer.alloc(2_000_000, 'x'), () => order.push('flood'));
		flooded.write(bytes('\r\nlast'), () => order.push('behind it'));
		quiet.write(bytes('\rthen'), () => order.push('key'));
		await vi.waitUntil(() => order.length === 3);
		expect(order).toEqual(['key', 'flood', 'behind it']);
		expect(flooded.visibleRows()[1]).toBe('last');
	});

	test('text that is cut anywhere is put together again', async () => {
		const screen = createTerminalScreen({cols: 80, rows: 3, scrollback: 0});
		const text = '日本語🙂'.repeat(5000);
		await new Promise<void>(resolve => screen.write(bytes(`${text}\r\n\u001b[2Jend 日`), resolve));
		expect(screen.visibleRows().join('')).toContain('end 日');
		await new Promise<void>(resolve => screen.write(`${text}\r\n\u001b[2Jend 🙂`, resolve));
		expect(screen.visibleRows().join('')).toContain('end 🙂');
	});
});
