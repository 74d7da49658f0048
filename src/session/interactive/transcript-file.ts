import {type FileHandle, open, readdir} from 'node:fs/promises';
import path from 'node:path';
import {createLineReader, type LineReader} from '../stream/line-reader.js';

interface Part {
	readonly lines: LineReader;
	readAt: number;
}

const chunkBytes = 256_000;

async function readOn(file: FileHandle, part: Part, take: (line: string) => void) {
	const chunk = Buffer.alloc(chunkBytes);
	for (;;) {
		const {bytesRead} = await file.read(chunk, 0, chunkBytes, part.readAt);
		if (bytesRead === 0) return;
		part.readAt += bytesRead;
		for (const line of part.lines.push(chunk.subarray(0, bytesRead))) take(line);
	}
}

/** `<session>/subagents/agent-<id>.jsonl` beside `<session>.jsonl`. */
async function subagentFiles(transcript: string): Promise<string[]> {
	const folder = path.join(transcript.replace(/\.jsonl$/, ''), 'subagents');
	const names = await readdir(folder).catch(() => []);
	return names.filter(name => name.endsWith('.jsonl')).map(name => path.join(folder, name));
}

/**
 * Reads what was added to a session's transcript, and to those of its subagents, since the last time: piece by piece, never as a whole,
 * for they grow to hundreds of megabytes. A file that is not there, or not yet, has no lines.
 */
export function createTranscriptReader(take: (line: string) => void) {
	const parts = new Map<string, Part>();
	let last: Promise<void> = Promise.resolve();
	const readFile = async (name: string) => {
		const part = parts.get(name) ?? {lines: createLineReader(), readAt: 0};
		parts.set(name, part);
		const file = await open(name, 'r').catch(() => undefined);
		if (!file) return;
		try {
			await readOn(file, part, take);
		} catch {
			// Gone or unreadable in the middle: the next time goes on from here.
		} finally {
			await file.close();
		}
	};
	const readAll = async (transcript: string) => {
		for (const name of [transcript, ...(await subagentFiles(transcript))]) await readFile(name);
	};
	return {
		/** Resolves when everything that is there now has been taken. One reading after the other, never two at once. */
		read(transcript: string): Promise<void> {
			last = last.then(() => readAll(transcript));
			return last;
		},
	};
}
