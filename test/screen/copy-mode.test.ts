import {describe, expect, test} from 'vitest';
import type {CopyMove, PaneFrame} from '../../src/domain/frame.js';
import {createPaneView, createTerminalScreen} from '../../src/screen/index.js';

const E = '\u001b';

interface Opened {
	/** Moves as they are named, in a row. */
	go(...moves: CopyMove[]): Opened;
	view: ReturnType<typeof createPaneView>;
	screen: ReturnType<typeof createTerminalScreen>;
	selected(): string;
	/** Row and column of the cursor in the view. */
	at(): readonly number[];
	/** The rows with what is shown inverse in brackets. */
	marked(): string[];
	state(): PaneFrame['state'];
}

/** A reader in copy mode, on the first character of the first row. */
function open(text: string, cols = 20, rows = 5): Opened {
	const screen = createTerminalScreen({cols, rows, scrollback: 100});
	screen.write(Buffer.from(text));
	let frame: PaneFrame | undefined;
	let state: PaneFrame['state'];
	const seen: string[] = [];
	const view = createPaneView({
		...{sessionId: 's-1', screen, size: {cols, rows}},
		typist: () => ({typist: null, isYou: false}),
		send(next) {
			frame = next;
			state = next.state ?? state;
			for (const [y, row] of next.changed) seen[y] = row;
			return true;
		},
	});
	const opened: Opened = {
		view,
		screen,
		go(...moves) {
			for (const move of moves) view.move(move, 1);
			return opened;
		},
		selected: () => view.text('selection'),
		at: () => [frame?.cursor?.[1] ?? -1, frame?.cursor?.[0] ?? -1],
		marked: () =>
			seen.map(row => row.replaceAll(`${E}[7m`, '[').replaceAll(`${E}[0m`, ']').replaceAll(/ *\]$/g, ']').trimEnd()),
		state: () => state,
	};
	for (let n = 0; n < rows; n++) view.move('up', 1);
	return opened;
}

describe('the cursor', () => {
	test('goes by characters, over wide ones in one step, and not out of its line', () => {
		const {go, at} = open('a日b\r\nsecond');
		expect(at()).toEqual([0, 0]);
		go('right');
		expect(at()).toEqual([0, 1]);
		go('right');
		expect(at()).toEqual([0, 3]);
		go('right', 'right');
		expect(at()).toEqual([0, 3]);
		go('left', 'left', 'left', 'left');
		expect(at()).toEqual([0, 0]);
	});

	test('goes on where the terminal wrapped a line', () => {
		const {go, at} = open('0123456789abc', 10);
		go('line-end');
		expect(at()).toEqual([1, 2]);
		go('left', 'left', 'left');
		expect(at()).toEqual([0, 9]);
		go('right');
		expect(at()).toEqual([1, 0]);
		go('line-start');
		expect(at()).toEqual([0, 0]);
	});

	test('keeps its column over lines that are shorter', () => {
		const {go, at} = open('a long line\r\nab\r\n\r\nanother long one');
		go('line-end');
		expect(at()).toEqual([0, 10]);
		go('down');
		expect(at()).toEqual([1, 1]);
		go('down');
		expect(at()).toEqual([2, 0]);
		go('down');
		expect(at()).toEqual([3, 10]);
	});

	test('stands on the first half of a wide character, whichever column it came by', () => {
		const {go, at} = open('abcd\r\n日本');
		go('right', 'right', 'right', 'down');
		expect(at()).toEqual([1, 2]);
	});

	test('goes by words, over lines; a path with its number is one', () => {
		const {go, at} = open('see src/app/a.ts:12, (now)\r\n\r\n  日本 end', 40);
		const stops = (move: CopyMove, count: number) =>
			Array.from({length: count}, () => {
				go(move);
				return at().join(':');
			});
		expect(stops('word', 8)).toEqual(['0:4', '0:19', '0:21', '0:22', '0:25', '2:2', '2:7', '4:0']);
		go('top');
		expect(stops('word-end', 8)).toEqual(['0:2', '0:18', '0:19', '0:21', '0:24', '0:25', '2:4', '2:9']);
		expect(stops('word-back', 9)).toEqual(['2:7', '2:2', '0:25', '0:22', '0:21', '0:19', '0:4', '0:0', '0:0']);
	});

	test('a word that was wrapped is one word', () => {
		const {go, at} = open('an unbreakable word', 8);
		go('word', 'word');
		expect(at()).toEqual([1, 7]);
		go('word-back', 'word-end');
		expect(at()).toEqual([1, 5]);
	});

	test('half a page', () => {
		const {go, state} = open(Array.from({length: 40}, (_, n) => `${n}`).join('\r\n'), 20, 10);
		go('end', 'half-up', 'half-up');
		expect(state()?.copy).toMatchObject({below: 1, cursor: 0});
		go('half-down', 'half-down', 'half-down');
		expect(state()?.copy).toMatchObject({below: 0, cursor: 9});
	});
});

describe('a selection', () => {
	test('takes the characters from where it began to the cursor, forwards and back', () => {
		const {go, selected, marked} = open('one two three\r\nfour five');
		go('word', 'select', 'word-end');
		expect(selected()).toBe('two');
		expect(marked()[0]).toBe('one [two] three');
		go('line-start');
		expect(selected()).toBe('one t');
		go('down', 'line-end', 'word-back', 'left', 'left', 'left');
		expect(selected()).toBe('two three\nfou');
		expect(marked().slice(0, 2)).toEqual(['one [two three]', '[fou]r five']);
	});

	test('has wide characters whole, with the marks on them', () => {
		const {go, selected, marked} = open('a日本e\u0301x');
		go('right', 'select', 'right', 'right');
		expect(selected()).toBe('日本e\u0301');
		expect(marked()[0]).toBe('a[日本e\u0301]x');
	});

	test('a line that the terminal wrapped is one line, without the gap a wide character leaves at the edge', () => {
		const {go, selected} = open('abcdefghi日本語, end\r\nnext', 10);
		go('select', 'line-end');
		expect(selected()).toBe('abcdefghi日本語, end');
		go('down', 'line-end');
		expect(selected()).toBe('abcdefghi日本語, end\nnext');
	});

	test('blanks at the end of a line are not copied, those in front of a wrapped part are', () => {
		const {go, selected} = open(`padded   ${E}[K\r\n${' '.repeat(3)}in\r\n1234567  90`, 8);
		go('select', 'end', 'up', 'up', 'up', 'down', 'down', 'line-end');
		expect(selected()).toBe('padded\n   in\n1234567  90');
	});

	test('of lines has all of what was wrapped; V and v change it to the other kind, and end it', () => {
		const {go, selected, state, marked} = open('one\r\nthis is a long line\r\nthree', 10);
		go('down', 'right', 'select');
		expect(state()?.copy?.selecting).toBe('characters');
		go('select-lines');
		expect(state()?.copy?.selecting).toBe('lines');
		expect(selected()).toBe('this is a long line');
		expect(marked()[2]).toMatch(/^\[long line\]$/);
		go('down', 'down');
		expect(selected()).toBe('this is a long line\nthree');
		go('select');
		expect(selected()).toBe('his is a long line\nth');
		go('select');
		expect(state()?.copy?.selecting).toBe('nothing');
		go('select', 'unselect');
		expect(state()?.copy?.selecting).toBe('nothing');
	});

	test('keeps what it has while the program goes on', () => {
		const {go, selected, screen} = open('one two\r\nthree');
		go('word', 'select', 'down');
		expect(selected()).toBe('two\nthree');
		screen.write(Buffer.from('\r\nmore\r\n'.repeat(20)));
		expect(selected()).toBe('two\nthree');
	});

	test('begins with what is left when its beginning has fallen out of the history', () => {
		const {go, selected, screen} = open('one two\r\nthree');
		go('word', 'select', 'down');
		screen.write(Buffer.from(Array.from({length: 500}, (_, n) => `\r\n${n}`).join('')));
		go('end');
		expect(selected().split('\n')).toHaveLength(105);
	});

	test('copies what is seen: what is hidden from the reader is not in it', () => {
		const {go, selected} = open(`git status${E}[8m; rm -rf ~${E}[0m #ok a\u200bb\u202ec`, 60);
		go('select', 'line-end');
		expect(selected()).toBe(`git status${' '.repeat(10)} #ok abc`);
	});
});

describe('the mouse', () => {
	test('selects from where the button went down to where it is', () => {
		const {view, selected, at} = open('one two three\r\nfour five');
		view.point('begin', {x: 4, y: 0});
		view.point('extend', {x: 6, y: 0});
		expect(selected()).toBe('two');
		view.point('extend', {x: 2, y: 1});
		expect(selected()).toBe('two three\nfou');
		view.point('extend', {x: 15, y: 1});
		expect(selected()).toBe('two three\nfour five');
		expect(at()).toEqual([1, 8]);
	});

	test('selects the word or the line it points at, and goes on from all of it', () => {
		const {view, selected} = open('cat src/a.ts:3 | wc\r\nand a line that is wrapped');
		view.point('word', {x: 7, y: 0});
		expect(selected()).toBe('src/a.ts:3');
		view.point('extend', {x: 1, y: 0});
		expect(selected()).toBe('at src/a.ts:3');
		view.point('line', {x: 0, y: 2});
		expect(selected()).toBe('and a line that is wrapped');
		view.point('cursor', {x: 1, y: 0});
		expect(selected()).toBe('cat src/a.ts:3 | wc');
	});

	test('beyond the edge it scrolls', () => {
		const {view, selected, screen, state} = open('x');
		screen.write(Buffer.from(Array.from({length: 30}, (_, n) => `\r\nline ${n}`).join('')));
		view.leaveCopyMode();
		view.point('begin', {x: 5, y: 0});
		view.point('extend', {x: 0, y: -2});
		expect(selected()).toBe('line 23\nline 24\nline 2');
		expect(state()?.copy?.below).toBe(2);
	});

	test('points at the row that is seen, also where the hole is higher than the screen', () => {
		const {view, screen, selected} = open('x');
		screen.write(Buffer.from(Array.from({length: 30}, (_, n) => `\r\nline ${n}`).join('')));
		view.leaveCopyMode();
		view.resize({cols: 20, rows: 9});
		view.point('line', {x: 0, y: 0});
		expect(selected()).toBe('line 25');
	});
});

test('all of ten thousand lines is copied at once', async () => {
	const screen = createTerminalScreen({cols: 100, rows: 30, scrollback: 10_000});
	const line = `${E}[32m●${E}[0m ${'x'.repeat(80)}\r\n`;
	await new Promise<void>(resolve => screen.write(line.repeat(10_100), resolve));
	const view = createPaneView({
		...{sessionId: 's-1', screen, size: {cols: 100, rows: 30}},
		typist: () => ({typist: null, isYou: false}),
		send: () => true,
	});
	const started = performance.now();
	expect(view.text('all').split('\n')).toHaveLength(10_029);
	expect(performance.now() - started).toBeLessThan(1000);
});
