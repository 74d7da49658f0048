import path from 'node:path';
import type {Status} from '../domain/status.js';
import {readIfThere} from '../kernel/files.js';
import {defaultSoul, memoryFile, newestNotes} from '../notes/index.js';
import {builtInTemplates, type Memory} from '../session/index.js';

interface Where {
	readonly workspace: string;
}

const read = ({workspace}: Where, name: string) => readIfThere(path.join(workspace, name))?.toString('utf8') ?? '';

export const readSoul = (where: Where) => read(where, 'soul.md') || defaultSoul;

export const readMemory = (where: Where): Memory => ({
	summary: read(where, memoryFile('summary')),
	learnings: read(where, memoryFile('learning')),
	preferences: read(where, memoryFile('preference')),
});

/** A template by name: the workspace's own file, else the built-in one; '' for none. */
export function readTemplate(where: Where, name: string | undefined): string {
	if (!name || !/^[\w-]+$/.test(name)) return '';
	return read(where, path.join('templates', `${name}.md`)) || (builtInTemplates[name] ?? '');
}

/** The newest memory lines for a screen: preferences and learnings before summaries. */
export function memoryLines(where: Where): Status['memory'] {
	const memory = readMemory(where);
	const of = (kind: 'learning' | 'preference' | 'summary', text: string, most: number) =>
		newestNotes(text)
			.slice(0, most)
			.map(line => ({kind, text: line}));
	return [
		...of('preference', memory.preferences, 5),
		...of('learning', memory.learnings, 10),
		...of('summary', memory.summary, 5),
	];
}
