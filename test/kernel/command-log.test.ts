import {expect, test} from 'vitest';
import {createCommandLog} from '../../src/kernel/command-log.js';
import type {Pty} from '../../src/kernel/pty.js';
import {createRedactor} from '../../src/kernel/redact.js';
import type {RunResult} from '../../src/kernel/spawn.js';

const options = {cwd: '/', env: {}, timeoutMs: 1000};
const fine: RunResult = {exitCode: 0, stdout: '', stderr: '', timedOut: false, durationMs: 5};

function rig(secrets: readonly string[] = []) {
	let nowMs = Date.UTC(2026, 10, 20, 12);
	const log = createCommandLog({now: () => nowMs}, createRedactor(secrets));
	return {log, pass: (ms: number) => (nowMs += ms)};
}

test('what was run is kept with its purpose, its time and its end; what runs has no end yet', async () => {
	const {log, pass} = rig();
	const waiting = Promise.withResolvers<RunResult>();
	const run = log.run(() => waiting.promise);
	const done = log.during({purpose: 'check', missionId: 'm-1'}, () => run('npm', ['test'], options));
	expect(log.list()).toEqual([
		{seq: 1, at: '2026-11-20T12:00:00.000Z', purpose: 'check', missionId: 'm-1', line: 'npm test'},
	]);
	pass(1500);
	waiting.resolve({...fine, exitCode: 3});
	expect(await done).toEqual({...fine, exitCode: 3});
	expect(log.list()[0]).toMatchObject({durationMs: 1500, exitCode: 3});
});

test('purposes of works that run at the same time are told apart, also behind what they wait for', async () => {
	const {log} = rig();
	const run = log.run(async () => fine);
	const work = async (name: string) => {
		await new Promise(resolve => setTimeout(resolve, 2));
		await run('true', [name], options);
	};
	await Promise.all([
		...['sync', 'claim'].map(purpose => log.during({purpose}, () => work(purpose))),
		work('start and upkeep'),
	]);
	expect(log.list()).toHaveLength(3);
	for (const {line, purpose} of log.list()) expect(line).toContain(purpose);
});

test.each([
	[{...fine, exitCode: null, timedOut: true}, 'timed out'],
	[{...fine, exitCode: null}, 'ended by a signal'],
	[{...fine, exitCode: null, startError: 'spawn nothing ENOENT'}, 'could not be started: spawn nothing ENOENT'],
])('an end that is none by itself is said: %o', async (result, trouble) => {
	const {log} = rig();
	await log.run(async () => result)('x', [], options);
	expect(log.list()[0]).toMatchObject({exitCode: null, trouble});
});

test('git that rejects has failed, and still rejects; settings that every git gets are left out', async () => {
	const {log} = rig();
	const words = ['/usr/bin/git', '-c', 'gc.auto=0', '--git-dir', '/somewhere', 'push', 'origin', 'a b'];
	await expect(log.of(words, () => Promise.reject(new Error('rejected')))).rejects.toThrow('rejected');
	expect(log.list()[0]).toMatchObject({line: "git push origin 'a b'", exitCode: null, trouble: 'rejected'});
	await log.of(['git', 'commit', '-c', 'HEAD'], async () => 1);
	expect(log.list()[1]).toMatchObject({line: 'git commit -c HEAD', exitCode: 0});
});

test('secrets are no part of it, nor of what is said of its end; long arguments are cut', async () => {
	const secret = 'hunter2-hunter2-hunter2';
	const {log} = rig([secret]);
	const run = log.run(async () => ({...fine, exitCode: null, startError: `no ${secret}`}));
	await run('curl', ['-H', `token: ${secret}`, `${'x'.repeat(110)}${secret}`, 'y'.repeat(100_000)], options);
	const told = JSON.stringify(log.list());
	expect(told).not.toContain('hunter2');
	expect(told.length).toBeLessThan(1000);
});

test('two hundred are kept, the newest; one that ends after it was forgotten is not remembered again', async () => {
	const {log} = rig();
	const first = Promise.withResolvers<RunResult>();
	const early = log.run(() => first.promise)('sleep', ['99'], options);
	const run = log.run(async () => fine);
	for (let count = 0; count < 250; count++) await run('true', [String(count)], options);
	first.resolve(fine);
	await early;
	expect(log.list()).toHaveLength(200);
	expect([log.list()[0]?.line, log.list().at(-1)?.line]).toEqual(['true 50', 'true 249']);
});

test('a session’s program is one of them', () => {
	const {log} = rig();
	const exits: ((exit: {exitCode: number | null}) => void)[] = [];
	const spawn = log.spawnPty(() => ({onExit: listener => void exits.push(listener)}) as Pty);
	log.during({purpose: 'session'}, () =>
		spawn('claude', ['-p', 'x'.repeat(5000)], {cwd: '/', env: {}, cols: 80, rows: 24}),
	);
	expect(log.list()[0]).toMatchObject({purpose: 'session', line: expect.stringMatching(/^claude -p 'x+…'$/)});
	exits[0]?.({exitCode: null});
	expect(log.list()[0]).toMatchObject({exitCode: null, trouble: 'ended by a signal'});
});
