import {readFileSync} from 'node:fs';

export const commitId = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** A small file of a session's repository; '' when it cannot be read. */
export function textOf(file: string): string {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch {
		return '';
	}
}
