import {mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test, vi} from 'vitest';
import {taggedPids} from '../../src/kernel/process-tree.js';
import {demoConfig, makeDemoWorld, pilot, untilIdle} from '../support/demo-world.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {git, scratch, type World} from '../support/workspace.js';

const missionsOf = ({workspace}: Pick<World, 'workspace'>) => readFileSync(path.join(workspace, 'missions.md'), 'utf8');
const start = (world: World, ...args: string[]) =>
	startPilot(['start', '--headless', ...args], {cwd: world.workspace, env: childEnv(world.home)});
const machineOf = ({workspace}: World) => readFileSync(path.join(workspace, '.pilot/machine'), 'utf8').split(' ')[0];

const slowGate = '## Pending\n- [ ] Wait long ^m-wait01\n  ### Acceptance Criteria\n  - [ ] `sleep 250`\n';

test('two machines at the same moment: the push is the claim, one of them does it', {timeout: 60_000}, async () => {
	for (let round = 0; round < 3; round++) {
		using place = scratch();
		const one = makeDemoWorld(place.dir, '## Pending\n- [ ] Race ^m-race01\n');
		const two: World = {...one, workspace: path.join(one.root, 'other')};
		git(one.root, 'clone', '-q', one.remote, two.workspace);
		const ends = await Promise.all([untilIdle(one), untilIdle(two)]);
		const done = ends.filter(end => end.out.includes('done: Race'));
		expect(done, ends.map(end => end.out).join('\n---\n')).toHaveLength(1);
		expect(git(one.remote, 'show', 'main:missions.md')).toMatch(/\[x\] \S+ - Race/);
	}
});

test('stop ID ends an acceptance command too, and parks the mission', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, slowGate);
	const running = start(world);
	await running.see('session ended');
	await vi.waitFor(() => expect(taggedPids(`${machineOf(world)}/gate-m-wait01`)).not.toEqual([]), {timeout: 5000});
	expect((await pilot(world, ['stop', 'm-wait01'])).code).toBe(0);
	await running.see('parked: Wait long');
	expect(taggedPids(`${machineOf(world)}/`)).toEqual([]);
	await pilot(world, ['stop', '--now']);
	expect((await running.finished).code).toBe(0);
});

test('stop --now and SIGTERM end an acceptance command and the pilot; the mission goes on at the next start', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, slowGate);
	const first = start(world);
	await first.see('session ended');
	await vi.waitFor(() => expect(taggedPids(`${machineOf(world)}/gate-m-wait01`)).not.toEqual([]), {timeout: 5000});
	const stop = await pilot(world, ['stop', '--now']);
	expect(stop.code).toBe(0);
	expect(stop.ms).toBeLessThan(8000);
	expect((await first.finished).code).toBe(0);
	expect(taggedPids(`${machineOf(world)}/`)).toEqual([]);
	const second = start(world);
	await vi.waitFor(() => expect(taggedPids(`${machineOf(world)}/gate-m-wait01`)).not.toEqual([]), {timeout: 8000});
	second.child.kill('SIGTERM');
	expect((await second.finished).code).toBe(130);
	expect((await second.finished).out).not.toContain('session started');
	expect(missionsOf(world)).toContain('- [~] Wait long');
});

/** A process that has left its group, heeds no TERM, and that its starter does not wait for. */
const survivor = `setsid -f sh -c 'trap "" TERM INT HUP; while :; do sleep 0.1; done'; sleep 250`;

test.each([
	['setup', `    setup: [sh, -c, ${JSON.stringify(survivor)}]\n`, '- [ ] Go ^m-wait01\n'],
	['the tests before', `    test: ${JSON.stringify(survivor)}\n`, '- [ ] Go access:write ^m-wait01\n'],
	['an acceptance command', '', `- [ ] Go ^m-wait01\n  ### Acceptance Criteria\n  - [ ] \`${survivor}\`\n`],
])('stop --now and stop ID leave nothing of what %s has started', {timeout: 60_000}, async (_name, more, missions) => {
	using place = scratch();
	const target = `targets:\n  - name: app\n    path: ../app\n${more}`;
	const world = makeDemoWorld(place.dir, `## Pending\n${missions}`, `agent: demo\ndemo: {pace: 60}\n${target}`);
	const running = async () => {
		const pilotHere = start(world);
		await pilotHere.see('pilot started');
		// The shell, its sleep, the shell that has left, and its sleep.
		await vi.waitUntil(() => taggedPids(`${machineOf(world)}/gate-m-wait01`).length >= 3, {timeout: 20_000});
		return pilotHere;
	};
	const first = await running();
	expect((await pilot(world, ['stop', '--now'])).code).toBe(0);
	expect((await first.finished).code).toBe(0);
	expect(taggedPids(`${machineOf(world)}/`)).toEqual([]);
	const second = await running();
	expect((await pilot(world, ['stop', 'm-wait01'])).code).toBe(0);
	await second.see('parked: Go');
	expect(taggedPids(`${machineOf(world)}/`)).toEqual([]);
	await pilot(world, ['stop', '--now']);
	await second.finished;
});

test('a daemon that a gate leaves behind does not keep the pilot from ending', async () => {
	using place = scratch();
	const world = makeDemoWorld(
		place.dir,
		'## Pending\n- [ ] Look ^m-look01\n  ### Acceptance Criteria\n  - [ ] `env -i /usr/bin/setsid -f sleep 20; true`\n',
	);
	const end = await untilIdle(world);
	expect(end.code).toBe(0);
	expect(end.ms).toBeLessThan(10_000);
});

test('a mark that a human takes back in the file is a requeue, also right before a start', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, '## Pending\n- [ ] Once more ^m-more01\n');
	expect((await untilIdle(world)).code).toBe(0);
	writeFileSync(path.join(world.workspace, 'missions.md'), '## Pending\n- [ ] Once more ^m-more01\n');
	const again = await untilIdle(world);
	expect(again.out).toContain('requeued: missions.md has it as pending again');
	expect(again.out).toContain('done: Once more');
	expect(missionsOf(world)).toMatch(/\[x\] \S+ - Once more/);
});

test('an editor that saves its older text over a mark loses nothing: the mark comes back', async () => {
	using place = scratch();
	const world = makeDemoWorld(
		place.dir,
		'## Pending\n- [ ] First ^m-first1\n- [ ] Second ^m-secnd1\n',
		demoConfig().replace('pace: 60', 'pace: 3'),
	);
	const old = missionsOf(world);
	const running = start(world);
	await running.see('m-first1 done');
	await running.see('m-secnd1 demo session started');
	writeFileSync(path.join(world.workspace, 'missions.md'), `${old}- [ ] A line of mine ^m-mine01\n`);
	await running.see('m-mine01 done');
	await pilot(world, ['stop', '--now']);
	const {out} = await running.finished;
	expect(missionsOf(world).match(/^- \[x\] /gm)).toHaveLength(3);
	expect(out.match(/taken: First/g)).toHaveLength(1);
});

test('a missions.md that cannot be read does not end the pilot', async () => {
	using place = scratch();
	const world = makeDemoWorld(
		place.dir,
		'## Pending\n- [ ] Look ^m-look01\n',
		demoConfig().replace('pace: 60', 'pace: 1'),
	);
	const running = start(world);
	await running.see('session started');
	const file = path.join(world.workspace, 'missions.md');
	renameSync(file, `${file}.away`);
	mkdirSync(file);
	await new Promise(resolve => setTimeout(resolve, 6500));
	rmdirSync(file);
	renameSync(`${file}.away`, file);
	expect((await pilot(world, ['status'])).code).toBe(0);
	await running.see('m-look01 done');
	await pilot(world, ['stop', '--now']);
	expect((await running.finished).code).toBe(0);
});

test('a claude that was missing is looked for again at the next start; until then the exit code says that something failed', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, '## Pending\n- [ ] Look ^m-look01\n', 'claude: {command: /nowhere/claude}\n');
	const missing = await untilIdle(world);
	expect(missing.code).toBe(1);
	expect(missing.out).toMatch(/pilot stopped: parked: .*not found/);
	writeFileSync(path.join(world.workspace, 'config.yaml'), demoConfig());
	const mended = await untilIdle(world);
	expect(mended.out).toContain('done: Look');
	expect(mended.code).toBe(0);
});

test('global options may stand before the verb', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, '## Pending\n');
	const queue = await pilot({...world, workspace: world.root}, ['--json', '--workspace', world.workspace, 'queue']);
	expect([queue.code, JSON.parse(queue.out)]).toEqual([0, {v: 1, missions: [], problems: []}]);
});

test('an idle pilot that is stopped answers, ends with 0, and leaves no trace of a fault, watched or not', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, '## Pending\n');
	for (const args of [['stop'], ['stop', '--now']]) {
		const running = start(world);
		await running.see('pilot started');
		await vi.waitFor(async () => expect((await pilot(world, ['status'])).code).toBe(0));
		const following = startPilot(['logs', '--follow'], {cwd: world.workspace, env: childEnv(world.home)});
		await following.see('pilot started');
		const stop = await pilot(world, args);
		expect([stop.code, stop.err]).toEqual([0, '']);
		const end = await running.finished;
		expect([end.code, end.err]).toEqual([0, '']);
		expect((await following.finished).code).toBe(0);
	}
});

test('what a killed write left behind is cleared away and never committed', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, '## Pending\n- [ ] Look ^m-look01\n');
	for (const folder of ['.', 'journal', 'memory']) {
		mkdirSync(path.join(world.workspace, folder), {recursive: true});
		writeFileSync(path.join(world.workspace, folder, '.pilot-tmp-0123456789abcdef'), 'half a');
	}
	expect((await untilIdle(world)).code).toBe(0);
	expect(git(world.workspace, 'ls-files')).not.toContain('pilot-tmp');
	expect(git(world.workspace, 'status', '--porcelain')).toBe('');
});
