import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {afterAll, expect, type TestContext, test} from 'vitest';
import {readLog} from '../../src/kernel/event-log.js';
import {startAgain} from '../support/after-a-kill.js';
import {demoConfig, pilot} from '../support/demo-world.js';
import {howMany, tellFigure} from '../support/figures.js';
import {notRun} from '../support/not-run.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {canMount, makeSmallDisk} from '../support/small-disk.js';
import {canTrace} from '../support/strace.js';
import {makeWorld, scratch, type World} from '../support/workspace.js';

const id = 'm-write1';
const missions = `## Pending\n- [ ] Add a farewell access:write ^${id}\n  demo: writes bye.js\n`;

function start({onTestFinished}: TestContext, world: World, under: readonly string[] = []) {
	const running = startPilot(['start', '--headless', '--until-idle'], {
		cwd: world.workspace,
		env: childEnv(world.home),
		under,
	});
	onTestFinished(() => void running.child.kill('SIGKILL'));
	return running;
}

test.concurrent('a disk that fills up while a session runs: nothing crashes, status says it, and it goes on by itself', {
	timeout: 120_000,
}, async context => {
	if (!canMount()) return notRun('a full disk: needs root, to mount one');
	using place = scratch('pilot-full');
	using disk = makeSmallDisk(place.dir, 48);
	const world = makeWorld(disk.folder, {config: demoConfig().replace('60', '4'), missions});
	const running = start(context, world);
	await running.see('demo session started');
	const before = readLog(path.join(world.workspace, '.pilot/events.ndjson'));
	disk.fill();
	await context.expect
		.poll(async () => (await pilot(world, ['status'])).out, {timeout: 20_000, interval: 500})
		.toContain('the disk is full');
	expect(running.child.exitCode).toBeNull();
	const during = readLog(path.join(world.workspace, '.pilot/events.ndjson'));
	expect(during.dropped).toBe(0);
	expect(during.events.slice(0, before.events.length)).toEqual(before.events);
	expect(during.events.at(-1)?.type).not.toBe('pilot.stopped');
	disk.free();
	const end = await running.finished;
	expect(end.code, end.out + end.err).toBe(0);
	const {troubles, said} = await startAgain(world, [id], childEnv(world.home));
	expect(troubles, said).toEqual([]);
});

test.concurrent('a read-only workspace: exit 74 within seconds, in words, and nothing of the state is touched', async context => {
	if (!canMount()) return notRun('a read-only disk: needs root, to mount one');
	using place = scratch('pilot-readonly');
	using disk = makeSmallDisk(place.dir, 48);
	const world = makeWorld(disk.folder, {config: demoConfig().replace('60', '1000'), missions});
	expect((await start(context, world).finished).code).toBe(0);
	disk.setReadOnly(true);
	const refused = await start(context, world).finished;
	expect(refused).toMatchObject({
		code: 74,
		err: expect.stringMatching(/cannot be written: EROFS\.\nMake the workspace writable/),
	});
	disk.setReadOnly(false);
	const {troubles, said} = await startAgain(world, [id], childEnv(world.home));
	expect(troubles, said).toEqual([]);
});

/** Of the calls that write the log, those from which two in a row fail: a mission makes two dozen of them. */
const firsts = howMany({full: 9, short: 1});
const failing = ['fdatasync', 'write'].flatMap(syscall =>
	Array.from({length: firsts}, (_, index) => ({syscall, first: 5 + 2 * index})),
);
const held = new Set<unknown>();

afterAll(() => {
	if (held.size === 0) return; // without strace
	tellFigure({
		name: 'a log that cannot be written for a while',
		n: failing.length,
		failures: failing.length - held.size,
		figure:
			'two failing fdatasync or write calls in a row, from another one on each time: no crash, no fact torn or lost',
	});
});

test.concurrent.for(failing)(
	'$syscall that fails from number $first on: no crash, no fact torn or lost, and it goes on by itself',
	{
		timeout: 120_000,
	},
	async (failure, context) => {
		const {syscall, first} = failure;
		if (!canTrace()) return notRun('failing system calls: needs strace');
		using place = scratch('pilot-io');
		const world = makeWorld(place.dir, {config: demoConfig().replace('60', '1000'), missions});
		const log = path.join(world.workspace, '.pilot/events.ndjson');
		const running = start(context, world, [
			...['strace', '-o', '/dev/null', '-P', log, '-e', `trace=${syscall}`],
			...['-e', `inject=${syscall}:error=EIO:when=${first}..${first + 1}`],
		]);
		const end = await running.finished;
		expect(end.code, end.out + end.err).toBe(0);
		expect(end.ms).toBeGreaterThan(2000); // it does not try again and again
		expect(readFileSync(path.join(world.workspace, '.pilot/logs/pilot.log'), 'utf8')).toMatch(/cannot be written: EIO/);
		const {dropped, events} = readLog(log);
		expect([dropped, events.map(({seq}) => seq)]).toEqual([0, events.map((_, index) => index + 1)]);
		const {troubles, said} = await startAgain(world, [id], childEnv(world.home));
		expect(troubles, said).toEqual([]);
		held.add(failure);
	},
);

/** The same for whatever puts a file in its place: snapshots, missions.md, journal, memory, leases. A mission makes about thirty. */
const placings = ['rename', 'fsync'].flatMap(syscall =>
	Array.from({length: howMany({full: 14, short: 1})}, (_, index) => ({syscall, first: 4 + 2 * index})),
);
const placed = new Set<unknown>();

afterAll(() => {
	if (placed.size === 0) return; // without strace
	tellFigure({
		name: 'files that cannot be put in their place for a while',
		n: placings.length,
		failures: placings.length - placed.size,
		figure:
			'two failing rename or fsync calls in a row, of any file, from another one on each time: no crash, the mission done once',
	});
});

test.concurrent.for(placings)(
	'$syscall of any file that fails from number $first on: no crash, and the mission is done once',
	{
		timeout: 120_000,
	},
	async (failure, context) => {
		const {syscall, first} = failure;
		if (!canTrace()) return notRun('failing system calls: needs strace');
		using place = scratch('pilot-io');
		const world = makeWorld(place.dir, {config: demoConfig().replace('60', '1000'), missions});
		const running = start(context, world, [
			...['strace', '-o', '/dev/null', '-e', `trace=${syscall}`],
			...['-e', `inject=${syscall}:error=EIO:when=${first}..${first + 1}`],
		]);
		const end = await running.finished;
		// At its start it may be refused in words; then nothing has been touched.
		expect([0, 74], end.out + end.err).toContain(end.code);
		expect(end.err).not.toMatch(/Internal error/);
		const {dropped, events} = readLog(path.join(world.workspace, '.pilot/events.ndjson'));
		expect([dropped, events.map(({seq}) => seq)]).toEqual([0, events.map((_, index) => index + 1)]);
		const {troubles, said} = await startAgain(world, [id], childEnv(world.home));
		expect(troubles, said).toEqual([]);
		placed.add(failure);
	},
);

test.concurrent('the first write for which there is no room is told, from the room that was kept', {
	timeout: 120_000,
}, async context => {
	if (!canTrace()) return notRun('failing system calls: needs strace');
	using place = scratch('pilot-io');
	const world = makeWorld(place.dir, {config: demoConfig().replace('60', '1000'), missions});
	const log = path.join(world.workspace, '.pilot/events.ndjson');
	const running = start(context, world, [
		...['strace', '-o', '/dev/null', '-P', log, '-e', 'trace=write'],
		...['-e', 'inject=write:error=ENOSPC:when=5'],
	]);
	const end = await running.finished;
	expect(end.out).toContain('the disk is full. No mission is taken until there is room.');
	const {troubles, said} = await startAgain(world, [id], childEnv(world.home));
	expect(troubles, said).toEqual([]);
});

test.concurrent('near the limit of open files no session is started, and status says why', {
	timeout: 60_000,
}, async context => {
	using place = scratch('pilot-files');
	const world = makeWorld(place.dir, {config: demoConfig().replace('60', '1000'), missions: '## Pending\n'});
	const running = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});
	context.onTestFinished(() => void running.child.kill('SIGKILL'));
	await running.see('pilot started');
	const limitTo = (count: number) =>
		spawnSync('prlimit', ['--pid', String(running.child.pid), `--nofile=${count}:4096`]).status === 0;
	const socket = path.join(world.workspace, '.pilot/pilot.sock');
	const open = () => readdirSync(`/proc/${running.child.pid}/fd`).length;
	const before = open();
	const callers = await Promise.all(
		Array.from({length: 100}, () => {
			const caller = net.connect({path: socket});
			return new Promise<net.Socket>(resolve => caller.once('connect', () => resolve(caller)));
		}),
	);
	context.onTestFinished(() => {
		for (const caller of callers) caller.destroy();
	});
	await context.expect.poll(open, {timeout: 10_000}).toBeGreaterThanOrEqual(before + callers.length);
	const used = open();
	if (!limitTo(used + 20)) return notRun('a limit of open files: needs prlimit');
	await pilot(world, ['add', 'Look at it']);
	await context.expect
		.poll(async () => (await pilot(world, ['status'])).out, {timeout: 15_000, interval: 300})
		.toMatch(/open files are in use/);
	limitTo(4096);
	await running.see('demo session started');
});
