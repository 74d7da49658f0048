import {appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {readCast} from '../../src/screen/cast.js';
import {castOf, record, writeFacts} from '../support/a-recording.js';
import {childEnv, runPilot} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

const run = {missionId: 'm-4k2p9q', attempt: 2};
const secret = 'hunter2-hunter2';

/** A workspace with two recorded attempts and a mission that was not recorded; no pilot runs. */
function rig() {
	const place = scratch();
	const workspace = path.join(place.dir, 'missions');
	mkdirSync(workspace);
	writeFileSync(path.join(workspace, 'config.yaml'), 'agent: demo\n');
	writeFileSync(path.join(workspace, 'missions.md'), '');
	record(castOf(workspace, 'm-4k2p9q', 1), recorder => recorder.output('first attempt\n'));
	record(castOf(workspace, 'm-4k2p9q', 2), (recorder, tick) => {
		recorder.output('\u001b[32msecond\u001b[0m attempt\n');
		tick(100_000);
		recorder.mark('tool: Bash ls');
		recorder.output(`the token is ${secret}\n`);
		tick(20_000);
		recorder.output('the end\n');
	});
	writeFacts(workspace, [
		[0, 'session.started', {...run, sessionId: 's-abc123', agent: 'demo', resumed: false}],
		[50, 'question.asked', {...run, question: 'Which one?'}],
	]);
	const env = childEnv(place.dir);
	return {
		workspace,
		file: castOf(workspace, 'm-4k2p9q', 2),
		replay: (...args: string[]) => runPilot(['replay', ...args], {cwd: workspace, env}),
		[Symbol.dispose]: () => place[Symbol.dispose](),
	};
}

test('without a terminal it lists what happened; the newest attempt is meant', async () => {
	using place = rig();
	const {code, out} = await place.replay('^m-4k2p9q');
	expect(out.trimEnd().split('\n')).toEqual([
		`^m-4k2p9q, attempt 2: 2:00, 80 by 24: ${place.file}`,
		'0:00 session    started: demo',
		'0:50 question   Which one?',
		'1:40 tool       Bash ls',
	]);
	expect(code).toBe(0);
});

test('--json has fixed names; a session is as good as its mission; pauses are squeezed when asked', async () => {
	using place = rig();
	const {out} = await place.replay('s-abc123', '--json', '--idle', '2');
	expect(JSON.parse(out)).toEqual({
		v: 1,
		file: place.file,
		missionId: 'm-4k2p9q',
		attempt: 2,
		duration: 4,
		cols: 80,
		rows: 24,
		damaged: 0,
		markers: [
			{at: 0, kind: 'session', label: 'started: demo'},
			{at: 2, kind: 'question', label: 'Which one?'},
			{at: 2, kind: 'tool', label: 'Bash ls'},
		],
	});
	const first = await place.replay('m-4k2p9q', '--attempt', '1', '--json');
	expect(JSON.parse(first.out)).toMatchObject({attempt: 1, duration: 0});
});

test('an export is whole and without what is secret by now, whatever the file was', async () => {
	using place = rig();
	appendFileSync(place.file, 'damaged\n[121,"o","to');
	writeFileSync(path.join(place.workspace, '.env'), `SOME_TOKEN=${secret}\n`, {mode: 0o600});
	expect(readFileSync(place.file, 'utf8')).toContain(secret);
	const {code, out} = await place.replay('m-4k2p9q', '--export', 'night.cast', '--idle', '3');
	expect([code, out.trim()]).toEqual([0, `^m-4k2p9q, attempt 2 is in ${path.join(place.workspace, 'night.cast')}.`]);
	const file = path.join(place.workspace, 'night.cast');
	expect(readFileSync(file, 'utf8')).not.toContain(secret);
	expect(statSync(file).mode & 0o777).toBe(0o600);
	const {events, damaged} = readCast(file);
	expect([damaged, events.at(-1)?.atMs]).toEqual([0, 6000]);
});

test('a picture is of the end, or of a time', async () => {
	using place = rig();
	await place.replay('m-4k2p9q', '--export', 'end.svg');
	await place.replay('m-4k2p9q', '--export', 'begin.svg', '--at', '5');
	const [end, begin] = ['end.svg', 'begin.svg'].map(name => readFileSync(path.join(place.workspace, name), 'utf8'));
	expect(end).toMatch(/^<svg [\s\S]*the end[\s\S]*<\/svg>\n$/);
	expect(begin).toContain('second');
	expect(begin).not.toContain('the end');
});

test.each([
	[['m-none00'], 1, 'There is no recording of ^m-none00.', 'There are recordings of: ^m-4k2p9q.'],
	[['../../etc'], 1, '../../etc is neither a mission nor a session', 'There are recordings of'],
	[['m-4k2p9q', '--attempt', '7'], 2, 'There is no recording of attempt 7 of ^m-4k2p9q.', 'There is one of: 1, 2.'],
	[['m-4k2p9q', '--attempt', 'x'], 2, '--attempt x is no number', 'Give one'],
	[['m-4k2p9q', '--at', '-1'], 2, '--at -1 is no number', 'Give one'],
	[['m-4k2p9q', '--export', 'x.gif'], 2, 'is neither a recording nor a picture', '.cast'],
] as const)('%j is told what to do', async (args, exitCode, what, todo) => {
	using place = rig();
	const {code, err} = await place.replay(...args);
	expect(code).toBe(exitCode);
	expect(err).toContain(what);
	expect(err).toContain(todo);
});

test('where nothing was recorded it says so', async () => {
	using place = scratch();
	writeFileSync(path.join(place.dir, 'config.yaml'), 'agent: demo\n');
	writeFileSync(path.join(place.dir, 'missions.md'), '');
	const {code, err} = await runPilot(['replay', 'm-4k2p9q'], {cwd: place.dir, env: childEnv(place.dir)});
	expect([code, err]).toEqual([1, expect.stringContaining('nothing has been recorded here yet')]);
});
