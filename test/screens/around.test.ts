import {spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {demoConfig, makeDemoWorld, pilot} from '../support/demo-world.js';
import {notRun} from '../support/not-run.js';
import {cli} from '../support/pilot-process.js';
import {scratch, type World} from '../support/workspace.js';
import {hasTmux, openTmux} from './tmux.js';

const slow = demoConfig().replace('pace: 60', 'pace: 0.2');
const two = '## Pending\n- [ ] Look at the greeting ^m-look01\n- [ ] 挨拶を日本語にする 👋 ^m-hello1\n';

/** A world whose pilot is stopped when the test is over, before its folder goes. */
const makeWorld = (root: string): World & AsyncDisposable => {
	const world = makeDemoWorld(root, two, slow);
	return {...world, [Symbol.asyncDispose]: async () => void (await pilot(world, ['stop', '--now']))};
};

test('in a pane of three rows: the state, what waits, what runs, what comes next; then the title is given back', async () => {
	if (!hasTmux()) return notRun('the status line: needs tmux');
	using place = scratch();
	await using world = makeWorld(place.dir);
	using terminal = openTmux(place.dir, {cols: 60, rows: 3, cwd: world.workspace, home: world.home, args: []});
	const before = terminal.title();
	await terminal.see('Look at the greeting');
	const screen = await terminal.see('1 session');
	expect(screen).toMatch(/^▶ running {2}1 session {2}1 waiting/);
	expect(screen.trimEnd().split('\n')).toHaveLength(3);
	await expect.poll(() => terminal.title()).toContain(': 1 running, 1 waiting');
	terminal.resize(20, 1);
	await terminal.see(/^▶ running/);
	terminal.press('q');
	terminal.press('l');
	terminal.resize(60, 15);
	await terminal.see('[exited 0]');
	expect(terminal.title()).toBe(before);
});

test("tmux's own status line has the pilot in it, in colour and in words, and says so when it is gone", async () => {
	if (!hasTmux()) return notRun("tmux's status line: needs tmux");
	using place = scratch();
	await using world = makeWorld(place.dir);
	expect((await pilot(world, ['start'])).code).toBe(0);
	const inner = path.join(place.dir, 'inner.sock');
	const config = path.join(place.dir, 'tmux.conf');
	const line = `'${process.execPath}' '${cli}' status --format tmux --width 60 --workspace '${world.workspace}'`;
	writeFileSync(
		config,
		`set -g status-interval 1\nset -g status-left ""\nset -g status-right-length 80\nset -g status-right "#(${line})"\n`,
	);
	const args = ['-f', config, '-S', inner, 'new-session', 'sleep 600'];
	using terminal = openTmux(place.dir, {
		...{cols: 120, rows: 10, cwd: world.workspace, home: world.home, program: ['tmux'], args},
		env: {LC_ALL: 'C.UTF-8'},
	});
	const screen = await terminal.see(/▶ running {2}1 session {2}1 waiting/);
	expect(screen).not.toContain('#[');
	await pilot(world, ['stop', '--now']);
	await terminal.see('no pilot');
	spawnSync('tmux', ['-S', inner, 'kill-server']);
	await terminal.see('[exited ');
});

test('a prompt without a pilot is empty, and nothing is complained about', async () => {
	using place = scratch();
	await using world = makeWorld(place.dir);
	for (const format of ['prompt', 'tmux'])
		expect(await pilot(world, ['status', '--format', format])).toMatchObject({code: 0, err: ''});
	expect((await pilot(world, ['status', '--format', 'prompt'])).out).toBe('');
	expect((await pilot(world, ['status', '--format', 'yaml'])).err).toContain('text, json, tmux, prompt');
});
