import {isDropped, threeWay, weave} from '../domain/weave.js';
import {textOf} from './chunks.js';
import {separateCopies} from './copies.js';
import {joinParts, type MergedPart} from './join-parts.js';
import {bytesOf, type Line, type Style, styleOf, type TextView, viewOf} from './lines.js';
import {isOutmarked, mergeItems} from './merge-item.js';
import {outlineOf} from './outline.js';
import {firstPart, type Part, partsOf, type Unit} from './parts.js';
import {withHeading} from './place.js';
import {withRenamed} from './renamed.js';

type Three<T> = {readonly base: T; readonly a: T; readonly b: T};
/** A mission of one version, and the part it stands in. */
interface Placed {
	readonly unit: Unit;
	readonly part: string;
}

/**
 * Merges two versions of missions.md that grew out of `base`. Missions are merged by id (derived ids too), prose by line.
 * Nothing that a human wrote is lost: a line goes only if one side took it away and the other left it as it was; a
 * mission taken away on one side and changed on the other stays. The result is the same with `ours` and `theirs` swapped.
 */
export function mergeMissions(base: Buffer, ours: Buffer, theirs: Buffer): Buffer {
	if (ours.equals(theirs) || theirs.equals(base)) return ours;
	if (ours.equals(base)) return theirs;
	const [a, b] = Buffer.compare(ours, theirs) < 0 ? [ours, theirs] : [theirs, ours];
	const views = {base: viewOf(base), a: viewOf(a), b: viewOf(b)};
	const parts = mergeParts(readAll(views));
	return bytesOf(separateCopies(joinParts(parts)), mergedStyle(views));
}

function mergedStyle({base, a, b}: Three<TextView>): Style {
	const [was, one, other] = [base.lines.length > 0 ? styleOf(base) : undefined, styleOf(a), styleOf(b)];
	const merged = (key: keyof Style) => threeWay(was?.[key], one[key], other[key], Object.is) ?? '';
	return {bom: merged('bom'), eol: merged('eol'), lastEol: merged('lastEol')};
}

/** Missions without a section get `## Pending` above them once another version has sections. */
function readAll({base, a, b}: Three<TextView>): Three<readonly Part[]> {
	const views = [base, a, b].map(({lines}) => separateCopies(lines));
	const hasSections = views.some(lines => outlineOf(lines).headings.some(({name}) => name));
	const [was, one, other] = views.map(lines => {
		const isHeadless = outlineOf(lines).blocks.some(({section}) => section === 'preamble');
		return partsOf(hasSections && isHeadless ? withHeading(lines, 'Pending') : lines);
	});
	return {base: was ?? [], a: withRenamed(was ?? [], one ?? []), b: withRenamed(was ?? [], other ?? [])};
}

function mergeParts(versions: Three<readonly Part[]>): MergedPart[] {
	const items = mergeAllItems({base: placedIn(versions.base), a: placedIn(versions.a), b: placedIn(versions.b)});
	const keys = each(versions, parts => parts.map(({key}) => key));
	const sets = each(keys, list => new Set(list));
	const find = (key: string) => each(versions, parts => parts.find(part => part.key === key));
	return weave(keys, () => true).flatMap(key => {
		const part = mergePart(find(key), items);
		const isGone = key !== firstPart && isDropped(key, sets) && part.units.length === 0;
		return isGone ? [] : [part];
	});
}

const each = <T, R>({base, a, b}: Three<T>, change: (value: T) => R): Three<R> => ({
	base: change(base),
	a: change(a),
	b: change(b),
});

const placedIn = (parts: readonly Part[]) =>
	new Map(
		parts.flatMap(part => part.units.filter(({item}) => item).map(unit => [unit.key, {unit, part: part.key}] as const)),
	);

/** What becomes of each mission: its lines and its part. Those that are gone are left out. */
function mergeAllItems({base, a, b}: Three<ReadonlyMap<string, Placed>>): Map<string, Placed> {
	const merged = new Map<string, Placed>();
	for (const key of new Set([...a.keys(), ...b.keys()])) {
		const placed = mergePlaced({base: base.get(key), a: a.get(key), b: b.get(key)});
		if (placed) merged.set(key, placed);
	}
	return merged;
}

function mergePlaced({base, a, b}: Three<Placed | undefined>): Placed | undefined {
	if (!a || !b) {
		const left = a ?? b;
		return base && left && isUnchanged(base, left) ? undefined : left;
	}
	const [was, one, other] = [base?.unit.item, a.unit.item, b.unit.item];
	if (!one || !other) return a;
	const part = isOutmarked(was, one, other)
		? b.part
		: isOutmarked(was, other, one)
			? a.part
			: threeWay(base?.part, a.part, b.part, Object.is);
	const lines = mergeItems(was, one, other);
	return {part: part ?? a.part, unit: {...a.unit, item: {...one, lines}, chunk: {lines, closer: undefined}}};
}

const isUnchanged = (was: Placed, is: Placed) =>
	was.part === is.part && textOf(was.unit.chunk.lines) === textOf(is.unit.chunk.lines);

function mergePart(versions: Three<Part | undefined>, items: ReadonlyMap<string, Placed>): MergedPart {
	const key = (versions.a ?? versions.b ?? versions.base)?.key ?? firstPart;
	const units = each(versions, part => new Map((part?.units ?? []).map(unit => [unit.key, unit])));
	const isHere = (unit: Unit) => !unit.item || items.get(unit.key)?.part === key;
	const keys = each(units, map => [...map.values()].filter(isHere).map(unit => unit.key));
	const sets = each(keys, list => new Set(list));
	const isKept = (unitKey: string) => items.has(unitKey) || !isDropped(unitKey, sets);
	const {base, a, b} = units;
	return {
		heading: threeWay(versions.base?.heading, versions.a?.heading, versions.b?.heading, isSameText),
		blanks: mergeBlanks(each(versions, part => part?.blanks)),
		tail: mergeBlanks(each(versions, part => part?.tail)),
		units: weave(keys, isKept).flatMap(unitKey => {
			const unit = items.get(unitKey)?.unit ?? threeWay(base.get(unitKey), a.get(unitKey), b.get(unitKey), hasSameEnds);
			return unit ? [{...unit, blanks: mergeBlanks(each(units, map => map.get(unitKey)?.blanks))}] : [];
		}),
	};
}

const isSameText = (x: Line, y: Line) => x.text === y.text && x.eol === y.eol;
const hasSameEnds = (x: Unit, y: Unit) => x.chunk.lines.every(({eol}, at) => eol === y.chunk.lines[at]?.eol);

const mergeBlanks = ({base, a, b}: Three<readonly Line[] | undefined>): readonly Line[] =>
	threeWay(base, a, b, (x, y) => textOf(x) === textOf(y) && x.length === y.length) ?? [];
