import {expect, test, vi} from 'vitest';
import type {CopyMove, PaneState} from '../../src/domain/frame.js';
import {createTerminalScreen} from '../../src/screen/index.js';
import {createReaders} from '../../src/supervisor/readers.js';

const sessionId = 's-1';

interface Size {
	readonly cols: number;
	readonly rows: number;
}

/** A session that draws a frame of letters around its screen whenever it hears of a size. */
function openSession() {
	const screen = createTerminalScreen({cols: 40, rows: 10, scrollback: 100});
	const sizes: string[] = [];
	const draw = () => {
		const {cols, rows} = screen;
		const row = (y: number) => `\u001b[${y + 1};1H${y + 1}\u001b[${y + 1};${cols}H>`;
		screen.write(`\u001b[2J${Array.from({length: rows}, (_, y) => row(y)).join('')}\u001b[1;3H${cols}x${rows}`);
	};
	const readers = createReaders(screen, () => {
		const size = `${screen.cols}x${screen.rows}`;
		if (sizes.at(-1) === size) return;
		sizes.push(size);
		draw();
	});
	/** A dashboard that puts together what it is sent. */
	const join = (name: string, size: Size) => {
		let rows: string[] = [];
		let state: PaneState | undefined;
		let hole = size;
		const reader = readers.join(sessionId, size, frame => {
			if (frame.whole) rows = [];
			for (const [y, text] of frame.changed) rows[y] = text.replaceAll(/\u001b\[[\d;]*m/g, '');
			state = frame.state ?? state;
			return true;
		});
		return {
			attach: () => void reader.ask({type: 'attach', sessionId, name}),
			detach: () => void reader.ask({type: 'detach', sessionId}),
			type: (text: string) => void reader.ask({type: 'keys', sessionId, text}),
			resize(to: Size) {
				hole = to;
				reader.ask({type: 'watch', sessionId, ...to});
			},
			look: (move: CopyMove, by: number) => void reader.ask({type: 'move', sessionId, move, by}),
			leave: reader.end,
			state: () => state,
			/** Waits for the rows that stand in its hole. */
			async sees(...wanted: string[]) {
				await vi.waitFor(() => expect(rows).toEqual(wanted), {timeout: 2000, interval: 10});
				expect(rows).toHaveLength(hole.rows);
			},
		};
	};
	return {screen, sizes, join};
}

/** What the session draws in a size, as one of this width sees it. */
function drawing(cols: number, rows: number, width = cols): string[] {
	return Array.from({length: rows}, (_, y) => {
		const row = y === 0 ? `1 ${cols}x${rows}` : `${y + 1}`;
		return `${row.padEnd(cols - 1)}>`.slice(0, width).trimEnd();
	});
}

const large = {cols: 30, rows: 6};
const small = {cols: 12, rows: 3};
const middle = {cols: 20, rows: 4};

test('the session has the size of who acted last, and each sees what of it there is room for', async () => {
	const {sizes, join} = openSession();
	const first = join('first', large);
	await first.sees(...drawing(30, 6));
	const second = join('second', small);
	await second.sees(...drawing(12, 3));
	await first.sees(...drawing(12, 3), '', '', '');
	first.attach();
	await first.sees(...drawing(30, 6));
	await second.sees(...drawing(30, 6, 12).slice(0, 3));
	expect(sizes).toEqual(['30x6', '12x3', '30x6']);
});

test('who only looks does not change the size for the one who types', async () => {
	const {sizes, join} = openSession();
	const typist = join('typist', large);
	typist.attach();
	const other = join('other', small);
	await other.sees(...drawing(30, 6, 12).slice(0, 3));
	other.resize(middle);
	await other.sees(...drawing(30, 6, 20).slice(0, 4));
	await typist.sees(...drawing(30, 6));
	expect(sizes).toEqual(['30x6']);
	typist.resize({cols: 24, rows: 5});
	await typist.sees(...drawing(24, 5));
	await other.sees(...drawing(24, 5, 20).slice(0, 4));
});

test('the rows where the cursor is are the ones a low window shows', async () => {
	const {screen, join} = openSession();
	const typist = join('typist', large);
	typist.attach();
	const other = join('other', small);
	screen.write('\u001b[6;2H');
	await other.sees('4', '5', '6');
	await typist.sees(...drawing(30, 6));
});

test('one leaves: the size is that of who acted last of those who are still there', async () => {
	const {sizes, join} = openSession();
	const first = join('first', large);
	const second = join('second', small);
	const third = join('third', middle);
	expect(sizes.at(-1)).toBe('20x4');
	first.leave();
	expect(sizes.at(-1)).toBe('20x4');
	second.resize({cols: 14, rows: 3});
	third.resize(middle);
	expect(sizes.at(-1)).toBe('20x4');
	third.resize({cols: 22, rows: 4});
	const fourth = join('fourth', large);
	fourth.leave();
	expect(sizes.at(-1)).toBe('22x4');
	third.leave();
	expect(sizes.at(-1)).toBe('14x3');
	await second.sees(...drawing(14, 3));
});

test('one leaves who had no say in the size: it stays as it is', () => {
	const {sizes, join} = openSession();
	const typist = join('typist', large);
	typist.attach();
	const one = join('one', small);
	const other = join('other', middle);
	typist.detach();
	one.leave();
	expect(sizes).toEqual(['30x6']);
	typist.leave();
	expect(sizes).toEqual(['30x6', '20x4']);
	other.leave();
});

test('one types, both are told who; the keys of the other go nowhere, until it takes its turn', async () => {
	const {screen, join} = openSession();
	const heard: string[] = [];
	screen.onReply(text => heard.push(text));
	const first = join('first', large);
	const second = join('second', small);
	first.attach();
	await vi.waitFor(() => expect(second.state()).toMatchObject({typist: 'first', isYou: false}));
	await vi.waitFor(() => expect(first.state()).toMatchObject({typist: 'first', isYou: true}));
	second.type('lost');
	first.type('a');
	second.attach();
	first.type('lost');
	second.type('b');
	expect(heard).toEqual(['a', 'b']);
	second.leave();
	await vi.waitFor(() => expect(first.state()).toMatchObject({typist: null}));
	await first.sees(...drawing(30, 6));
});

test('one looks into the history while the other types on', async () => {
	const {screen, join} = openSession();
	const first = join('first', large);
	const second = join('second', {cols: 30, rows: 6});
	first.attach();
	screen.write(`\u001b[2J\u001b[H${Array.from({length: 20}, (_, n) => `line ${n}`).join('\r\n')}`);
	const last = ['line 14', 'line 15', 'line 16', 'line 17', 'line 18', 'line 19'];
	await second.sees(...last);
	second.look('scroll-up', 10);
	const old = ['line 4', 'line 5', 'line 6', 'line 7', 'line 8', 'line 9'];
	await second.sees(...old);
	screen.write('\r\nmore');
	await first.sees(...last.slice(1), 'more');
	await second.sees(...old);
	second.attach();
	await second.sees(...last.slice(1), 'more');
});
