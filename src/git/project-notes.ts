import type {GuardedGit} from './guarded.js';
import {shadowOf} from './repository.js';

/** More is nothing that a project tells agents; a prompt takes far less. */
const mostBytes = 1_000_000;

const names = ['CLAUDE.md', 'AGENTS.md'];

/** Of `ls-tree --long -z`: name and object of a file that is plain and not too large. */
function plainFile(entry: string): [name: string, id: string][] {
	const [, id = '', bytes, name = ''] = /^100(?:644|755) blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(entry) ?? [];
	return name && Number(bytes) <= mostBytes ? [[name, id]] : [];
}

export interface NotesRequest {
	/** Of the checkout; for a session that works in place, of the target. */
	readonly path: string;
	readonly base: string;
	readonly inPlace: boolean;
}

/**
 * The project's own notes for agents, as they stand in the base commit: never what a session of before wrote in the checkout, nor what a
 * link there leads to.
 */
export async function projectNotes({path: at, base, inPlace}: NotesRequest, git: GuardedGit): Promise<string> {
	const look = inPlace ? [] : ['--git-dir', shadowOf(at)];
	const call = {cwd: at, keepBytes: 2 * mostBytes};
	const listed = await git.try([...look, 'ls-tree', '--full-tree', '--long', '-z', base, '--', ...names], call);
	const plain = new Map(listed.exitCode === 0 ? listed.stdout.split('\0').flatMap(plainFile) : []);
	const id = names.map(name => plain.get(name)).find(found => found !== undefined);
	const told = id ? await git.try([...look, 'cat-file', 'blob', id], call) : undefined;
	return told?.exitCode === 0 ? told.stdout : '';
}
