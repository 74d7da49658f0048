import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {readPlain} from '../kernel/safe-read.js';

/** Of a repository: what is data. Its settings, hooks and attributes are not among it. */
const shared = ['objects', 'refs', 'packed-refs', 'shallow', 'worktrees'];

export const doorStart = 'pilot-door-';

export interface Door {
	readonly path: string;
	[Symbol.dispose](): void;
}

/**
 * A repository of pilot's own with the objects and refs of another: for one whose settings an agent can have written. Through it git reads
 * and writes the other's branches, and heeds nothing there that would start a program.
 *
 * @param places Of the other: where its HEAD is, and where its objects and refs are.
 */
export function openDoor(places: {gitDir: string; commonDir: string}): Door {
	const door = mkdtempSync(path.join(tmpdir(), doorStart));
	mkdirSync(path.join(door, 'info'));
	writeFileSync(path.join(door, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = false\n');
	for (const name of shared) symlinkSync(path.join(places.commonDir, name), path.join(door, name));
	// git takes no link for a HEAD, and no repository without one. Branches can be written where nobody can tell what is checked out.
	const head = readPlain(path.join(places.gitDir, 'HEAD'), {follow: true});
	writeFileSync(path.join(door, 'HEAD'), head ?? 'ref: refs/heads/unknown\n');
	return {path: door, [Symbol.dispose]: () => rmSync(door, {recursive: true, force: true})};
}
