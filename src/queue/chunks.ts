import {isBlank, type Line, newLine} from './lines.js';
import {closerOf, closesVerbatim, conflictOpenedBy, verbatimOpenedBy} from './verbatim.js';

/** Lines that a merge keeps together: one line, or a whole code block or comment. */
export interface Chunk {
	readonly lines: readonly Line[];
	/** The missing last line of a code block or comment that is left open. */
	readonly closer: Line | undefined;
}

export const textOf = (lines: readonly Line[]) => lines.map(({text}) => text).join('\n');

export function chunksOf(lines: readonly Line[]): Chunk[] {
	const chunks: Chunk[] = [];
	for (let at = 0; at < lines.length; ) {
		const chunk = chunkAt(lines, at);
		chunks.push(chunk);
		at += chunk.lines.length;
	}
	return chunks;
}

function chunkAt(lines: readonly Line[], start: number): Chunk {
	const first = lines[start]?.text ?? '';
	const verbatim = isBlank(first) ? undefined : (conflictOpenedBy(first) ?? verbatimOpenedBy(first));
	if (!verbatim) return {lines: lines.slice(start, start + 1), closer: undefined};
	const length = lines.slice(start + 1).findIndex(({text}) => closesVerbatim(verbatim, text)) + 2;
	if (length === 1)
		return {lines: lines.slice(start), closer: newLine(' '.repeat(verbatim.indent) + closerOf(verbatim))};
	return {lines: lines.slice(start, start + length), closer: undefined};
}
