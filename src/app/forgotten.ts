import path from 'node:path';
import {z} from 'zod';
import type {CommandInput} from '../domain/command.js';
import {readIfThere, writeDurably} from '../kernel/files.js';

/** A line of the memory that was forgotten from a shell, as it stood, and between which lines. */
const Forgotten = z.object({
	kind: z.enum(['learning', 'preference', 'summary']),
	was: z.string().regex(/^[^\r\n]+$/),
	above: z.string().optional(),
	below: z.string().optional(),
});
export type Forgotten = z.infer<typeof Forgotten>;

const mostKept = 20;
const fileIn = (workspace: string) => path.join(workspace, '.pilot', 'forgotten.json');

/** What can be brought back, the last at the end. */
export function readForgotten(workspace: string): Forgotten[] {
	try {
		return z.array(Forgotten).parse(JSON.parse(readIfThere(fileIn(workspace))?.toString('utf8') ?? '[]'));
	} catch {
		// A file that was damaged brings nothing back.
		return [];
	}
}

const keep = (workspace: string, lines: readonly Forgotten[]) =>
	writeDurably(fileIn(workspace), JSON.stringify(lines.slice(-mostKept)), {mode: 0o600});

/** Keeps what an answer says takes the forgetting back. */
export function keepForgotten(workspace: string, undo: CommandInput | undefined) {
	if (undo?.type !== 'memory.restore') return;
	const {kind, was, above, below} = undo;
	keep(workspace, [...readForgotten(workspace), {kind, was, above, below}]);
}

/** It has been brought back, or stands there again: that is tried once. */
export const dropForgotten = (workspace: string) => keep(workspace, readForgotten(workspace).slice(0, -1));
