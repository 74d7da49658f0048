import type {Clock} from '../kernel/clock.js';

/** How long a program needs to take in what was pasted, before Enter means "send". Measured with claude 2.1.328. */
const settleMs = 300;

export type Type = (text: string) => void;

/** Breaks off what a program is at; one that is at nothing takes no notice. */
export async function interrupt(type: Type, clock: Clock): Promise<void> {
	type('\u001b');
	await clock.sleep(settleMs);
}

/**
 * Types a line that a program takes as a command, and Enter. It waits first, for an answer that is on its way; Ctrl-U takes away whatever
 * stood there half written.
 */
export async function typeCommand(type: Type, clock: Clock, command: string): Promise<void> {
	await clock.sleep(settleMs);
	type(`\u0015${command}`);
	await clock.sleep(settleMs);
	type('\r');
}

/** A control character in a text is a key to the program that it is typed into: Ctrl-C would end it. */
const withoutKeys = (text: string) =>
	text.replaceAll(/\r\n?/g, '\n').replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');

/** Bracketed paste, so that many lines arrive as one text, then Enter. */
export async function paste(type: Type, clock: Clock, text: string): Promise<void> {
	type(`\u001b[200~${withoutKeys(text)}\u001b[201~`);
	await clock.sleep(settleMs);
	type('\r');
}

/** Linux cuts a line typed at a terminal off at 4095 bytes. */
const longestLine = 4000;

function folded(line: string): string[] {
	const pieces: string[] = [];
	let rest = Buffer.from(line);
	while (rest.length > longestLine) {
		let end = rest.lastIndexOf(0x20, longestLine) + 1 || longestLine;
		while (((rest[end] ?? 0) & 0xc0) === 0x80) end--;
		pieces.push(rest.subarray(0, end).toString('utf8'));
		rest = rest.subarray(end);
	}
	return [...pieces, rest.toString('utf8')];
}

/** Types text as lines, as at a keyboard, then Ctrl-D: the end of the input. */
export const typeInput = (type: Type, text: string) =>
	type(`${withoutKeys(text).trimEnd().split('\n').flatMap(folded).join('\n')}\n\u0004`);
