import {lstatSync} from 'node:fs';
import path from 'node:path';

/** Also what nothing can be read from: that is told by whoever reads it. */
const isThere = (file: string) => lstatSync(file, {throwIfNoEntry: false}) !== undefined;

/** True for a folder that `init` has laid out. */
export const isWorkspace = (directory: string) =>
	isThere(path.join(directory, 'config.yaml')) && isThere(path.join(directory, 'missions.md'));

/** The nearest folder upward that is a workspace. */
export function findWorkspace(from: string): string | undefined {
	let directory = path.resolve(from);
	for (;;) {
		if (isWorkspace(directory)) return directory;
		const parent = path.dirname(directory);
		if (parent === directory) return;
		directory = parent;
	}
}
