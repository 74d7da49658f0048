import {closeSync, fchmodSync, fstatSync, ftruncateSync, openSync, readSync, writeSync} from 'node:fs';
import path from 'node:path';
import {makeFolder} from '../kernel/make-folder.js';
import {type CastEvent, type CastHeader, eventLine, headerLine, parseCast} from './cast.js';

/** A recording that is being written. Throws what the file system throws. */
export interface CastFile {
	/** Of the file's first line: where its time begins. */
	readonly startedMs: number;
	/** Of its last event. */
	readonly lastMs: number;
	/** True when it was there before: this process goes on with it. */
	readonly isResumed: boolean;
	/** True when an earlier process found no room in it any more. */
	readonly isFull: boolean;
	append(event: CastEvent): void;
	close(): void;
}

/** Room for the last words of a recording that is full. */
const lastWords = 512;
/** More than the longest event takes. */
const tailBytes = 1_048_576;
const headBytes = 8192;

const fullLabel = (mostBytes: number) =>
	`recording stopped: it is as large as it may become (${Math.round(mostBytes / 1_000_000)} MB)`;
const isFullMark = (event: CastEvent | undefined) =>
	event?.kind === 'mark' && event.label.startsWith('recording stopped: it is as large');

function readAt(handle: number, from: number, length: number): Buffer {
	const bytes = Buffer.alloc(length);
	return bytes.subarray(0, readSync(handle, bytes, 0, length, from));
}

/** What an earlier process left, cut to whole lines; undefined when it is no recording. */
function leftBehind(handle: number): {header: CastHeader; last: CastEvent | undefined; bytes: number} | undefined {
	const {size} = fstatSync(handle);
	const from = Math.max(0, size - tailBytes);
	const tail = readAt(handle, from, size - from);
	const whole = tail.lastIndexOf(0x0a) + 1;
	const {header} = parseCast(readAt(handle, 0, Math.min(size, headBytes)).toString('utf8').split('\n').slice(0, 1));
	if (whole === 0 || header.startedMs === 0) return;
	const {events} = parseCast(tail.subarray(0, whole).toString('utf8').split('\n'));
	ftruncateSync(handle, from + whole);
	return {header, last: events.at(-1), bytes: from + whole};
}

/** Where lines are put into bytes: memory of its own for each would keep the garbage collector busier than all else here. */
let scratch = Buffer.allocUnsafeSlow(65_536);

/** A line and its end, in the same memory each time: to be used before the next call. */
function bytesOf(line: string): Buffer {
	const most = line.length * 3 + 1;
	if (most > scratch.length) scratch = Buffer.allocUnsafeSlow(most);
	const end = scratch.write(line);
	scratch[end] = 0x0a;
	return scratch.subarray(0, end + 1);
}

function writeAll(handle: number, bytes: Buffer): number {
	let done = 0;
	while (done < bytes.length) done += writeSync(handle, bytes, done);
	return bytes.length;
}

/** Opens a recording for its owner alone: one that is there is gone on with, a torn last line cut off. */
export function openCastFile(file: string, header: CastHeader, mostBytes: number): CastFile {
	makeFolder(path.dirname(file), 0o700);
	const handle = openSync(file, 'a+', 0o600);
	if (fstatSync(handle).isFile()) fchmodSync(handle, 0o600);
	const left = leftBehind(handle);
	if (!left) ftruncateSync(handle, 0);
	let bytes = left?.bytes ?? writeAll(handle, bytesOf(headerLine(header)));
	let lastMs = left?.last?.atMs ?? 0;
	let isFull = isFullMark(left?.last);
	return {
		startedMs: left?.header.startedMs ?? Math.floor(header.startedMs / 1000) * 1000,
		isResumed: left !== undefined,
		get lastMs() {
			return lastMs;
		},
		get isFull() {
			return isFull;
		},
		append(event) {
			if (isFull) return;
			const wanted: CastEvent = {...event, atMs: Math.max(lastMs, event.atMs)};
			const line = bytesOf(eventLine(wanted));
			isFull = bytes + line.length > mostBytes - lastWords;
			const last = () => bytesOf(eventLine({atMs: wanted.atMs, kind: 'mark', label: fullLabel(mostBytes)}));
			bytes += writeAll(handle, isFull ? last() : line);
			lastMs = wanted.atMs;
		},
		close: () => closeSync(handle),
	};
}
