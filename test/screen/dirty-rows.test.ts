import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createTerminalScreen} from '../../src/screen/index.js';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const open = (scrollback = 20) => createTerminalScreen({cols: 12, rows: 5, scrollback});

/** Rows that are said to be unchanged since the last look, though they look different. */
function missed(pieces: readonly Uint8Array[]): string[] {
	const screen = open();
	let before = screen.visibleRows();
	const wrong: string[] = [];
	for (const piece of pieces) {
		const {version} = screen.dirty;
		screen.write(piece);
		const rows = screen.visibleRows();
		for (const [y, row] of rows.entries()) {
			if (row !== before[y] && !screen.dirty.isDirty(y, version))
				wrong.push(`${y} after ${JSON.stringify(String(piece))}`);
		}
		before = rows;
	}
	screen.dispose();
	return wrong;
}

test('the echo of a key changes one row', () => {
	const screen = open();
	screen.write(bytes('one\r\ntwo\r\n> '));
	const {version} = screen.dirty;
	screen.write(bytes('x'));
	expect([0, 1, 2, 3, 4].map(row => screen.dirty.isDirty(row, version))).toEqual([false, false, true, false, false]);
	screen.write(bytes('\u001b[1mb\r\n'));
	expect([0, 1, 2, 3, 4].map(row => screen.dirty.isDirty(row, version))).toEqual([false, false, true, true, false]);
	screen.dispose();
});

test.each([
	['a sequence cut in two', ['a\r\nb\r\nc', '\u001b[', '2J']],
	['a sequence cut behind its escape', ['a\r\nb\r\nc', '\u001b', '[2J']],
	['a title that goes on', ['a\r\nb', '\u001b]0;x', 'y', '\u0007', 'z']],
	['a control of two bytes', ['a\r\nb\r\nc', '\u009b2J']],
	['scrolling within margins', ['a\r\nb\r\nc\r\nd', '\u001b[1;3r\u001b[3;1H', 'x\n', 'y\n', 'z']],
	['the last row', ['\r\n\r\n\r\n\r\nabc', '123456789', '0', 'x']],
	['tabs and index', ['a\r\nb', '\tx', '\u001bD', '\u001bM', '\u001bM']],
	['the alternate screen', ['a\r\nb', '\u001b[?1049h', 'x', '\u001b[?1049l', 'y']],
])('%s', (_, pieces) => {
	expect(missed(pieces.map(bytes))).toEqual([]);
});

test('whatever is printed, no change is missed', () => {
	const piece = fc.oneof(
		{
			weight: 5,
			arbitrary: fc.constantFrom(
				'a',
				'bc ',
				'\r',
				'\n',
				'\r\n',
				'\b',
				'日',
				'ü',
				'\u001b[31m',
				'\u001b[0m',
				'0123456789',
			),
		},
		{
			weight: 3,
			arbitrary: fc.constantFrom(
				'\u001b[',
				'\u001b',
				'2J',
				'H',
				'\u001b[2;4r',
				'\u001b[A',
				'\u001bM',
				'\t',
				'\u001b[?6h',
				'\u001b[4h',
				'\u001b]0;',
				'\u0007',
				'\u009b',
				'\u001b(0',
				'\u001b[L',
				'\u001b[?7l',
				'\u001b[?1049h',
				'\u001b[?1049l',
				'\u0085',
				'\u000e',
				'\u007f',
			),
		},
		{weight: 1, arbitrary: fc.string({unit: 'binary', maxLength: 3})},
	);
	const pieces = fc.array(
		fc.array(piece, {minLength: 1, maxLength: 3}).map(parts => bytes(parts.join(''))),
		{maxLength: 60},
	);
	fc.assert(
		fc.property(pieces, written => {
			expect(missed(written)).toEqual([]);
		}),
		{numRuns: 400},
	);
});
