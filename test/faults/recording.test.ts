import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, statSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {readCast} from '../../src/screen/cast.js';
import {root} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

const program = path.join(root, 'test/fakes/endless-recorder.mjs');

/** Lets a process record for a while, and kills it in the middle of it. */
async function recordUntilKilled(file: string, bytes: number) {
	const before = existsSync(file) ? statSync(file).size : 0;
	const child = spawn(process.execPath, [program, file], {stdio: 'inherit'});
	const ended = once(child, 'exit');
	while (!existsSync(file) || statSync(file).size < before + bytes) {
		expect(child.exitCode, 'it ended by itself').toBeNull();
		await new Promise(resolve => setTimeout(resolve, 5));
	}
	child.kill('SIGKILL');
	await ended;
}

test('a recording is readable after each kill, and the next process goes on with it', async () => {
	using place = scratch();
	const file = path.join(place.dir, 'session.cast');
	let count = 0;
	for (let round = 1; round <= 6; round++) {
		await recordUntilKilled(file, 300_000 * round);
		const {header, events, damaged} = readCast(file);
		expect(header).toMatchObject({cols: 80, rows: 24});
		expect(damaged).toBeLessThanOrEqual(1);
		expect(events.length).toBeGreaterThan(count);
		expect(events.filter(event => event.kind === 'mark' && event.label === 'resumed').length).toBe(round - 1);
		count = events.length;
	}
});
