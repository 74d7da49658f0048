import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {demoConfig, makeDemoWorld, pilot} from '../support/demo-world.js';
import {notRun} from '../support/not-run.js';
import {scratch, type World} from '../support/workspace.js';
import {hasTmux, openTmux} from './tmux.js';

const slow = demoConfig().replace('pace: 60', 'pace: 0.5');
const three =
	'## Pending\n- [ ] Look at the greeting ^m-look01\n- [ ] Say hello (high) ^m-hello1\n- [ ] Wait for the look after:^m-look01 ^m-after1\n';
const missionsOf = (world: World) => readFileSync(path.join(world.workspace, 'missions.md'), 'utf8');

/** A world whose pilot is stopped when the test is over, before its folder goes. */
const makeWorld = (root: string, missions: string, config: string): World & AsyncDisposable => {
	const world = makeDemoWorld(root, missions, config);
	return {...world, [Symbol.asyncDispose]: async () => void (await pilot(world, ['stop', '--now']))};
};

const open = (dir: string, world: World, cols: number, rows: number, args: readonly string[] = []) =>
	openTmux(dir, {cols, rows, cwd: world.workspace, home: world.home, args});

for (const [cols, rows] of [
	[80, 24],
	[120, 40],
	[200, 50],
] as const) {
	test(`${cols}×${rows}: what runs, what waits and why, the live pane, the budget, the keys`, async () => {
		if (!hasTmux()) return notRun('the dashboard: needs tmux');
		using place = scratch();
		await using world = makeWorld(place.dir, three, slow);
		using terminal = open(place.dir, world, cols, rows);
		await terminal.see('Glob');
		const screen = await terminal.see(/waits for “/);
		expect(screen).toContain('Say hello');
		expect(screen).toContain('demo (simulated)');
		expect(screen).toMatch(/runs today/);
		expect(screen).toMatch(/n new/);
		expect(screen.split('\n').every(line => [...line].length <= cols)).toBe(true);
	});
}

test('q asks while a session runs; leaving keeps the pilot at work; a second dashboard attaches; stop ends it', async () => {
	if (!hasTmux()) return notRun('leaving and attaching: needs tmux');
	using place = scratch();
	await using world = makeWorld(place.dir, three, slow);
	using terminal = open(place.dir, world, 100, 30);
	await terminal.see('demo (simulated)');
	terminal.press('q');
	await terminal.see('finish: end what runs, then stop');
	terminal.press('l');
	await terminal.see('[exited 0]');
	expect(JSON.parse((await pilot(world, ['status', '--json'])).out)).toMatchObject({state: 'running', watchers: 0});

	using place2 = scratch();
	using second = open(place2.dir, world, 80, 24, ['attach']);
	await second.see('1 watching');
	second.press('q');
	await second.see('finish: end what runs, then stop');
	second.press('s');
	await second.see('[exited 0]');
	expect((await pilot(world, ['status'])).code).toBe(4);
	expect(missionsOf(world)).toContain('- [~] Say hello');
});

test('n adds a mission, s skips, x stops and parks, r requeues, p pauses, ? helps', async () => {
	if (!hasTmux()) return notRun('keys: needs tmux');
	using place = scratch();
	await using world = makeWorld(place.dir, three, slow);
	using terminal = open(place.dir, world, 120, 40);
	await terminal.see('demo (simulated)');
	terminal.press('n');
	await terminal.see(/title|New mission/i);
	terminal.press('-l', 'Tidy the attic');
	terminal.press('Enter');
	await terminal.see(/\^m-\w{6}/);
	await terminal.see('Tidy the attic');
	await terminal.miss('New mission');
	expect(missionsOf(world)).toContain('Tidy the attic');
	terminal.press('p');
	await terminal.see('paused');
	terminal.press('x');
	await terminal.see('Its branch is kept');
	terminal.press('Enter');
	await terminal.see('parked');
	await terminal.see('stopped');
	// The word on the screen may come before the mark in the file.
	await expect.poll(() => missionsOf(world)).toMatch(/- \[-\] Say hello/);
	terminal.press('?');
	await terminal.see('closes this');
	terminal.press('Escape');
	// Right behind Escape it would be Alt-p.
	await terminal.miss('closes this');
	terminal.press('p');
	await terminal.see('running');
});

test('a dashboard that is killed costs nothing: the pilot goes on and the next one shows it', async () => {
	if (!hasTmux()) return notRun('a killed dashboard: needs tmux');
	using place = scratch();
	await using world = makeWorld(place.dir, three, slow);
	{
		using terminal = open(place.dir, world, 100, 30);
		await terminal.see('demo (simulated)');
	}
	const status = JSON.parse((await pilot(world, ['status', '--json'])).out);
	expect(status.queue.inProgress).toBe(1);
	using place2 = scratch();
	using again = open(place2.dir, world, 100, 30);
	await again.see('demo (simulated)');
});

test('it survives being made small and large again', async () => {
	if (!hasTmux()) return notRun('resizing: needs tmux');
	using place = scratch();
	await using world = makeWorld(place.dir, three, slow);
	using terminal = open(place.dir, world, 120, 40);
	await terminal.see('demo (simulated)');
	terminal.resize(50, 10);
	await terminal.see(/^▶ running.*\n(?:.*\n)*.*runs today/);
	await terminal.miss('Activity');
	terminal.resize(120, 40);
	await terminal.see('demo (simulated)');
	await terminal.see('Activity');
});

test('q and s on an idle pilot: the dashboard closes, the pilot ends, nothing is left in its log', async () => {
	if (!hasTmux()) return notRun('stopping an idle pilot: needs tmux');
	using place = scratch();
	await using world = makeWorld(place.dir, '## Pending\n', slow);
	using terminal = open(place.dir, world, 80, 24);
	await terminal.see(/nothing is pending|n new/i);
	terminal.press('q');
	await terminal.see('Esc');
	terminal.press('s');
	await terminal.see('[exited 0]');
	expect((await pilot(world, ['status'])).code).toBe(4);
	expect(readFileSync(path.join(world.workspace, '.pilot/logs/start.log'), 'utf8')).not.toContain('Error');
});
