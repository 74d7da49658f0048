import {isDropped} from '../domain/weave.js';
import {mergeLines} from './merge-lines.js';

/** A day of the journal, taken apart at its entries' headings. */
interface Day {
	readonly opening: string;
	/** By what names the entry: its mission and attempt, else its heading. */
	readonly entries: ReadonlyMap<string, string>;
}

const ofEntry = /<!-- (m-[0-9a-z]{6}\/\d+) -->/;

function readDay(bytes: Buffer): Day {
	const [opening = '', ...texts] = bytes.toString('latin1').split(/^(?=## )/m);
	const entries = new Map<string, string>();
	for (const text of texts) {
		const key = ofEntry.exec(text)?.[1] ?? text.split('\n', 1)[0] ?? '';
		// A second entry of the same name is a human's: it stays with the first.
		entries.set(key, (entries.get(key) ?? '') + text);
	}
	return {opening, entries};
}

const latin = (text: string) => Buffer.from(text, 'latin1');
const mergeText = (base = '', one = base, other = base) =>
	mergeLines(latin(base), latin(one), latin(other)).toString('latin1');

/** The time of the heading first, so that a day reads in the order in which it was. */
const byTime = ([keyA, a]: readonly [string, string], [keyB, b]: readonly [string, string]) =>
	a.slice(0, 8).localeCompare(b.slice(0, 8)) || (keyA < keyB ? -1 : 1);

/** Entries end with one blank line before the next, whichever file they were the last of. */
const joined = (parts: readonly string[]) => parts.map(part => `${part.replace(/\n+$/, '')}\n`).join('\n');

/**
 * Merges two versions of a day of the journal by entry: every entry of either, once, those that were there before first and in their
 * order, the new ones by time. An entry that both changed keeps the lines of both. The result is the same with the sides swapped.
 */
export function mergeJournal(base: Buffer, ours: Buffer, theirs: Buffer): Buffer {
	if (ours.equals(theirs) || theirs.equals(base)) return ours;
	if (ours.equals(base)) return theirs;
	const [was, a, b] = [readDay(base), readDay(ours), readDay(theirs)];
	const keys = {base: new Set(was.entries.keys()), a: new Set(a.entries.keys()), b: new Set(b.entries.keys())};
	const merged = new Map<string, string>();
	for (const key of new Set([...keys.base, ...keys.a, ...keys.b])) {
		if (isDropped(key, keys)) continue;
		const [one, other] = [a.entries.get(key), b.entries.get(key)];
		merged.set(key, one && other ? mergeText(was.entries.get(key), one, other) : (one ?? other ?? ''));
	}
	const old = [...was.entries.keys()].map(key => merged.get(key)).filter(text => text !== undefined);
	const fresh = [...merged].filter(([key]) => !keys.base.has(key)).sort(byTime);
	const opening = mergeText(was.opening, a.opening, b.opening);
	return latin(joined([opening, ...old, ...fresh.map(([, text]) => text)].filter(text => text.trim() !== '')));
}
