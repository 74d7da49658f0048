import {closeSync, existsSync, fstatSync, openSync, statSync} from 'node:fs';
import path from 'node:path';
import {PilotError} from '../domain/pilot-error.js';
import {neverMakeAnew} from './make-folder.js';

const workspaceLost = () =>
	new PilotError('WORKSPACE_LOST', {
		what: 'Another pilot has taken over this workspace; this one stops, and writes nothing more.',
		todo: 'Look at the other one with `pilot-tui status`.',
		exitCode: 3,
	});

/**
 * Throws WORKSPACE_LOST when a file that this process alone appends to has been written by somebody else, or another lies in its
 * place. Every pilot writes a fact as it starts: one that was asleep while its lock was lost sees that here, and not by a clock.
 *
 * @param bytes How long it is by what this process wrote.
 * @returns False when there is none in its place: somebody has removed it.
 */
export function assertOwn(file: string, handle: number, bytes: number): boolean {
	const mine = fstatSync(handle);
	const there = statSync(file, {throwIfNoEntry: false});
	if (mine.size !== bytes || (there && there.ino !== mine.ino)) throw workspaceLost();
	return there !== undefined;
}

const workspaceGone = (folder: string) =>
	new PilotError('WORKSPACE_GONE', {
		what: `${folder} was removed, or another folder lies in its place: this pilot ends, and makes nothing there anew.`,
		todo: 'What was committed and pushed is in the remote: clone it, and start a pilot there.',
		exitCode: 74,
	});

export interface FolderFence {
	/** Throws WORKSPACE_GONE once the folder at the path is not the one that lay there at first. Until the release nothing makes it anew. */
	assertThere(): void;
	release(): void;
}

/**
 * Holds a folder open: as long as it is, no other can be given its inode.
 *
 * @param signs Names of which at least one lies in it. A removal that meets a file written meanwhile leaves the folder, and none of these.
 */
export function fenceFolder(folder: string, signs: readonly string[]): FolderFence {
	const handle = openSync(folder, 'r');
	const assertThere = () => {
		const there = statSync(folder, {throwIfNoEntry: false});
		const mine = fstatSync(handle);
		const isSame = there !== undefined && there.ino === mine.ino && there.dev === mine.dev;
		if (!isSame || !signs.some(name => existsSync(path.join(folder, name)))) throw workspaceGone(folder);
	};
	const letMake = neverMakeAnew(folder, assertThere);
	return {
		assertThere,
		release() {
			letMake();
			closeSync(handle);
		},
	};
}
