import {once} from 'node:events';
import {chmodSync, existsSync, lstatSync, mkdirSync, readlinkSync, rmSync, statSync} from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {WebSocket} from 'ws';
import {createControlClient, createEventReader} from '../../src/control/client.js';
import type {PaneSource} from '../../src/control/panes.js';
import type {ControlDeps} from '../../src/control/routes.js';
import {openControl} from '../../src/control/server.js';
import {socketPath} from '../../src/control/socket-path.js';
import type {PilotEvent} from '../../src/domain/event.js';
import {PilotError} from '../../src/domain/pilot-error.js';
import type {Status} from '../../src/domain/status.js';
import {scratch} from '../support/workspace.js';

const fact: PilotEvent = {seq: 7, at: '2026-03-10T12:00:00.000Z', type: 'pilot.paused', data: {by: 'ü\n\n'}};

/** A control server over a pilot that answers at once, as its users see it. */
async function serve(pilotDir?: string) {
	const folder = scratch('pilot control');
	onTestFinished(() => folder[Symbol.dispose]());
	const dir = pilotDir ?? path.join(folder.dir, '.pilot');
	mkdirSync(dir, {recursive: true, mode: 0o700});
	const factListeners = new Set<(fact: PilotEvent) => void>();
	const statusListeners = new Set<() => void>();
	const asked: number[] = [];
	const warned: string[] = [];
	const exposed: string[] = [];
	let watchers = 0;
	const calls: unknown[] = [];
	const lights: (boolean | undefined)[] = [];
	const status = {v: 1, state: 'running', pid: 42};
	const deps: ControlDeps = {
		commands: () => [
			{seq: 1, at: '2026-11-20T12:00:00.000Z', purpose: 'sync', line: 'git fetch', exitCode: 0, durationMs: 7},
		],
		version: '9.9.9',
		warn: line => warned.push(line),
		exposed: what => exposed.push(what),
		status: () => status as unknown as Status,
		recent: count => {
			asked.push(count);
			return [fact];
		},
		onFact: listener => {
			factListeners.add(listener);
			return () => factListeners.delete(listener);
		},
		onStatus: listener => {
			statusListeners.add(listener);
			return () => statusListeners.delete(listener);
		},
		command: async command => {
			if (command.type === 'pilot.pause') throw new PilotError('NO', {what: 'not now', todo: 'later'});
			if (command.type === 'pilot.resume') throw new Error('broken');
			return {ok: true, say: command.type};
		},
		watching: (change, isLight) => {
			watchers += change;
			if (change > 0) lights.push(isLight);
		},
		channel: {
			knows: token => token === 'good',
			call: async (token, call) => {
				calls.push([token, call]);
				return 'noted';
			},
			permission: async (token, request) => {
				calls.push([token, request]);
				return {behavior: 'deny', message: 'no'};
			},
			atStop: (_token, asked) => (asked ? undefined : 'report first'),
			hook: (token, event, body) => ({token, event, body}),
		},
	};
	const watched: unknown[] = [];
	const panes: PaneSource = {
		watch: (sessionId, size, send) => {
			watched.push([sessionId, size.cols, size.rows]);
			if (sessionId === 'none') return;
			send({type: 'frame', sessionId, cols: 1, rows: 1, changed: [[0, 'x', 1]], whole: true, cursor: null});
			return {
				ask(request) {
					watched.push(request);
					return request.type === 'copy' ? {type: 'text', sessionId, to: request.to, text: 'copied'} : undefined;
				},
				end: () => watched.push('end'),
			};
		},
	};
	const env = {XDG_RUNTIME_DIR: folder.dir};
	const server = await openControl(dir, env, deps, panes);
	if (!server) throw new Error('somebody answers there');
	onTestFinished(() => server.close());
	const client = createControlClient(dir, env);
	return {
		server,
		client,
		dir,
		env,
		deps,
		panes,
		calls,
		watched,
		asked,
		warned,
		exposed,
		status,
		factListeners,
		statusListeners,
		watchers: () => watchers,
		lights,
	};
}

/** One request over the Unix socket, as curl would make it. */
const ask = (socketPath: string, method: string, at: string, body?: string | Buffer) =>
	new Promise<{status: number; body: string}>((resolve, reject) => {
		const call = http.request(
			{socketPath, method, path: at, headers: {'content-type': 'application/json'}},
			response => {
				let text = '';
				response.on('data', chunk => {
					text += chunk;
				});
				response.on('end', () => resolve({status: response.statusCode ?? 0, body: text}));
			},
		);
		call.on('error', reject);
		call.end(body);
	});

describe('the human side', () => {
	test('health, status, facts, stats of nothing else', async () => {
		const {client, asked} = await serve();
		expect(await client.health()).toEqual({status: 'ok', state: 'running', pid: 42, version: '9.9.9', protocol: 1});
		expect(await client.status()).toMatchObject({v: 1});
		expect(await client.facts(5)).toEqual([fact]);
		expect(await client.commands()).toMatchObject([{purpose: 'sync', line: 'git fetch', exitCode: 0}]);
		for (const tail of ['0', '-3', 'abc', '1e9', '2.7']) await ask(client.socket, 'GET', `/facts?tail=${tail}`);
		expect(asked).toEqual([5, 50, 1, 50, 1000, 2]);
		expect(await ask(client.socket, 'GET', '/nothing')).toMatchObject({
			status: 404,
			body: expect.stringContaining('NOT_FOUND'),
		});
	});

	test('a command is answered; a refusal keeps its code and its way out; an error is one', async () => {
		const {client} = await serve();
		expect(await client.command({type: 'pilot.sync'})).toEqual({ok: true, say: 'pilot.sync'});
		expect(await client.command({type: 'pilot.pause'})).toEqual({ok: false, say: 'not now', todo: 'later', code: 'NO'});
		expect(await client.command({type: 'pilot.resume'})).toEqual({ok: false, say: 'broken', code: 'INTERNAL'});
	});

	test.each([
		['no JSON', '{'],
		['nothing', ''],
		['an unknown type', '{"type":"pilot.explode"}'],
		['a wrong field', '{"type":"mission.add","title":"","priority":9}'],
		['another kind', '[1]'],
	])('a command that is %s: 400, with what is wrong', async (_name, body) => {
		const {client} = await serve();
		const answer = await ask(client.socket, 'POST', '/command', body);
		expect(answer.status).toBe(400);
		expect(JSON.parse(answer.body)).toMatchObject({ok: false, code: 'COMMAND_INVALID'});
	});

	test('who hangs up in the middle of a command, or of a report, is no trouble', async () => {
		const {client, server, warned} = await serve();
		const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
		onTestFinished(() => printed.mockRestore());
		const port = Number(new URL(server.channelUrl).port);
		const head = (path: string, more = '') =>
			`POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${more}transfer-encoding: chunked\r\ncontent-type: application/json\r\n\r\n5\r\n{"typ\r\n`;
		for (const [where, text] of [
			[{path: client.socket}, head('/command')],
			[{port, host: '127.0.0.1'}, head('/mcp', 'authorization: Bearer good\r\n')],
		] as const) {
			const socket = net.connect(where);
			await new Promise<void>(resolve => socket.write(text, () => resolve()));
			await new Promise(resolve => setTimeout(resolve, 100));
			socket.destroy();
			await new Promise(resolve => setTimeout(resolve, 100));
		}
		expect(await client.health()).toMatchObject({state: 'running'});
		expect([printed.mock.calls, warned]).toEqual([[], []]);
	});

	test('a command of megabytes is not read', async () => {
		const {client} = await serve();
		const body = JSON.stringify({type: 'mission.add', title: 'x', description: 'y'.repeat(2_000_000)});
		expect((await ask(client.socket, 'POST', '/command', body)).status).toBe(413);
	});

	test('facts and status come as they happen, for as long as somebody reads', async () => {
		const {client, status, factListeners, statusListeners, watchers} = await serve();
		const facts: PilotEvent[] = [];
		let statuses = 0;
		const leave = client.follow(
			{fact: found => facts.push(found), status: () => statuses++, end: () => {}},
			{watch: true, status: true},
		);
		await vi.waitUntil(() => statuses === 1);
		expect(watchers()).toBe(1);
		for (const listener of factListeners) listener(fact);
		status.state = 'paused';
		for (const listener of statusListeners) listener();
		await vi.waitUntil(() => facts.length === 1 && statuses === 2);
		expect(facts).toEqual([fact]);
		// One that says the same again is not told.
		for (const listener of statusListeners) listener();
		for (const listener of factListeners) listener(fact);
		await vi.waitUntil(() => facts.length === 2);
		expect(statuses).toBe(2);
		leave();
		await vi.waitUntil(() => watchers() === 0 && factListeners.size === 0 && statusListeners.size === 0);
	});

	test.each([
		['facts', 3000, 2000],
		['megabytes', 60, 200_000],
	])(
		'a reader that stands still is hung up on when too many %s wait, and hears all anew when it calls again',
		async (_name, count, size) => {
			const {client, factListeners, statusListeners, watchers} = await serve();
			const long: PilotEvent = {...fact, data: {by: 'x'.repeat(size)}} as PilotEvent;
			const call = http.request({socketPath: client.socket, path: '/events?watch=1&status=1'});
			const [response] = (await once(call.end(), 'response')) as [http.IncomingMessage];
			response.pause();
			await vi.waitUntil(() => factListeners.size === 1);
			for (let n = 0; n < count && factListeners.size > 0; n++) {
				for (const listener of factListeners) listener(long);
				if (n % 10 === 0) await new Promise(resolve => setImmediate(resolve));
			}
			await vi.waitUntil(() => factListeners.size === 0 && statusListeners.size === 0);
			expect(watchers()).toBe(0);
			response.resume();
			await once(response, 'close');
			let statuses = 0;
			client.follow({status: () => statuses++, end: () => {}}, {watch: true, status: true});
			await vi.waitUntil(() => statuses === 1);
		},
	);

	test('many facts at once are no reason to hang up on one who reads', async () => {
		const {client, factListeners} = await serve();
		let facts = 0;
		client.follow({fact: () => facts++, end: () => {}});
		await vi.waitUntil(() => factListeners.size === 1);
		for (let n = 0; n < 900; n++) for (const listener of factListeners) listener(fact);
		await vi.waitUntil(() => facts === 900);
		expect(factListeners.size).toBe(1);
	});

	test('whoever watches may say whether their terminal is a light one', async () => {
		const {client, lights} = await serve();
		for (const isLight of [true, false, undefined]) {
			client.follow({end: () => {}}, {watch: true, isLight});
			await vi.waitUntil(() => lights.at(-1) === isLight && lights.length > 0);
		}
		await vi.waitUntil(() => lights.length === 3);
		expect(lights).toEqual([true, false, undefined]);
	});

	test('whoever reads hears that the pilot has gone', async () => {
		const {client, server, watchers} = await serve();
		let ends = 0;
		client.follow({end: () => ends++}, {watch: true});
		await vi.waitUntil(() => watchers() === 1);
		await server.close();
		await vi.waitUntil(() => ends === 1);
		await expect(client.health()).rejects.toThrow(expect.objectContaining({code: 'PILOT_NOT_RUNNING', exitCode: 4}));
	});
});

describe('the socket', () => {
	test('is for its owner alone, and is gone with the server', async () => {
		const {client, server} = await serve();
		expect(statSync(client.socket).mode & 0o777).toBe(0o600);
		await server.close();
		expect(existsSync(client.socket)).toBe(false);
	});

	test('one that somebody answers at is not taken; one that a killed pilot left is', async () => {
		const {client, dir, env, deps, panes, server} = await serve();
		expect(await openControl(dir, env, deps, panes)).toBeUndefined();
		expect(await client.health()).toMatchObject({pid: 42});
		await server.close();
		const dead = net.createServer().listen(client.socket);
		await new Promise(resolve => dead.once('listening', resolve));
		// Closing removes it: what a killed process leaves is a file that nobody listens at.
		await new Promise(resolve => dead.close(resolve));
		const again = await openControl(dir, env, deps, panes);
		expect(await client.health()).toMatchObject({pid: 42});
		await again?.close();
	});

	test('a path that is too long is reached through a private folder, and linked', async () => {
		const folder = scratch();
		onTestFinished(() => folder[Symbol.dispose]());
		const long = path.join(folder.dir, 'ü'.repeat(60), '.pilot');
		const {client, dir} = await serve(long);
		expect(Buffer.byteLength(path.join(dir, 'pilot.sock'))).toBeGreaterThan(100);
		expect(Buffer.byteLength(client.socket)).toBeLessThan(108);
		expect(lstatSync(path.join(dir, 'pilot.sock')).isSymbolicLink()).toBe(true);
		expect(readlinkSync(path.join(dir, 'pilot.sock'))).toBe(client.socket);
		expect(await client.health()).toMatchObject({pid: 42});
	});

	test.each([
		['socket', 0o606, 'pilot.sock had mode 0606'],
		['folder', 0o710, '.pilot had mode 0710'],
	])(
		'a %s that was opened to others is closed at the next call, which is not heard; told once',
		async (which, mode, words) => {
			const {client, dir, calls, exposed, warned, watchers} = await serve();
			client.follow({end: () => {}}, {watch: true});
			await vi.waitUntil(() => watchers() === 1);
			const file = which === 'socket' ? client.socket : dir;
			for (const _round of [1, 2]) {
				chmodSync(file, mode);
				await expect(ask(client.socket, 'POST', '/command', '{"type":"pilot.sync"}')).rejects.toThrow();
				await vi.waitUntil(() => (statSync(file).mode & 0o077) === 0);
				expect(await client.health()).toMatchObject({pid: 42});
			}
			// Who was heard before goes on being heard.
			expect([watchers(), calls]).toEqual([1, []]);
			expect(exposed).toEqual([expect.stringContaining(words)]);
			expect(warned).toEqual([expect.stringContaining(words)]);
			chmodSync(file, mode);
			expect(await client.command({type: 'pilot.sync'})).toMatchObject({ok: true});
			expect(statSync(file).mode & 0o077).toBe(0);
		},
	);

	test('another socket in its place is not left there', async () => {
		const {client, server, exposed} = await serve();
		const other = net.createServer(socket => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
		rmSync(client.socket);
		await new Promise<void>(resolve => other.listen(client.socket, () => resolve()));
		server.look();
		await vi.waitUntil(() => exposed.length === 1);
		expect(await client.health()).toMatchObject({pid: 42});
		await new Promise(resolve => other.close(resolve));
	});

	test('a folder that others can write to is not used', () => {
		const folder = scratch();
		onTestFinished(() => folder[Symbol.dispose]());
		const open = path.join(folder.dir, 'open');
		mkdirSync(open);
		const long = path.join(folder.dir, 'x'.repeat(120));
		expect(socketPath(long, {XDG_RUNTIME_DIR: open})).toContain(open);
		lstatSync(open);
		expect(() => socketPath(long, {XDG_RUNTIME_DIR: '/tmp'})).toThrow(
			expect.objectContaining({code: 'SOCKET_FOLDER_OPEN'}),
		);
	});
});

describe('the side of sessions', () => {
	const call = (
		url: string,
		more: {
			token?: string;
			headers?: Record<string, string>;
			body?: unknown;
			at?: string;
			raw?: string | ReadableStream;
		} = {},
	) =>
		fetch(`${url}${more.at ?? '/mcp'}`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				...(more.token ? {authorization: `Bearer ${more.token}`} : {}),
				...more.headers,
			},
			body: more.raw ?? JSON.stringify(more.body ?? {}),
			...(more.raw instanceof ReadableStream ? {duplex: 'half'} : {}),
		} as RequestInit);
	const tool = (name: string, input: object) => ({
		jsonrpc: '2.0',
		id: 1,
		method: 'tools/call',
		params: {name, arguments: input},
	});

	test('a session says what it has to say', async () => {
		const {server, calls} = await serve();
		const answer = await call(server.channelUrl, {
			token: 'good',
			body: tool('report', {summary: 'Done.', report: '# x'}),
		});
		expect(await answer.json()).toMatchObject({result: {content: [{text: 'noted'}]}});
		expect(calls).toEqual([['good', {tool: 'report', input: {summary: 'Done.', report: '# x'}}]]);
		const list = await (
			await call(server.channelUrl, {token: 'good', body: {jsonrpc: '2.0', id: 2, method: 'tools/list'}})
		).json();
		expect((list as {result: {tools: {name: string}[]}}).result.tools.map(({name}) => name)).toEqual([
			'report',
			'remember',
			'propose_mission',
			'ask_human',
			'block',
			'progress',
			'permission',
		]);
	});

	test('a session asks for a permission, and cannot answer', async () => {
		const {server, calls} = await serve();
		const tool = (name: string, args: object) => ({
			...{jsonrpc: '2.0', id: 1, method: 'tools/call'},
			params: {name, arguments: args},
		});
		const asked = {tool_name: 'Bash', input: {command: 'rm -rf build'}, tool_use_id: 't-1'};
		const answer = await call(server.channelUrl, {token: 'good', body: tool('permission', asked)});
		expect(await answer.json()).toMatchObject({result: {content: [{text: '{"behavior":"deny","message":"no"}'}]}});
		expect(calls).toEqual([['good', {tool: 'Bash', input: {command: 'rm -rf build'}}]]);
		const wish = {type: 'approval.allow', id: 'a-0001'};
		for (const at of ['/command', '/status', '/hooks/../command'])
			expect((await call(server.channelUrl, {token: 'good', at, body: wish})).status).toBe(404);
	});

	test('what a tool does not take is told to the agent, and reaches nobody', async () => {
		const {server, calls} = await serve();
		for (const body of [
			tool('report', {summary: 'x'.repeat(301), report: ''}),
			tool('remember', {kind: 'gossip', text: 'x'}),
			tool('explode', {}),
		]) {
			const text = await (await call(server.channelUrl, {token: 'good', body})).text();
			expect(text).toMatch(/"isError":true|"error"/);
		}
		expect(calls).toEqual([]);
	});

	test.each([
		['no token', {}],
		['an unknown one', {token: 'bad'}],
		['a page in a browser', {token: 'good', headers: {origin: 'http://127.0.0.1'}}],
	])('%s: refused', async (_name, more) => {
		const {server, calls} = await serve();
		for (const at of ['/mcp', '/hooks/stop', '/command', '/status'])
			expect((await call(server.channelUrl, {...more, at, body: tool('block', {reason: 'x'})})).status, at).toBe(401);
		expect(calls).toEqual([]);
	});

	test('another name for this machine, as a rebound page would have, is refused', async () => {
		const {server} = await serve();
		const {port} = new URL(server.channelUrl);
		const status = await new Promise(resolve => {
			const request = http.request(
				{
					port,
					host: '127.0.0.1',
					method: 'POST',
					path: '/mcp',
					headers: {host: `evil.example:${port}`, authorization: 'Bearer good'},
				},
				response => resolve(response.statusCode),
			);
			request.end('{}');
		});
		expect(status).toBe(401);
	});

	test('the human side is not there, whatever the token', async () => {
		const {server} = await serve();
		for (const at of ['/command', '/status', '/facts', '/events'])
			expect((await call(server.channelUrl, {token: 'good', at})).status, at).toBe(404);
	});

	test('a body of megabytes is refused, also one that does not say its length', async () => {
		const {server, calls} = await serve();
		const text = JSON.stringify(tool('report', {summary: 'x', report: 'y'.repeat(3_000_000)}));
		expect((await call(server.channelUrl, {token: 'good', raw: text})).status).toBe(413);
		const stream = new Blob([text]).stream();
		expect((await call(server.channelUrl, {token: 'good', raw: stream})).status).toBe(413);
		expect(calls).toEqual([]);
	});

	test('the stop hook sends a session on once', async () => {
		const {server} = await serve();
		const stop = async (body: unknown) =>
			(await call(server.channelUrl, {token: 'good', at: '/hooks/stop', body})).json();
		expect(await stop({stop_hook_active: false})).toEqual({decision: 'block', reason: 'report first'});
		expect(await stop({stop_hook_active: true})).toEqual({});
		expect((await call(server.channelUrl, {token: 'good', at: '/hooks/stop', raw: 'garbage'})).status).toBe(200);
	});
});

describe('panes', () => {
	const connect = async (socket: string, at = '/panes') => {
		const ws = new WebSocket(`ws://pilot${at}`, {createConnection: () => net.connect({path: socket})});
		onTestFinished(() => ws.terminate());
		await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject));
		return ws;
	};

	test('frames of what is watched, until it is not', async () => {
		const {client, watched} = await serve();
		const ws = await connect(client.socket);
		const frames: string[] = [];
		ws.on('message', data => frames.push(String(data)));
		ws.send(JSON.stringify({type: 'watch', sessionId: 's-1', cols: 80, rows: 24}));
		await vi.waitUntil(() => frames.length === 1);
		ws.send(JSON.stringify({type: 'unwatch', sessionId: 's-1'}));
		await vi.waitUntil(() => watched.includes('end'));
		ws.send(JSON.stringify({type: 'watch', sessionId: 's-1', cols: 80, rows: 24}));
		await vi.waitUntil(() => frames.length === 2);
		ws.terminate();
		await vi.waitUntil(() => watched.filter(entry => entry === 'end').length === 2);
	});

	test('keys, moves and copies reach the pane they are for, and no other', async () => {
		const {client, watched} = await serve();
		const ws = await connect(client.socket);
		const heard: string[] = [];
		ws.on('message', data => heard.push(String(data)));
		const ask = (request: object) => ws.send(JSON.stringify({sessionId: 's-1', ...request}));
		ask({type: 'keys', text: 'too early'});
		ask({type: 'watch', cols: 80, rows: 24});
		const asked = [
			{type: 'attach', sessionId: 's-1', name: 'anna'},
			{type: 'keys', sessionId: 's-1', text: 'hello\r'},
			{type: 'move', sessionId: 's-1', move: 'page-up', by: 2},
			{type: 'find', sessionId: 's-1', query: 'x'},
			{type: 'copy', sessionId: 's-1', what: 'all', to: 'file'},
		];
		for (const request of asked) ask(request);
		ask({type: 'keys', sessionId: 's-2', text: 'not watched'});
		ask({type: 'move', move: 'sideways', by: 1});
		await vi.waitUntil(() => heard.some(text => text.includes('copied')));
		expect(watched).toEqual([['s-1', 80, 24], ...asked]);
	});

	test('garbage, sizes that are none, and other paths do no harm', async () => {
		const {client, watched} = await serve();
		await expect(connect(client.socket, '/other')).rejects.toThrow();
		const ws = await connect(client.socket);
		const bad = [
			'',
			'{',
			'[]',
			'null',
			'{"type":"watch"}',
			'{"type":"watch","sessionId":"s","cols":"a","rows":1}',
			'{"type":"watch","sessionId":"s","cols":1.5,"rows":1}',
			'{"type":"watch","sessionId":"s","cols":1e9,"rows":1}',
		];
		for (const text of bad) ws.send(text);
		ws.send(JSON.stringify({type: 'watch', sessionId: 'none', cols: 80, rows: 24}));
		await vi.waitUntil(() => watched.length > 0);
		expect(watched).toEqual([['none', 80, 24]]);
		expect(await client.health()).toMatchObject({pid: 42});
	});
});

test('a stream of events is cut right, however it arrives', () => {
	const text =
		'event: fact\nid: 1\ndata: {"a":"ü"}\n\n: comment\n\nevent: status\ndata: 1\ndata: 2\n\ndata: plain\n\nevent: fact\ndata: half';
	for (let at = 0; at <= text.length; at++) {
		const events: string[] = [];
		const read = createEventReader((name, data) => events.push(`${name}=${data}`));
		read(text.slice(0, at));
		read(text.slice(at));
		expect(events).toEqual(['fact={"a":"ü"}', 'status=1\n2', 'message=plain']);
	}
});

test('a pilot that does not answer whether it is there gets no command: it would take it late', {
	timeout: 20_000,
}, async () => {
	const folder = scratch('silent');
	onTestFinished(() => folder[Symbol.dispose]());
	const asked: string[] = [];
	const server = http.createServer(request => void asked.push(`${request.method} ${request.url}`));
	const socket = socketPath(folder.dir, {});
	server.listen(socket);
	await once(server, 'listening');
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const client = createControlClient(folder.dir, {});
	await expect(client.command({type: 'pilot.pause', by: 'cli'})).rejects.toMatchObject({code: 'PILOT_SILENT'});
	expect(asked).toEqual(['GET /health']);
});
