import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {spawn} from 'node-pty';
import {expect, test, vi} from 'vitest';
import {castOf, record, writeFacts} from '../support/a-recording.js';
import {notRun} from '../support/not-run.js';
import {childEnv, cli} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';
import {hasTmux, openTmux} from './tmux.js';

const run = {missionId: 'm-4k2p9q', attempt: 1};

function makeWorkspace() {
	const place = scratch();
	const workspace = path.join(place.dir, 'missions');
	mkdirSync(workspace);
	writeFileSync(path.join(workspace, 'config.yaml'), 'agent: demo\n');
	writeFileSync(path.join(workspace, 'missions.md'), '');
	record(castOf(workspace, run.missionId, 1), (recorder, tick) => {
		for (let n = 0; n < 60; n++) {
			recorder.output(`\u001b[32mminute ${n}\u001b[0m\n`);
			tick(60_000);
		}
	});
	writeFacts(workspace, [[1800, 'question.asked', {...run, question: 'Which one?'}]]);
	return {place, workspace};
}

function rig(args: readonly string[] = []) {
	const {place, workspace} = makeWorkspace();
	const terminal = openTmux(place.dir, {
		...{cols: 80, rows: 24, cwd: workspace, home: place.dir},
		args: ['replay', run.missionId, '--idle', '0', ...args],
	});
	return {
		terminal,
		[Symbol.dispose]() {
			terminal[Symbol.dispose]();
			place[Symbol.dispose]();
		},
	};
}

test('the keys play, pause, seek and jump; the way out leaves the terminal as it was', async () => {
	if (!hasTmux()) return notRun('the player: needs tmux');
	using place = rig(['--at', '600']);
	const {terminal} = place;
	await terminal.see('minute 10');
	await terminal.see(/▶ 10:0\d \/ 59:00 ×1/);
	terminal.press('Space');
	await terminal.see(/⏸ 10:/);
	for (let n = 0; n < 13; n++) terminal.press('Right');
	await terminal.see('minute 11');
	for (let n = 0; n < 24; n++) terminal.press('Left');
	await terminal.miss('minute 10');
	await terminal.see('minute 9');
	terminal.press('n');
	await terminal.see('question: Which one?');
	await terminal.see('minute 30');
	terminal.press('+');
	await terminal.see('×2');
	await terminal.see('q quit');
	terminal.press('?');
	await terminal.see('to the next and the previous event');
	terminal.press('Escape');
	await terminal.miss('to the next and the previous event');
	terminal.resize(60, 12);
	await terminal.see('minute 30');
	terminal.press('Escape');
	const left = await terminal.see('[exited 0]');
	expect(left).not.toContain('minute');
});

test('Home and End go to the beginning and the end, as every terminal sends them', async () => {
	const {place, workspace} = makeWorkspace();
	using _ = place;
	const pty = spawn(process.execPath, [cli, 'replay', run.missionId, '--idle', '0', '--at', '600'], {
		...{name: 'xterm-256color', cols: 80, rows: 24, cwd: workspace},
		env: childEnv(place.dir, {TERM: 'xterm-256color'}),
	});
	let written = '';
	pty.onData(data => {
		written += data;
	});
	const see = async (text: RegExp) => {
		await vi.waitFor(() => expect(written).toMatch(text), {timeout: 10_000});
		written = '';
	};
	await see(/10:0\d \/ 59:00/);
	for (const [home, end] of [
		['[H', '[F'],
		['OH', 'OF'],
		['[1~', '[4~'],
		['[7~', '[8~'],
	]) {
		pty.write(`\u001b${end}`);
		await see(/⏸ 59:00 \/ 59:00/);
		pty.write(`\u001b${home}`);
		await see(/ 0:0\d \/ 59:00/);
	}
	pty.write('q');
	await new Promise<void>(resolve => pty.onExit(() => resolve()));
});

test('Ctrl+C is a way out too', async () => {
	if (!hasTmux()) return notRun('the player: needs tmux');
	using place = rig(['--speed', '16']);
	await place.terminal.see('×16');
	place.terminal.press('C-c');
	expect(await place.terminal.see('[exited 0]')).not.toContain('minute');
});

test.each([
	['NO_COLOR gets none', {NO_COLOR: '1'}, false],
	['colours gets those of the recording', {}, true],
])('a terminal with %s', async (_name, env, isColoured) => {
	const {place, workspace} = makeWorkspace();
	using _ = place;
	const pty = spawn(process.execPath, [cli, 'replay', run.missionId, '--speed', '16'], {
		...{name: 'xterm-256color', cols: 80, rows: 24, cwd: workspace},
		env: childEnv(place.dir, {TERM: 'xterm-256color', ...env}),
	});
	let written = '';
	pty.onData(data => {
		if (data.includes('minute 1')) pty.write('q');
		written += data;
	});
	await new Promise<void>(resolve => pty.onExit(() => resolve()));
	expect(written).toContain('minute 1');
	expect(/\u001b\[(?:\d+;)*3[0-7]m/.test(written)).toBe(isColoured);
});
