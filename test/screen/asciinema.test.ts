import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {durationOf, readCast} from '../../src/screen/cast.js';
import {screenAt} from '../../src/screen/cast-svg.js';
import {record, recordedMs} from '../support/a-recording.js';
import {notRun} from '../support/not-run.js';
import {scratch} from '../support/workspace.js';

const has = (name: string, option: string) => spawnSync(name, [option]).status === 0;
const size = {cols: 80, rows: 24};

/** A session in two processes, with all that a recording can hold. */
function recordNight(file: string) {
	record(
		file,
		(recorder, tick) => {
			recorder.output('lost with the first process\n');
			tick(1000);
		},
		size,
	);
	record(
		file,
		(recorder, tick) => {
			for (let n = 0; n < 40; n++) {
				recorder.output(`\u001b[3${n % 8}mline ${n}\u001b[0m é 日本 and more\n`);
				tick(100);
			}
			recorder.mark('tool: Bash ls');
			recorder.output('\u001b[5;10Hin place\u001b[K\u001b[24;1Hlast hunter2-hunt');
			tick(1000);
			recorder.output('er2 line');
		},
		{...size, startMs: recordedMs + 60_000, secrets: ['hunter2-hunter2']},
	);
}

async function ourScreen(file: string) {
	const cast = readCast(file);
	const terminal = await screenAt(cast, durationOf(cast));
	const {active} = terminal.buffer;
	return Array.from({length: size.rows}, (_, y) => active.getLine(active.baseY + y)?.translateToString(true) ?? '');
}

/** What a terminal of this size shows when the command has ended. */
async function screenOf(dir: string, command: string) {
	const socket = path.join(dir, 'tmux.sock');
	const done = path.join(dir, 'done');
	const env = {PATH: process.env.PATH, HOME: dir, LANG: 'C.UTF-8', TERM: 'xterm-256color'};
	const tmux = (...words: string[]) =>
		execFileSync('tmux', ['-f', '/dev/null', '-S', socket, ...words], {encoding: 'utf8', env});
	try {
		const {cols, rows} = size;
		tmux(
			'new-session',
			'-d',
			'-x',
			String(cols),
			'-y',
			String(rows),
			`${command}; echo $? > '${done}'; exec sleep 600`,
		);
		tmux('set', '-g', 'status', 'off');
		for (let waitedMs = 0; !existsSync(done) && waitedMs < 15_000; waitedMs += 50)
			await new Promise(resolve => setTimeout(resolve, 50));
		return tmux('capture-pane', '-p')
			.replace(/\n$/, '')
			.split('\n')
			.map(row => row.trimEnd());
	} finally {
		spawnSync('tmux', ['-S', socket, 'kill-server']);
	}
}

test('a stock asciinema plays a recording, and ends with the screen that is ours', async () => {
	if (!has('asciinema', '--version')) return notRun('recordings in a stock player: needs asciinema');
	if (!has('tmux', '-V')) return notRun('recordings in a stock player: needs tmux');
	using place = scratch();
	const file = path.join(place.dir, 'session.cast');
	recordNight(file);
	const ours = await ourScreen(file);
	expect(ours).toEqual(expect.arrayContaining(['line 39 é 日本 and more', 'last [secret] line']));
	expect(await screenOf(place.dir, `asciinema play -s 100 -i 1 '${file}'`)).toEqual(ours);
});

test('asciinema cat gives what was printed', async () => {
	if (!has('asciinema', '--version')) return notRun('recordings in a stock player: needs asciinema');
	if (!has('tmux', '-V')) return notRun('recordings in a stock player: needs tmux');
	using place = scratch();
	const file = path.join(place.dir, 'session.cast');
	const out = path.join(place.dir, 'out');
	recordNight(file);
	const printed = readCast(file).events.map(event => (event.kind === 'output' ? event.text : ''));
	await screenOf(place.dir, `asciinema cat '${file}' > '${out}'`);
	expect(readFileSync(out, 'utf8')).toBe(printed.join(''));
});
