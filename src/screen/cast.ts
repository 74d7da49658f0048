import {closeSync, openSync, readSync} from 'node:fs';
import {StringDecoder} from 'node:string_decoder';

/** What a recording says about itself: the first line of an asciicast file, version 2. */
export interface CastHeader {
	readonly cols: number;
	readonly rows: number;
	/** Where its time begins, ms since epoch; whole seconds. */
	readonly startedMs: number;
	readonly title?: string;
}

/** `atMs` counts from the beginning and never goes back. */
export type CastEvent =
	| {readonly atMs: number; readonly kind: 'output'; readonly text: string}
	| {readonly atMs: number; readonly kind: 'resize'; readonly cols: number; readonly rows: number}
	| {readonly atMs: number; readonly kind: 'mark'; readonly label: string};

export interface Cast {
	readonly header: CastHeader;
	readonly events: readonly CastEvent[];
	/** Lines that could not be read, a torn last one among them. */
	readonly damaged: number;
}

const unknownHeader: CastHeader = {cols: 80, rows: 24, startedMs: 0};

const isSize = (value: unknown): value is number =>
	typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 1000;

function headerOf(value: unknown): CastHeader | undefined {
	const {version, width, height, timestamp, title} = value as Record<string, unknown>;
	if (version !== 2 || !isSize(width) || !isSize(height)) return;
	const startedMs = typeof timestamp === 'number' && timestamp > 0 ? timestamp * 1000 : 0;
	return {cols: width, rows: height, startedMs, ...(typeof title === 'string' ? {title} : {})};
}

/** 'damaged' for what is no event; undefined for an event of a kind that is of no use here. */
function eventOf(value: unknown, leastMs: number): CastEvent | 'damaged' | undefined {
	if (!Array.isArray(value)) return 'damaged';
	const [seconds, code, text] = value as unknown[];
	if (typeof seconds !== 'number' || !(seconds >= 0) || typeof text !== 'string') return 'damaged';
	const atMs = Math.max(leastMs, Math.round(seconds * 1000));
	if (code === 'o') return {atMs, kind: 'output', text};
	if (code === 'm') return {atMs, kind: 'mark', label: text};
	if (code !== 'r') return;
	const [cols, rows] = text.split('x').map(Number);
	return isSize(cols) && isSize(rows) ? {atMs, kind: 'resize', cols, rows} : 'damaged';
}

function parsed(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return;
	}
}

/** Reads the lines of a recording. What is damaged is passed over and counted: a night's screen is worth more than its last line. */
export function parseCast(lines: Iterable<string>): Cast {
	let header: CastHeader | undefined;
	let damaged = 0;
	const events: CastEvent[] = [];
	for (const line of lines) {
		if (line.trim() === '') continue;
		const value = parsed(line);
		if (header === undefined && events.length === 0 && typeof value === 'object' && value !== null) {
			header = headerOf(value);
			if (header) continue;
		}
		const event = eventOf(value, events.at(-1)?.atMs ?? 0);
		if (event === 'damaged') damaged++;
		else if (event) events.push(event);
	}
	return {header: header ?? unknownHeader, events, damaged};
}

const pieceBytes = 1_048_576;

function* linesOf(file: string): Generator<string> {
	const handle = openSync(file, 'r');
	try {
		const bytes = Buffer.allocUnsafe(pieceBytes);
		const decoder = new StringDecoder('utf8');
		let rest = '';
		for (let read = readSync(handle, bytes); read > 0; read = readSync(handle, bytes)) {
			const lines = (rest + decoder.write(bytes.subarray(0, read))).split('\n');
			rest = lines.pop() ?? '';
			yield* lines;
		}
		yield rest + decoder.end();
	} finally {
		closeSync(handle);
	}
}

export const readCast = (file: string): Cast => parseCast(linesOf(file));

export const durationOf = ({events}: Pick<Cast, 'events'>): number => events.at(-1)?.atMs ?? 0;

/** How many events lie before or at a time; they are in order. */
export function countUpTo(events: readonly {readonly atMs: number}[], atMs: number): number {
	let [low, high] = [0, events.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((events[middle]?.atMs ?? 0) <= atMs) low = middle + 1;
		else high = middle;
	}
	return low;
}

/**
 * Makes the function that takes a time of a recording to its time when no pause is longer than this.
 *
 * @param mostIdleSeconds 0 or less leaves the pauses as they are.
 */
export function squeezer(events: readonly CastEvent[], mostIdleSeconds: number): (atMs: number) => number {
	const mostMs = mostIdleSeconds * 1000;
	if (!(mostMs > 0)) return atMs => atMs;
	const squeezed: number[] = [];
	let beforeMs = 0;
	let nowMs = 0;
	for (const {atMs} of events) {
		nowMs += Math.min(atMs - beforeMs, mostMs);
		beforeMs = atMs;
		squeezed.push(nowMs);
	}
	return atMs => {
		const index = countUpTo(events, atMs) - 1;
		return (squeezed[index] ?? 0) + Math.min(atMs - (events[index]?.atMs ?? 0), mostMs);
	};
}

/** The same events, with no pause longer than this. */
export function squeeze(events: readonly CastEvent[], mostIdleSeconds: number): CastEvent[] {
	const squeezed = squeezer(events, mostIdleSeconds);
	return events.map(event => ({...event, atMs: squeezed(event.atMs)}));
}

const seconds = (atMs: number) => Math.round(atMs) / 1000;

/** The first line of a file, without its end; players take the rest as events. */
export const headerLine = ({cols, rows, startedMs, title}: CastHeader): string =>
	JSON.stringify({
		version: 2,
		width: cols,
		height: rows,
		timestamp: Math.floor(startedMs / 1000),
		env: {TERM: 'xterm-256color'},
		...(title === undefined ? {} : {title}),
	});

/** One event as a line of a file, without its end. */
export function eventLine(event: CastEvent): string {
	const at = seconds(event.atMs);
	if (event.kind === 'output') return JSON.stringify([at, 'o', event.text]);
	if (event.kind === 'mark') return JSON.stringify([at, 'm', event.label]);
	return JSON.stringify([at, 'r', `${event.cols}x${event.rows}`]);
}
