import {newerState} from '../domain/newer-state.js';
import {mergeJournal, mergeLines, mergeMemory} from '../notes/index.js';
import {mergeMissions} from '../queue/index.js';

/** Merges two versions of a file that pilot keeps in the workspace by what it means; `file` is its path there. */
export function mergeOwn(file: string, base: Buffer, ours: Buffer, theirs: Buffer): Buffer {
	if (file === 'missions.md') return mergeMissions(base, ours, theirs);
	if (file.startsWith('state/')) return newerState(ours, theirs);
	if (file.startsWith('journal/')) return mergeJournal(base, ours, theirs);
	return file.startsWith('memory/') ? mergeMemory(file, base, ours, theirs) : mergeLines(base, ours, theirs);
}
