import {randomBytes} from 'node:crypto';
import {
	closeSync,
	existsSync,
	fchmodSync,
	fsyncSync,
	lstatSync,
	openSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import path from 'node:path';
import {PilotError} from '../domain/pilot-error.js';
import {makeFolder} from './make-folder.js';

/** Marks pilot's own unfinished writes, so that they can be told from other people's files and removed at the next start. */
const temporary = '.pilot-tmp-';

const storageCodes = new Set([
	...['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EACCES', 'EPERM', 'EMFILE', 'ENFILE'],
	...['EBUSY', 'ESTALE', 'ETIMEDOUT', 'ENOMEM', 'EFBIG', 'ENXIO', 'ENODEV'],
]);

/** True for what the machine's storage may get over by itself; false for a mistake in a program. */
export const isStorageTrouble = (error: unknown) => storageCodes.has((error as NodeJS.ErrnoException)?.code ?? '');

const shapes: Readonly<Record<string, string>> = {
	EISDIR: 'is a folder, and has to be a file',
	ELOOP: 'is a symbolic link that leads in a circle',
	ENOTDIR: 'lies below what is no folder',
};

/** Something else lies where a file or a folder of pilot's has to be: nothing that passes by itself. */
function shapeError(file: string, error: unknown): PilotError | undefined {
	const {code = '', syscall, path: at = file} = (error ?? {}) as NodeJS.ErrnoException;
	const shape = code === 'EEXIST' && syscall === 'mkdir' ? 'is in the way, and has to be a folder' : shapes[code];
	if (shape === undefined) return;
	return new PilotError('FILE_UNUSABLE', {
		what: `${at} ${shape} (${code}).`,
		todo: 'Move it away, and put back what was there, such as with `git restore`.',
		exitCode: 2,
		cause: error,
	});
}

/** A failed read in words a human can act on. */
function readError(file: string, error: unknown): unknown {
	const {code = ''} = error as NodeJS.ErrnoException;
	if (code !== 'EACCES' && code !== 'EPERM') return shapeError(file, error) ?? error;
	return new PilotError('FILE_UNUSABLE', {
		what: `${file} cannot be read: ${code}.`,
		todo: 'Make it readable and writable for the user that pilot runs as (`ls -l` tells whose it is).',
		exitCode: 74,
		cause: error,
	});
}

/** A failed write in words a human can act on. */
export function storageError(file: string, error: unknown): unknown {
	if (!isStorageTrouble(error)) return shapeError(file, error) ?? error;
	const {code} = error as NodeJS.ErrnoException;
	const full = code === 'ENOSPC' || code === 'EDQUOT';
	return new PilotError('STORAGE_UNWRITABLE', {
		what: `${file} cannot be written: ${full ? 'the disk is full' : code}.`,
		todo: full ? 'Free some space; the pilot goes on by itself.' : 'Make the workspace writable, then start again.',
		exitCode: 74,
		cause: error,
	});
}

/** Makes what was created or renamed in a folder survive a power cut. */
export function fsyncDirectory(directory: string) {
	const handle = openSync(directory, 'r');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

function writeAll(handle: number, bytes: Uint8Array) {
	let done = 0;
	while (done < bytes.length) done += writeSync(handle, bytes, done);
}

/** Where a write to this path lands: a symbolic link stays one, also when its goal is not there yet. */
function goalOf(file: string): string {
	if (existsSync(file)) return realpathSync(file);
	const link = lstatSync(file, {throwIfNoEntry: false})?.isSymbolicLink();
	return link ? path.resolve(path.dirname(file), readlinkSync(file)) : file;
}

function writeBeside(temp: string, content: string | Uint8Array, mode: number) {
	const handle = openSync(temp, 'wx', mode);
	try {
		fchmodSync(handle, mode); // whatever the umask took off
		writeAll(handle, typeof content === 'string' ? Buffer.from(content) : content);
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

/**
 * Replaces a file so that after a crash or power cut it is wholly the old or wholly the new one: a temporary file of a unique
 * name, fsync, rename, fsync of the folder. The mode is kept; a symbolic link stays one and its goal is replaced.
 *
 * @param unless Asked at the last moment, when only the rename is left; true gives the write up.
 * @returns False when it was given up.
 */
export function writeDurably(
	file: string,
	content: string | Uint8Array,
	{mode = 0o644, unless = () => false}: {mode?: number; unless?: () => boolean} = {},
): boolean {
	const goal = goalOf(file);
	const temp = path.join(path.dirname(goal), `${temporary}${randomBytes(8).toString('hex')}`);
	try {
		makeFolder(path.dirname(goal));
		const before = statSync(goal, {throwIfNoEntry: false});
		writeBeside(temp, content, before ? before.mode & 0o777 : mode);
		if (unless()) {
			rmSync(temp, {force: true});
			return false;
		}
		renameSync(temp, goal);
		fsyncDirectory(path.dirname(goal));
		return true;
	} catch (error) {
		rmSync(temp, {force: true});
		throw storageError(file, error);
	}
}

/** @throws FILE_UNUSABLE */
export function readIfThere(file: string): Buffer | undefined {
	try {
		return readFileSync(file);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
		throw readError(file, error);
	}
}

const sameBytes = (a: Buffer | undefined, b: Buffer | undefined) => (a && b ? a.equals(b) : a === b);

/**
 * Changes a file that a human may be saving at the same moment: read, change, and write only when the bytes are still those read
 * at the moment of the rename.
 *
 * @param change Gets the bytes (undefined: no such file) and gives new ones, or undefined for no change. Called again after a lost race.
 * @returns True when something was written.
 */
export function editFile(file: string, change: (bytes: Buffer | undefined) => Uint8Array | undefined): boolean {
	for (let round = 0; round < 20; round++) {
		const before = readIfThere(file);
		const after = change(before);
		if (after === undefined || before?.equals(after)) return false;
		if (writeDurably(file, after, {unless: () => !sameBytes(before, readIfThere(file))})) return true;
	}
	throw new PilotError('FILE_BUSY', {
		what: `${file} keeps changing while the pilot tries to write it.`,
		todo: 'It is tried again in a few seconds.',
	});
}

/** Removes what an interrupted write left behind. */
export function removeLeftovers(directory: string) {
	if (!existsSync(directory)) return;
	for (const name of readdirSync(directory)) {
		if (name.startsWith(temporary)) rmSync(path.join(directory, name), {force: true});
	}
}

/** For files that only a running session needs and that are written anew for the next: no fsync. */
export function writePrivately(file: string, content: string) {
	makeFolder(path.dirname(file), 0o700);
	writeFileSync(file, content, {mode: 0o600});
}
