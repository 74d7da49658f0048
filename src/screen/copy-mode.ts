import type {CopyMode, CopyMove} from '../domain/frame.js';
import {createSearch} from './copy-search.js';
import {createSelection} from './copy-selection.js';
import {textOf} from './copy-text.js';
import {createWindow} from './copy-window.js';
import type {TerminalScreen} from './terminal-screen.js';

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
