import path from 'node:path';
import type {MemoryKind} from '../domain/memory.js';

export interface MemoryNote {
	readonly kind: MemoryKind;
	readonly text: string;
	readonly missionId: string;
	readonly day: string;
}

export const memoryFile = (kind: MemoryKind) =>
	path.join('memory', {learning: 'learnings.md', preference: 'human-preferences.md', summary: 'summary.md'}[kind]);

/** What a file of memory begins with. */
export const titles: Readonly<Record<MemoryKind, string>> = {
	learning: '# Learnings\n',
	preference: '# What the human prefers\n',
	summary: '# What was done lately\n',
};

const largestFile = 64_000;
const longestNote = 500;

/** Controls, and what reorders or hides text. */
const hidden = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** One line, without what would make it a heading, a list or a comment of its own. */
export const tidy = (text: string) =>
	text
		.replaceAll(hidden, '')
		.replaceAll(/\s+/g, ' ')
		.replaceAll('<!--', '‹!--')
		.replace(/^[-#*>\s]+/, '')
		.trim()
		.slice(0, longestNote);

const key = (text: string) =>
	text
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();

/** Notes are the same when their words are, whoever wrote them and when. */
const textOf = (line: string) =>
	line
		.trimEnd()
		.replace(/^- /, '')
		.replace(/ \((?:\^m-[0-9a-z]{6}|you), \d{4}-\d\d-\d\d\)$/, '');

/** What a note says, whatever its spelling and, but for a summary, wherever it came from. */
export const noteKey = (kind: MemoryKind, line: string) => key(kind === 'summary' ? line : textOf(line));

/** Drops the oldest notes once a file is too large; what is no note stays. */
function bounded(lines: readonly string[]): string[] {
	let size = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
	return lines.filter(line => {
		if (size <= largestFile || !line.startsWith('- ')) return true;
		size -= Buffer.byteLength(line) + 1;
		return false;
	});
}

/**
 * A memory file with new notes at its end, each with the mission and day it came from; undefined when all are known already. A summary
 * is one note per mission and attempt, so equal words of another mission are kept.
 */
export function addNotes(
	bytes: Buffer | undefined,
	kind: MemoryKind,
	notes: readonly MemoryNote[],
): Buffer | undefined {
	const lines = (bytes?.toString('utf8') ?? titles[kind]).replace(/\n+$/, '').split('\n');
	const known = new Set(lines.map(line => noteKey(kind, line)));
	const fresh = notes
		.map(note => ({text: tidy(note.text), note}))
		.filter(({text}) => text !== '')
		.map(({text, note}) => `- ${text} (^${note.missionId}, ${note.day})`)
		.filter(line => {
			const words = noteKey(kind, line);
			const isNew = !known.has(words);
			known.add(words);
			return isNew;
		});
	if (fresh.length === 0) return;
	return Buffer.from(`${bounded([...lines, ...fresh]).join('\n')}\n`);
}

/** The notes of a memory file, newest first. */
export const newestNotes = (text: string): string[] =>
	text
		.split('\n')
		.filter(line => line.startsWith('- '))
		.map(line => line.slice(2))
		.reverse();
