import {expect, test} from 'vitest';
import {createReplayPainter} from '../../src/app/replay-picture.js';
import {createTerminalScreen} from '../../src/screen/index.js';
import {expectOnlyOurs, openOuter} from './outer.js';

const E = '\u001b';
const text = /[!-~│äöü日本]/u;
const wide = /[日本]/u;
/** Pictures that are joined, coloured or tagged are one, as a flag is. */
const token =
	/\u001b\[(?<row>\d+);(?<column>\d+)H|\u001b\[(?<erased>\d+)X|\u001b\[(?<toEnd>K)|\u001b\[(?<along>\d+)G|\u001b\[[?\d;]*[A-Za-z]|\p{Extended_Pictographic}(?:\p{M}|\p{Emoji_Modifier}|[\u{e0020}-\u{e007f}]|\u200d\p{Extended_Pictographic})*|\p{Regional_Indicator}+|[\s\S]/gu;

/**
 * Where a terminal that draws every picture, flag and Indic letter `width` cells wide shows what is not in doubt, as rows with
 * everything else left blank.
 */
function seenBy(written: string, width: number, rows: number): string[] {
	const cells = Array.from({length: rows}, () => Array<string>(100).fill(' '));
	let [x, y] = [0, 0];
	const blank = (count: number) => void cells[y]?.fill(' ', x, x + count);
	const put = (shown: string, count: number) => {
		blank(count);
		cells[y]?.splice(x, 1, shown);
		x += count;
	};
	for (const {0: whole, groups = {}} of written.matchAll(token)) {
		const {row, column, erased, toEnd, along} = groups;
		if (row) [x, y] = [Number(column) - 1, Number(row) - 1];
		else if (erased) blank(Number(erased));
		else if (toEnd) blank(100);
		else if (along) x = Number(along) - 1;
		else if (whole.startsWith(E)) continue;
		else if (text.test(whole)) put(whole, wide.test(whole) ? 2 : 1);
		else if (whole === ' ') put(' ', 1);
		else {
			blank(width);
			x += width;
		}
	}
	return cells.map(row => row.join('').trimEnd());
}

const lines = [
	'👩‍👩‍👧‍👦 family │ 🧑‍💻 coder',
	'👍🏽 skin │👍🏽👍🏿  two',
	'🇩🇪 flag │🏴󠁧󠁢󠁥󠁮󠁧󠁿 tags',
	'🫠 newer than the tables │',
	'हिन्दी │ नमस्ते end',
	'plain ascii │ äöü 日本 │ 🚀🚀 x',
];

function screenOf(...rows: string[]) {
	const screen = createTerminalScreen({cols: 60, rows: rows.length, scrollback: 0});
	screen.write(Buffer.from(rows.join('\r\n')));
	return screen;
}

/** Where the emulator has the characters that are not in doubt. */
function meant(screen: ReturnType<typeof screenOf>, left: number): string[] {
	return Array.from({length: screen.rows}, (_, y) => {
		const cells = Array<string>(100).fill(' ');
		for (const glyph of screen.glyphs(y)) if (text.test(glyph.text)) cells[left + glyph.x] = glyph.text;
		return cells.join('').trimEnd();
	});
}

test.each([0, 1, 2, 3, 5])(
	'what follows is in its place where a terminal makes %i cells of what is in doubt',
	width => {
		const outer = openOuter(70, 10);
		const screen = screenOf(...lines);
		const written = outer.show(screen);
		expectOnlyOurs(written);
		// Row 0 of the window is above the hole.
		expect(seenBy(written, width, lines.length + 1).slice(1)).toEqual(meant(screen, 2));
		outer.compositor.end();
	},
);

test('a gap shows nothing of what stood there before', () => {
	const outer = openOuter(70, 10);
	const screen = screenOf('x'.repeat(50));
	const before = outer.show(screen);
	screen.write(`\r${E}[K👍🏽    ok`);
	const written = before + outer.show(screen);
	expect(seenBy(written, 2, 2)[1]).toBe(`${' '.repeat(10)}ok`);
	outer.compositor.end();
	let replayed = '';
	const painter = createReplayPainter({columns: 60, rows: 2, write: more => (replayed += more)}, 'true');
	painter.paint(['x'.repeat(50)], '');
	painter.paint(screen.visibleRows(), '');
	expect(seenBy(replayed, 2, 2)[0]).toBe(`${' '.repeat(8)}ok`);
});

test('rows without them cost nothing more', () => {
	const screen = screenOf('plain ascii, äöü, 日本語, ●│─ and e\u0301');
	expect(screen.row(0, 0, 60).text).toBe('plain ascii, äöü, 日本語, ●│─ and e\u0301');
});

test('a letter that is asked to be a picture stays as wide as it is', () => {
	expect(screenOf('⚠\ufe0f careful').row(0, 0, 60).text).toBe('⚠ careful');
	expect(screenOf('1\ufe0f\u20e3 one').row(0, 0, 60).text).toBe('1\u20e3 one');
});
