import type {MemoryChange, MemoryEntry, MemoryKind, MemoryPlace} from '../domain/memory.js';
import {noteKey, tidy, titles} from './memory.js';

const source = / \((?:\^(m-[0-9a-z]+)|(you)), (\d{4}-\d\d-\d\d)\)$/;

/** The lines of a memory file, newest first. What is no note is left out. */
export function memoryEntries(kind: MemoryKind, text: string): MemoryEntry[] {
	return text
		.split('\n')
		.filter(line => line.startsWith('- '))
		.map((line): MemoryEntry => {
			const was = line.slice(2);
			const [whole = '', mission, you, day] = source.exec(was.trimEnd()) ?? [];
			const from = mission ?? you;
			return {
				...{kind, was, text: was.trimEnd().slice(0, was.trimEnd().length - whole.length)},
				...(from === undefined ? {} : {from}),
				...(day === undefined ? {} : {day}),
			};
		})
		.reverse();
}

const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

const linesOf = (bytes: Buffer | undefined, kind: MemoryKind) =>
	(bytes?.toString('latin1') ?? latin1(titles[kind])).replace(/\n+$/, '').split('\n');

/** Between which lines one stands, for whoever wants it back there later. */
export function placeInMemory(bytes: Buffer, {kind, was}: Pick<MemoryEntry, 'kind' | 'was'>): MemoryPlace {
	const lines = linesOf(bytes, kind);
	const at = lines.indexOf(latin1(`- ${was}`));
	const lineAt = (index: number) => {
		const line = lines[index];
		return line === undefined || line === '' ? undefined : Buffer.from(line, 'latin1').toString();
	};
	return at < 0 ? {} : {above: lineAt(at - 1), below: lineAt(at + 1)};
}

/** Back where it stood, as far as the lines around it are still there; else at the end, where the newest stand. */
function restored(lines: readonly string[], {was, above, below}: MemoryPlace & {was: string}): string[] | undefined {
	const line = latin1(`- ${was}`);
	if (lines.includes(line)) return;
	const before = below === undefined ? -1 : lines.indexOf(latin1(below));
	const after = above === undefined ? -1 : lines.indexOf(latin1(above));
	return lines.toSpliced(before >= 0 ? before : after >= 0 ? after + 1 : lines.length, 0, line);
}

/**
 * A memory file with one line added, changed or taken out; every other byte of it stays. Where a line came from stays beside it.
 *
 * @returns undefined when the line is not there, or there is nothing to change.
 */
export function changeMemory(bytes: Buffer | undefined, change: MemoryChange): Buffer | undefined {
	const lines = linesOf(bytes, change.kind);
	if (change.op === 'restore') {
		const all = restored(lines, change);
		return all && Buffer.from(`${all.join('\n')}\n`, 'latin1');
	}
	const words = change.op === 'forget' ? '' : tidy(change.text);
	if (change.op === 'add') {
		const isKnown = lines.some(
			line =>
				line.startsWith('- ') &&
				noteKey('learning', Buffer.from(line, 'latin1').toString()) === noteKey('learning', words),
		);
		if (words === '' || isKnown) return;
		return Buffer.from(`${[...lines, latin1(`- ${words} (you, ${change.day})`)].join('\n')}\n`, 'latin1');
	}
	const at = lines.indexOf(latin1(`- ${change.was}`));
	if (at < 0 || (change.op === 'edit' && words === '')) return;
	const whence = source.exec(change.was.trimEnd())?.[0] ?? '';
	const fresh = change.op === 'edit' ? [latin1(`- ${words}${whence}`)] : [];
	return Buffer.from(`${lines.toSpliced(at, 1, ...fresh).join('\n')}\n`, 'latin1');
}
