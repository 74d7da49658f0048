import {createKeying, isDropped, threeWay, weave} from '../domain/weave.js';
import {noteKey} from './memory.js';

type Name = (line: string) => string;

function keyed(text: string, nameOf: Name): Map<string, string> {
	const keyOf = createKeying();
	const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
	return new Map(lines.map(line => [keyOf(nameOf(line)), line]));
}

/**
 * Merges two versions of a text that grew out of `base`, by line: what either added is kept, what both added once; a line goes if one
 * side took it away. The result is the same with `ours` and `theirs` swapped. Bytes that are no UTF-8 are kept.
 *
 * @param nameOf Lines of the same name are the same line.
 */
export function mergeLines(base: Buffer, ours: Buffer, theirs: Buffer, nameOf: Name = line => line): Buffer {
	if (ours.equals(theirs) || theirs.equals(base)) return ours;
	if (ours.equals(base)) return theirs;
	const [one, other] = Buffer.compare(ours, theirs) < 0 ? [ours, theirs] : [theirs, ours];
	const read = (bytes: Buffer) => keyed(bytes.toString('latin1'), nameOf);
	const [was, a, b] = [read(base), read(one), read(other)];
	const keys = {base: new Set(was.keys()), a: new Set(a.keys()), b: new Set(b.keys())};
	const order = weave({base: [...keys.base], a: [...keys.a], b: [...keys.b]}, key => !isDropped(key, keys));
	const lineOf = (key: string) => threeWay(was.get(key), a.get(key), b.get(key), Object.is);
	return Buffer.from(order.map(key => `${lineOf(key)}\n`).join(''), 'latin1');
}

/** Notes of the same words are one, whichever machine took them; a summary is one per mission. */
export function mergeMemory(file: string, base: Buffer, ours: Buffer, theirs: Buffer): Buffer {
	const isSummary = file.endsWith('summary.md');
	const nameOf = (line: string) =>
		line.startsWith('- ') ? noteKey(isSummary ? 'summary' : 'learning', utf8(line)) : line;
	return mergeLines(base, ours, theirs, nameOf);
}

const utf8 = (line: string) => Buffer.from(line, 'latin1').toString('utf8');
