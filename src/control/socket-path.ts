import {createHash} from 'node:crypto';
import {existsSync, lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {PilotError} from '../domain/pilot-error.js';

/** The kernel's limit is 108 bytes with the end mark; 123 bytes failed when tried. */
const longestPath = 100; // and room for `.new`

/** A folder that somebody else made first, or can write to, could hold a socket of theirs. */
function isOwnAlone(folder: string): boolean {
	const {uid, mode} = lstatSync(folder);
	return uid === (process.getuid?.() ?? uid) && (mode & 0o022) === 0;
}

/** Where the control socket of a workspace is bound. A path that is too long lives in a private folder and is linked. */
export function socketPath(pilotDir: string, env: Readonly<Record<string, string | undefined>>): string {
	const link = path.join(pilotDir, 'pilot.sock');
	if (Buffer.byteLength(link) <= longestPath) return link;
	const hash = createHash('sha256').update(pilotDir).digest('hex').slice(0, 16);
	const folder = env.XDG_RUNTIME_DIR ?? path.join(tmpdir(), `pilot-tui-${process.getuid?.() ?? 0}`);
	mkdirSync(folder, {recursive: true, mode: 0o700});
	if (!isOwnAlone(folder)) {
		throw new PilotError('SOCKET_FOLDER_OPEN', {
			what: `${folder}, where the control socket would lie, is not yours alone.`,
			todo: `Remove it, or set XDG_RUNTIME_DIR to a private folder (mode 0700).`,
		});
	}
	return path.join(folder, `pilot-${hash}.sock`);
}

const isLink = (file: string) => lstatSync(file, {throwIfNoEntry: false})?.isSymbolicLink() ?? false;

/** Makes `.pilot/pilot.sock` lead to the socket wherever it lies. */
export function linkSocket(pilotDir: string, socket: string) {
	const link = path.join(pilotDir, 'pilot.sock');
	if (link === socket || (isLink(link) && readlinkSync(link) === socket)) return;
	if (existsSync(link) || isLink(link)) rmSync(link, {force: true});
	symlinkSync(socket, link);
}
