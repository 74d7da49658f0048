import net from 'node:net';
import type {Readable} from 'node:stream';

/** A pseudo-terminal gives up to 4 KB at a time, so that this is one read and never the end of anything. */
const room = Buffer.allocUnsafeSlow(65_536);

/**
 * Where a socket keeps what its documented `onread` option was given. node-pty makes its socket itself and takes no options, so they
 * are put in afterwards; found by name on a socket that has them, and not at all in a Node that calls them otherwise.
 *
 * @see https://nodejs.org/api/net.html#new-netsocketoptions `onread`, and lib/net.js of Node 22 and 24
 */
const [bufferKey, callbackKey] = ['kBuffer', 'kBufferCb'].map(name => {
	const socket = new net.Socket({onread: {buffer: room, callback: () => true}});
	return Object.getOwnPropertySymbols(socket).find(({description}) => description === name);
});

interface Inside {
	readonly _handle?: {readonly useUserBuffer?: (buffer: Buffer) => void} | null;
	[key: symbol]: unknown;
}

/**
 * Hands out what a socket reads, by way of one buffer for all of them. Left to itself Node takes 64 KB of fresh memory for each
 * read and gives most of it back: with nine busy terminals that was a sixth of all the processor's time (Node 24).
 *
 * @returns false where it cannot be done: then the socket's own 'data' is to be listened to.
 */
export function readTogether(socket: Readable, listener: (bytes: Buffer) => void): boolean {
	const inside = socket as unknown as Inside;
	const {_handle: handle} = inside;
	const take = handle?.useUserBuffer?.bind(handle);
	if (!bufferKey || !callbackKey || !take) return false;
	inside[bufferKey] = room;
	inside[callbackKey] = (length: number, bytes: Buffer) => {
		// A copy out of Node's own pool: the room is read into again before anybody has looked.
		listener(Buffer.from(bytes.subarray(0, length)));
		return true;
	};
	take(room);
	return true;
}
