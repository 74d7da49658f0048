import {readItemLine} from './item-line.js';
import {indentOf, type Line, newLine} from './lines.js';
import type {Part, Unit} from './parts.js';

export type MergedPart = Omit<Part, 'key'>;

const separator = newLine('<!-- -->');

/** The lines of all parts, with what keeps neighbours apart that did not stand together before. */
export function joinParts(parts: readonly MergedPart[]): Line[] {
	const filled = parts.map(({heading, blanks, units, tail}, at) => {
		const isLast = parts.slice(at + 1).every(part => !part.heading && part.units.length === 0);
		return [...(heading ? [heading] : []), ...blanks, ...joinUnits(units, isLast), ...tail];
	});
	return filled.flat();
}

function joinUnits(units: readonly Unit[], isLastPart: boolean): Line[] {
	return units.flatMap((unit, at) => {
		const before = units[at - 1];
		const isLast = isLastPart && at === units.length - 1;
		return [
			...(before && swallows(before, unit) ? [separator] : []),
			...unit.chunk.lines,
			...(unit.chunk.closer && !isLast ? [unit.chunk.closer] : []),
			...unit.blanks,
		];
	});
}

/** Would the second be read as part of the first? */
function swallows(first: Unit, second: Unit): boolean {
	const indent = indentOf(second.chunk.lines[0]?.text ?? '');
	const firstLine = first.chunk.lines[0]?.text ?? '';
	if (second.item) return indent >= indentOf(firstLine) + 2;
	return readItemLine(firstLine) !== undefined && indent > indentOf(firstLine);
}
