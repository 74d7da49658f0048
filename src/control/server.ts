import http from 'node:http';
import net, {type AddressInfo} from 'node:net';
import path from 'node:path';
import {getRequestListener} from '@hono/node-server';
import type {Hono} from 'hono';
import {createDoor, listening} from './door.js';
import {type PaneSource, servePanes} from './panes.js';
import {type ControlDeps, humanRoutes} from './routes.js';
import {sessionRoutes} from './session-routes.js';
import {linkSocket, socketPath} from './socket-path.js';

export interface ControlServer {
	/** `http://127.0.0.1:<port>`: where sessions find the report channel. */
	readonly channelUrl: string;
	/** Puts the human's socket back where somebody has removed it. */
	listenAgain(): Promise<void>;
	/** Closes the human's socket to others, where somebody has opened it. */
	look(): void;
	close(): Promise<void>;
}

/** Sixteen sessions and their hooks, some dashboards, some scripts: more is a fault, and must not take the pilot's descriptors. */
const mostConnections = 256;

function serverFor(app: Hono): http.Server {
	const server = http.createServer(
		{requestTimeout: 30_000},
		getRequestListener(request => app.fetch(request)),
	);
	server.maxConnections = mostConnections;
	return server;
}

/** True when somebody answers at the socket: then it is not ours to take. */
export const isAnswered = (path: string) =>
	new Promise<boolean>(resolve => {
		const socket = net.connect({path});
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});

/** Long enough for an answer that is under way, such as the one to the command that ends the pilot. */
const lastAnswersMs = 200;

const ended = (server: http.Server) =>
	new Promise<void>(resolve => {
		server.close(() => resolve());
		server.closeIdleConnections();
		setTimeout(() => server.closeAllConnections(), lastAnswersMs);
	});

/**
 * Opens the control API: a Unix socket for the human, 0600 in a 0700 folder, and loopback for sessions with a token each.
 *
 * @returns undefined when another process answers at the socket.
 */
export async function openControl(
	pilotDir: string,
	env: Readonly<Record<string, string | undefined>>,
	deps: ControlDeps,
	panes: PaneSource,
): Promise<ControlServer | undefined> {
	const socket = socketPath(pilotDir, env);
	if (await isAnswered(socket)) return;
	const human = serverFor(humanRoutes(deps));
	const sessions = serverFor(sessionRoutes(deps));
	const endPanes = servePanes(human, panes);
	const door = createDoor(human, socket, path.dirname(socket) === pilotDir, deps);
	await door.listen();
	linkSocket(pilotDir, socket);
	await listening(sessions, {port: 0, host: '127.0.0.1'});
	const {port} = sessions.address() as AddressInfo;
	return {
		channelUrl: `http://127.0.0.1:${port}`,
		async listenAgain() {
			if (!door.isHere()) await door.listen();
			linkSocket(pilotDir, socket);
		},
		look: door.look,
		async close() {
			endPanes();
			await Promise.all([ended(human), ended(sessions)]);
			door.remove();
		},
	};
}
