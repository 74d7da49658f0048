import {accessSync, constants, statSync} from 'node:fs';
import path from 'node:path';

function isProgram(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isFile();
	} catch {
		return false;
	}
}

/** Absolute path of a program: a path as it is (relative to `from`), a bare name by PATH; undefined when it cannot be run. */
export function findProgram(command: string, searchPath: string | undefined, from: string): string | undefined {
	if (command.includes('/')) {
		const file = path.resolve(from, command);
		return isProgram(file) ? file : undefined;
	}
	return (searchPath ?? '')
		.split(':')
		.filter(Boolean)
		.map(folder => path.join(folder, command))
		.find(isProgram);
}
