import {randomBytes} from 'node:crypto';
import {closeSync, linkSync, openSync, readdirSync, rmSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';

const numbered = /^lock\.(\d+)\.sock$/;
const nameOf = (number: number) => `lock.${number}.sock`;
const unfinished = 'lock.new-';

const numbersIn = (folder: string) =>
	readdirSync(folder)
		.map(name => Number(numbered.exec(name)?.[1] ?? 0))
		.filter(number => number > 0);

const highestIn = (folder: string) => Math.max(0, ...numbersIn(folder));

/** A short name for a folder whose path may be too long for a socket's: by its descriptor. */
function openFolder(folder: string): {path: string; close(): void} {
	if (process.platform !== 'linux') return {path: folder, close() {}};
	const handle = openSync(folder, 'r');
	return {path: `/proc/self/fd/${handle}`, close: () => closeSync(handle)};
}

/** A server that says nothing and keeps no process alive: that it is there is all. */
export function listenSilently(file: string): Promise<net.Server> {
	return new Promise((resolve, reject) => {
		const server = net.createServer(socket => socket.destroy());
		server.once('error', reject);
		server.listen({path: file}, () => resolve(server.unref()));
	});
}

/** Only a refusal is a proof of death: a suspended owner's queue takes calls, and once full says something else. */
const isDead = (file: string) =>
	new Promise<boolean>(resolve => {
		const socket = net.connect({path: file});
		socket.once('connect', () => {
			socket.destroy();
			resolve(false);
		});
		socket.once('error', (error: NodeJS.ErrnoException) =>
			resolve(error.code === 'ECONNREFUSED' || error.code === 'ENOENT'),
		);
	});

function linkIfFree(from: string, to: string): boolean {
	try {
		linkSync(from, to);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

/** Puts a socket that listens already in the place after the highest dead one; false: somebody alive is there. */
async function climb(folder: string, mine: string): Promise<boolean> {
	for (;;) {
		const highest = highestIn(folder);
		if (highest > 0 && !(await isDead(path.join(folder, nameOf(highest))))) return false;
		const number = highest + 1;
		const place = path.join(folder, nameOf(number));
		if (!linkIfFree(mine, place)) continue;
		if (highestIn(folder) > number) {
			// Others came and went while we looked: this number was free only because it is long over.
			rmSync(place, {force: true});
			continue;
		}
		for (const old of numbersIn(folder).filter(other => other < number))
			rmSync(path.join(folder, nameOf(old)), {force: true});
		return true;
	}
}

/**
 * A lock on a folder that holds across network namespaces and containers that share it: a Unix socket with a name in the folder
 * is found by its inode. Nothing is ever replaced, so that no two can take over the same dead owner: who finds the highest number
 * dead links the next one, which only one can do, and the highest is never removed, not even at the end.
 *
 * @returns undefined when somebody holds it. Where the file system knows no hard links to sockets it is thrown on.
 */
export async function takePathLock(folder: string): Promise<{release(): void} | undefined> {
	const opened = openFolder(folder);
	const mine = path.join(opened.path, `${unfinished}${randomBytes(6).toString('hex')}`);
	const server = await listenSilently(mine);
	const release = () => {
		server.close();
		opened.close();
	};
	try {
		const taken = await climb(opened.path, mine);
		rmSync(mine, {force: true});
		if (taken) return {release};
		release();
		return;
	} catch (error) {
		release();
		throw error;
	}
}
