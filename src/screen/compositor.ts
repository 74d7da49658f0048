import type {PaneFrame} from '../domain/frame.js';
import {toAscii} from './ascii.js';
import {type ColourDepth, createColourFit} from './colours.js';
import {isCovered, layOutRows, type Rect, type Segment} from './layers.js';
import {createPace} from './pace.js';
import {at, createPainter, type PanePicture, pictureAfter} from './painter.js';
import type {Row} from './row.js';
import {createTerminalScreen} from './terminal-screen.js';
import {createThemeFit, darkTheme, type Theme} from './themes.js';
import {type Cover, createVeil} from './veil.js';
import {VirtualStdout} from './virtual-stdout.js';

export interface CompositorOptions {
	readonly cols: number;
	readonly rows: number;
	readonly depth: ColourDepth;
	/** The terminal's own output; it must not wrap at its edge. Gives false when it is full; `onDrain` tells when it has room again. */
	readonly write: (text: string) => boolean;
	readonly onDrain: (listener: () => void) => void;
}

/** How all of it looks. */
export interface Dress {
	readonly depth: ColourDepth;
	/** Nothing beyond ASCII is written. */
	readonly ascii: boolean;
	/** Of all but the panes. */
	readonly theme: Theme;
}

/** Owns what is written to the terminal: the chrome that Ink draws, panes in its holes, dialogs over both. */
export interface Compositor {
	/** The terminal as Ink sees it. */
	readonly stdout: VirtualStdout;
	/** Where a pane is seen; undefined = nowhere, and it costs nothing. */
	place(id: string, hole: Rect | undefined): void;
	/** Where a dialog lies over everything else. */
	cover(id: string, dialog: Cover | undefined): void;
	show(frame: PaneFrame): void;
	/** The pane whose cursor is the terminal's. */
	focus(id: string | undefined): void;
	resize(cols: number, rows: number): void;
	/** From here on it looks like this. */
	dress(dress: Dress): void;
	/** Paints all of it again: the terminal has been somebody else's. */
	repaint(): void;
	/** Nothing is written any more. */
	end(): void;
}

/** Pane data reach the terminal at once, then at least this far apart; further with many panes. */
const leastMs = 4;
const leastMsOfMany = 8;
const many = 9;

const beginUpdate = '\u001b[?2026h';
const endUpdate = '\u001b[?2026l';
const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const clear = '\u001b[0m\u001b[2J';
const noWrap = '\u001b[?7l';

const nothing: Row = {text: '', cells: 0};

/** The cells that Ink draws. */
function createChrome(cols: number, rows: number, changed: () => void) {
	const screen = createTerminalScreen({cols, rows, scrollback: 0, convertEol: true});
	// A frame that Ink made for a wider window may come when this one is narrow already: it is cut, and no row moves to where Ink does not
	// look for it.
	screen.write(noWrap);
	const parts = new Map<Segment, Row>();
	let isStale = false;
	let inTheme = createThemeFit(darkTheme);
	screen.onChange(() => {
		isStale = true;
		// Ink marks its frames, as programs do: half a frame is not shown.
		if (!screen.isDrawing) changed();
	});
	return {
		screen,
		/** Before rows are asked for: what has changed since is read anew. */
		refresh() {
			if (!isStale || screen.isDrawing) return;
			parts.clear();
			isStale = false;
		},
		row(segment: Segment, y: number): Row {
			const known = parts.get(segment);
			if (known) return known;
			const {text, cells} = screen.row(y, segment.x, segment.x + segment.cols);
			const part = {text: inTheme(text), cells};
			parts.set(segment, part);
			return part;
		},
		wear(theme: Theme) {
			inTheme = createThemeFit(theme);
			parts.clear();
		},
		/** Segments of another layout come. */
		forget: () => parts.clear(),
	};
}

type Chrome = ReturnType<typeof createChrome>;

/** Where the panes and the dialogs are, and what the panes show. */
function createScene() {
	const holes = new Map<string, Rect>();
	const dialogs = new Map<string, Cover>();
	const veil = createVeil();
	const pictures = new Map<string, PanePicture>();
	const put = <R extends Rect>(places: Map<string, R>, id: string, rect: R | undefined) => {
		if (JSON.stringify(places.get(id)) === JSON.stringify(rect)) return false;
		if (rect) places.set(id, rect);
		else places.delete(id);
		return true;
	};
	return {
		holes,
		dialogs,
		veil,
		place: (id: string, hole: Rect | undefined) => put(holes, id, hole),
		cover(id: string, dialog: Cover | undefined) {
			const isMoved = put(dialogs, id, dialog);
			veil.drape([...dialogs.values()]);
			return isMoved;
		},
		show(frame: PaneFrame) {
			pictures.set(frame.sessionId, pictureAfter(pictures.get(frame.sessionId), frame));
		},
		forget: (id: string) => void pictures.delete(id),
		row: ({id = '', row = 0}: Segment): Row => pictures.get(id)?.rows[row] ?? nothing,
		/** Where a pane's cursor stands in the window, if it can be seen. */
		cursorOf(id: string | undefined): readonly [x: number, y: number] | undefined {
			const hole = holes.get(id ?? '');
			const cursor = pictures.get(id ?? '')?.cursor;
			if (!hole || !cursor || cursor[0] >= hole.cols || cursor[1] >= hole.rows) return;
			const [x, y] = [hole.x + cursor[0], hole.y + cursor[1]];
			return veil.isUp || isCovered(x, y, [...dialogs.values()]) ? undefined : [x, y];
		},
	};
}

type Scene = ReturnType<typeof createScene>;

/** Writes while the terminal takes it; when it is full, the next picture waits and those in between are never drawn. */
function createOutput({write, onDrain}: CompositorOptions, retry: () => void) {
	let isFull = false;
	let hasWaiting = false;
	onDrain(() => {
		isFull = false;
		if (hasWaiting) retry();
		hasWaiting = false;
	});
	return {
		canTake() {
			hasWaiting ||= isFull;
			return !isFull;
		},
		send(text: string) {
			isFull = !write(text);
		},
	};
}

/** Draws the picture: what has changed of it since the last time, in one block that the terminal shows at once. */
function createDrawing(options: CompositorOptions, {chrome, scene}: {chrome: Chrome; scene: Scene}) {
	let worn = JSON.stringify({depth: options.depth, ascii: false, theme: darkTheme} satisfies Dress);
	let worded = createColourFit(options.depth);
	const painter = createPainter();
	let shownCursor = '';
	let [isLaidOut, isClear] = [false, false];
	const contentOf = (segment: Segment, y: number) =>
		segment.layer === 'dialog'
			? chrome.row(segment, y)
			: scene.veil.over(segment.layer === 'pane' ? scene.row(segment) : chrome.row(segment, y), y);
	return {
		/** False when it looks like that already. */
		wear(dress: Dress): boolean {
			const told = JSON.stringify(dress);
			if (told === worn) return false;
			worn = told;
			const coloured = createColourFit(dress.depth);
			worded = dress.ascii ? text => toAscii(coloured(text)) : coloured;
			chrome.wear(dress.theme);
			scene.veil.setStrict(dress.theme.isHighContrast);
			[isLaidOut, isClear] = [false, false];
			return true;
		},
		moved() {
			isLaidOut = false;
		},
		/** Nothing is known any more of what the terminal shows. */
		forget() {
			[isLaidOut, isClear] = [false, false];
		},
		/** '' when nothing has changed. */
		next(focused: string | undefined): string {
			const {cols, rows} = chrome.screen;
			chrome.refresh();
			if (!isLaidOut) {
				chrome.forget();
				painter.layOut(layOutRows({cols, rows}, scene.holes, [...scene.dialogs.values()]));
			}
			if (!isClear) painter.forget();
			const picture = (isClear ? '' : clear) + painter.paint(contentOf);
			[isLaidOut, isClear] = [true, true];
			const place = scene.cursorOf(focused);
			const cursor = place ? at(...place) + showCursor : hideCursor;
			if (picture === '' && cursor === shownCursor) return '';
			shownCursor = cursor;
			return `${beginUpdate}${worded(picture)}${cursor}${endUpdate}`;
		},
	};
}

/** @see docs/architecture.md for who draws what. */
export function createCompositor(options: CompositorOptions): Compositor {
	const scene = createScene();
	let focused: string | undefined;
	let isOver = false;
	const pace = createPace(
		() => {
			if (isOver || !output.canTake()) return;
			const text = drawing.next(focused);
			if (text !== '') output.send(text);
		},
		{leastMs: () => (scene.holes.size > many ? leastMsOfMany : leastMs)},
	);
	const soon = () => pace.soon();
	const output = createOutput(options, soon);
	const chrome = createChrome(options.cols, options.rows, soon);
	const drawing = createDrawing(options, {chrome, scene});
	const stdout = new VirtualStdout(options.cols, options.rows, text => chrome.screen.write(text));
	const moved = (isMoved: boolean) => {
		if (!isMoved) return;
		drawing.moved();
		soon();
	};
	return {
		stdout,
		place(id, hole) {
			moved(scene.place(id, hole));
			if (!hole) scene.forget(id);
		},
		cover: (id, dialog) => moved(scene.cover(id, dialog)),
		show(frame) {
			scene.show(frame);
			if (!scene.holes.has(frame.sessionId)) return;
			// The echo of a key waits for no other pane; its own frames come at their pace already.
			if (frame.sessionId === focused) pace.now();
			else soon();
		},
		focus(id) {
			focused = id;
			soon();
		},
		resize(cols, rows) {
			drawing.forget();
			chrome.screen.resize(cols, rows);
			stdout.resize(cols, rows);
			soon();
		},
		dress(dress) {
			if (drawing.wear(dress)) soon();
		},
		repaint() {
			drawing.forget();
			soon();
		},
		end() {
			isOver = true;
			pace.end();
			chrome.screen.dispose();
		},
	};
}
