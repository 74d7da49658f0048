import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {type Pty, spawnPty} from '../../src/kernel/pty.js';

const start = (script: string) =>
	spawnPty('sh', ['-c', script], {cwd: '/', env: {PATH: process.env.PATH ?? ''}, cols: 90, rows: 20});

function follow(pty: Pty): Promise<{text: string; exitCode: number | null; signal?: number}> {
	const chunks: Buffer[] = [];
	pty.onData(data => chunks.push(data));
	return new Promise(resolve => pty.onExit(exit => resolve({...exit, text: Buffer.concat(chunks).toString()})));
}

test('a real terminal of the size asked for; bytes as they are; the exit after the last of them', async () => {
	const pty = start('stty size; printf "\\303\\274"; exit 3');
	expect(pty.hasEnded).toBe(false);
	expect(await follow(pty)).toEqual({text: '20 90\r\nü', exitCode: 3});
	expect(pty.hasEnded).toBe(true);
});

test('ended by a signal: no exit code', async () => {
	expect(await follow(start('kill -9 $$'))).toMatchObject({exitCode: null, signal: 9});
});

test('all of a large output comes before the end', async () => {
	const {text} = await follow(start('i=0; while [ $i -lt 20000 ]; do echo "line $i"; i=$((i+1)); done'));
	expect(text.length).toBeGreaterThan(200_000);
	expect(text.endsWith('line 19999\r\n')).toBe(true);
});

test.each([
	[0, 0],
	[-1, -1],
	[1, 1],
	[Number.NaN, 5],
	[99_999, 99_999],
	[80.5, 24.5],
])('a size of %d×%d is made a possible one', async (cols, rows) => {
	const pty = start('read x; stty size');
	const all = follow(pty);
	pty.resize(cols, rows);
	pty.write('\n');
	const [height = 0, width = 0] = ((await all).text.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
	expect(height).toBeGreaterThanOrEqual(1);
	expect(width).toBeGreaterThanOrEqual(2);
	expect(Math.max(height, width)).toBeLessThanOrEqual(1000);
});

test('after its end nothing does anything, and nothing throws', async () => {
	const pty = start('exit 0');
	await follow(pty);
	for (const call of [() => pty.write('x'), () => pty.resize(10, 10), () => pty.pause(), () => pty.resume()])
		expect(call).not.toThrow();
});

test('a size that changes again and again around the end never throws', async () => {
	const pty = start('sleep 0.2');
	const done = follow(pty);
	const timer = setInterval(() => pty.resize(80 + (Date.now() % 20), 24), 1);
	await expect(done).resolves.toMatchObject({exitCode: 0});
	clearInterval(timer);
});

/** The longest that anything else had to wait, in ms, while this was done. */
async function longestLag(work: () => Promise<unknown>): Promise<number> {
	let longest = 0;
	let lastMs = performance.now();
	const timer = setInterval(() => {
		longest = Math.max(longest, performance.now() - lastMs - 5);
		lastMs = performance.now();
	}, 5);
	await work();
	clearInterval(timer);
	return longest;
}

const untilReady = (pty: Pty) => new Promise<void>(resolve => pty.onData(() => resolve()));
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

test('a program that never reads holds nothing up, whatever is written to it; it can be ended', async () => {
	const pty = start('stty raw -echo; printf ready; exec sleep 60');
	const done = follow(pty);
	await untilReady(pty);
	const lag = await longestLag(async () => {
		expect(pty.write('x'.repeat(300_000))).toBe(true);
		for (let times = 0; times < 200; times++) pty.write('\u001b[?1;2c'.repeat(100));
		await pause(500);
	});
	expect(lag).toBeLessThan(100);
	const before = process.cpuUsage();
	await pause(500);
	const {user, system} = process.cpuUsage(before);
	expect((user + system) / 1000).toBeLessThan(150);
	expect(pty.write('y'.repeat(900_000))).toBe(false);
	process.kill(pty.pid, 'SIGKILL');
	await expect(done).resolves.toMatchObject({signal: 9});
	expect(pty.write('x')).toBe(false);
});

test('a program that reads late gets every byte of what was taken, in order, and none of what was not', async () => {
	const pty = start('stty raw -echo; printf ready; sleep 0.5; head -c 500005 | cksum');
	const done = follow(pty);
	await untilReady(pty);
	const lines = Array.from({length: 50_000}, (_, n) => String(n).padStart(9, '0'));
	const text = `${lines.join('\n')}\n`;
	for (let at = 0; at < text.length; at += 25_000) expect(pty.write(text.slice(at, at + 25_000))).toBe(true);
	expect(pty.write('z'.repeat(600_000))).toBe(false);
	expect(pty.write('an end')).toBe(true);
	const wanted = execFileSync('cksum', {input: `${text}an en`})
		.toString()
		.trim();
	expect((await done).text).toBe(`ready${wanted}\n`);
});
