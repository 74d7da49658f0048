import {createKeying} from '../domain/weave.js';
import {type Chunk, chunksOf, textOf} from './chunks.js';
import {isBlank, type Line} from './lines.js';
import type {MergeItem} from './merge-item.js';
import {type Block, outlineOf} from './outline.js';

/** A mission or a piece of prose, with the blank lines behind it. */
export interface Unit {
	readonly key: string;
	/** Set for a mission. */
	readonly item?: MergeItem;
	readonly chunk: Chunk;
	readonly blanks: readonly Line[];
}

/** A heading of level 1 or 2 and what stands under it; the first part of a file has no heading. */
export interface Part {
	readonly key: string;
	readonly heading: Line | undefined;
	/** Blank lines directly under the heading. */
	readonly blanks: readonly Line[];
	readonly units: readonly Unit[];
	/** Blank lines before the next heading. */
	readonly tail: readonly Line[];
}

export const firstPart = 'start';

export function partsOf(lines: readonly Line[]): Part[] {
	const {headings, blocks} = outlineOf(lines);
	const keyOf = createKeying();
	const starts = [{line: -1, name: undefined}, ...headings];
	return starts.map(({line, name}, at) => {
		const heading = lines[line];
		const key = heading ? keyOf(name ? `# ${name}` : heading.text) : firstPart;
		const to = starts[at + 1]?.line ?? lines.length;
		const own = blocks.filter(({start}) => start > line && start < to);
		return {key, heading, ...contentOf(lines.slice(line + 1, to), own, line + 1)};
	});
}

/** @param offset Where `lines` start in the file that the blocks were found in. */
function contentOf(
	lines: readonly Line[],
	blocks: readonly Block[],
	offset: number,
): Pick<Part, 'blanks' | 'units' | 'tail'> {
	const blanks = blanksAt(lines, 0);
	if (blanks.length === lines.length) return {blanks: [], units: [], tail: blanks};
	const units: Unit[] = [];
	const keyOf = createKeying();
	const byStart = new Map(blocks.map(block => [block.start - offset, block]));
	let at = blanks.length;
	while (at < lines.length) {
		const unit = unitAt(lines, at, byStart, keyOf);
		units.push(unit);
		at += unit.chunk.lines.length + unit.blanks.length;
	}
	const last = units.pop();
	if (last) units.push({...last, blanks: []});
	return {blanks, units, tail: last?.blanks ?? []};
}

function unitAt(
	lines: readonly Line[],
	at: number,
	blocks: ReadonlyMap<number, Block>,
	keyOf: (text: string) => string,
): Unit {
	const block = blocks.get(at);
	const chunk = block
		? {lines: lines.slice(at, at + block.end - block.start), closer: undefined}
		: proseAt(lines, at, blocks);
	const blanks = blanksAt(lines, at + chunk.lines.length);
	if (!block?.id) return {key: keyOf(textOf(chunk.lines)), chunk, blanks};
	const {id, idWritten} = block;
	return {key: `^${id}`, item: {id, idWritten, lines: chunk.lines}, chunk, blanks};
}

/** A line, or a code block or comment, which never reaches into a mission. */
function proseAt(lines: readonly Line[], at: number, blocks: ReadonlyMap<number, Block>): Chunk {
	let end = at + 1;
	while (end < lines.length && !blocks.has(end)) end++;
	const [chunk] = chunksOf(lines.slice(at, end));
	return chunk ?? {lines: lines.slice(at, at + 1), closer: undefined};
}

function blanksAt(lines: readonly Line[], at: number): readonly Line[] {
	let end = at;
	while (end < lines.length && isBlank(lines[end]?.text ?? '')) end++;
	return lines.slice(at, end);
}
