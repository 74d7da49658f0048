import {mkdirSync, statSync} from 'node:fs';
import path from 'node:path';

/** Folders in use, each with what throws when it is gone. */
const inUse = new Map<string, () => void>();

/**
 * From here on `makeFolder` makes everything below this folder and never the folder itself: what somebody removes under a running pilot
 * must not come back because a write was under way.
 *
 * @param assertThere Throws, in words, once it is gone.
 * @returns Ends that.
 */
export function neverMakeAnew(folder: string, assertThere: () => void): () => void {
	inUse.set(folder, assertThere);
	return () => void inUse.delete(folder);
}

function makeOne(folder: string, mode: number) {
	try {
		mkdirSync(folder, {mode});
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code !== 'EEXIST' || !statSync(folder, {throwIfNoEntry: false})?.isDirectory()) throw error;
	}
}

/** Makes a folder, and those above it that are missing, up to one in use. Throws what that one has to say when it is gone. */
export function makeFolder(folder: string, mode = 0o777) {
	const [root, assertThere] =
		[...inUse].find(([one]) => folder.startsWith(`${one}${path.sep}`) || folder === one) ?? [];
	if (root === undefined || assertThere === undefined) {
		mkdirSync(folder, {recursive: true, mode});
		return;
	}
	if (statSync(folder, {throwIfNoEntry: false})?.isDirectory()) return;
	const parts = path.relative(root, folder).split(path.sep).filter(Boolean);
	try {
		parts.forEach((_, at) => {
			makeOne(path.join(root, ...parts.slice(0, at + 1)), mode);
		});
	} catch (error) {
		assertThere();
		throw error;
	}
	// The folder itself is all that was asked for, and is not there.
	if (parts.length === 0) assertThere();
}
