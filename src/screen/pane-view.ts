import type {CopyMove, PaneFrame, PaneRow, PaneState, Pointing} from '../domain/frame.js';
import {type Browser, createBrowser} from './copy-mode.js';
import {wholeLines} from './copy-selection.js';
import {textOf} from './copy-text.js';
import {createPace} from './pace.js';
import type {TerminalScreen} from './terminal-screen.js';

/** So many that stream are each looked at; of more nobody reads every line, and all of them are drawn a little less often. */
const mostRead = 4;
const open = new Set<ViewOptions>();

/** A screen's changes follow each other at least this far apart, and further where one chases the next. */
const spacing = {leastMs: () => 4, mostMs: () => (open.size > mostRead ? 66 : 40)};
const busyMs = 50;
/** A frame of more than this part of the rows costs much. */
const muchOfIt = 0.3;
/** A program that never ends its drawing is shown all the same. */
const longestDrawingMs = 100;

export interface Size {
	readonly cols: number;
	readonly rows: number;
}

export interface ViewOptions {
	readonly sessionId: string;
	readonly screen: TerminalScreen;
	/** Of the reader's hole. */
	readonly size: Size;
	/** Gives false while the reader cannot take more. */
	readonly send: (frame: PaneFrame) => boolean;
	readonly typist: () => Pick<PaneState, 'typist' | 'isYou'>;
}

/** One reader's sight of a screen. */
export interface PaneView {
	resize(size: Size): void;
	/** Enters copy mode, or moves in it. */
	move(move: CopyMove, by: number): void;
	/** What the mouse does at a cell of the view. */
	point(how: Pointing, at: {readonly x: number; readonly y: number}): void;
	find(query: string): void;
	/** Leaves copy mode: the newest lines are seen again. */
	leaveCopyMode(): void;
	text(what: 'selection' | 'all'): string;
	/** Something beside the screen has changed, such as who types. */
	touch(): void;
	end(): void;
}

/** Which line of the buffer the first row of a view shows when it is no browser's: the screen, or what of it fits. */
function liveTop({history, rows, cursor}: TerminalScreen, viewRows: number): number {
	if (rows <= viewRows) return history;
	const [, y] = cursor ?? [0, rows - 1];
	return history + Math.min(rows - viewRows, Math.max(0, y - viewRows + 1));
}

/** Where the program's cursor stands in a view, if it can be seen there. */
function cursorIn({cursor, history}: TerminalScreen, {cols, rows}: Size, top: number): PaneFrame['cursor'] {
	if (!cursor) return null;
	const y = history + cursor[1] - top;
	return cursor[0] < cols && y >= 0 && y < rows ? [cursor[0], y] : null;
}

const nothing = {text: '', cells: 0};

/** Holds back half a picture: while a program says that it is drawing, for a while. */
function createCurtain(screen: TerminalScreen, soon: () => void) {
	let timer: NodeJS.Timeout | undefined;
	return {
		isDown: () => screen.isDrawing && timer !== undefined,
		changed() {
			if (screen.isDrawing) {
				timer ??= setTimeout(() => {
					timer = undefined;
					soon();
				}, longestDrawingMs);
				return;
			}
			clearTimeout(timer);
			timer = undefined;
			soon();
		},
		end: () => clearTimeout(timer),
	};
}

/** A view's rows as they were read last: those that cannot have changed since are not read again. */
function createRowReader(screen: TerminalScreen) {
	let known: PaneRow[] = [];
	let version = 0;
	let place = '';
	return (size: Size, browser: Browser | undefined): {rows: PaneRow[]; top: number} => {
		const top = browser?.top ?? liveTop(screen, size.rows);
		const first = top - screen.history;
		const here = `${size.cols}×${size.rows}+${first}`;
		const isKnown = !browser && place === here;
		const last = screen.history + screen.rows;
		const rows = Array.from({length: size.rows}, (_, y): PaneRow => {
			const row = isKnown && !screen.dirty.isDirty(first + y, version) ? known[y] : undefined;
			if (row) return row;
			const line = top + y;
			const {text, cells} = line < last ? screen.row(line, 0, size.cols, browser?.marked(line)) : nothing;
			return [y, text, cells];
		});
		known = rows;
		version = screen.dirty.version;
		place = browser ? '' : here;
		return {rows, top};
	};
}

/** Tells a reader what has changed since it was told last. */
function createSender(options: ViewOptions) {
	const {sessionId, screen, send, typist} = options;
	const read = createRowReader(screen);
	let sent: string[] = [];
	let sentState = '';
	let sentCursor = '';
	return {
		forget() {
			sent = [];
		},
		/** Gives how many rows it told of; undefined when the reader is busy. */
		tell(size: Size, browser: Browser | undefined): number | undefined {
			const {rows, top} = read(size, browser);
			const copy = browser?.state() ?? null;
			const cursor = copy ? ([copy.column, copy.cursor] as const) : cursorIn(screen, size, top);
			const state: PaneState = {modes: screen.modes, history: screen.history, copy, ...typist()};
			const whole = sent.length !== size.rows;
			const changed = whole ? rows : rows.filter(([y, text]) => sent[y] !== text);
			// The length of the history is news only to somebody who looks at it.
			const said = JSON.stringify(browser ? state : {...state, history: Math.min(1, state.history)});
			if (changed.length === 0 && said === sentState && String(cursor) === sentCursor) return 0;
			const news = said === sentState ? {} : {state};
			if (!send({type: 'frame', sessionId, ...size, changed, whole, cursor, ...news})) return;
			sent = rows.map(([, text]) => text);
			sentState = said;
			sentCursor = String(cursor);
			return changed.length;
		},
	};
}

function allOf(screen: TerminalScreen): string {
	return textOf(screen, wholeLines(screen, 0, screen.history + screen.rows - 1)).trimEnd();
}

/**
 * Sends a screen's changes to one reader: at once, then at least 4 ms apart. A reader that says it is busy gets the newest
 * state later, never a backlog: frames are dropped, the screen is not.
 */
export function createPaneView(options: ViewOptions): PaneView {
	const {screen} = options;
	let size = options.size;
	let browser: Browser | undefined;
	const sender = createSender(options);
	const pace = createPace(() => {
		if (curtain.isDown()) return;
		const told = sender.tell(size, browser);
		if (told === undefined) pace.soon(busyMs);
		return told !== undefined && told > size.rows * muchOfIt;
	}, spacing);
	const soon = () => pace.soon();
	const curtain = createCurtain(screen, soon);
	const off = screen.onChange(curtain.changed);
	const browse = () => {
		browser ??= createBrowser(screen, size);
		return browser;
	};
	const leaveCopyMode = () => {
		if (!browser) return;
		browser.end();
		browser = undefined;
		pace.now();
	};
	open.add(options);
	soon();
	return {
		resize(newSize) {
			size = newSize;
			sender.forget();
			browser?.resize(size);
			pace.now();
		},
		move(move, by) {
			if (move === 'leave') return leaveCopyMode();
			browse().move(move, by);
			pace.now();
		},
		point(how, {x, y}) {
			const top = browser?.top ?? liveTop(screen, size.rows);
			browse().point(how, {line: top + y, x});
			pace.now();
		},
		find(query) {
			browse().find(query);
			pace.now();
		},
		leaveCopyMode,
		text: what => (what === 'selection' && browser ? browser.selection() : allOf(screen)),
		touch: soon,
		end() {
			open.delete(options);
			off();
			pace.end();
			curtain.end();
			browser?.end();
		},
	};
}
