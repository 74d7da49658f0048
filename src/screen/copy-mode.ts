import type {CopyMode, CopyMove} from '../domain/frame.js';
import {createSearch} from './copy-search.js';
import type {LineMark, TerminalScreen} from './terminal-screen.js';

/** A reader's place in the history of a screen, while the program goes on. Lines are counted from the oldest that is kept. */
export interface Browser {
	/** The line that the first row of the view shows. */
	readonly top: number;
	move(move: CopyMove, by: number): void;
	/** Looks for a text, from the cursor upwards; '' ends the search. */
	find(query: string): void;
	/** The selected lines, or the one that the cursor is on. */
	selection(): string;
	state(): CopyMode;
	/** Which columns of a line are shown inverse. */
	marked(line: number): ((x: number) => boolean) | undefined;
	resize(rows: number): void;
	end(): void;
}

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

/** Lines as they were printed: what the terminal wrapped is put together again. */
export function textOf(screen: TerminalScreen, first: number, last: number): string {
	const lines: string[] = [];
	for (let line = first; line <= last; line++) {
		const {text, isWrapped} = screen.text(line);
		if (isWrapped && lines.length > 0) lines.push(`${lines.pop()}${text}`);
		else lines.push(text);
	}
	return lines.join('\n');
}

/** A window of some rows over the lines of a screen, with a cursor in it. */
function createWindow(screen: TerminalScreen, firstRows: number) {
	let rows = firstRows;
	let below = 0;
	let cursor = rows - 1;
	// A mark keeps its line while the history grows and the oldest of it falls away.
	let anchor: LineMark | undefined;
	const height = () => screen.history + screen.rows;
	const lowest = () => Math.max(0, height() - rows);
	const top = () => clamp(anchor && anchor.line >= 0 ? anchor.line : lowest() - below, 0, lowest());
	const stand = (line: number) => {
		const at = clamp(line, 0, lowest());
		below = lowest() - at;
		anchor?.dispose();
		anchor = screen.mark(at);
	};
	stand(lowest());
	return {
		top,
		height,
		rows: () => rows,
		below: () => lowest() - top(),
		cursor: () => cursor,
		here: () => top() + cursor,
		/** Moves the cursor to a line, and the window as far as that takes: just into sight, or to its middle. */
		goTo(line: number, place: 'edge' | 'middle' = 'edge') {
			const wanted = clamp(line, 0, height() - 1);
			const isInside = wanted >= top() && wanted < top() + rows;
			if (!isInside && place === 'middle') stand(wanted - Math.floor(rows / 2));
			else if (wanted < top()) stand(wanted);
			else if (!isInside) stand(wanted - rows + 1);
			cursor = wanted - top();
		},
		/** Moves the window, and the cursor with it. */
		scroll(by: number) {
			stand(top() - by);
		},
		resize(newRows: number) {
			rows = newRows;
			cursor = clamp(cursor, 0, rows - 1);
			stand(top());
		},
		end: () => anchor?.dispose(),
	};
}

/** Lines from where it was begun to where the cursor is. */
function createSelection(screen: TerminalScreen) {
	let begun: LineMark | undefined;
	return {
		isOn: () => begun !== undefined,
		toggle(here: number) {
			begun?.dispose();
			begun = begun ? undefined : (screen.mark(here) ?? {line: here, dispose() {}});
		},
		range: (here: number): readonly [first: number, last: number] | undefined =>
			begun && begun.line >= 0 ? [Math.min(begun.line, here), Math.max(begun.line, here)] : undefined,
		end: () => begun?.dispose(),
	};
}

const always = () => true;

/** Opens copy mode with the cursor on the last row of the view. */
export function createBrowser(screen: TerminalScreen, viewRows: number): Browser {
	const view = createWindow(screen, viewRows);
	const search = createSearch(screen);
	const selection = createSelection(screen);
	const {here, goTo} = view;
	const page = () => Math.max(1, view.rows() - 1);
	const goToMatch = (line: number | undefined) => {
		if (line !== undefined) goTo(line, 'middle');
	};
	const moves: Readonly<Record<CopyMove, (by: number) => void>> = {
		up: by => goTo(here() - by),
		down: by => goTo(here() + by),
		'page-up': by => goTo(here() - by * page()),
		'page-down': by => goTo(here() + by * page()),
		'scroll-up': view.scroll,
		'scroll-down': by => view.scroll(-by),
		top: () => goTo(0),
		end: () => goTo(view.height() - 1),
		select: () => selection.toggle(here()),
		next() {
			const lines = search.look();
			goToMatch(lines.findLast(line => line < here()) ?? lines.at(-1));
		},
		previous() {
			const lines = search.look();
			goToMatch(lines.find(line => line > here()) ?? lines[0]);
		},
		leave() {},
	};
	return {
		get top() {
			return view.top();
		},
		move: (move, by) => moves[move](clamp(Math.floor(by) || 1, 1, 100_000)),
		find(query) {
			const lines = search.look(query);
			goToMatch(lines.findLast(line => line <= here()) ?? lines.at(-1));
		},
		selection() {
			const [first, last] = selection.range(here()) ?? [here(), here()];
			return textOf(screen, first, last);
		},
		state: () => ({
			cursor: view.cursor(),
			below: view.below(),
			selecting: selection.isOn(),
			...search.state(here()),
		}),
		marked(line) {
			const [first, last] = selection.range(here()) ?? [0, -1];
			return line >= first && line <= last ? always : search.marked(line);
		},
		resize: view.resize,
		end() {
			view.end();
			selection.end();
		},
	};
}
