import type {IBuffer, IBufferCell} from '@xterm/headless';
import {asLetter, isDoubtful, toColumn} from './doubtful.js';

/** What never reaches a terminal even as text: controls, and characters that reorder or hide what stands beside them. */
const unprintable =
	/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

const plainAscii = /^[ -~]$/;

function colour(cell: IBufferCell, of: 'Fg' | 'Bg'): string {
	const base = of === 'Fg' ? 30 : 40;
	const value = cell[`get${of}Color`]();
	if (cell[`is${of}RGB`]()) return `${base + 8};2;${(value >> 16) & 255};${(value >> 8) & 255};${value & 255}`;
	if (!cell[`is${of}Palette`]()) return '';
	if (value < 8) return String(base + value);
	if (value < 16) return String(base + 60 + value - 8);
	return `${base + 8};5;${value}`;
}

/** The SGR parameters of a cell, '' for plain text. */
function style(cell: IBufferCell, isMarked: boolean): string {
	const inverse = (cell.isInverse() !== 0) !== isMarked;
	const flags = [
		cell.isBold() && '1',
		cell.isDim() && '2',
		cell.isItalic() && '3',
		cell.isUnderline() && '4',
		inverse && '7',
		cell.isStrikethrough() && '9',
		colour(cell, 'Fg'),
		colour(cell, 'Bg'),
	];
	return flags.filter(Boolean).join(';');
}

/** All that `style` looks at as two numbers, so that it is put into words only where it changes. */
const flagsOf = (cell: IBufferCell) =>
	(cell.isBold() ? 1 : 0) |
	(cell.isDim() ? 2 : 0) |
	(cell.isItalic() ? 4 : 0) |
	(cell.isUnderline() ? 8 : 0) |
	(cell.isInverse() ? 16 : 0) |
	(cell.isStrikethrough() ? 32 : 0);

/** More marks on one character than any language uses. */
const mostUnits = 20;

/** A cell's characters as far as they may be shown; a blank where nothing is left of them. */
export function printable(characters: string): string {
	if (characters.length === 1 && plainAscii.test(characters)) return characters;
	return characters.slice(0, mostUnits).replaceAll(unprintable, '').toWellFormed() || ' ';
}

/** Remembers how the last cell looked: neighbours mostly look alike. */
function createStyler() {
	let [fgMode, fg, bgMode, bg, flags] = [-1, -1, -1, -1, -1];
	let wasMarked = false;
	let last = '';
	return (cell: IBufferCell, isMarked: boolean): string => {
		if (!isMarked && cell.isAttributeDefault()) return '';
		const now = [
			cell.getFgColorMode(),
			cell.getFgColor(),
			cell.getBgColorMode(),
			cell.getBgColor(),
			flagsOf(cell),
		] as const;
		const same =
			now[0] === fgMode &&
			now[1] === fg &&
			now[2] === bgMode &&
			now[3] === bg &&
			now[4] === flags &&
			wasMarked === isMarked;
		if (same) return last;
		[fgMode, fg, bgMode, bg, flags] = now;
		wasMarked = isMarked;
		last = style(cell, isMarked);
		return last;
	};
}

export interface RowSlice {
	/** Line of the buffer. */
	readonly y: number;
	/** Columns of the line, the first and the one behind the last. */
	readonly from: number;
	readonly to: number;
	/** Says which columns are shown inverse; none by default. */
	readonly isMarked?: ((x: number) => boolean) | undefined;
}

export interface Row {
	/**
	 * Printable text and SGR only, plain at its end, blanks at its end left off; and behind characters whose width is in doubt
	 * the way to the next one, over blanks that are not written.
	 */
	readonly text: string;
	/** Cells that the text takes. */
	readonly cells: number;
}

const emptyRow: Row = {text: '', cells: 0};
const never = () => false;

/** A part of a row of a terminal's buffer. Made from cells, so that no sequence a program printed can come through. */
export function rowOf(buffer: IBuffer, {y, from, to, isMarked = never}: RowSlice, cell: IBufferCell): Row {
	const line = buffer.getLine(y);
	if (!line) return emptyRow;
	const styleOf = createStyler();
	let text = '';
	let current = '';
	let end = 0;
	let cells = 0;
	let styleAtEnd = '';
	let isAdrift = false;
	for (let x = from; x < to; x++) {
		const found = line.getCell(x, cell);
		if (!found) break;
		const width = found.getWidth();
		// The second half of a wide character whose first half is in front of the slice shows as a blank.
		if (width === 0 && x !== from) continue;
		const hidden = found.isInvisible() || width === 0;
		const wanted = hidden ? '' : styleOf(found, isMarked(x));
		// A character of two cells that would hang over the edge becomes a blank.
		const printed = hidden || x + width > to ? ' ' : printable(found.getChars());
		const characters = width === 1 ? asLetter(printed) : printed;
		const isBlank = characters === ' ' && wanted === '';
		const isDoubted = isDoubtful(characters);
		if (wanted !== current) {
			text += wanted === '' ? '\u001b[0m' : current === '' ? `\u001b[${wanted}m` : `\u001b[0;${wanted}m`;
			current = wanted;
		}
		if (isAdrift && isBlank) continue;
		if (isAdrift && !isDoubted) text += toColumn(x - from + 1);
		isAdrift = isDoubted;
		text += characters;
		if (isBlank) continue;
		end = text.length;
		cells = Math.min(x + Math.max(1, width), to) - from;
		styleAtEnd = wanted;
	}
	if (end === 0) return emptyRow;
	return {text: styleAtEnd === '' ? text.slice(0, end) : `${text.slice(0, end)}\u001b[0m`, cells};
}
