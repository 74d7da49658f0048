import {closeSync, constants, fstatSync, openSync, readFileSync} from 'node:fs';

/** Far more than any settings, list of refs or log of HEAD that git writes for a repository one can work in. */
const mostBytes = 64_000_000;

/**
 * Reads a file that somebody hostile may have put there. To open a FIFO would wait for its other end, and to read a device may never end.
 *
 * @param follow Also where the name is a symbolic link. Links among the folders above are always followed.
 * @returns undefined for what is not there, is no plain file, is larger than 64 MB, or may not be read.
 */
export function readPlain(file: string, {follow = false}: {follow?: boolean} = {}): Buffer | undefined {
	const {O_RDONLY, O_NONBLOCK, O_NOFOLLOW, O_NOCTTY} = constants;
	let handle: number | undefined;
	try {
		handle = openSync(file, O_RDONLY | O_NONBLOCK | O_NOCTTY | (follow ? 0 : O_NOFOLLOW));
		const stat = fstatSync(handle);
		return stat.isFile() && stat.size <= mostBytes ? readFileSync(handle) : undefined;
	} catch {
		return;
	} finally {
		if (handle !== undefined) closeSync(handle);
	}
}
