import {existsSync, mkdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {notRun} from '../support/not-run.js';
import {childEnv, runPilot} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';
import {hasTmux, openTmux} from './tmux.js';

test('in an empty folder: look at the demo, be told what there is to see, and make a workspace of one’s own', {
	timeout: 90_000,
}, async () => {
	if (!hasTmux()) return notRun('the first minutes: need tmux');
	using place = scratch();
	const here = path.join(place.dir, 'here');
	mkdirSync(here);
	using terminal = openTmux(place.dir, {cols: 100, rows: 30, cwd: here, home: place.dir, args: []});
	await terminal.see(/There is no workspace here[\s\S]*1 {2}Look at it first[\s\S]*Which\? \[1\/2\]/);
	terminal.press('1', 'Enter');
	await terminal.see('1/8 The real program, simulated agents');
	terminal.press('Space');
	await terminal.see('2/8 The queue');
	await terminal.see('demo (simulated)');
	terminal.press('Escape');
	await terminal.miss('2/8');
	terminal.press('q');
	await terminal.see(/What became of them:[\s\S]*A workspace of your own in .*here:[\s\S]*Make it\? \[Enter\/n\]/);
	terminal.press('Enter');
	await terminal.see('Which repository shall missions work on?');
	terminal.press('-l', '../nowhere');
	terminal.press('Enter');
	await terminal.see(/nowhere is not there[\s\S]*Which repository shall missions work on\?/);
	terminal.press('Enter');
	await terminal.see(/A first mission, which only reads:[\s\S]*Add it, start, and watch\?/);
	terminal.press('Enter');
	await terminal.see(/✓ 1/);
	expect(readFileSync(path.join(here, 'missions.md'), 'utf8')).toMatch(
		/^- \[x\] .* - Say what you could do for me here/m,
	);
	terminal.press('q');
	await terminal.see('stop the pilot');
	terminal.press('s');
	await terminal.see(/Here again: [\s\S]*\[exited 0\]/);
	expect(existsSync(path.join(here, 'missions.md'))).toBe(true);
});

test('nothing chosen makes nothing and ends 2; without a terminal it says what to run', {timeout: 60_000}, async () => {
	if (!hasTmux()) return notRun('the first minutes: need tmux');
	using place = scratch();
	// Too narrow for its lines, which break between words.
	using terminal = openTmux(place.dir, {cols: 60, rows: 30, cwd: place.dir, home: place.dir, args: []});
	await terminal.see(
		/simulated agents,\s*\n +nothing spent[\s\S]*give it a first\s*\n +mission[\s\S]*Which\? \[1\/2\]/,
	);
	terminal.press('Enter');
	await terminal.see('[exited 2]');
	expect(existsSync(path.join(place.dir, 'missions.md'))).toBe(false);
	const told = await runPilot([], {cwd: place.dir, env: childEnv(place.dir)});
	expect([told.code, told.err]).toEqual([2, expect.stringMatching(/pilot-tui init[\s\S]*pilot-tui demo/)]);
});
