import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {demoConfig, makeDemoWorld, pilot} from '../support/demo-world.js';
import {notRun} from '../support/not-run.js';
import {cli} from '../support/pilot-process.js';
import {scratch, type World} from '../support/workspace.js';
import {openShell} from './shell.js';
import {hasTmux, openTmux} from './tmux.js';

type Shell = ReturnType<typeof openShell>;

/** So slow that their session outlives what is done to the dashboard. */
const slow = 0.2;
const endless = 0.04;
const quick = 60;
const words = [process.execPath, cli];

const makeWorld = (root: string, pace: number): World & AsyncDisposable => {
	const config = demoConfig().replace('pace: 60', `pace: ${pace}`);
	const world = makeDemoWorld(root, '## Pending\n- [ ] Look at the greeting ^m-look01\n', config);
	return {...world, [Symbol.asyncDispose]: async () => void (await pilot(world, ['stop', '--now']))};
};

const children = (pid: number) =>
	execFileSync('sh', ['-c', `ps --ppid ${pid} -o pid= || true`], {encoding: 'utf8'})
		.split(/\s+/)
		.filter(Boolean)
		.map(Number);

/** The launcher, and the dashboard that it launched. */
function processesOf(shell: Shell): {launcher: number; dashboard: number} {
	const [launcher = 0] = children(shell.pid);
	const [dashboard = 0] = children(launcher);
	return {launcher, dashboard};
}

const session = async (world: World) => {
	const {sessions} = JSON.parse((await pilot(world, ['status', '--json'])).out) as {
		sessions: {id: string; phase: string}[];
	};
	return sessions.map(({id, phase}) => `${id} ${phase === 'ended' ? 'ended' : 'runs'}`);
};

const injected = (code: string) => ({
	NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(
		`if(process.env.PILOT_LAUNCHER===String(process.ppid))setTimeout(()=>{${code}},1500)`,
	)}`,
});

const deaths: readonly [string, (shell: Shell) => void, RegExp, Record<string, string>?][] = [
	['KILL', shell => process.kill(processesOf(shell).dashboard, 'SIGKILL'), /ended by SIGKILL[\s\S]*\[exited 137\]/],
	['TERM', shell => process.kill(processesOf(shell).dashboard, 'SIGTERM'), /The pilot goes on[\s\S]*\[exited 0\]/],
	['HUP', shell => process.kill(processesOf(shell).dashboard, 'SIGHUP'), /The pilot goes on[\s\S]*\[exited 0\]/],
	['INT', shell => process.kill(processesOf(shell).dashboard, 'SIGINT'), /The pilot goes on[\s\S]*\[exited 0\]/],
	['QUIT', shell => process.kill(processesOf(shell).dashboard, 'SIGQUIT'), /The pilot goes on[\s\S]*\[exited 0\]/],
	['SEGV', shell => process.kill(processesOf(shell).dashboard, 'SIGSEGV'), /ended by SIGSEGV[\s\S]*\[exited 139\]/],
	['an error thrown', () => {}, /Internal error: broken[\s\S]*\[exited 70\]/, injected('throw new Error("broken")')],
	[
		'a promise rejected',
		() => {},
		/Internal error: broken[\s\S]*\[exited 70\]/,
		injected('Promise.reject(new Error("broken"))'),
	],
	['process.exit', () => {}, /\[exited 5\]/, injected('process.exit(5)')],
	['an end without any last word', () => {}, /\[exited 5\]/, injected('process.reallyExit(5)')],
];

test('however the dashboard dies, the terminal is the shell’s again, the session lives, and a new one shows the same', {
	timeout: 240_000,
}, async () => {
	using place = scratch();
	await using world = makeWorld(place.dir, endless);
	using shell = openShell({cwd: world.workspace, home: world.home});
	await shell.see('$');
	const before = await shell.state();
	expect(before).toMatchObject({
		alternate: false,
		cursor: true,
		mouse: 'none',
		paste: before.paste,
		wraps: true,
		kitty: 0,
	});
	shell.run(words);
	await shell.see('I read the project first', 30_000);
	shell.press('q');
	await shell.see('Leave?');
	shell.press('l');
	await shell.see('[exited 0]');
	const sessions = await session(world);
	expect(sessions).toEqual([expect.stringMatching(/ runs$/)]);
	const shownMs: number[] = [];
	for (const [name, die, said, env] of deaths) {
		await shell.state();
		const begun = performance.now();
		shell.run(words, env);
		await shell.see('I read the project first', 30_000);
		shownMs.push(performance.now() - begun);
		die(shell);
		await shell.see(said);
		expect(await shell.state(), name).toEqual(before);
		expect(await session(world), name).toEqual(sessions);
	}
	shownMs.sort((a, b) => a - b);
	console.log(`a new dashboard shows the session after ${shownMs.map(ms => ms.toFixed(0)).join(', ')} ms`);
	expect(shownMs[Math.floor(shownMs.length / 2)]).toBeLessThan(process.env.CI ? 3000 : 1000);
});

test('TERM while a recording plays ends the dashboard, and the terminal is the shell’s again', {
	timeout: 60_000,
}, async () => {
	using place = scratch();
	await using world = makeWorld(place.dir, quick);
	using shell = openShell({cwd: world.workspace, home: world.home});
	await shell.see('$');
	const before = await shell.state();
	shell.run(words);
	await shell.see(/✓ .*Look at the greeting/, 30_000);
	shell.press('R');
	await shell.see(/[▶⏸] [\d:]+ \/ [\d:]+ ×1/);
	process.kill(processesOf(shell).dashboard, 'SIGTERM');
	await shell.see('[exited 0]');
	expect(shell.text()).toContain('The pilot goes on');
	expect(await shell.state()).toEqual(before);
});

test('Ctrl-Z hands the terminal back, fg brings the dashboard back; so does a TSTP from outside', {
	timeout: 60_000,
}, async () => {
	using place = scratch();
	await using world = makeWorld(place.dir, slow);
	using shell = openShell({cwd: world.workspace, home: world.home});
	await shell.see('$');
	const before = await shell.state();
	for (const stop of [(): void => shell.press('\u001a'), () => process.kill(processesOf(shell).dashboard, 'SIGTSTP')]) {
		shell.run(words);
		await shell.see('I read the project first', 30_000);
		stop();
		await shell.see(/Stopped/);
		expect(await shell.state()).toEqual(before);
		shell.press('fg\r');
		await shell.see('I read the project first');
		shell.press('q');
		await shell.see('Leave?');
		shell.press('l');
		await shell.see('The pilot goes on');
		expect(await shell.state()).toEqual(before);
	}
});

test('Ctrl-Z stops whatever wraps the dashboard too, and not the pilot', {timeout: 60_000}, async () => {
	using place = scratch();
	await using world = makeWorld(place.dir, slow);
	using shell = openShell({cwd: world.workspace, home: world.home});
	await shell.see('$');
	const before = await shell.state();
	shell.run(['sh', '-c', `${words.map(word => `'${word}'`).join(' ')}; true`]);
	await shell.see('I read the project first', 30_000);
	shell.press('\u001a');
	await shell.see(/Stopped/);
	expect(await shell.state()).toEqual(before);
	expect(await session(world)).toEqual([expect.stringMatching(/ runs$/)]);
	shell.press('fg\r');
	await shell.see('I read the project first');
	shell.press('q');
	await shell.see('Leave?');
	shell.press('l');
	await shell.see('The pilot goes on');
	expect(await shell.state()).toEqual(before);
});

test('Ctrl-Z where no shell waits says so, and the dashboard goes on', {timeout: 60_000}, async () => {
	if (!hasTmux()) return notRun('Ctrl-Z without a shell: needs tmux');
	using place = scratch();
	await using world = makeWorld(place.dir, slow);
	using terminal = openTmux(place.dir, {cols: 100, rows: 30, cwd: world.workspace, home: world.home, args: []});
	await terminal.see('I read the project first');
	terminal.press('C-z');
	await terminal.see('no shell here');
	terminal.press('?');
	await terminal.see('closes this');
});

test('the dashboard leaves by itself when its launcher is killed', {timeout: 60_000}, async () => {
	using place = scratch();
	await using world = makeWorld(place.dir, slow);
	using shell = openShell({cwd: world.workspace, home: world.home});
	await shell.see('$');
	shell.run(words);
	await shell.see('I read the project first', 30_000);
	const {launcher, dashboard} = processesOf(shell);
	process.kill(launcher, 'SIGKILL');
	await shell.see('[exited 137]');
	for (let waited = 0; waited < 50 && isAlive(dashboard); waited++)
		await new Promise(resolve => setTimeout(resolve, 100));
	expect(isAlive(dashboard)).toBe(false);
	expect((await shell.state()).alternate).toBe(false);
});

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

test('the window is made small and large, and what is seen is right', {timeout: 60_000}, async () => {
	using place = scratch();
	await using world = makeWorld(place.dir, slow);
	using shell = openShell({cwd: world.workspace, home: world.home});
	await shell.see('$');
	shell.run(words);
	await shell.see('I read the project first', 30_000);
	for (const [cols, rows] of [
		[1, 1],
		[500, 200],
		[60, 15],
		[200, 50],
		[30, 5],
		[100, 30],
	] as const) {
		shell.resize(cols, rows);
		await new Promise(resolve => setTimeout(resolve, 60));
	}
	await shell.see(/^\S+ {2}▶ running[\s\S]*I read the project first/);
	shell.press('q');
	await shell.see('Leave?');
	shell.press('s');
	await shell.see('[exited 0]');
});
