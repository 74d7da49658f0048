import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {notRun} from '../support/not-run.js';
import {cli} from '../support/pilot-process.js';
import {makeRepository, scratch, smallProject} from '../support/workspace.js';
import {hasTmux, openTmux, type Terminal} from './tmux.js';

/** A shell in which `pilot-tui` is what is tested, and `$EDITOR` adds a line. */
function openShell(dir: string, cols: number, rows: number): Terminal {
	const bin = path.join(dir, 'bin');
	mkdirSync(bin);
	writeFileSync(path.join(bin, 'pilot-tui'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`, {mode: 0o755});
	writeFileSync(
		path.join(bin, 'adds-a-line'),
		'#!/bin/sh\nfor last; do :; done\nsed -i "s/Count the doors/Count all the doors/" "$last"\n',
		{
			mode: 0o755,
		},
	);
	return openTmux(dir, {
		...{cols, rows, cwd: dir, home: dir, args: ['--norc', '--noprofile', '-i'], program: ['/bin/bash']},
		env: {
			PATH: `${bin}:${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
			PS1: '$ ',
			EDITOR: 'adds-a-line',
		},
	});
}

/** Types a command line and Enter. */
function say(terminal: Terminal, words: string) {
	terminal.press('-l', words);
	terminal.press('Enter');
}

async function add(terminal: Terminal, title: string) {
	terminal.press('n');
	await terminal.see('New mission');
	terminal.press('-l', title);
	await terminal.see(title);
	terminal.press('Enter');
	await terminal.see('Added as ^m-');
	await terminal.miss('New mission');
}

/** Narrows the queue to one mission, which is selected then. */
async function choose(terminal: Terminal, word: string) {
	terminal.press('/');
	await terminal.see('Esc shows all');
	terminal.press('-l', word);
	await terminal.see(`/${word} 1 of 3`);
	terminal.press('Enter');
	await terminal.miss('Esc shows all');
}

async function showAll(terminal: Terminal) {
	terminal.press('Escape');
	await terminal.miss('1 of 3');
}

test.each([
	[80, 24],
	[120, 40],
])('from an empty folder to the end, by keys alone, at %i×%i', {timeout: 180_000}, async (cols, rows) => {
	if (!hasTmux()) return notRun('a whole journey: needs tmux');
	using place = scratch('journey');
	makeRepository(path.join(place.dir, 'house'), smallProject);
	using terminal = openShell(place.dir, cols, rows);
	await terminal.see('$');

	say(terminal, 'pilot-tui init night --target house --agent demo --yes');
	await terminal.see('missions.md');
	const workspace = path.join(place.dir, 'night');
	// Not so fast that nothing can be seen; and every mission asks first.
	const config = path.join(workspace, 'config.yaml');
	writeFileSync(config, `${readFileSync(config, 'utf8')}\ndemo: {pace: 3}\nmode: supervised\n`);
	writeFileSync(path.join(workspace, 'missions.md'), '# Missions\n\n## Pending\n');

	say(terminal, 'clear; cd night; pilot-tui');
	await terminal.see('The queue is empty.');
	await add(terminal, 'Count the windows');
	await add(terminal, 'Count the stairs');
	await add(terminal, 'Count the doors');

	// Approve the first, watch it.
	await terminal.see('y to look');
	terminal.press('y');
	await terminal.see('You are asked');
	await new Promise(resolve => setTimeout(resolve, 700));
	terminal.press('y');
	// The next question follows at once; it can wait.
	await terminal.see('shall start: Count the stairs');
	terminal.press('Escape');
	await terminal.miss('You are asked');
	await terminal.see('demo (simulated)');
	await terminal.see('Glob');

	// The second is put off: it stands below the third by then.
	await choose(terminal, 'stairs');
	terminal.press('s');
	await terminal.see('to the end of its priority');
	await showAll(terminal);
	await terminal.see(/Count the doors[\s\S]*Count the stairs/);

	// The third is edited where the human edits.
	await choose(terminal, 'doors');
	terminal.press('e');
	await terminal.see('Count all the doors');
	await showAll(terminal);

	// The first is done; its report and its receipts are read.
	await terminal.see(/✓.*Count the windows/);
	await choose(terminal, 'windows');
	terminal.press('Enter');
	await terminal.see('2 Report');
	terminal.press('2');
	await terminal.see('written by the simulated demo agent');
	terminal.press('3');
	await terminal.see('met: a report');
	terminal.press('Escape');
	await terminal.miss('2 Report');

	// What happened is played again.
	terminal.press('R');
	await terminal.see('space pause');
	await terminal.see('q quit');
	terminal.press('q');
	await terminal.see(/[❯›].*Count the windows/);

	// Once more, please.
	terminal.press('r');
	await terminal.see(/○.*Count the windows/);

	// It goes on without us.
	terminal.press('q');
	await terminal.see('Leave?');
	terminal.press('l');
	await terminal.see('The pilot goes on.');
	say(terminal, 'clear; pilot-tui status');
	await terminal.see('running');
	say(terminal, 'clear; pilot-tui attach');
	await terminal.see('1 watching');
	terminal.press('q');
	await terminal.see('Leave?');
	terminal.press('s');
	// The prompt of the shell, and not a sum of money.
	await terminal.see(/^\$\s*$/m);
	say(terminal, 'clear; pilot-tui status; echo "exit $?"');
	await terminal.see('exit 4');
	expect(readFileSync(path.join(workspace, 'missions.md'), 'utf8')).toMatch(/Count all the doors/);
});
