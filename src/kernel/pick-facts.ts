import {PilotEvent} from '../domain/event.js';
import {decodeRecord} from './event-log.js';
import {readPlain} from './safe-read.js';

/** What can be known of a fact without making sense of all of it. */
export interface FactHead {
	readonly type: string;
	/** ISO 8601. */
	readonly at: string;
}

/** Length, checksum, number, time and type stand at the beginning of a line; they are never longer. */
const headBytes = 200;
const headOf = /"at":"([^"]+)","type":"([^"]+)"/;

/** Every line as a range of bytes, the last one only when it is whole. */
function* linesOf(bytes: Buffer): Generator<readonly [start: number, end: number]> {
	let start = 0;
	for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
		yield [start, end];
		start = end + 1;
	}
}

function factOf(bytes: Buffer, start: number, end: number): PilotEvent | undefined {
	const parsed = PilotEvent.safeParse(decodeRecord(bytes.toString('utf8', start, end)));
	return parsed.success ? parsed.data : undefined;
}

/** Those of a log that are wanted, in order. The others are not made sense of, so that megabytes of them cost milliseconds. */
export function pickFacts(file: string, isWanted: (head: FactHead) => boolean): PilotEvent[] {
	const bytes = readPlain(file) ?? Buffer.alloc(0);
	const facts: PilotEvent[] = [];
	for (const [start, end] of linesOf(bytes)) {
		const [, at = '', type = ''] = headOf.exec(bytes.toString('latin1', start, Math.min(end, start + headBytes))) ?? [];
		const fact = isWanted({at, type}) ? factOf(bytes, start, end) : undefined;
		if (fact) facts.push(fact);
	}
	return facts;
}

/** Those of a log in whose lines a text stands, such as the id of a mission; the newest `most` of them, oldest first. */
export function pickFactsWith(file: string, text: string, most: number): PilotEvent[] {
	const bytes = readPlain(file) ?? Buffer.alloc(0);
	const facts: PilotEvent[] = [];
	// From the end, so that a mission of a thousand attempts takes no longer than one of ten.
	let end = bytes.lastIndexOf(0x0a);
	while (end > 0 && facts.length < most) {
		const found = bytes.lastIndexOf(text, end - 1);
		if (found < 0) break;
		const start = bytes.lastIndexOf(0x0a, found) + 1;
		const stop = bytes.indexOf(0x0a, found);
		const fact = factOf(bytes, start, stop);
		if (fact) facts.push(fact);
		end = start - 1;
	}
	return facts.reverse();
}
