import path from 'node:path';
import type {MemoryChange, MemoryEntry, MemoryKind, MemoryPlace} from '../domain/memory.js';
import {editFile} from '../kernel/files.js';
import {readPlain} from '../kernel/safe-read.js';
import {changeMemory, memoryEntries, memoryFile, placeInMemory} from '../notes/index.js';
import {memoryText} from '../session/index.js';
import type {Page} from '../view/page.js';

const kinds: readonly MemoryKind[] = ['preference', 'learning', 'summary'];

const textOf = (workspace: string, kind: MemoryKind) =>
	readPlain(path.join(workspace, memoryFile(kind)), {follow: true})?.toString('utf8') ?? '';

/** All that is remembered, in the order in which prompts have it, each kind newest first. */
export const readMemoryEntries = (workspace: string): MemoryEntry[] =>
	kinds.flatMap(kind => memoryEntries(kind, textOf(workspace, kind)));

/** What of it the next prompt has, within so many tokens. */
export function readMemoryPages(workspace: string, tokens: number): readonly Page[] {
	const [preferences = '', learnings = '', summary = ''] = kinds.map(kind => textOf(workspace, kind));
	const text = memoryText({preferences, learnings, summary}, tokens);
	const all = preferences.length + learnings.length + summary.length;
	const about = `${text.length} of ${all} characters, at most ${tokens} tokens (memory.tokens in config.yaml).`;
	return [{title: 'In the next prompt', kind: 'plain', text: `${about}\n\n${text || 'Nothing is remembered yet.'}`}];
}

/** Between which lines one stands now. */
export const placeInFile = (workspace: string, {kind, was}: Pick<MemoryEntry, 'kind' | 'was'>): MemoryPlace =>
	placeInMemory(readPlain(path.join(workspace, memoryFile(kind)), {follow: true}) ?? Buffer.alloc(0), {kind, was});

/** Changes it where no pilot runs that would; gives whether there was anything to change. */
export const changeMemoryFile = (workspace: string, change: MemoryChange): boolean =>
	editFile(path.join(workspace, memoryFile(change.kind)), bytes => changeMemory(bytes, change));
