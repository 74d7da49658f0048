import {StringDecoder} from 'node:string_decoder';

const longestLine = 16_000_000;

/** Sequences that a program prints around its lines when it sits in a terminal: cursor on, title and the like. */
const sequences = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

export interface LineReader {
	push(bytes: Uint8Array): string[];
	/** The last line, when it had no end. */
	end(): string[];
	/** Lines that were longer than 16 MB and thrown away. */
	readonly dropped: number;
}

/**
 * Cuts bytes from a terminal into lines: characters that arrive in two pieces are put together, carriage returns and escape
 * sequences are taken off, empty lines left out. The cut does not depend on how the bytes arrive.
 */
export function createLineReader(): LineReader {
	const decoder = new StringDecoder('utf8');
	let rest: string[] = [];
	let restLength = 0;
	let skipping = false;
	let dropped = 0;
	const keep = (text: string) => {
		if (skipping || text === '') return;
		rest.push(text);
		restLength += text.length;
		if (restLength <= longestLine) return;
		rest = [];
		restLength = 0;
		skipping = true;
		dropped++;
	};
	const take = (text: string): string[] => {
		keep(text);
		const raw = rest.length === 1 ? (rest[0] ?? '') : rest.join('');
		const whole = (raw.includes('\u001b') ? raw.replaceAll(sequences, '') : raw).replaceAll('\r', '');
		rest = [];
		restLength = 0;
		const isWhole = !skipping;
		skipping = false;
		return isWhole && whole.trim() !== '' ? [whole] : [];
	};
	const pushText = (text: string): string[] => {
		const pieces = text.split('\n');
		const last = pieces.pop() ?? '';
		const lines = pieces.flatMap(take);
		keep(last);
		return lines;
	};
	return {
		push: bytes => pushText(decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))),
		end: () => [...pushText(decoder.end()), ...take('')],
		get dropped() {
			return dropped;
		},
	};
}
