import type {IBuffer} from '@xterm/headless';
import {cellStyle, type Emulator, written} from './emulator.js';

/** A saved cursor: where, and how what it prints looks. */
interface Saved {
	readonly x: number;
	readonly y: number;
	readonly pen: string;
	readonly isDrawing: boolean;
}

/** What a terminal does not tell about itself, followed while it parses. */
interface Followed {
	/** SGR since the last reset of it. */
	pen: string[];
	/** True while the line-drawing characters are in use. */
	isDrawing: boolean;
	readonly saved: Map<'normal' | 'alternate', Saved>;
}

const penText = (pen: readonly string[]) => `\u001b[0m${pen.map(part => `\u001b[${part}m`).join('')}`;
const charset = ({isDrawing}: {isDrawing: boolean}) => (isDrawing ? '\u001b(0' : '');
const goTo = (x: number, y: number) => `\u001b[${y + 1};${x + 1}H`;

/** A pen of more parts than this has only parts that stand over earlier ones. */
const mostPenParts = 64;

/** The parts that `penText` was made of. */
const penParts = (text: string) => [...text.matchAll(/\u001b\[([\d;:]+)m/g)].map(match => match[1] ?? '0').slice(1);

type Params = readonly (number | number[])[];

/** The pen after one more SGR. */
function nextPen(pen: readonly string[], params: Params): string[] {
	const isReset = params.length === 0 || params[0] === 0;
	if (isReset && params.length <= 1) return [];
	const text = params.map(part =>
		Array.isArray(part) ? `:${part.map(sub => (sub < 0 ? '' : sub)).join(':')}` : `;${part}`,
	);
	return [...(isReset ? [] : pen), text.join('').slice(1)].slice(-mostPenParts);
}

const savesCursor = (params: Params) => params.includes(1048) || params.includes(1049);

function follow(terminal: Emulator): Followed {
	const {parser, buffer} = terminal;
	const state: Followed = {pen: [], isDrawing: false, saved: new Map()};
	/** The terminal does it too, after this. */
	const also = (run: () => void) => () => {
		run();
		return false;
	};
	const save = also(() => {
		const {type, cursorX, cursorY} = buffer.active;
		state.saved.set(type, {
			x: Math.min(cursorX, terminal.cols - 1),
			y: cursorY,
			pen: penText(state.pen),
			isDrawing: state.isDrawing,
		});
	});
	const restoreFrom = (saved: Saved | undefined) =>
		Object.assign(state, {pen: penParts(saved?.pen ?? ''), isDrawing: saved?.isDrawing ?? false});
	const restore = also(() => restoreFrom(state.saved.get(buffer.active.type)));
	const reset = also(() => {
		Object.assign(state, {pen: [], isDrawing: false});
		state.saved.clear();
	});
	parser.registerEscHandler({final: '7'}, save);
	parser.registerCsiHandler({final: 's'}, save);
	parser.registerCsiHandler({prefix: '?', final: 'h'}, params => savesCursor(params) && save());
	parser.registerEscHandler({final: '8'}, restore);
	parser.registerCsiHandler({final: 'u'}, restore);
	parser.registerCsiHandler({prefix: '?', final: 'l'}, params => {
		if (savesCursor(params)) restoreFrom(state.saved.get('normal'));
		return false;
	});
	parser.registerEscHandler({final: 'c'}, reset);
	parser.registerCsiHandler({intermediates: '!', final: 'p'}, reset);
	for (const final of ['0', 'A', 'B'])
		parser.registerEscHandler(
			{intermediates: '(', final},
			also(() => (state.isDrawing = final === '0')),
		);
	parser.registerCsiHandler({final: 'm'}, params => also(() => (state.pen = nextPen(state.pen, params)))());
	return state;
}

/** A line with all that its cells look like; padded to the full width when the next one goes on from it. */
function lineText(buffer: IBuffer, y: number, {cols, isFull}: {cols: number; isFull: boolean}): string {
	const line = buffer.getLine(y);
	const cell = buffer.getNullCell();
	let text = '';
	let end = 0;
	let current = '';
	for (let x = 0; x < cols; x++) {
		const found = line?.getCell(x, cell);
		if (!found || found.getWidth() === 0) continue;
		const style = cellStyle(found);
		if (style !== current) text += style === '' ? '\u001b[0m' : `\u001b[0;${style}m`;
		current = style;
		text += found.getChars() || ' ';
		if (found.getChars() !== '' || style !== '') end = text.length;
	}
	return `${isFull ? text : text.slice(0, end)}\u001b[0m`;
}

function linesText(buffer: IBuffer, from: number, cols: number): string {
	let text = '';
	for (let y = from; y < buffer.length; y++) {
		const goesOn = buffer.getLine(y + 1)?.isWrapped ?? false;
		const isLast = y === buffer.length - 1;
		text += lineText(buffer, y, {cols, isFull: goesOn}) + (goesOn || isLast ? '' : '\r\n');
	}
	return text;
}

const rowsText = (buffer: IBuffer, {cols, rows}: Emulator) =>
	Array.from({length: rows}, (_, y) => goTo(0, y) + lineText(buffer, buffer.baseY + y, {cols, isFull: false})).join('');

/** First and last line of what scrolls, counted from 0. */
async function marginsOf(terminal: Emulator): Promise<readonly [top: number, bottom: number]> {
	let answer = '';
	const off = terminal.onData(text => {
		answer += text;
	});
	await written(terminal, '\u001bP$qr\u001b\\');
	off.dispose();
	const match = /\$r(\d+);(\d+)r/.exec(answer);
	return match ? [Number(match[1]) - 1, Number(match[2]) - 1] : [0, terminal.rows - 1];
}

/** The cursor, also where it stands behind the last column and the next character will wrap. */
function cursorText({buffer: {active}, cols, modes}: Emulator, top: number): string {
	const {cursorX: x, cursorY: y} = active;
	const to = (column: number) => (modes.originMode ? `\u001b[?6h${goTo(column, y - top)}` : goTo(column, y));
	return x < cols ? to(x) : to(0) + lineText(active, active.baseY + y, {cols, isFull: true});
}

/** From the main screen to the other one, which remembers where the cursor was and how it printed. */
const enterText = ({buffer: {normal}, cols}: Emulator, saved: Saved | undefined) =>
	`${goTo(Math.min(normal.cursorX, cols - 1), normal.cursorY)}${saved ? saved.pen + charset(saved) : ''}\u001b[?1049h\u001b[0m\u001b(B`;

/** Lines of history that are kept: some come back when the window grows. */
const keptHistory = 100;

/** Watches a terminal. What it gives brings another one, of the same size, to where this one is. */
export function watchState(terminal: Emulator): () => Promise<string> {
	const followed = follow(terminal);
	return async () => {
		const [top, bottom] = await marginsOf(terminal);
		const {buffer, cols, rows, modes} = terminal;
		const {normal, active} = buffer;
		const saved = followed.saved.get(active.type);
		const isAlternate = active.type === 'alternate';
		return [
			'\u001bc',
			linesText(normal, Math.max(0, normal.baseY - keptHistory), cols),
			isAlternate && enterText(terminal, followed.saved.get('normal')),
			isAlternate && rowsText(active, terminal),
			saved && `${saved.pen}${goTo(saved.x, saved.y)}${charset(saved)}\u001b7\u001b[0m\u001b(B`,
			(top !== 0 || bottom !== rows - 1) && `\u001b[${top + 1};${bottom + 1}r`,
			cursorText(terminal, top),
			!modes.wraparoundMode && '\u001b[?7l',
			modes.insertMode && '\u001b[4h',
			charset(followed),
			penText(followed.pen),
		]
			.filter(Boolean)
			.join('');
	};
}
