import {execFileSync, spawn} from 'node:child_process';
import {chmodSync, chownSync, existsSync, mkdirSync, statSync} from 'node:fs';
import path from 'node:path';
import {expect, test, vi} from 'vitest';
import {readLog} from '../../src/kernel/event-log.js';
import {makeDemoWorld, pilot} from '../support/demo-world.js';
import {notRun} from '../support/not-run.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

/** Calls thirty times at once as the user nobody, with a command that pauses the pilot; prints how many connected, and all that was answered. */
const stranger = `
process.setgroups([]); process.setgid(65534); process.setuid(65534);
const body = '{"type":"pilot.pause"}';
const text = 'POST /command HTTP/1.1\\r\\nhost: x\\r\\ncontent-type: application/json\\r\\ncontent-length: ' + body.length + '\\r\\n\\r\\n' + body;
let connected = 0, heard = '';
const call = () => new Promise(resolve => {
	const socket = require('node:net').connect(process.argv[1], () => { connected++; socket.write(text); });
	socket.on('data', data => { heard += data; }).on('error', () => {}).on('close', resolve);
	socket.setTimeout(2000, () => socket.destroy());
});
Promise.all(Array.from({length: 30}, call)).then(() => console.log(JSON.stringify({connected, heard})));
`;

const setpriv = '/usr/bin/setpriv';

async function callAsNobody(socket: string): Promise<{connected: number; heard: string}> {
	const child = spawn(process.execPath, ['-e', stranger, socket], {cwd: '/', stdio: ['ignore', 'pipe', 'inherit']});
	let out = '';
	for await (const chunk of child.stdout) out += chunk;
	return JSON.parse(out);
}

test('a folder of pilot that is another user’s and open cannot be closed: that is told, and the pilot starts', async () => {
	if (process.getuid?.() !== 0 || !existsSync(setpriv))
		return notRun('needs root and setpriv, to start a pilot as another user: a folder that cannot be closed');
	using place = scratch('open-socket');
	const world = makeDemoWorld(place.dir, '## Pending\n');
	const folder = path.join(world.workspace, '.pilot');
	mkdirSync(folder);
	chmodSync(folder, 0o777);
	execFileSync('chown', ['-R', '65534:65534', place.dir]);
	chownSync(folder, 0, 0);
	const running = startPilot(['start', '--headless'], {
		cwd: world.workspace,
		env: childEnv(world.home),
		under: [setpriv, '--reuid=65534', '--regid=65534', '--clear-groups'],
	});
	await running.see('cannot be closed to them');
	await running.see('pilot started');
	expect((await pilot(world, ['stop', '--now'])).code).toBe(0);
	expect((await running.finished).code).toBe(0);
});

test('socket and folder are opened to others: no stranger is heard, both are closed again, the owner is answered', {
	timeout: 60_000,
}, async () => {
	if (process.getuid?.() !== 0) return notRun('needs root, to call as another user: an open control socket');
	using place = scratch('open-socket');
	const world = makeDemoWorld(place.dir, '## Pending\n');
	for (const dir of [place.dir, world.workspace]) chmodSync(dir, 0o755);
	const running = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});
	await running.see('pilot started');
	const folder = path.join(world.workspace, '.pilot');
	const socket = path.join(folder, 'pilot.sock');
	await vi.waitUntil(() => statSync(socket, {throwIfNoEntry: false}), {timeout: 5000});
	expect(await callAsNobody(socket)).toEqual({connected: 0, heard: ''});
	const open = () => {
		chmodSync(socket, 0o666);
		chmodSync(folder, 0o777);
	};
	const modes = () => [folder, socket].map(file => (statSync(file).mode & 0o777).toString(8));
	let connected = 0;
	for (let round = 0; round < 5; round++) {
		open();
		const answer = await callAsNobody(socket);
		connected += answer.connected;
		expect(answer.heard).toBe('');
		await vi.waitUntil(() => modes().join() === '700,600', {timeout: 5000});
	}
	// Some came in by the open door: that they were not heard is due to the pilot, and not to the kernel.
	expect(connected).toBeGreaterThan(0);
	open();
	expect(await pilot(world, ['pause'])).toMatchObject({code: 0});
	expect(modes()).toEqual(['700', '600']);
	open();
	await vi.waitUntil(() => modes().join() === '700,600', {timeout: 6000});
	const {events} = readLog(path.join(folder, 'events.ndjson'));
	expect(events.filter(({type}) => type === 'pilot.paused')).toHaveLength(1);
	expect(events.flatMap(event => (event.type === 'pilot.warned' ? [event.data.what] : []))).toEqual([
		expect.stringMatching(/\.pilot had mode 0777, pilot\.sock had mode 0666/),
	]);
	expect(running.said()).toContain('Other users could reach the control socket');
	expect((await pilot(world, ['stop', '--now'])).code).toBe(0);
	expect((await running.finished).err).toBe('');
});
