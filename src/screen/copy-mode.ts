import type {CopyMode, CopyMove, Pointing} from '../domain/frame.js';
import {createSearch} from './copy-search.js';
import {createSelection, wholeLines} from './copy-selection.js';
import {firstOf, lastOf, type Place, textOf} from './copy-text.js';
import {createWindow} from './copy-window.js';
import {characterAt, type Way, walk, wordAt} from './copy-words.js';
import type {TerminalScreen} from './terminal-screen.js';

/** A reader's place in the history of a screen, while the program goes on. Lines are counted from the oldest that is kept. */
export interface Browser {
	/** The line that the first row of the view shows. */
	readonly top: number;
	move(move: CopyMove, by: number): void;
	/** What the mouse does at a place; one out of sight comes into it. */
	point(how: Pointing, place: Place): void;
	/** Looks for a text, from the cursor upwards; '' ends the search. */
	find(query: string): void;
	/** What is selected, or the line that the cursor is on. */
	selection(): string;
	state(): CopyMode;
	/** Which columns of a line are shown inverse. */
	marked(line: number): ((x: number) => boolean) | undefined;
	resize(size: ViewSize): void;
	end(): void;
}

interface ViewSize {
	readonly cols: number;
	readonly rows: number;
}

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

/** The window with a cursor on one character of it, which goes back to its column after lines that are shorter. */
function createCursor(screen: TerminalScreen, size: ViewSize) {
	const view = createWindow(screen, size.rows);
	let {cols} = size;
	let wanted = 0;
	return {
		view,
		here: (): Place => characterAt(screen, {line: view.here(), x: Math.min(wanted, cols - 1)}),
		goTo({line, x}: Place) {
			view.goTo(line);
			wanted = Math.max(0, x);
		},
		resize(now: ViewSize) {
			cols = now.cols;
			view.resize(now.rows);
		},
	};
}

type Cursor = ReturnType<typeof createCursor>;
type Moves = Readonly<Record<CopyMove, (by: number) => void>>;

function createSteps(screen: TerminalScreen, {view, here, goTo}: Cursor) {
	const rows = (by: number) => view.goTo(view.here() + by);
	const page = () => Math.max(1, view.rows() - 1);
	const half = () => Math.max(1, Math.floor(view.rows() / 2));
	const by = (way: Way) => (times: number) => goTo(walk(screen, here(), way, times));
	return {
		up: (times: number) => rows(-times),
		down: rows,
		'page-up': (times: number) => rows(-times * page()),
		'page-down': (times: number) => rows(times * page()),
		'half-up': (times: number) => rows(-times * half()),
		'half-down': (times: number) => rows(times * half()),
		'scroll-up': view.scroll,
		'scroll-down': (times: number) => view.scroll(-times),
		top: () => goTo({line: 0, x: 0}),
		end: () => goTo({line: view.height() - 1, x: 0}),
		left: by('left'),
		right: by('right'),
		word: by('word'),
		'word-back': by('word-back'),
		'word-end': by('word-end'),
		'line-start': () => goTo({line: firstOf(screen, view.here()), x: 0}),
		'line-end': () => goTo(characterAt(screen, {line: lastOf(screen, view.here()), x: screen.cols})),
	};
}

/** From match to match, the newest first. */
function createFinding(screen: TerminalScreen, {view, goTo}: Cursor) {
	const search = createSearch(screen);
	const goToMatch = (line: number | undefined) => {
		if (line === undefined) return;
		view.goTo(line, 'middle');
		goTo({line, x: search.firstColumn(line)});
	};
	return {
		search,
		find(query: string) {
			const lines = search.look(query);
			goToMatch(lines.findLast(line => line <= view.here()) ?? lines.at(-1));
		},
		next() {
			const lines = search.look();
			goToMatch(lines.findLast(line => line < view.here()) ?? lines.at(-1));
		},
		previous() {
			const lines = search.look();
			goToMatch(lines.find(line => line > view.here()) ?? lines[0]);
		},
	};
}

/** Opens copy mode with the cursor on the last row of the view. */
export function createBrowser(screen: TerminalScreen, size: ViewSize): Browser {
	const cursor = createCursor(screen, size);
	const {view, here, goTo} = cursor;
	const {search, find, next, previous} = createFinding(screen, cursor);
	const selection = createSelection(screen);
	const moves: Moves = {
		...createSteps(screen, cursor),
		select: () => selection.toggle('characters', here()),
		'select-lines': () => selection.toggle('lines', here()),
		unselect: selection.end,
		next,
		previous,
		leave() {},
	};
	const pointings: Readonly<Record<Pointing, (at: Place) => void>> = {
		cursor: selection.end,
		begin: at => selection.begin('characters', {from: at, to: at}),
		extend() {},
		word(at) {
			const word = wordAt(screen, at);
			selection.begin('characters', word);
			goTo(word.to);
		},
		line: at => selection.begin('lines', {from: at, to: at}),
	};
	return {
		get top() {
			return view.top();
		},
		move: (move, by) => moves[move](clamp(Math.floor(by) || 1, 1, 100_000)),
		point(how, place) {
			goTo(place);
			pointings[how](here());
		},
		find,
		selection: () => textOf(screen, selection.range(here()) ?? wholeLines(screen, view.here(), view.here())),
		state: () => ({
			cursor: view.cursor(),
			column: here().x,
			below: view.below(),
			selecting: selection.kind(),
			...search.state(view.here()),
		}),
		marked(line) {
			const range = selection.range(here());
			if (!range || line < range.from.line || line > range.to.line) return search.marked(line);
			const {from, to} = range;
			return x => (line > from.line || x >= from.x) && (line < to.line || x <= to.x);
		},
		resize: cursor.resize,
		end() {
			view.end();
			selection.end();
		},
	};
}
