import {once} from 'node:events';
import {lstatSync, readdirSync, readFileSync, readlinkSync, statSync} from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {makeDemoWorld, pilot} from '../support/demo-world.js';
import {howMany, tellFigure} from '../support/figures.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

const tries = howMany({full: 20_000, short: 800});
const atOnce = 20;

const words = fc.oneof(
	fc.string({unit: 'binary', maxLength: 40}),
	fc.constantFrom(
		'../../../etc/passwd',
		'%2e%2e%2f',
		'\u0000',
		'{"type":"pilot.pause"',
		'[[[[[[[['.repeat(500),
		'null',
		'1e999',
	),
);
const paths = fc.oneof(
	fc.constantFrom(
		'/health',
		'/status',
		'/facts?tail=-1',
		'/facts?tail=1e9',
		'/command',
		'/events',
		'/mcp',
		'/hooks/stop',
		'/panes',
		'/',
	),
	words.map(word => `/${encodeURIComponent(word.toWellFormed())}`),
);
const methods = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'BREW');
const header = fc.constantFrom(
	'content-type: application/json',
	'content-type: multipart/form-data',
	'content-length: 5',
	'content-length: 99999999999',
	'transfer-encoding: chunked',
	'authorization: Bearer x',
	'authorization: Bearer ',
	'origin: https://evil.example',
	'host: evil.example',
	'upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-key: x\r\nsec-websocket-version: 13',
	'expect: 100-continue',
	`x-long: ${'a'.repeat(30_000)}`,
);
const request = fc
	.tuple(methods, paths, fc.array(header, {maxLength: 4}), words)
	.map(
		([method, where, headers, body]) =>
			`${method} ${where} HTTP/1.1\r\nhost: localhost\r\n${headers.map(line => `${line}\r\n`).join('')}\r\n${body}`,
	);
const anything = fc.oneof({weight: 5, arbitrary: request}, {weight: 1, arbitrary: words});

/** Says it, and hangs up soon, whatever is answered. Gives what was answered. */
function say(where: net.NetConnectOpts, bytes: string): Promise<string> {
	return new Promise(resolve => {
		const socket = net.connect(where);
		let answer = '';
		socket.setTimeout(150, () => socket.destroy());
		socket.on('data', data => {
			answer += data;
			if (answer.length > 200) socket.destroy();
		});
		socket.on('error', () => {});
		socket.on('close', () => resolve(answer));
		socket.write(bytes);
	});
}

const health = (socketPath: string) =>
	new Promise<number>((resolve, reject) => {
		http
			.get({socketPath, path: '/health'}, response => {
				response.resume();
				resolve(response.statusCode ?? 0);
			})
			.on('error', reject);
	});

/** The port on loopback that a process listens at. */
function portOf(pid: number): number {
	const links = readdirSync(`/proc/${pid}/fd`).flatMap(fd => {
		try {
			return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
		} catch {
			return [];
		}
	});
	const inodes = new Set(links.flatMap(link => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
	for (const line of readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1)) {
		const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
		if (state === '0A' && inodes.has(inode)) return Number.parseInt(local.split(':')[1] ?? '', 16);
	}
	throw new Error('listens nowhere');
}

test(`${tries} requests of anything: the pilot goes on, and nobody without a token is heard`, {
	timeout: 20 * 60_000,
}, async () => {
	using place = scratch('fuzz');
	const world = makeDemoWorld(place.dir, '## Pending\n');
	const running = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});
	await running.see('pilot started');
	const socketPath = path.join(world.workspace, '.pilot/pilot.sock');
	const port = portOf(running.child.pid ?? 0);
	expect(statSync(socketPath).mode & 0o777).toBe(0o600);
	expect(lstatSync(path.dirname(socketPath)).mode & 0o777).toBe(0o700);
	const bodies = fc.sample(anything, tries);
	let heard = 0;
	for (let at = 0; at < bodies.length; at += atOnce) {
		const batch = bodies.slice(at, at + atOnce);
		const answers = await Promise.all(
			batch.map((bytes, index) => say(index % 2 ? {path: socketPath} : {port, host: '127.0.0.1'}, bytes)),
		);
		heard += answers.filter((answer, index) => index % 2 === 0 && /^HTTP\/1\.1 2/.test(answer)).length;
		if (at % (atOnce * 25) === 0) expect(await health(socketPath)).toBe(200);
	}
	// Many that say nothing at all, and stay.
	const silent = Array.from({length: 300}, () => net.connect({port, host: '127.0.0.1'}).on('error', () => {}));
	await Promise.race([once(silent[0] ?? running.child, 'connect'), new Promise(resolve => setTimeout(resolve, 500))]);
	expect(await health(socketPath)).toBe(200);
	for (const socket of silent) socket.destroy();
	expect(JSON.parse((await pilot(world, ['status', '--json'])).out).state).not.toBe('stopping');
	await pilot(world, ['stop', '--now']);
	const {err} = await running.finished;
	tellFigure({
		name: 'requests of anything',
		n: tries,
		failures: heard,
		figure: 'half at the socket, half at the loopback port; none without a token was heard, the pilot went on',
	});
	expect(heard).toBe(0);
	expect(err).toBe('');
});
