import {
	closeSync,
	copyFileSync,
	existsSync,
	fdatasyncSync,
	ftruncateSync,
	linkSync,
	openSync,
	readFileSync,
	readSync,
	renameSync,
	rmSync,
	writeSync,
} from 'node:fs';
import path from 'node:path';
import {crc32} from 'node:zlib';
import {PilotEvent} from '../domain/event.js';
import {messageOf, PilotError} from '../domain/pilot-error.js';
import {assertOwn} from './fence.js';
import {fsyncDirectory, readIfThere, storageError, writeDurably} from './files.js';
import {makeFolder} from './make-folder.js';

export interface EventLog {
	/**
	 * Writes one fact and returns when it is on the disk. Throws STORAGE_UNWRITABLE and leaves the log as it was, or WORKSPACE_LOST
	 * and writes nothing.
	 */
	append(event: PilotEvent): void;
	/** Throws WORKSPACE_LOST when somebody else has written to the log, or put another in its place. */
	check(): void;
	/** Starts a new file; the old one is kept beside it as `.1` until the next rotation. When it throws, the old one goes on. */
	rotate(): void;
	readonly bytes: number;
	close(): void;
}

/** What reading found. `dropped` counts lines that were torn or damaged. */
export interface LogContents {
	readonly events: PilotEvent[];
	readonly dropped: number;
	/** Bytes of the file up to the last whole line. */
	readonly goodBytes: number;
	/** Facts of types that this build does not know: the log was written by a newer one. */
	readonly unknown: number;
	/** The highest `seq` of all that was read, known or not; 0 for none. A new fact must come after it. */
	readonly lastSeq: number;
	/** The highest version of the log's form that a pilot of it has named. */
	readonly schema: number;
	/** True when some of what is damaged is not just the end, torn by a crash. */
	readonly isDamaged: boolean;
}

/** One JSON line: the fact, its length in bytes and its CRC-32, so that a torn or damaged line is known as such. */
export function encodeRecord(event: PilotEvent): string {
	const body = JSON.stringify(event);
	return `{"len":${Buffer.byteLength(body)},"crc":"${crc32(body).toString(16).padStart(8, '0')}","fact":${body}}\n`;
}

const record = /^\{"len":(\d+),"crc":"([0-9a-f]{8})","fact":(.*)\}$/s;

/** What a line of the log says, if it is whole: undefined for one that is torn or damaged. */
export function decodeRecord(line: string): unknown {
	const match = record.exec(line);
	if (!match?.[3]) return;
	const body = match[3];
	if (Buffer.byteLength(body) !== Number(match[1]) || crc32(body).toString(16).padStart(8, '0') !== match[2]) return;
	try {
		return JSON.parse(body);
	} catch {
		return;
	}
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** What is understood of any fact, also one that this build does not know. */
interface AnyFact {
	readonly seq?: unknown;
	readonly data?: {readonly schema?: unknown} | null;
}

const nothing: LogContents = {
	...{events: [], dropped: 0, goodBytes: 0, unknown: 0, lastSeq: 0},
	...{schema: 0, isDamaged: false},
};

/** Reads a log. Damaged lines are counted and passed over; everything readable is returned in order. */
export function readLog(file: string): LogContents {
	const bytes = readIfThere(file);
	if (!bytes) return nothing;
	const goodBytes = bytes.lastIndexOf(0x0a) + 1;
	const lines = bytes.subarray(0, goodBytes).toString('utf8').split('\n').slice(0, -1);
	const events: PilotEvent[] = [];
	let damaged = 0;
	let schema = 0;
	let unknown = 0;
	let lastSeq = 0;
	for (const line of lines) {
		const value = decodeRecord(line);
		if (value === undefined) {
			damaged++;
			continue;
		}
		const {seq, data} = (value ?? {}) as AnyFact;
		lastSeq = Math.max(lastSeq, numberOf(seq));
		schema = Math.max(schema, numberOf(data?.schema));
		const parsed = PilotEvent.safeParse(value);
		if (parsed.success) events.push(parsed.data);
		else unknown++;
	}
	const dropped = damaged + (goodBytes < bytes.length ? 1 : 0);
	return {events, dropped, goodBytes, unknown, lastSeq, schema, isDamaged: damaged > 0};
}

/**
 * Keeps a damaged log as it is beside itself, and goes on with what is readable of it.
 *
 * @returns Where it is kept.
 */
export function setLogAside(file: string): string {
	const aside = `${file}.bad-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
	const good = readFileSync(file, 'utf8')
		.split('\n')
		.filter(line => decodeRecord(line) !== undefined);
	copyFileSync(file, aside);
	writeDurably(file, good.map(line => `${line}\n`).join(''), {mode: 0o600});
	return aside;
}

/** Whoever removes it may be at it still: that passes, as the trouble of a disk does. */
const notPutBack = (file: string, cause: unknown) =>
	new PilotError('STORAGE_UNWRITABLE', {
		what: `${file} was removed, and cannot be put back: ${messageOf(cause)}`,
		todo: 'It is tried again in a few seconds.',
		exitCode: 74,
		cause,
	});

/**
 * Writes a log that somebody has removed anew, from the file that is still open; at once as a whole. Where another lies there by now it
 * stays.
 */
function putLogBack(file: string, handle: number, bytes: number): number {
	const all = Buffer.alloc(bytes);
	for (let done = 0; done < bytes; ) {
		const got = readSync(handle, all, done, bytes - done, done);
		if (got === 0) break;
		done += got;
	}
	const aside = `${file}.again`;
	try {
		writeDurably(aside, all, {mode: 0o600});
		linkSync(aside, file);
		rmSync(aside);
		return openForGood(file);
	} catch (error) {
		throw error instanceof PilotError ? error : notPutBack(file, error);
	}
}

/** Opens for appending; a file that is new is in its folder for good before anything is written to it. */
function openForGood(file: string): number {
	const isNew = !existsSync(file);
	const handle = openSync(file, 'a+', 0o600);
	try {
		if (isNew) fsyncDirectory(path.dirname(file));
	} catch (error) {
		closeSync(handle);
		throw error;
	}
	return handle;
}

/** Opens the successor of a log that is `.1` by now; one that cannot be opened leaves the log in its place again. */
function openAfterRename(file: string): number {
	try {
		return openForGood(file);
	} catch (error) {
		renameSync(`${file}.1`, file);
		throw error;
	}
}

/** Opens a log for appending, cutting off a torn last line. */
export function openEventLog(file: string): EventLog {
	makeFolder(path.dirname(file), 0o700);
	const {goodBytes} = readLog(file);
	let handle = openForGood(file);
	let bytes = goodBytes;
	ftruncateSync(handle, bytes);
	let isTorn = false;
	const cut = () => {
		isTorn = true;
		ftruncateSync(handle, bytes);
		isTorn = false;
	};
	const check = () => {
		if (isTorn) cut();
		if (assertOwn(file, handle, bytes)) return;
		const old = handle;
		handle = putLogBack(file, old, bytes);
		closeSync(old);
	};

	return {
		check,
		append(event) {
			check();
			const line = Buffer.from(encodeRecord(event));
			try {
				let done = 0;
				while (done < line.length) done += writeSync(handle, line, done);
				fdatasyncSync(handle);
				bytes += line.length;
			} catch (error) {
				// Half a line would hide the next whole one: what was written of it goes again.
				try {
					cut();
				} catch {
					// It goes before the next one is written.
				}
				throw storageError(file, error);
			}
		},
		rotate() {
			const old = handle;
			try {
				renameSync(file, `${file}.1`);
				handle = openAfterRename(file);
			} catch (error) {
				throw storageError(file, error);
			}
			bytes = 0;
			closeSync(old);
		},
		get bytes() {
			return bytes;
		},
		close() {
			closeSync(handle);
		},
	};
}
