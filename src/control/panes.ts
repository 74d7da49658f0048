import type {IncomingMessage, Server} from 'node:http';
import type {Duplex} from 'node:stream';
import {type WebSocket, WebSocketServer} from 'ws';
import {z} from 'zod';
import {
	copyMoves,
	type PaneFrame,
	type PaneMessage,
	type PaneRequest,
	type PaneText,
	pointings,
} from '../domain/frame.js';

/** A pane that one connection looks at. */
export interface PaneReader {
	ask(request: PaneRequest): PaneText | undefined;
	end(): void;
}

export interface PaneSource {
	/** Sends a session's frames until the reader ends; undefined for a session that is not there. `send` gives false while busy. */
	watch(
		sessionId: string,
		size: {cols: number; rows: number},
		send: (frame: PaneFrame) => boolean,
	): PaneReader | undefined;
}

const busyAboveBytes = 256_000;
const largestRequest = 2_000_000;

const size = z.number().int().min(1).max(1000);
const cell = z.number().int().min(-1000).max(1000);
const sessionId = z.string().max(100);

const Request = z.discriminatedUnion('type', [
	z.object({type: z.literal('watch'), sessionId, cols: size, rows: size}),
	z.object({type: z.literal('unwatch'), sessionId}),
	z.object({type: z.literal('attach'), sessionId, name: z.string().max(100)}),
	z.object({type: z.literal('detach'), sessionId}),
	z.object({type: z.literal('keys'), sessionId, text: z.string()}),
	z.object({type: z.literal('move'), sessionId, move: z.enum(copyMoves), by: z.number()}),
	z.object({type: z.literal('point'), sessionId, how: z.enum(pointings), x: cell, y: cell}),
	z.object({type: z.literal('find'), sessionId, query: z.string().max(1000)}),
	z.object({
		type: z.literal('copy'),
		sessionId,
		what: z.enum(['selection', 'all']),
		to: z.enum(['clipboard', 'file']),
	}),
]);

/** Keys come often and wait for nobody: they are known without the whole schema. */
const isKeys = (request: unknown): request is PaneRequest & {type: 'keys'} => {
	const {type, sessionId: id, text} = (request ?? {}) as Record<string, unknown>;
	return type === 'keys' && typeof id === 'string' && typeof text === 'string';
};

function parse(data: unknown): PaneRequest | undefined {
	try {
		const request: unknown = JSON.parse(String(data));
		return isKeys(request) ? request : Request.safeParse(request).data;
	} catch {
		return;
	}
}

function serve(socket: WebSocket, panes: PaneSource) {
	const readers = new Map<string, PaneReader>();
	const drop = (id: string) => {
		readers.get(id)?.end();
		readers.delete(id);
	};
	const send = (message: PaneMessage) => {
		if (socket.bufferedAmount > busyAboveBytes) return false;
		socket.send(JSON.stringify(message));
		return true;
	};
	const join = ({sessionId: id, cols, rows}: PaneRequest & {type: 'watch'}) => {
		const reader = panes.watch(id, {cols, rows}, send);
		if (reader) readers.set(id, reader);
	};
	socket.on('message', data => {
		const request = parse(data);
		if (!request) return;
		const reader = readers.get(request.sessionId);
		if (request.type === 'unwatch') return drop(request.sessionId);
		if (!reader) return request.type === 'watch' ? join(request) : undefined;
		const text = reader.ask(request);
		if (text) socket.send(JSON.stringify(text));
		return;
	});
	socket.on('close', () => {
		for (const id of [...readers.keys()]) drop(id);
	});
	socket.on('error', () => socket.terminate());
}

/** Pane frames and keys over a WebSocket at `/panes`; a reader that is slow gets fewer of the frames. */
export function servePanes(server: Server, panes: PaneSource): () => void {
	const sockets = new WebSocketServer({noServer: true, maxPayload: largestRequest, perMessageDeflate: false});
	server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
		if (request.url !== '/panes') return stream.destroy();
		sockets.handleUpgrade(request, stream, head, socket => serve(socket, panes));
		return;
	});
	return () => {
		for (const socket of sockets.clients) socket.terminate();
	};
}
