import {readItemLine} from './item-line.js';
import {indentOf, isBlank, type Line, newLine} from './lines.js';
import {type Outline, outlineOf} from './outline.js';
import {headingOf, type SectionName, sectionNames} from './sections.js';

const blank = newLine('');
const isBlankAt = (lines: readonly Line[], at: number) => isBlank(lines[at]?.text ?? '');

const insertAt = (lines: readonly Line[], at: number, added: readonly Line[]) => [
	...lines.slice(0, at),
	...added,
	...lines.slice(at),
];

/**
 * Puts an item into its section, creating the heading if it is missing. Done: before the others, so that the newest is
 * read first. Elsewhere: behind them, as file order is the order of work.
 *
 * @param gap A blank line that came along with the item, to keep a spaced list spaced.
 */
export function placeItem(
	lines: readonly Line[],
	item: readonly Line[],
	section: SectionName,
	gap: readonly Line[],
): Line[] {
	const ready = withHeading(lines, section);
	const outline = outlineOf(ready);
	const inSection = outline.blocks.filter(block => block.section === section);
	const first = inSection[0];
	if (section === 'Done' && first) return insertItem(ready, first.start, {before: [], item, behind: gap});
	const last = inSection.at(-1);
	if (last) return insertItem(ready, last.end, {before: gap, item, behind: []});
	return placeFirst(ready, item, sectionExtent(outline, section), gap);
}

interface Insertion {
	readonly before: readonly Line[];
	readonly item: readonly Line[];
	readonly behind: readonly Line[];
}

/** An indented line that belonged to no item would now belong to this one: an empty comment keeps them apart. */
export function insertItem(lines: readonly Line[], at: number, {before, item, behind}: Insertion): Line[] {
	const next = lines.slice(at).find(({text}) => !isBlank(text))?.text ?? '';
	const isLoose = indentOf(next) > 0 && !headingOf(next) && !readItemLine(next);
	return insertAt(lines, at, [...before, ...item, ...(isLoose ? [newLine('<!-- -->')] : []), ...behind]);
}

interface Extent {
	/** The heading's line. */
	readonly from: number;
	/** The line behind the section. */
	readonly to: number;
}

/** Into a section without items: behind its prose, else directly under its heading. */
function placeFirst(lines: readonly Line[], item: readonly Line[], {from, to}: Extent, gap: readonly Line[]): Line[] {
	let at = to;
	while (at > from + 1 && isBlankAt(lines, at - 1)) at--;
	if (at > from + 1) return insertItem(lines, at, {before: [blank], item, behind: []});
	const isRoomy = to - from > 2;
	return insertItem(lines, isRoomy ? at + 1 : at, {before: isRoomy ? [] : gap, item, behind: []});
}

function sectionExtent({headings, openFrom}: Outline, section: SectionName): Extent {
	const at = headings.findIndex(({name}) => name === section);
	return {from: headings[at]?.line ?? 0, to: headings[at + 1]?.line ?? openFrom};
}

/**
 * The same lines with this heading. In a file that has none of the five, the items that it has so far get a `## Pending`
 * above them first, else they would stop being missions.
 */
export function withHeading(lines: readonly Line[], section: SectionName): Line[] {
	const outline = outlineOf(lines);
	const has = (name: SectionName) => outline.headings.some(heading => heading.name === name);
	if (has(section)) return [...lines];
	const headless = outline.blocks.find(block => block.section === 'preamble');
	if (headless) return withHeading(addHeading(lines, headless.start, 'Pending'), section);
	const rank = sectionNames.indexOf(section);
	const before = sectionNames.slice(0, rank).findLast(has);
	const after = sectionNames.slice(rank + 1).find(has);
	if (before) return addHeading(lines, sectionExtent(outline, before).to, section);
	return addHeading(lines, after ? sectionExtent(outline, after).from : outline.openFrom, section);
}

function addHeading(lines: readonly Line[], at: number, section: SectionName): Line[] {
	const above = at > 0 && !isBlankAt(lines, at - 1) ? [blank] : [];
	const isFollowedByItem = outlineOf(lines).blocks.some(({start}) => start === at);
	const below = at < lines.length && !isBlankAt(lines, at) && !isFollowedByItem ? [blank] : [];
	return insertAt(lines, at, [...above, newLine(`## ${section}`), ...below]);
}
