import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {Config} from '../../src/domain/config.js';
import {systemClock} from '../../src/kernel/clock.js';
import type {Context} from '../../src/supervisor/context.js';
import {createMachines, openQueueFile, openStore} from '../../src/supervisor/index.js';
import {createLoop} from '../../src/supervisor/loop.js';
import {howMany, isShort, tellFigure} from '../support/figures.js';
import {childEnv} from '../support/pilot-process.js';
import {git, makeWorld, scratch, type World, writeTree} from '../support/workspace.js';
import {openGit} from '../support/workspace-git.js';

const missions = '## Pending\n- [ ] One ^m-aaaaaa\n- [ ] Two ^m-bbbbbb\n\n## Done\n';

function world(): World {
	const place = scratch('pilot-remote');
	onTestFinished(() => place[Symbol.dispose]());
	return makeWorld(place.dir, {config: '', missions});
}

const open = ({workspace, home}: World, more: object = {}) => openGit(workspace, {env: childEnv(home), ...more});

const fileOf = ({workspace}: World) => path.join(workspace, 'missions.md');
const read = (here: World) => readFileSync(fileOf(here), 'utf8');

function clone({root, remote}: World, name: string): string {
	git(root, 'clone', '-q', remote, path.join(root, name));
	return path.join(root, name);
}

function commit(at: string, text: string, message: string) {
	writeTree(at, {'missions.md': text});
	git(at, 'commit', '-qam', message);
}

test('a remote whose history is written anew: nothing is lost, nothing is forced, and the local tip is kept', async () => {
	const here = world();
	const there = clone(here, 'there');
	commit(there, `${missions}Published once.\n`, 'To be thrown away');
	git(there, 'push', '-q');
	const workspaceGit = await open(here);
	await workspaceGit.sync();
	writeFileSync(fileOf(here), read(here).replace('- [ ] One', '- [~] One'));
	await workspaceGit.commit(['missions.md'], 'Take: One');
	const tip = git(here.workspace, 'rev-parse', 'HEAD');
	git(there, 'reset', '-q', '--hard', 'HEAD~1');
	commit(there, missions.replace('- [ ] Two', '- [ ] Two, written anew'), 'Another history');
	git(there, 'push', '-q', '--force');
	const sync = await workspaceGit.sync();
	expect(sync).toMatchObject({
		kind: 'synced',
		pushed: true,
		merged: true,
		backup: expect.stringMatching(/^pilot\/backup-\d{8}T\d{6}Z$/),
	});
	expect(git(here.workspace, 'rev-parse', (sync.kind === 'synced' && sync.backup) || '')).toBe(tip);
	for (const text of ['- [~] One', '- [ ] Two, written anew', 'Published once.']) expect(read(here)).toContain(text);
	expect(git(here.remote, 'merge-base', 'main', git(there, 'rev-parse', 'HEAD'))).toBe(git(there, 'rev-parse', 'HEAD'));
	expect(await workspaceGit.sync()).toEqual({kind: 'synced', pulled: 0, pushed: false, merged: false});
});

test('a remote that is gone is offline; when it is back, what was done meanwhile goes there', async () => {
	const here = world();
	const workspaceGit = await open(here);
	renameSync(here.remote, `${here.remote}.away`);
	writeFileSync(fileOf(here), read(here).replace('- [ ] One', '- [~] One'));
	await workspaceGit.commit(['missions.md'], 'Take: One');
	for (const what of ['sync', 'push'] as const)
		expect(await workspaceGit[what]()).toMatchObject({
			kind: 'offline',
			why: expect.stringContaining('does not appear'),
		});
	renameSync(`${here.remote}.away`, here.remote);
	expect(await workspaceGit.sync()).toMatchObject({kind: 'synced', pushed: true});
	expect(git(here.remote, 'show', 'main:missions.md')).toContain('- [~] One');
});

/** Processes whose command line has this in it. */
const processesOf = (word: string) =>
	execFileSync('ps', ['-eo', 'pid,args'], {encoding: 'utf8'})
		.split('\n')
		.filter(line => line.includes(word) && !line.includes('ps -eo'));

/** A server that takes connections and says nothing. */
async function mute(): Promise<number> {
	const sockets = new Set<net.Socket>();
	const server = net.createServer(socket => void sockets.add(socket.on('error', () => {})));
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	return (server.address() as net.AddressInfo).port;
}

describe('a remote that hangs keeps nobody waiting, and leaves no process', () => {
	const longestMs = isShort ? 2000 : 60_000;

	test.each([
		['git', (port: number) => `git://127.0.0.1:${port}/hangs.git`],
		['http', (port: number) => `http://127.0.0.1:${port}/hangs.git`],
		['ssh', (port: number) => `ssh://hangs-${port}/hangs.git`],
	])('over %s', {timeout: 150_000}, async (protocol, urlOf) => {
		const here = world();
		const port = await mute();
		const url = urlOf(port);
		git(here.workspace, 'remote', 'set-url', 'origin', url);
		const ssh = path.join(here.root, 'ssh');
		writeFileSync(ssh, `#!/bin/sh\ntrap '' TERM INT HUP\nsleep 1000 & wait\nsleep 1000\n`);
		chmodSync(ssh, 0o755);
		const env = {...childEnv(here.home), GIT_SSH_COMMAND: ssh};
		const workspaceGit = await open(here, {env, ...(isShort ? {networkMs: longestMs} : {})});
		const startedMs = performance.now();
		const sync = await workspaceGit.sync();
		const tookMs = performance.now() - startedMs;
		const left = [...processesOf(url), ...processesOf(ssh)];
		tellFigure({
			name: `a remote that hangs (${protocol})`,
			n: 1,
			failures: left.length > 0 || tookMs > longestMs + 5000 ? 1 : 0,
			figure: `given up after ${(tookMs / 1000).toFixed(1)} s (limit ${longestMs / 1000} s), ${left.length} processes left`,
		});
		expect(sync).toMatchObject({kind: 'offline', why: expect.stringContaining('the remote did not answer within')});
		expect(tookMs).toBeLessThan(longestMs + 5000);
		expect(left).toEqual([]);
	});
});

describe('somebody else always pushes first', () => {
	/** A git that lets another clone push before each push of ours, this many times. */
	function outrun(here: World, times: number): Record<string, string> {
		const there = clone(here, 'there');
		const bin = path.join(here.root, 'bin');
		const log = path.join(here.root, 'pushes');
		writeTree(bin, {
			git: `#!/bin/sh
PATH='${process.env.PATH}'
case "$*" in *' push --porcelain '*)
  echo x >> '${log}'
  if [ $(wc -l < '${log}') -le ${times} ]; then
    cd '${there}' && git pull -q && echo line >> theirs.txt && git add theirs.txt && git -c user.name=x -c user.email=x@x commit -qm Theirs && git push -q; cd - > /dev/null
  fi ;;
esac
exec git "$@"
`,
		});
		chmodSync(path.join(bin, 'git'), 0o755);
		return {...childEnv(here.home), PATH: `${bin}:${process.env.PATH}`};
	}

	test.each([
		['three times', 3, {kind: 'synced', pushed: true}, [1, 2, 3]],
		['for ever', 1000, {kind: 'offline', why: 'others push faster than this machine can merge'}, [1, 2, 3, 4]],
	])('%s: tried again after longer and longer waits, five times at most', async (_name, times, outcome, waits) => {
		const here = world();
		const env = outrun(here, times);
		const waited: number[] = [];
		const workspaceGit = await open(here, {env, backOff: async (round: number) => void waited.push(round)});
		writeFileSync(fileOf(here), read(here).replace('- [ ] One', '- [~] One'));
		await workspaceGit.commit(['missions.md'], 'Take: One');
		expect(await workspaceGit.sync()).toMatchObject(outcome);
		expect(waited).toEqual(waits);
		expect(git(here.workspace, 'status', '--porcelain')).toBe('');
	});
});

/** A clock that stands until it is moved on; timers fire when their time comes. */
function createFakeClock(startMs: number) {
	let nowMs = startMs;
	const timers = new Set<{atMs: number; everyMs?: number; fire: () => void}>();
	const add = (timer: {atMs: number; everyMs?: number; fire: () => void}) => {
		timers.add(timer);
		return () => void timers.delete(timer);
	};
	return {
		now: () => nowMs,
		at: (atMs: number, fire: () => void) => add({atMs, fire}),
		every: (everyMs: number, fire: () => void) => add({atMs: nowMs + everyMs, everyMs, fire}),
		sleep: (ms: number) => new Promise<void>(resolve => void add({atMs: nowMs + ms, fire: resolve})),
		advance(ms: number) {
			nowMs += ms;
			for (const timer of [...timers].filter(({atMs}) => atMs <= nowMs)) {
				if (timer.everyMs === undefined) timers.delete(timer);
				else timer.atMs = nowMs + timer.everyMs;
				timer.fire();
			}
		},
	};
}

test('six hours offline: work goes on here, one alert, and in sync within two minutes of the return', {
	timeout: 120_000,
}, async () => {
	const here = world();
	const clock = createFakeClock(Date.now());
	const stateFile = path.join(here.workspace, 'state/h-000000.json');
	const pilotDir = path.join(here.workspace, '.pilot');
	const store = await openStore({pilotDir, stateFile, machine: 'h-000000', clock});
	const queueFile = openQueueFile(
		fileOf(here),
		clock,
		() => {},
		() => {},
	);
	const workspaceGit = await open(here);
	const context = {
		...{workspace: here.workspace, pilotDir, stateFile, machine: 'h-000000', store, queueFile, clock},
		git: workspaceGit,
		...{
			config: Config.parse({}),
			agent: {name: 'demo'},
			untilIdle: false,
			machines: createMachines({stateFile, clock, leaseMs: 900_000}),
		},
		log: {warn: () => {}, error: () => {}},
		commands: {during: <T>(_: unknown, work: () => T) => work()},
	} as unknown as Context;
	// Nothing is to be started here: the missions themselves are others' business.
	store.emit('pilot.paused', {by: 'the test'});
	const loop = createLoop(context);
	loop.open();
	const idle = () => workspaceGit.counts().then(() => new Promise(resolve => setTimeout(resolve, 5)));
	const pass = async (minutes: number) => {
		for (let n = 0; n < minutes * 2; n++) {
			clock.advance(30_000);
			loop.tick();
			await idle();
		}
	};
	await pass(6);
	renameSync(here.remote, `${here.remote}.away`);
	const hours = 6;
	for (let hour = 0; hour < hours; hour++) {
		writeFileSync(fileOf(here), `${read(here)}Hour ${hour}.\n`);
		await workspaceGit.commit(['missions.md'], `Hour ${hour}`);
		await pass(60);
	}
	const count = (type: string) => store.after(0).filter(fact => fact.type === type).length;
	expect(count('workspace.offline')).toBe(1);
	const there = path.join(here.root, 'there');
	renameSync(`${here.remote}.away`, here.remote);
	git(here.root, 'clone', '-q', here.remote, there);
	commit(there, `A line of theirs.\n${missions}`, 'Meanwhile');
	git(there, 'push', '-q');
	let minutes = 0;
	while (store.state.offline && minutes < 10) {
		await pass(0.5);
		minutes += 0.5;
	}
	await idle();
	loop.close();
	await queueFile.close();
	const text = git(here.remote, 'show', 'main:missions.md');
	const lost = ['A line of theirs.', ...Array.from({length: hours}, (_, hour) => `Hour ${hour}.`)].filter(
		line => !text.includes(line),
	);
	store.close();
	tellFigure({
		name: 'six hours offline (clock moved on)',
		n: hours,
		failures: lost.length,
		figure: `one alert; in sync ${minutes} min after the return; ${lost.length} lines lost`,
	});
	expect(lost).toEqual([]);
	expect(minutes).toBeLessThanOrEqual(2);
});

test('a workspace of very many files is synced in seconds', {timeout: 300_000}, async () => {
	const here = world();
	const files = howMany({full: 50_000, short: 2000});
	for (let n = 0; n < files; n++) {
		const folder = path.join(here.workspace, 'notes', `${n % 100}`);
		if (n < 100) mkdirSync(folder, {recursive: true});
		writeFileSync(path.join(folder, `${n}.txt`), `${n}\n`);
	}
	git(here.workspace, 'add', '-A');
	git(here.workspace, 'commit', '-qm', 'Many');
	git(here.workspace, 'push', '-q');
	const there = clone(here, 'there');
	commit(there, missions.replace('- [ ] Two', '- [~] Two'), 'There');
	git(there, 'push', '-q');
	writeFileSync(fileOf(here), read(here).replace('- [ ] One', '- [~] One'));
	const workspaceGit = await open(here);
	const startedMs = systemClock.now();
	await workspaceGit.commit(['missions.md'], 'Here');
	expect(await workspaceGit.sync()).toMatchObject({kind: 'synced', merged: true, pushed: true});
	const tookMs = systemClock.now() - startedMs;
	tellFigure({
		name: 'a merge in a workspace of many files',
		n: 1,
		failures: tookMs > 20_000 ? 1 : 0,
		figure: `${files} files: committed, fetched, merged, pushed in ${(tookMs / 1000).toFixed(1)} s`,
	});
	expect(tookMs).toBeLessThan(20_000);
	rmSync(there, {recursive: true, force: true});
});
