import type {MissionState} from '../domain/mission.js';
import {createKeying, isDropped, threeWay, weave} from '../domain/weave.js';
import {type Chunk, chunksOf, textOf} from './chunks.js';
import {type ItemLine, readItemLine, rewriteItemLine} from './item-line.js';
import {type Line, textStart} from './lines.js';
import {advanceOf} from './marks.js';

/** An item as a merge sees it. */
export interface MergeItem {
	readonly id: string;
	readonly idWritten: boolean;
	readonly lines: readonly Line[];
}

/**
 * Merges two versions of one item. The first line: of two new marks the more advanced one, of two new titles `a`'s, with
 * the other line kept as a quotation below. The lines under it: all that either has, but for those that one took away.
 */
export function mergeItems(base: MergeItem | undefined, a: MergeItem, b: MergeItem): readonly Line[] {
	if (textOf(a.lines) === textOf(b.lines)) return a.lines;
	if (base && textOf(a.lines) === textOf(base.lines)) return b.lines;
	if (base && textOf(b.lines) === textOf(base.lines)) return a.lines;
	return [...mergeHeads(base, a, b), ...mergeBodies(base?.lines.slice(1) ?? [], a.lines.slice(1), b.lines.slice(1))];
}

function mergeHeads(base: MergeItem | undefined, a: MergeItem, b: MergeItem): Line[] {
	const [was, one, other] = [base && headOf(base), headOf(a), headOf(b)];
	const [first, second] = [a.lines[0], b.lines[0]];
	if (!one || !other || !first || !second) return [];
	const state = mergedState(was, one, other);
	if (!state) return coreOf(one) === coreOf(other) ? [first] : [first, quoted(one, second.text)];
	const to = {...state, id: a.idWritten || b.idWritten ? a.id : undefined};
	const [core, coreA, coreB] = [was && coreOf(was), coreOf(one), coreOf(other)];
	if (coreA === coreB || coreB === core) return [{...first, text: rewriteItemLine(one, to)}];
	if (coreA === core) return [{...second, text: rewriteItemLine(other, to)}];
	const title = threeWay(was && titleBytes(was), titleBytes(one), titleBytes(other), Object.is) ?? '';
	const text = rewriteItemLine(recomposed(one, title, mergedWords(was, one, other)), to);
	const isLost = ![title, was && titleBytes(was)].includes(titleBytes(other));
	return [{...first, text}, ...(isLost ? [quoted(one, second.text)] : [])];
}

const headOf = ({lines}: MergeItem) => readItemLine(lines[0]?.text ?? '');
const quoted = ({indent}: ItemLine, text: string): Line => ({
	text: `${' '.repeat(indent + 2)}> ${text.slice(textStart(text))}`,
	eol: '',
});
const titleBytes = ({rest, titleStart, titleEnd}: ItemLine) => rest.slice(titleStart, titleEnd);

/** Attribute words, the id left out. */
const wordsOf = ({rest, titleEnd, textEnd, id}: ItemLine) =>
	rest
		.slice(titleEnd, textEnd)
		.split(/[ \t]+/)
		.filter(word => word !== '' && word !== `^${id?.value}`);

const coreOf = (line: ItemLine) => [titleBytes(line), ...wordsOf(line)].join(' ');

/** The more advanced of two new marks; of two dates the earlier. `undefined` when neither side has a mark. */
function mergedState(
	was: ItemLine | undefined,
	a: ItemLine,
	b: ItemLine,
): {state: MissionState; doneOn: string | undefined} | undefined {
	const isSame = (x: ItemLine, y: ItemLine) => x.state === y.state && x.doneOn === y.doneOn;
	const [one, other] = [a, b].map(({state, doneOn}) => state && {state, doneOn});
	if (!one || !other) return one ?? other;
	if (was && isSame(a, was)) return other;
	if (was && isSame(b, was)) return one;
	if (one.state !== other.state) return advanceOf(one.state) > advanceOf(other.state) ? one : other;
	const dates = [one.doneOn, other.doneOn].filter(date => date !== undefined).sort();
	return {state: one.state, doneOn: dates[0]};
}

/** Does the mark of `b` win over that of `a`, both having changed it? */
export function isOutmarked(base: MergeItem | undefined, a: MergeItem, b: MergeItem): boolean {
	const [was, one, other] = [base && headOf(base)?.state, headOf(a)?.state, headOf(b)?.state];
	return one !== undefined && other !== undefined && one !== was && other !== was && advanceOf(other) > advanceOf(one);
}

function mergedWords(was: ItemLine | undefined, a: ItemLine, b: ItemLine): string[] {
	const [base, one, other] = [was ? wordsOf(was) : [], wordsOf(a), wordsOf(b)];
	const sets = {base: new Set(base), a: new Set(one), b: new Set(other)};
	return weave({base: [...sets.base], a: [...sets.a], b: [...sets.b]}, word => !isDropped(word, sets));
}

/** The same line with another title and other attribute words. */
function recomposed(line: ItemLine, title: string, words: readonly string[]): ItemLine {
	const {opening, mark, rest, titleStart, textEnd, id} = line;
	const said = [title, ...words, ...(id ? [`^${id.value}`] : [])].join(' ');
	return readItemLine(`${opening}${mark}]${rest.slice(0, titleStart)}${said}${rest.slice(textEnd)}`) ?? line;
}

function mergeBodies(base: readonly Line[], a: readonly Line[], b: readonly Line[]): Line[] {
	const [was, one, other] = [base, a, b].map(keyed) as [Map<string, Chunk>, Map<string, Chunk>, Map<string, Chunk>];
	const keys = {base: new Set(was.keys()), a: new Set(one.keys()), b: new Set(other.keys())};
	const order = weave({base: [...keys.base], a: [...keys.a], b: [...keys.b]}, key => !isDropped(key, keys));
	return order.flatMap((key, at) => {
		const chunk = threeWay(was.get(key), one.get(key), other.get(key), hasSameEnds);
		const isLast = at === order.length - 1;
		return chunk ? [...chunk.lines, ...(chunk.closer && !isLast ? [chunk.closer] : [])] : [];
	});
}

function keyed(lines: readonly Line[]): Map<string, Chunk> {
	const keyOf = createKeying();
	return new Map(chunksOf(lines).map(chunk => [keyOf(textOf(chunk.lines)), chunk]));
}

const hasSameEnds = (x: Chunk, y: Chunk) => x.lines.every(({eol}, at) => eol === y.lines[at]?.eol);
