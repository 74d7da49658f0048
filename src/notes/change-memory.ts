import type {MemoryChange, MemoryEntry, MemoryKind} from '../domain/memory.js';
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

/**
 * A memory file with one line added, changed or taken out; every other byte of it stays. Where a line came from stays beside it.
 *
 * @returns undefined when the line is not there, or there is nothing to change.
 */
export function changeMemory(bytes: Buffer | undefined, change: MemoryChange): Buffer | undefined {
	const text = bytes?.toString('latin1') ?? latin1(titles[change.kind]);
	const lines = text.replace(/\n+$/, '').split('\n');
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
