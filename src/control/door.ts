import {chmodSync, lstatSync, renameSync, rmSync, type Stats} from 'node:fs';
import type {Server} from 'node:http';
import type net from 'node:net';
import path from 'node:path';

export interface Door {
	/** Binds the socket anew, with whatever called before and was not heard yet hung up on. */
	listen(): Promise<void>;
	/** True while the socket at the path is the one that is listened at. */
	isHere(): boolean;
	/** Closes what others could come in by, and says so. */
	look(): void;
	/** Takes the socket away, if it is ours. */
	remove(): void;
}

/** Who is to hear that the door stood open, and in what words. */
export interface DoorWatch {
	warn(line: string): void;
	/** At most once an hour. */
	exposed(what: string): void;
}

const tellEveryMs = 3_600_000;
/** Of the folder that is pilot's own; of one that others share, such as XDG_RUNTIME_DIR, only writing is asked about. */
const masks = {own: 0o077, shared: 0o022};

const statOf = (file: string) => lstatSync(file, {throwIfNoEntry: false});
const modeOf = ({mode}: Stats) => `mode ${(mode & 0o777).toString(8).padStart(4, '0')}`;

export const listening = (server: net.Server, where: {path: string} | {port: number; host: string}) =>
	new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(where, () => {
			server.off('error', reject);
			resolve();
		});
	});

/**
 * Listens at a path, and gives the inode of the socket. Bound to another name and renamed: when it closes, libuv removes the name
 * that it was bound to, whoever's socket has it by then.
 */
async function listenIn(server: net.Server, file: string): Promise<number> {
	const boundTo = `${file}.new`;
	rmSync(boundTo, {force: true});
	await listening(server, {path: boundTo});
	chmodSync(boundTo, 0o600);
	renameSync(boundTo, file);
	return lstatSync(file).ino;
}

/** One that is another user's stays as it is: whoever calls by it is not heard. */
function closeFolder(folder: string, mode: number) {
	try {
		chmodSync(folder, mode);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
	}
}

/** By what others could come in, in words; undefined: only the owner can. A socket that is gone lets nobody in. */
function openBy(file: string, inode: number, owner: number, mask: number): string | undefined {
	const folder = statOf(path.dirname(file));
	const socket = statOf(file);
	if (!folder || !socket) return;
	const found = [
		folder.uid === owner ? '' : `${path.dirname(file)} belongs to user ${folder.uid}`,
		(folder.mode & mask) === 0 ? '' : `${path.dirname(file)} had ${modeOf(folder)}`,
		socket.ino === inode ? '' : `${file} was another socket`,
		(socket.mode & 0o077) === 0 ? '' : `${path.basename(file)} had ${modeOf(socket)}`,
	].filter(Boolean);
	return found.length === 0 ? undefined : found.join(', ');
}

/** The log has each kind of opening, and at least one an hour; the human hears of one an hour. */
function teller(watch: DoorWatch): (what: string) => void {
	let told = '';
	let toldMs = Number.NEGATIVE_INFINITY;
	return what => {
		const isLongAgo = performance.now() - toldMs > tellEveryMs;
		if (isLongAgo || what !== told) watch.warn(`the control socket was open to others: ${what}`);
		told = what;
		if (!isLongAgo) return;
		toldMs = performance.now();
		watch.exposed(what);
	};
}

/**
 * The human's way in: a socket with mode 0600 in a folder with mode 0700. Node cannot ask who calls (SO_PEERCRED), so the kernel's
 * check of these two stands for it, and is looked at again for each that calls: by an open door nobody is heard, the owner neither.
 */
export function createDoor(server: Server, file: string, isOwnFolder: boolean, watch: DoorWatch): Door {
	const folder = path.dirname(file);
	const mask = isOwnFolder ? masks.own : masks.shared;
	const owner = lstatSync(folder).uid;
	let inode = 0;
	let isKept = true;
	let isClosing = false;
	const open = () => (isKept ? openBy(file, inode, owner, mask) : undefined);
	const listen = async () => {
		// Who is in the queue came while it stood open: with the old socket it goes.
		if (server.listening) server.close();
		inode = 0;
		const {mode} = lstatSync(folder);
		if ((mode & mask) !== 0) closeFolder(folder, mode & 0o777 & ~mask);
		inode = await listenIn(server, file);
	};
	const tell = teller(watch);
	const close = (what: string) => {
		if (isClosing) return;
		isClosing = true;
		listen()
			.catch(error => watch.warn(`the control socket cannot be closed to others: ${String(error)}`))
			.finally(() => {
				isClosing = false;
				tell(what);
			});
	};
	server.prependListener('connection', (socket: net.Socket) => {
		const what = open();
		if (what === undefined && statOf(file)) return;
		socket.destroy();
		if (what !== undefined) close(what);
	});
	return {
		async listen() {
			const wasOpen = (lstatSync(folder).mode & mask) !== 0;
			await listen();
			if (wasOpen) watch.warn(`${folder} was open to others; closed`);
			// Where modes are not kept, or the folder is another user's, nobody can tell who may call; to hear no one would be no pilot at all.
			isKept = openBy(file, inode, owner, mask) === undefined;
			if (!isKept) tell(`${folder} cannot be closed to them: it is another user's, or its file system keeps no modes`);
		},
		isHere: () => statOf(file)?.ino === inode,
		look() {
			const what = open();
			if (what !== undefined) close(what);
		},
		remove() {
			if (statOf(file)?.ino === inode) rmSync(file, {force: true});
		},
	};
}
