import {cellsOf, cutTo} from '../domain/cells.js';
import type {Tone} from './fact-line.js';

/** A piece of a line that has more to say than it may have room for. Plain text. */
export interface Part {
	readonly text: string;
	readonly tone: Tone | 'live';
	readonly bold?: boolean;
	/** Where there is no room, the highest go first. @default 0, which stays */
	readonly spare?: number;
	/** Cells that it may be cut down to before anything is left out. */
	readonly least?: number;
}

const widthOf = (parts: readonly Part[], gap: number) =>
	parts.reduce((sum, {text, least}) => sum + Math.min(least ?? Number.POSITIVE_INFINITY, cellsOf(text)) + gap, -gap);

/** The parts that a line has room for, in their order; those that may be cut share what the others leave, the first one first. */
export function fitParts(parts: readonly Part[], columns: number, gap = 2): Part[] {
	let kept = parts.filter(({text}) => text !== '');
	while (widthOf(kept, gap) > columns) {
		const most = Math.max(0, ...kept.map(({spare = 0}) => spare));
		const gone = most === 0 ? -1 : kept.findLastIndex(({spare = 0}) => spare === most);
		if (gone < 0) break;
		kept = kept.filter((_, index) => index !== gone);
	}
	let room = columns - widthOf(kept, gap);
	let left = columns;
	return kept.flatMap(part => {
		const least = Math.min(part.least ?? Number.POSITIVE_INFINITY, cellsOf(part.text));
		const width = Math.min(cellsOf(part.text), least + Math.max(0, room), left);
		room -= width - least;
		left -= width + gap;
		const text = width > 0 ? cutTo(part.text, width) : '';
		return text === '' ? [] : [{...part, text}];
	});
}
