import fc from 'fast-check';
import {describe, expect, test, vi} from 'vitest';
import type {PaneFrame} from '../../src/domain/frame.js';
import {createPaneView, createTerminalScreen} from '../../src/screen/index.js';

const open = (cols = 20, rows = 4) => createTerminalScreen({cols, rows, scrollback: 100});

/** What the rows are once all of it is on the screen. */
async function shown(data: string | Uint8Array, cols = 20, rows = 4): Promise<string[]> {
	const screen = open(cols, rows);
	await new Promise<void>(resolve => screen.write(data, resolve));
	const result = screen.visibleRows();
	screen.dispose();
	return result;
}

/** Without SGR, and without the way to what stands behind a character whose width is in doubt. */
const plain = (row: string) => row.replaceAll(/\u001b\[(?:[\d;]*m|\d+G)/g, '');

/** Printable text and SGR, each row plain again at its end. */
function expectHarmless(rows: readonly string[]) {
	for (const row of rows) {
		expect(plain(row)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/);
		expect(row.isWellFormed()).toBe(true);
		const last = row.match(/\u001b\[[\d;]*m/g)?.at(-1);
		expect(last === undefined || last === '\u001b[0m').toBe(true);
	}
}

describe('colours', () => {
	test.each([
		['\u001b[31mred\u001b[0m plain', '\u001b[31mred\u001b[0m plain'],
		['\u001b[1;4;92;44mx', '\u001b[1;4;92;44mx\u001b[0m'],
		['\u001b[38;5;200mx\u001b[48;2;1;2;3my', '\u001b[38;5;200mx\u001b[0;38;5;200;48;2;1;2;3my\u001b[0m'],
		['\u001b[2;3;7;9mx\u001b[22;23;27;29my', '\u001b[2;3;7;9mx\u001b[0my'],
		['a\u001b[8mhidden\u001b[28mb', 'a      b'],
		['\u001b[41m  \u001b[0m  ', '\u001b[41m  \u001b[0m'],
		['trailing   ', 'trailing'],
	])('%j: %j', async (data, row) => {
		expect((await shown(data))[0]).toBe(row);
	});
});

describe('whatever a program prints', () => {
	test.each([
		['clipboard', 'a\u001b]52;c;aGVsbG8=\u0007b', 'ab'],
		['title', 'a\u001b]0;evil\u0007b', 'ab'],
		['hyperlink', '\u001b]8;;http://evil\u0007link\u001b]8;;\u0007', 'link'],
		['DCS', 'a\u001bP$q"p\u001b\\b', 'ab'],
		['APC and PM', 'a\u001b_x\u001b\\\u001b^y\u001b\\b', 'ab'],
		['C1', 'a\u009b31mb\u0090x\u009cc', undefined],
		['bidi', 'a\u202eb\u2066c\u200fd', 'abcd'],
		['zero width', 'a\u200bb\ufeffc', 'abc'],
		['tags', 'a\u{e0041}b', 'ab'],
		['lone surrogate', 'a\ud800b', undefined],
		['screen switched and cleared', 'x\u001b[?1049h\u001b[2J\u001b[Hnew', 'new'],
		['mouse and paste modes', '\u001b[?1000h\u001b[?2004hok', 'ok'],
		['bell and backspace', 'ab\u0007\bc', 'ac'],
	])('%s', async (_name, data, row) => {
		const rows = await shown(data);
		expectHarmless(rows);
		if (row !== undefined) expect(plain(rows[0] ?? '')).toBe(row);
	});

	test('20,000 pieces of anything', async () => {
		const screen = open(30, 5);
		const piece = fc.oneof(
			fc.constantFrom(
				'\u001b[',
				'\u001b]',
				'\u001bP',
				'\u009b',
				'\u0007',
				'\u001b\\',
				'\u001b[8m',
				'日',
				'👩‍👩‍👧',
				'\u0301',
				'\r\n',
				';',
				'5',
				'H',
				'm',
			),
			fc.string({unit: 'binary', maxLength: 6}),
		);
		for (const chunk of fc.sample(fc.array(piece, {maxLength: 100}), {numRuns: 400, seed: 7})) {
			await new Promise<void>(resolve => screen.write(chunk.join(''), resolve));
			expectHarmless(screen.visibleRows());
		}
		screen.dispose();
	});

	test('bytes that are cut in the middle of a character are put together', async () => {
		const screen = open();
		const bytes = Buffer.from('ü€😀');
		for (const byte of bytes) await new Promise<void>(resolve => screen.write(Uint8Array.of(byte), resolve));
		expect(screen.visibleRows()[0]).toBe('ü€😀');
	});
});

describe('wide characters', () => {
	test('never hang over the edge', async () => {
		expect(await shown('123日本', 4, 2)).toEqual(['123', '日本']);
		const rows = await shown('日本語日本語', 5, 3);
		for (const row of rows) expect(row.length * 2).toBeLessThanOrEqual(5);
	});

	test('keep what follows in its place', async () => {
		expect((await shown('日\u001b[5Gx'))[0]).toBe('日  x');
	});
});

test('a screen takes any size', () => {
	const screen = open();
	for (const [cols, rows] of [
		[0, 0],
		[-5, -5],
		[Number.NaN, Number.NaN],
		[80.7, 24.3],
		[1e9, 1e9],
	] as const) {
		screen.resize(cols, rows);
		expect(Number.isInteger(screen.cols) && screen.cols >= 2 && screen.cols <= 1000).toBe(true);
		expect(Number.isInteger(screen.rows) && screen.rows >= 1 && screen.rows <= 500).toBe(true);
		expect(screen.visibleRows().length).toBe(screen.rows);
	}
	screen.dispose();
});

test('device queries are answered by this terminal', async () => {
	const screen = open();
	const replies: string[] = [];
	screen.onReply(text => replies.push(text));
	await new Promise<void>(resolve => screen.write('\u001b[c\u001b[6n', resolve));
	expect(replies.join('')).toContain('\u001b[1;1R');
});

describe('frames', () => {
	const follow = (screen: ReturnType<typeof open>, takes: () => boolean = () => true) => {
		const frames: PaneFrame[] = [];
		const view = createPaneView({
			sessionId: 's-1',
			screen,
			size: {cols: 20, rows: 4},
			typist: () => ({typist: null, isYou: false}),
			send(frame) {
				if (!takes()) return false;
				frames.push(frame);
				return true;
			},
		});
		return {frames, view, end: view.end};
	};

	test('first the whole screen, then only rows that changed', async () => {
		const screen = open();
		const {frames, view, end} = follow(screen);
		await vi.waitUntil(() => frames.length === 1);
		expect(frames[0]).toMatchObject({
			whole: true,
			cols: 20,
			rows: 4,
			changed: [
				[0, '', 0],
				[1, '', 0],
				[2, '', 0],
				[3, '', 0],
			],
		});
		screen.write('a\r\nb');
		await vi.waitUntil(() => frames.length === 2);
		expect(frames[1]).toMatchObject({
			whole: false,
			changed: [
				[0, 'a', 1],
				[1, 'b', 1],
			],
		});
		screen.resize(30, 5);
		view.resize({cols: 30, rows: 5});
		await vi.waitUntil(() => frames.length === 3);
		expect(frames[2]).toMatchObject({whole: true, cols: 30, rows: 5});
		end();
	});

	test('one that is busy gets the newest later, not a backlog; one that has left gets nothing', async () => {
		const screen = open();
		let free = false;
		const {frames, end} = follow(screen, () => free);
		for (let n = 0; n < 200; n++) await new Promise<void>(resolve => screen.write(`\u001b[H${n}`, resolve));
		free = true;
		await vi.waitUntil(() => frames.length > 0);
		expect(frames).toMatchObject([
			{
				whole: true,
				changed: [
					[0, '199', 3],
					[1, '', 0],
					[2, '', 0],
					[3, '', 0],
				],
			},
		]);
		end();
		screen.write('more');
		await new Promise(resolve => setTimeout(resolve, 60));
		expect(frames.length).toBe(1);
	});
});
