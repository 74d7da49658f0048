import {once} from 'node:events';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {requestProblems} from './telegram-contract.js';

/** What a method does the next time it is called, instead of working. */
export type Mishap =
	| {readonly status: number; readonly description?: string; readonly parameters?: Record<string, number>}
	/** Never answers. */
	| 'hang'
	/** Does what was asked, then cuts the connection. */
	| 'lose-answer'
	/** Answers with a page for humans. */
	| 'html';

interface Call {
	readonly method: string;
	readonly payload: Record<string, unknown>;
	readonly atMs: number;
}

interface Poll {
	readonly response: ServerResponse;
	readonly timer: NodeJS.Timeout;
	readonly offset: number;
	readonly limit: number;
}

interface FakeUpdate {
	readonly update_id: number;
	readonly message: Record<string, unknown>;
}

const me = {id: 42, is_bot: true, first_name: 'Pilot', username: 'pilot_bot'};

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
	let text = '';
	for await (const chunk of request) text += chunk;
	return text ? JSON.parse(text) : {};
}

/**
 * A Bot API server for one token: long polling, confirmation by offset, one poll at a time (the older one gets a 409), limits on
 * length and entities. Every request is checked against the published contract; what does not fit is in `violations`.
 */
export class FakeBotApi {
	readonly token = '123456789:AAfakefakefakefakefakefakefakefakefa';
	readonly calls: Call[] = [];
	readonly violations: string[] = [];
	/** Texts that arrived, in order. */
	readonly sent: {readonly chatId: number; readonly text: string; readonly entities: unknown; readonly atMs: number}[] =
		[];
	webhook = '';
	/** Gives updates again that were confirmed. */
	forgetful = false;
	/** Chats that have blocked the bot. */
	readonly blocked = new Set<number>();
	readonly #mishaps = new Map<string, Mishap[]>();
	readonly #servers = new Set<Server>();
	#updates: FakeUpdate[] = [];
	#nextUpdate = 1000;
	#poll: Poll | undefined;

	/** Opens a way in. Each has a port of its own, so that one client can be cut off and not another. */
	async open(port = 0): Promise<{url: string; port: number; close(): Promise<void>}> {
		const server = createServer((request, response) => void this.#serve(request, response));
		this.#servers.add(server);
		server.listen(port, '127.0.0.1');
		await once(server, 'listening');
		const taken = (server.address() as AddressInfo).port;
		const close = async () => {
			this.#servers.delete(server);
			server.closeAllConnections();
			await new Promise(resolve => server.close(resolve));
		};
		return {url: `http://127.0.0.1:${taken}`, port: taken, close};
	}

	async [Symbol.asyncDispose]() {
		for (const server of this.#servers) {
			server.closeAllConnections();
			server.close();
		}
	}

	/** A human writes. Returns the id of the update. */
	say(
		chatId: number,
		text: string,
		{agoMs = 0, updateId = this.#nextUpdate}: {agoMs?: number; updateId?: number} = {},
	): number {
		this.#nextUpdate = updateId + 1;
		const from = {id: chatId, is_bot: false, first_name: 'Ada'};
		const date = Math.floor((Date.now() - agoMs) / 1000);
		const message = {message_id: updateId, date, chat: {id: chatId, type: 'private', first_name: 'Ada'}, from, text};
		this.#updates.push({update_id: updateId, message});
		this.#answerPoll();
		return updateId;
	}

	/** What the method does the next times it is called. */
	next(method: string, ...mishaps: readonly Mishap[]) {
		this.#mishaps.set(method, [...(this.#mishaps.get(method) ?? []), ...mishaps]);
	}

	/** The updates that nobody has confirmed. */
	get pending(): number {
		return this.#updates.length;
	}

	async #serve(request: IncomingMessage, response: ServerResponse) {
		const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
		const payload = await bodyOf(request).catch(() => ({}));
		if (token !== this.token) return fail(response, {status: 401, description: 'Unauthorized'});
		this.calls.push({method, payload, atMs: Date.now()});
		this.violations.push(...requestProblems(method, payload));
		const mishap = this.#mishaps.get(method)?.shift();
		if (mishap === 'hang') return;
		if (mishap === 'html')
			return void response.writeHead(200, {'content-type': 'text/html'}).end('<h1>Log in to the hotel</h1>');
		if (mishap === 'lose-answer') {
			response.destroy();
			return this.#act(method, payload, response);
		}
		if (mishap) return fail(response, mishap);
		this.#act(method, payload, response);
	}

	#act(method: string, payload: Record<string, unknown>, response: ServerResponse) {
		if (method === 'getMe') return succeed(response, me);
		if (method === 'getWebhookInfo')
			return succeed(response, {url: this.webhook, has_custom_certificate: false, pending_update_count: this.pending});
		if (method === 'getUpdates') return this.#getUpdates(payload, response);
		if (method === 'sendMessage') return this.#sendMessage(payload, response);
		fail(response, {status: 404, description: 'Not Found'});
	}

	#getUpdates({offset = 0, limit = 100, timeout = 0}: Record<string, unknown>, response: ServerResponse) {
		if (this.webhook)
			return fail(response, {
				status: 409,
				description: "Conflict: can't use getUpdates method while webhook is active",
			});
		if (this.#poll) {
			fail(this.#poll.response, {status: 409, description: 'Conflict: terminated by other getUpdates request'});
			this.#endPoll();
		}
		// An offset far in the future is one of an older series: all that is pending is given.
		const newest = this.#updates.at(-1)?.update_id ?? 0;
		if (!this.forgetful && Number(offset) <= newest + 10)
			this.#updates = this.#updates.filter(update => update.update_id >= Number(offset));
		const timer = setTimeout(() => {
			this.#endPoll();
			succeed(response, []);
		}, Number(timeout) * 1000);
		this.#poll = {response, timer, offset: Number(offset), limit: Number(limit)};
		response.on('close', () => this.#poll?.response === response && this.#endPoll());
		this.#answerPoll();
	}

	#answerPoll() {
		if (!this.#poll || this.#updates.length === 0) return;
		const {response, limit} = this.#poll;
		this.#endPoll();
		succeed(response, this.#updates.slice(0, limit));
	}

	#endPoll() {
		clearTimeout(this.#poll?.timer);
		this.#poll = undefined;
	}

	#sendMessage({chat_id, text, entities}: Record<string, unknown>, response: ServerResponse) {
		const chatId = Number(chat_id);
		const problem = textProblem(String(text), entities);
		if (this.blocked.has(chatId))
			return fail(response, {status: 403, description: 'Forbidden: bot was blocked by the user'});
		if (problem) return fail(response, {status: 400, description: `Bad Request: ${problem}`});
		this.sent.push({chatId, text: String(text), entities, atMs: Date.now()});
		succeed(response, {
			message_id: this.sent.length,
			date: Math.floor(Date.now() / 1000),
			chat: {id: chatId, type: 'private'},
			text,
		});
	}
}

function textProblem(text: string, entities: unknown): string | undefined {
	if (!text.trim()) return 'message text is empty';
	if (text.length > 4096) return 'message is too long';
	if (!text.isWellFormed()) return 'strings must be encoded in UTF-8';
	const beyond = (Array.isArray(entities) ? entities : []).some(
		({offset, length}) => length <= 0 || offset < 0 || offset + length > text.length,
	);
	return beyond ? "can't parse entities" : undefined;
}

function succeed(response: ServerResponse, result: unknown) {
	if (!response.destroyed)
		response.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify({ok: true, result}));
}

function fail(
	response: ServerResponse,
	{status, description = 'Internal Server Error', parameters}: Exclude<Mishap, string>,
) {
	if (response.destroyed) return;
	const answer = {ok: false, error_code: status, description, ...(parameters ? {parameters} : {})};
	response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(answer));
}
