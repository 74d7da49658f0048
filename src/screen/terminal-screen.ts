import unicode from '@xterm/addon-unicode11';
import xterm, {type IMarker} from '@xterm/headless';
import type {PaneModes} from '../domain/frame.js';
import {keepBlankLines} from './blank-lines.js';
import {createDirtyRows, type DirtyRows} from './dirty-rows.js';
import {createFeeder, type Feeder} from './feeder.js';
import {createMarkLimit} from './few-marks.js';
import {followModes} from './modes.js';
import {type Row, rowOf} from './row.js';

/** A line of the history that keeps its place while others are added and the oldest fall away. */
export interface LineMark {
	/** Counted from the oldest line that is kept; -1 = it has fallen away. */
	readonly line: number;
	dispose(): void;
}

/** One character of a line, with the marks on it. */
export interface Glyph {
	/** The first of its columns. */
	readonly x: number;
	/** In columns. */
	readonly width: number;
	/** '' = nothing was printed there. */
	readonly text: string;
	/** True where the program has it shown as a blank. */
	readonly isHidden: boolean;
}

export interface TerminalScreen {
	readonly cols: number;
	readonly rows: number;
	/** Lines above the screen. */
	readonly history: number;
	/** Where the program's cursor stands on the screen; null = it is hidden. */
	readonly cursor: readonly [x: number, y: number] | null;
	readonly modes: PaneModes;
	/** True while the program says that it is in the middle of drawing. */
	readonly isDrawing: boolean;
	/** Which of the visible rows have changed since when. */
	readonly dirty: DirtyRows;
	/** Bytes or text as the program printed them. `parsed` is called when they are on the screen. */
	write(data: string | Uint8Array, parsed?: () => void): void;
	/** Keys for the program: they come out at `onReply`. */
	input(text: string): void;
	resize(cols: number, rows: number): void;
	/** The visible rows, each as printable text and SGR only. */
	visibleRows(): string[];
	/** Text that draws the screen as it is on another one of its size: rows and cursor, no history, and plain from there on. */
	snapshot(): string;
	/** The columns `from` to before `to` of a line, counted from the oldest that is kept. */
	row(line: number, from: number, to: number, isMarked?: (x: number) => boolean): Row;
	/** A line as plain text, without what was never printed at its end. */
	text(line: number): string;
	/** True for a line that goes on from the one above. */
	isWrapped(line: number): boolean;
	/** A line's characters from left to right, as many as fill its width. */
	glyphs(line: number): Glyph[];
	mark(line: number): LineMark | undefined;
	/** Called after the screen changed, on the same tick for many changes. Returns the way out. */
	onChange(listener: () => void): () => void;
	/** What goes to the program: keys, and what it hears back to device queries, answered by this terminal and no other. Returns the way out. */
	onReply(listener: (text: string) => void): () => void;
	dispose(): void;
}

export interface ScreenOptions {
	readonly cols: number;
	readonly rows: number;
	/** Lines kept above the screen. */
	readonly scrollback: number;
	/** Shares the time for parsing with other screens. @default one of its own */
	readonly feeder?: Feeder;
	/** A line end brings the cursor back to the first column, as where no terminal driver does it. @default false */
	readonly convertEol?: boolean;
	/** What its program hears when it asks for the background. @default a dark one */
	readonly isLight?: () => boolean;
}

/** A size that a terminal can have; what is no number is the smallest. */
const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, Math.floor(value) || low));

const openTerminal = ({cols, rows, scrollback, convertEol = false}: ScreenOptions) => {
	const terminal = new xterm.Terminal({
		cols,
		rows,
		scrollback,
		convertEol,
		allowProposedApi: true,
		logLevel: 'off',
		windowOptions: {getWinSizeChars: true},
	});
	terminal.loadAddon(new unicode.Unicode11Addon());
	terminal.unicode.activeVersion = '11';
	keepBlankLines(terminal);
	return terminal;
};

type Emulator = ReturnType<typeof openTerminal>;

/** Tells many listeners of many changes, once a tick. */
function createBell() {
	const listeners = new Set<() => void>();
	let isRung = false;
	return {
		listeners,
		ring() {
			if (isRung) return;
			isRung = true;
			queueMicrotask(() => {
				isRung = false;
				for (const listener of listeners) listener();
			});
		},
	};
}

/** What goes to the program, for whoever runs it. */
function createReplies() {
	const replies = new Set<(text: string) => void>();
	const reply = (text: string) => {
		for (const listener of replies) if (text !== '') listener(text);
	};
	const onReply: TerminalScreen['onReply'] = listener => {
		replies.add(listener);
		return () => replies.delete(listener);
	};
	return {reply, onReply};
}

/** What can be read from the cells. */
function createReader(terminal: Emulator) {
	const cell = terminal.buffer.active.getNullCell();
	const row: TerminalScreen['row'] = (line, from, to, isMarked) =>
		rowOf(terminal.buffer.active, {y: line, from, to: Math.min(to, terminal.cols), isMarked}, cell);
	const visibleRows = () =>
		Array.from({length: terminal.rows}, (_, y) => row(terminal.buffer.active.baseY + y, 0, terminal.cols).text);
	return {
		row,
		visibleRows,
		snapshot() {
			const {cursorX, cursorY, type} = terminal.buffer.active;
			const rows = visibleRows().map((content, y) => `\u001b[${y + 1};1H${content}`);
			const screen = type === 'alternate' ? '\u001b[?1049h' : '\u001b[?1049l';
			return `${screen}\u001b[0m\u001b[2J${rows.join('')}\u001b[${cursorY + 1};${cursorX + 1}H`;
		},
		text: (line: number) => terminal.buffer.active.getLine(line)?.translateToString(true) ?? '',
		isWrapped: (line: number) => terminal.buffer.active.getLine(line)?.isWrapped ?? false,
		glyphs(line: number) {
			const found = terminal.buffer.active.getLine(line);
			const glyphs: Glyph[] = [];
			for (let x = 0; found && x < terminal.cols; x++) {
				const here = found.getCell(x, cell);
				const width = here?.getWidth() ?? 0;
				if (here && width > 0) glyphs.push({x, width, text: here.getChars(), isHidden: here.isInvisible() !== 0});
			}
			return glyphs;
		},
		mark(line: number): IMarker | undefined {
			const {baseY, cursorY, type} = terminal.buffer.active;
			return type === 'normal' ? terminal.registerMarker(line - baseY - cursorY) : undefined;
		},
	};
}

/** A terminal without a window: what a program prints goes in, rows of cells come out. */
export function createTerminalScreen(options: ScreenOptions): TerminalScreen {
	const terminal = openTerminal(options);
	const {feeder = createFeeder()} = options;
	const {reply, onReply} = createReplies();
	terminal.onData(reply);
	const modes = followModes(terminal, reply, options.isLight ?? (() => false));
	const bell = createBell();
	const keepMarksFew = createMarkLimit(terminal);
	const {buffer} = terminal;
	const dirty = createDirtyRows(() => ({buffer: buffer.active, cols: terminal.cols}));
	const sink = (piece: string | Uint8Array) => {
		// Input makes xterm parse the next write at once and not a millisecond later; this is the least input there is.
		terminal.input('', true);
		dirty.during(piece, () => terminal.write(piece));
		keepMarksFew();
		bell.ring();
	};
	return {
		get cols() {
			return terminal.cols;
		},
		get rows() {
			return terminal.rows;
		},
		get history() {
			return terminal.buffer.active.baseY;
		},
		get cursor() {
			const {cursorX, cursorY} = terminal.buffer.active;
			return modes.isCursorShown() ? ([Math.min(cursorX, terminal.cols - 1), cursorY] as const) : null;
		},
		get modes() {
			return modes.now();
		},
		get isDrawing() {
			return terminal.modes.synchronizedOutputMode;
		},
		dirty,
		...createReader(terminal),
		write: (data, parsed = () => {}) => feeder.feed(sink, data, parsed),
		input: keys => terminal.input(keys, true),
		resize(newCols, newRows) {
			const [width, height] = [clamp(newCols, 2, 1000), clamp(newRows, 1, 500)];
			if (width === terminal.cols && height === terminal.rows) return;
			terminal.resize(width, height);
			dirty.all();
			bell.ring();
		},
		onChange(listener) {
			bell.listeners.add(listener);
			return () => bell.listeners.delete(listener);
		},
		onReply,
		dispose() {
			feeder.drop(sink);
			bell.listeners.clear();
			terminal.dispose();
		},
	};
}
