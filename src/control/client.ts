import {existsSync, lstatSync} from 'node:fs';
import path from 'node:path';
import type {Answer, CommandInput} from '../domain/command.js';
import type {PilotEvent} from '../domain/event.js';
import {PilotError} from '../domain/pilot-error.js';
import type {RanCommand} from '../domain/ran-command.js';
import type {Status} from '../domain/status.js';
import type {StatusChange} from '../domain/status-change.js';
import {socketPath} from './socket-path.js';

// Imported, it would be asked for all its exports at once, and one of them loads Node's whole fetch: 15 ms of every call.
const http = process.getBuiltinModule('node:http');

export interface StreamListener {
	fact?(fact: PilotEvent): void;
	status?(status: Status): void;
	/** What changed in the status that was told last; a pilot of an older build tells the whole status instead. */
	change?(change: StatusChange): void;
	/** The connection is gone. */
	end(): void;
}

export interface FollowOptions {
	readonly watch?: boolean;
	readonly status?: boolean;
	/** Whether the terminal of who watches is a light one, if that is known. */
	readonly isLight?: boolean | undefined;
}

/** The control API as its users see it: CLI and dashboard. Light on purpose, `status` must answer at once. */
export interface ControlClient {
	readonly socket: string;
	health(): Promise<{pid: number; version: string; protocol: number; state: string}>;
	status(): Promise<Status>;
	facts(tail: number): Promise<PilotEvent[]>;
	/** What the pilot has run lately, oldest first; empty from one of an older build. */
	commands(): Promise<readonly RanCommand[]>;
	command(command: CommandInput): Promise<Answer>;
	/** Facts and status as they come; returns the way out. */
	follow(listener: StreamListener, options?: FollowOptions): () => void;
}

export const notRunning = () =>
	new PilotError('PILOT_NOT_RUNNING', {
		what: 'No pilot is running in this workspace.',
		todo: 'Start one with `pilot-tui` or `pilot-tui start`.',
		exitCode: 4,
	});

/** A question is answered from memory: who is silent for so long is suspended, or busy with nothing good. A command may take its time. */
const longestMs = {question: 2500, command: 120_000};

const isGone = (error: NodeJS.ErrnoException) =>
	['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(error.code ?? '');

function request<T>(socketPath: string, method: string, at: string, body?: unknown): Promise<T> {
	return new Promise((resolve, reject) => {
		const text = body === undefined ? undefined : JSON.stringify(body);
		const headers =
			text === undefined ? {} : {'content-type': 'application/json', 'content-length': Buffer.byteLength(text)};
		// A connection of its own each time: a kept one would belong to the pilot that has gone, and say that none is running.
		const timeout = longestMs[method === 'GET' ? 'question' : 'command'];
		const call = http.request({socketPath, method, path: at, headers, timeout, agent: false}, response => {
			const chunks: Buffer[] = [];
			response.on('data', chunk => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () => {
				try {
					resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')));
				} catch (error) {
					reject(
						new PilotError('CONTROL_GARBLED', {
							what: 'The pilot gave an answer that is no JSON.',
							todo: 'Look into .pilot/logs/pilot.log.',
							cause: error,
						}),
					);
				}
			});
		});
		call.on('timeout', () =>
			call.destroy(
				new PilotError('PILOT_SILENT', {
					what: 'The pilot does not answer.',
					todo:
						method === 'GET'
							? 'Nothing was changed. Look at it with `ps`; `pilot-tui stop --now` ends it.'
							: 'It may still do it: look at `pilot-tui status` before you say it again. `pilot-tui stop --now` ends it.',
				}),
			),
		);
		call.on('error', (error: NodeJS.ErrnoException) => reject(isGone(error) ? notRunning() : error));
		call.end(text);
	});
}

/** Then a pilot hangs up on whoever calls, unheard, and closes its socket to others: the next call is answered. */
const isOpenToOthers = (socket: string) =>
	[socket, path.dirname(socket)].some(file => ((lstatSync(file, {throwIfNoEntry: false})?.mode ?? 0) & 0o077) !== 0);

const closesWithinMs = 200;

async function callTwice<T>(call: () => Promise<T>): Promise<T> {
	try {
		return await call();
	} catch (error) {
		if (!(error instanceof PilotError) || error.code !== 'PILOT_NOT_RUNNING') throw error;
		await new Promise(resolve => setTimeout(resolve, closesWithinMs));
		return call();
	}
}

/** Cuts a stream of server-sent events into events; calls back with name and data. */
export function createEventReader(onEvent: (name: string, data: string) => void): (text: string) => void {
	let rest = '';
	return text => {
		const pieces = (rest + text).split('\n\n');
		rest = pieces.pop() ?? '';
		for (const piece of pieces) {
			const lines = piece.split('\n');
			const name = lines.find(line => line.startsWith('event: '))?.slice(7) ?? 'message';
			const data = lines.filter(line => line.startsWith('data: ')).map(line => line.slice(6));
			if (data.length > 0) onEvent(name, data.join('\n'));
		}
	};
}

function follow(
	socketPath: string,
	listener: StreamListener,
	{watch = false, status = false, isLight}: FollowOptions = {},
): () => void {
	let over = false;
	const end = () => {
		if (!over) listener.end();
		over = true;
	};
	const read = createEventReader((name, data) => {
		if (name === 'fact') listener.fact?.(JSON.parse(data) as PilotEvent);
		if (name === 'status') listener.status?.(JSON.parse(data) as Status);
		if (name === 'change') listener.change?.(JSON.parse(data) as StatusChange);
	});
	const wants = `watch=${watch ? 1 : 0}&status=${status ? 1 : 0}&changes=${listener.change ? 1 : 0}${isLight === undefined ? '' : `&light=${isLight ? 1 : 0}`}`;
	const call = http.request({socketPath, path: `/events?${wants}`}, response => {
		response.setEncoding('utf8');
		response.on('data', read);
		response.on('end', end);
		response.on('error', end);
	});
	call.on('error', end);
	call.end();
	return () => {
		over = true;
		call.destroy();
	};
}

/** @throws {PilotError} PILOT_NOT_RUNNING from each call, while nobody answers. */
export function createControlClient(
	pilotDir: string,
	env: Readonly<Record<string, string | undefined>>,
): ControlClient {
	const socket = socketPath(pilotDir, env);
	const ask = <T>(method: string, at: string, body?: unknown): Promise<T> => {
		if (!existsSync(socket)) return Promise.reject(notRunning());
		const call = () => request<T>(socket, method, at, body);
		return isOpenToOthers(socket) ? callTwice(call) : call();
	};
	return {
		socket,
		health: () => ask('GET', '/health'),
		status: () => ask('GET', '/status'),
		facts: tail => ask('GET', `/facts?tail=${tail}`),
		commands: async () => {
			const heard: unknown = await ask('GET', '/commands');
			return Array.isArray(heard) ? heard : [];
		},
		// One that does not answer a question would take the command when it wakes up, long after somebody has said it again.
		command: async command => {
			await ask('GET', '/health');
			return ask('POST', '/command', command);
		},
		follow: (listener, options) => follow(socket, listener, options),
	};
}
