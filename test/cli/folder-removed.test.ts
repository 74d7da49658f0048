import {existsSync, readdirSync, readFileSync, renameSync, rmSync} from 'node:fs';
import path from 'node:path';
import {expect, test, vi} from 'vitest';
import {readLog} from '../../src/kernel/event-log.js';
import {taggedPids} from '../../src/kernel/process-tree.js';
import {demoConfig, makeDemoWorld, pilot} from '../support/demo-world.js';
import {notRun} from '../support/not-run.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {canTrace} from '../support/strace.js';
import {git, scratch, type World} from '../support/workspace.js';

const missionsOf = ({workspace}: World) => readFileSync(path.join(workspace, 'missions.md'), 'utf8');

test('.pilot is removed while a pilot runs: it is put back within seconds, told, and nothing of the log is lost', {
	timeout: 60_000,
}, async () => {
	using place = scratch('folder-removed');
	const world = makeDemoWorld(place.dir, '## Pending\n- [ ] First ^m-aaaaaa\n', demoConfig());
	const pilotDir = path.join(world.workspace, '.pilot');
	const log = path.join(pilotDir, 'events.ndjson');
	const first = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});
	await vi.waitUntil(() => missionsOf(world).includes('[x]'), {timeout: 20_000});
	await vi.waitUntil(() => readLog(log).events.some(({type}) => type === 'mission.published'));
	git(world.workspace, 'clean', '-q', '-fdx');
	rmSync(pilotDir, {recursive: true, force: true});
	await first.see('had been removed while the pilot ran');
	await vi.waitUntil(() => existsSync(path.join(pilotDir, 'pilot.sock')), {timeout: 5000});
	expect((await pilot(world, ['add', 'Second'])).code).toBe(0);
	await vi.waitUntil(() => missionsOf(world).split('[x]').length === 3, {timeout: 20_000});
	expect((await pilot(world, ['start', '--headless'])).code).toBe(3);
	first.child.kill('SIGKILL');
	await first.finished;
	const again = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});
	await again.see('pilot started');
	expect((await pilot(world, ['stop', '--now'])).code).toBe(0);
	await again.finished;
	const {events, dropped} = readLog(log);
	expect([events[0]?.type, events.map(({seq}) => seq), dropped]).toEqual([
		'pilot.started',
		events.map((_, n) => n + 1),
		0,
	]);
	expect(events.filter(({type}) => type === 'mission.claimed')).toHaveLength(2);
	expect(readdirSync(path.join(world.workspace, 'state'))).toHaveLength(1);
});

/** As often as something is written into it meanwhile. */
const removeAll = ({workspace}: World) => rmSync(workspace, {recursive: true, maxRetries: 9, retryDelay: 10});

const slow = demoConfig().replace('pace: 60', 'pace: 0.2');

test.each([
	['removed while nothing runs', '## Pending\n', (world: World) => removeAll(world)],
	['removed under a session', '## Pending\n- [ ] First ^m-aaaaaa\n', (world: World) => removeAll(world)],
	[
		'cloned anew in its place',
		'## Pending\n- [ ] First ^m-aaaaaa\n',
		(world: World) => {
			removeAll(world);
			git(world.root, 'clone', '-q', world.remote, world.workspace);
		},
	],
	[
		'moved away',
		'## Pending\n- [ ] First ^m-aaaaaa\n',
		(world: World) => renameSync(world.workspace, path.join(world.root, 'elsewhere')),
	],
])(
	'a workspace %s: its pilot ends within seconds with its sessions, says so, and makes nothing anew',
	{
		timeout: 60_000,
	},
	async (name, missions, remove) => {
		using place = scratch('workspace-gone');
		const world = makeDemoWorld(place.dir, missions, slow);
		const running = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});
		await running.see(missions.includes('First') ? 'session started' : 'pilot started');
		const machine = readFileSync(path.join(world.workspace, '.pilot/machine'), 'utf8').split(' ')[0];
		const startedMs = performance.now();
		remove(world);
		const before = existsSync(world.workspace) ? readdirSync(world.workspace).sort() : undefined;
		const {code, err} = await running.finished;
		expect([code, err.trim().split('\n')]).toEqual([
			74,
			[
				expect.stringContaining(`${world.workspace} was removed, or another folder`),
				expect.stringContaining('clone it'),
			],
		]);
		expect(performance.now() - startedMs).toBeLessThan(15_000);
		expect(taggedPids(`${machine}/`)).toEqual([]);
		expect(existsSync(world.workspace) ? readdirSync(world.workspace).sort() : undefined, name).toEqual(before);
		if (before) expect(git(world.workspace, 'status', '--porcelain')).toBe('');
	},
);

test('a write that is under way when the workspace is removed does not bring it back', {timeout: 60_000}, async () => {
	if (!canTrace()) return notRun('a workspace removed in the middle of a write: strace is not there, or may not trace');
	using place = scratch('workspace-gone');
	const world = makeDemoWorld(place.dir, '## Pending\n- [ ] First ^m-aaaaaa\n', slow);
	// Each folder is made a moment after it was decided to make it: the session's own right after its start was told.
	const under = ['strace', '-o', '/dev/null', '-e', 'trace=mkdir', '-e', 'inject=mkdir:delay_enter=300000'];
	const running = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home), under});
	await running.see('session started');
	removeAll(world);
	const {code} = await running.finished;
	expect([code, existsSync(world.workspace)]).toEqual([74, false]);
});
