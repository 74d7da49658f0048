import {existsSync} from 'node:fs';
import path from 'node:path';

/** True for a folder that `init` has laid out. */
export const isWorkspace = (directory: string) =>
	existsSync(path.join(directory, 'config.yaml')) && existsSync(path.join(directory, 'missions.md'));

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
