import net from 'node:net';
import {WebSocket} from 'ws';
import type {PaneMessage, PaneRequest} from '../domain/frame.js';
import type {Place} from '../view/hands.js';

const lookAgainMs = 500;
/** At most 30 KB as UTF-8, and far below what the pilot reads at once even where JSON writes six characters for one. */
const longestPiece = 10_000;

/** A text in pieces that one message can carry; no character is cut. */
export function piecesOf(text: string): string[] {
	const pieces: string[] = [];
	for (let at = 0; at < text.length; ) {
		const end = at + longestPiece;
		const cutsPair = /[\ud800-\udbff]/.test(text.charAt(end - 1)) && /[\udc00-\udfff]/.test(text.charAt(end));
		const next = cutsPair ? end - 1 : end;
		pieces.push(text.slice(at, next));
		at = next;
	}
	return pieces;
}

/** The connection over which panes come and keys go. It is taken up again however often the pilot goes and comes back. */
export interface PaneLine {
	/** Asks for the screen of a session in the size of its hole; `undefined` when it is no longer shown. */
	watch(sessionId: string, hole: Place | undefined): void;
	ask(request: PaneRequest): void;
	close(): void;
}

export interface PaneLineOptions {
	readonly socketFile: string;
	readonly heard: (message: PaneMessage) => void;
	/** The connection is there, anew: who was attached has to say so again. */
	readonly opened: () => void;
}

export function openPaneLine({socketFile, heard, opened}: PaneLineOptions): PaneLine {
	const holes = new Map<string, Place>();
	let socket: WebSocket | undefined;
	let closed = false;
	let timer: NodeJS.Timeout | undefined;
	const send = (request: PaneRequest) => {
		if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(request));
	};
	const ask = (request: PaneRequest) => {
		if (request.type !== 'keys') return send(request);
		for (const text of piecesOf(request.text)) send({...request, text});
	};
	const askFor = (sessionId: string, {cols, rows}: Place) => ask({type: 'watch', sessionId, cols, rows});
	const call = () => {
		// Not `ws+unix:`, whose address breaks at a colon, a space or an umlaut in the path.
		const line = new WebSocket('ws://pilot/panes', {
			createConnection: () => net.connect(socketFile),
			perMessageDeflate: false,
		});
		socket = line;
		line.on('open', () => {
			for (const [sessionId, hole] of holes) askFor(sessionId, hole);
			opened();
		});
		line.on('message', data => heard(JSON.parse(String(data)) as PaneMessage));
		// Every error is followed by `close`.
		line.on('error', () => {});
		line.on('close', () => {
			if (!closed) timer = setTimeout(call, lookAgainMs);
		});
	};
	call();
	return {
		watch(sessionId, hole) {
			const before = holes.get(sessionId);
			if (!hole) {
				if (holes.delete(sessionId)) ask({type: 'unwatch', sessionId});
				return;
			}
			holes.set(sessionId, hole);
			if (before?.cols !== hole.cols || before.rows !== hole.rows) askFor(sessionId, hole);
		},
		ask,
		close() {
			closed = true;
			clearTimeout(timer);
			socket?.terminate();
		},
	};
}
