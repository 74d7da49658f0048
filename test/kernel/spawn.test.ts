import {spawn} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {readIfThere} from '../../src/kernel/files.js';
import {findProgram} from '../../src/kernel/find-program.js';
import {type RunOptions, run} from '../../src/kernel/spawn.js';
import {scratch} from '../support/workspace.js';

const env = {PATH: process.env.PATH ?? ''};
const sh = (script: string, more: Partial<RunOptions> = {}) =>
	run('sh', ['-c', script], {cwd: '/', env, timeoutMs: 10_000, ...more});
const isRunning = (pid: number) => /^State:\s+[^ZX]/m.test(readIfThere(`/proc/${pid}/status`)?.toString() ?? '');

describe('run', () => {
	test('exit code, both outputs, input, and nothing of the environment but what is given', async () => {
		const result = await sh('cat; echo err >&2; echo "$HOME-$A"; exit 7', {input: 'in ', env: {...env, A: 'ü'}});
		expect(result).toMatchObject({exitCode: 7, stdout: 'in -ü\n', stderr: 'err\n', timedOut: false});
	});

	test('a program that is not there, a folder that is not there, an argument that cannot be one: told, not thrown', async () => {
		const options = {cwd: '/', env, timeoutMs: 1000};
		await expect(run('no-such-program', [], options)).resolves.toMatchObject({
			exitCode: null,
			startError: expect.stringContaining('ENOENT'),
		});
		await expect(run('sh', [], {...options, cwd: '/not/there'})).resolves.toMatchObject({
			exitCode: null,
			startError: expect.stringContaining('ENOENT'),
		});
		await expect(run('sh', ['-c', 'a\0b'], options)).resolves.toMatchObject({
			exitCode: null,
			startError: expect.stringContaining('null bytes'),
		});
		await expect(run('sh', ['-c', `: ${'x'.repeat(300_000)}`], options)).resolves.toMatchObject({
			exitCode: null,
			startError: expect.stringContaining('E2BIG'),
		});
	});

	test('out of time: the whole group ends, deaf ones too', async () => {
		const result = await sh('sleep 300 & echo $!; trap "" TERM; while :; do sleep 0.1; done', {timeoutMs: 400});
		expect(result).toMatchObject({exitCode: null, timedOut: true});
		expect(result.durationMs).toBeLessThan(5000);
		await vi.waitUntil(() => !isRunning(Number(result.stdout)), {timeout: 2000});
	});

	test('called off: ends at once, also before it began', async () => {
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 100);
		const result = await sh('sleep 300', {signal: stop.signal});
		expect(result).toMatchObject({exitCode: null, timedOut: false});
		expect(result.durationMs).toBeLessThan(3000);
		await expect(sh('sleep 300', {signal: AbortSignal.abort()})).resolves.toMatchObject({exitCode: null});
	});

	test('no end of time is not now', async () => {
		await expect(sh('sleep 0.1', {timeoutMs: Number.POSITIVE_INFINITY})).resolves.toMatchObject({
			exitCode: 0,
			timedOut: false,
		});
	});

	test('output is bounded, and its end is what is kept', async () => {
		const {stdout} = await sh('i=0; while [ $i -lt 20000 ]; do echo "line $i"; i=$((i+1)); done', {keepBytes: 1000});
		expect(Buffer.byteLength(stdout)).toBe(1000);
		expect(stdout.endsWith('line 19999\n')).toBe(true);
	});

	test('all of a large output is there, to the last byte', async () => {
		const script = 'process.stdout.write("x".repeat(5_000_000) + "end", () => process.exit(0))';
		const {stdout} = await run(process.execPath, ['-e', script], {
			cwd: '/',
			env,
			timeoutMs: 10_000,
			keepBytes: 8_000_000,
		});
		expect([stdout.length, stdout.slice(-3)]).toEqual([5_000_003, 'end']);
	});

	test('a daemon that keeps the pipe open keeps nobody waiting, and goes when it is of the group', async () => {
		using folder = scratch();
		const note = path.join(folder.dir, 'pid');
		const result = await sh(`sleep 300 & echo $! > '${note}'; echo done`);
		expect(result).toMatchObject({exitCode: 0, stdout: 'done\n'});
		expect(result.durationMs).toBeLessThan(2000);
		const pid = Number(readFileSync(note, 'utf8'));
		await vi.waitUntil(() => !isRunning(pid), {timeout: 2000});
	});
});

test('a program is found as a shell would find it', () => {
	using folder = scratch();
	expect(findProgram('sh', '/nowhere:/bin', '/')).toBe('/bin/sh');
	expect(findProgram('sh', undefined, '/')).toBeUndefined();
	expect(findProgram('./sh', undefined, '/bin')).toBe('/bin/sh');
	expect(findProgram('bin', '/', '/')).toBeUndefined();
	writeFileSync(path.join(folder.dir, 'notes'), '', {mode: 0o644});
	expect(findProgram('notes', folder.dir, '/')).toBeUndefined();
});

/** Keeps this process from everything else, as a slow disk does. */
const stall = (ms: number) => {
	const endMs = performance.now() + ms;
	while (performance.now() < endMs);
};

test('what a program printed is not lost when this process is held up just as it learns of its end', async () => {
	const result = sh('sleep 0.4; echo said');
	const other = spawn('sh', ['-c', 'echo other']);
	// The kernel has told of the other's words and end; ours prints and ends before that is looked at, and its end is found along with it.
	other.stdout.once('data', () => stall(400));
	other.once('exit', () => stall(300));
	stall(200);
	expect(await result).toMatchObject({exitCode: 0, stdout: 'said\n'});
});
