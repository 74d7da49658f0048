import {priorityNames} from '../domain/priority.js';
import {readAttribute} from './attributes.js';
import {type ItemLine, readItemLine, rewriteItemLine} from './item-line.js';
import {keepsItems} from './keeps-items.js';
import {dominantEol, isBlank, type Line} from './lines.js';
import {type Block, outlineOf} from './outline.js';
import {insertItem} from './place.js';

/** Other lines; or none were needed, or the mission is not there. */
export type Changed = readonly Line[] | 'unchanged' | 'unknown';

/** Puts an item directly before or after another one of its section, unless its neighbours could not stay what they are. */
export function placeBeside(
	asRead: readonly Line[],
	{id, side, beside}: {readonly id: string; readonly side: 'before' | 'after'; readonly beside: string},
): Changed {
	const lines = withIdWritten(asRead, id);
	const {blocks} = outlineOf(lines);
	const block = blocks.find(candidate => candidate.id === id);
	const other = blocks.find(candidate => candidate.id === beside);
	if (!block || !other) return 'unknown';
	if (block === other || block.section !== other.section) return 'unchanged';
	const [from, to] = [blocks.indexOf(block), blocks.indexOf(other)];
	if (to === (side === 'before' ? from + 1 : from - 1)) return 'unchanged';
	const range = blocks.slice(Math.min(from, to), Math.max(from, to) + 1);
	const moved = isCloseRange(lines, range)
		? shuffled(lines, range, block, other, side)
		: carried(lines, block, beside, side);
	return keepsItems(lines, moved) ? moved : 'unchanged';
}

/** A mission that moves behind one of the same title would have another derived id there. */
function withIdWritten(lines: readonly Line[], id: string): readonly Line[] {
	const block = outlineOf(lines).blocks.find(candidate => candidate.id === id);
	const head = block && lines[block.start];
	if (!block || !head || block.idWritten || !block.item.state) return lines;
	const {state, doneOn} = block.item;
	return lines.with(block.start, {...head, text: rewriteItemLine(block.item, {state, doneOn, id})});
}

/** A line may become the last of a file that has no line end there. */
const free = (lines: readonly Line[], eol: string) => lines.map(line => (line.eol === eol ? {...line, eol: ''} : line));

/** Only blank lines stand between these items. */
const isCloseRange = (lines: readonly Line[], range: readonly Block[]) =>
	range.every((block, at) => {
		const next = range[at + 1];
		return !next || lines.slice(block.end, next.start).every(({text}) => isBlank(text));
	});

/** Items in another order; the blank lines between them stay where they are. */
function shuffled(
	lines: readonly Line[],
	range: readonly Block[],
	block: Block,
	other: Block,
	side: 'before' | 'after',
): Line[] {
	const rest = range.filter(one => one !== block);
	const order = rest.toSpliced(rest.indexOf(other) + (side === 'after' ? 1 : 0), 0, block);
	const eol = dominantEol(lines);
	const start = range[0]?.start ?? 0;
	const end = range.at(-1)?.end ?? start;
	const gapAfter = (at: number) => lines.slice(range[at]?.end, range[at + 1]?.start ?? range[at]?.end);
	const between = order.flatMap((one, at) => [...lines.slice(one.start, one.end), ...gapAfter(at)]);
	return [...lines.slice(0, start), ...free(between, eol), ...lines.slice(end)];
}

/** The item alone, over whatever else stands between; a blank line on both sides of it goes along. */
function carried(lines: readonly Line[], {start, end}: Block, beside: string, side: 'before' | 'after'): Line[] {
	const isBlankAt = (at: number) => at >= 0 && at < lines.length && isBlank(lines[at]?.text ?? '');
	const gapEnd = isBlankAt(start - 1) && isBlankAt(end) ? end + 1 : end;
	const rest = [...lines.slice(0, start), ...lines.slice(gapEnd)];
	const goal = outlineOf(rest).blocks.find(({id}) => id === beside);
	if (!goal) return [...lines];
	const gap = lines.slice(end, gapEnd);
	const item = free(lines.slice(start, end), dominantEol(lines));
	return side === 'before'
		? insertItem(rest, goal.start, {before: [], item, behind: gap})
		: insertItem(rest, goal.end, {before: gap, item, behind: []});
}

/** Gives an item another priority, in the way in which it says its own; the usual one is not written. */
export function setPriority(lines: readonly Line[], id: string, priority: number): Changed {
	const block = outlineOf(lines).blocks.find(candidate => candidate.id === id);
	const head = block && lines[block.start];
	if (!block || !head) return 'unknown';
	if ((block.item.attributes.priority ?? usual) === priority) return 'unchanged';
	const text = waysToSay(block.item, priority).find(way => says(way, block.item, priority));
	return text === undefined ? 'unchanged' : lines.with(block.start, {...head, text});
}

const usual = 3;

/** Bytes that are no white space; not `\s`, for which the second half of `à` is some. */
const word = /[^\t-\r ]+/g;

function waysToSay({opening, mark, rest, titleEnd, textEnd}: ItemLine, priority: number): string[] {
	const line = (changed: string) => `${opening}${mark}]${changed}`;
	const named = `(${priorityNames[priority - 1]})`;
	const said = [...rest.slice(titleEnd, textEnd).matchAll(word)].findLast(
		([found]) => readAttribute(found)?.key === 'priority',
	);
	if (!said) return [line(`${rest.slice(0, titleEnd)} ${named}${rest.slice(titleEnd)}`)];
	const at = titleEnd + said.index;
	const behind = rest.slice(at + said[0].length);
	const other = line(`${rest.slice(0, at)}${said[0].startsWith('!') ? `!${priority}` : named}${behind}`);
	const without = line(`${rest.slice(0, at).replace(/[\t-\r ]+$/, '')}${behind}`);
	return priority === usual ? [without, other] : [other];
}

function says(text: string, {title}: ItemLine, priority: number): boolean {
	const item = readItemLine(text);
	return item?.title === title && (item.attributes.priority ?? usual) === priority && !item.problem;
}
