import {writeSync} from 'node:fs';

/** What may wait for a program that does not read, in bytes. */
const mostWaiting = 1_000_000;

const pieceBytes = 4096;

/** After so many pieces in a row everything else has its turn. */
const piecesAtOnce = 16;

const firstWaitMs = 1;
const longestWaitMs = 32;

/** How many bytes were taken; 0 = there is no room now. */
function writePiece(fd: number, bytes: Buffer): number {
	try {
		return writeSync(fd, bytes, 0, Math.min(bytes.length, pieceBytes));
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'EAGAIN' || code === 'EINTR') return 0;
		throw error;
	}
}

export interface PtyInput {
	/** Takes the whole text, in order, or none of it: false when too much waits already. */
	write(text: string): boolean;
	/** Forgets what waits. */
	end(): void;
}

/**
 * What goes to a program's terminal, written as the program takes it in. Not by the stream that node-pty opens: libuv makes the writes
 * of a terminal's own end blocking, so that one program that does not read would hold everything up.
 *
 * @param descriptor The terminal, opened with O_NONBLOCK; undefined once it is closed, when its number may mean another file.
 * @see libuv 1.46 src/unix/tty.c, uv_tty_init: "fallback to using blocking writes".
 */
export function createPtyInput(descriptor: () => number | undefined): PtyInput {
	let waiting: Buffer[] = [];
	let waitingBytes = 0;
	let waitMs = firstWaitMs;
	let timer: NodeJS.Timeout | undefined;
	const forget = () => {
		clearTimeout(timer);
		timer = undefined;
		waiting = [];
		waitingBytes = 0;
	};
	/** Writes until all is written, or there is no room, or others must have their turn; true when some was taken. */
	const writeSome = (fd: number): boolean => {
		let taken = 0;
		for (let piece = 0; piece < piecesAtOnce; piece++) {
			const [bytes] = waiting;
			if (!bytes) break;
			taken = writePiece(fd, bytes);
			if (taken === 0) break;
			waitingBytes -= taken;
			if (taken === bytes.length) waiting.shift();
			else waiting[0] = bytes.subarray(taken);
		}
		return taken > 0;
	};
	const goOn = () => {
		timer = undefined;
		const fd = descriptor();
		if (fd === undefined) return forget();
		try {
			waitMs = writeSome(fd) ? firstWaitMs : Math.min(waitMs * 2, longestWaitMs);
		} catch {
			// Nobody is left to read it, and the news of the end is on the way.
			return forget();
		}
		if (waitingBytes > 0) timer = setTimeout(goOn, waitMs);
	};
	const append = (bytes: Buffer) => {
		const last = waiting.at(-1);
		// Many small texts become few pieces.
		if (last && last.length + bytes.length <= pieceBytes) waiting[waiting.length - 1] = Buffer.concat([last, bytes]);
		else waiting.push(bytes);
		waitingBytes += bytes.length;
	};
	return {
		write(text) {
			const bytes = Buffer.from(text);
			if (waitingBytes + bytes.length > mostWaiting) return false;
			if (bytes.length === 0) return true;
			append(bytes);
			// What comes while others wait must not overtake them.
			if (!timer) goOn();
			return true;
		},
		end: forget,
	};
}
