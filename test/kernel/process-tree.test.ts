import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {type Clock, systemClock} from '../../src/kernel/clock.js';
import {readIfThere} from '../../src/kernel/files.js';
import {allTaggedPids, sessionTag, stopTree, sweep, taggedPids} from '../../src/kernel/process-tree.js';
import {root} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

const survivor = path.join(root, 'test/fakes/survivor.sh');
const machine = `test-${process.pid}`;
const isRunning = (pid: number) => /^State:\s+[^ZX]/m.test(readIfThere(`/proc/${pid}/status`)?.toString() ?? '');

const until = async (holds: () => boolean) => {
	while (!holds()) await new Promise(resolve => setTimeout(resolve, 10));
};

/** A tagged process that has left another one behind in some way; gives both. */
async function leave(kind: string, tag: string): Promise<{child: ChildProcess; pid: number; left: number}> {
	const folder = scratch();
	const note = path.join(folder.dir, 'pid');
	const child = spawn(survivor, [kind, note], {
		detached: true,
		stdio: 'ignore',
		env: {PATH: process.env.PATH, [sessionTag]: tag},
	});
	onTestFinished(async () => {
		child.kill('SIGKILL');
		await sweep(tag, systemClock, {graceMs: 0});
		folder[Symbol.dispose]();
	});
	await until(() => existsSync(note) && readFileSync(note, 'utf8').endsWith('\n'));
	return {child, pid: child.pid ?? 0, left: Number(readFileSync(note, 'utf8'))};
}

test.each(['plain', 'nohup', 'setsid', 'double', 'deaf'])(
	'what stays behind (%s) is found by its tag and ended',
	async kind => {
		const tag = `${machine}/s-${kind}`;
		const {pid, left} = await leave(kind, tag);
		expect(isRunning(left)).toBe(true);
		expect(allTaggedPids()).toContain(left);
		const found = await sweep(tag, systemClock);
		expect(found).toEqual(expect.arrayContaining([pid, left]));
		expect(isRunning(left)).toBe(false);
		expect(taggedPids(tag)).toEqual([]);
	},
);

test('only what carries the very tag is ended: not a longer one, not another machine, not this process', async () => {
	const [one, ten, other] = await Promise.all([
		leave('setsid', `${machine}/s-1`),
		leave('setsid', `${machine}/s-10`),
		leave('setsid', `${machine}0/s-1`),
	]);
	await sweep(`${machine}/s-1`, systemClock);
	expect([one.left, ten.left, other.left].map(isRunning)).toEqual([false, true, true]);
	await sweep(`${machine}/`, systemClock);
	expect([ten.left, other.left].map(isRunning)).toEqual([false, true]);
	await sweep(`${machine}0/`, systemClock);
	expect(isRunning(other.left)).toBe(false);
});

/** A process that notes each signal it gets, and heeds only the one named. */
async function noter(
	heeds: string,
): Promise<{pid: number; tag: string; signals: () => string[]; hasEnded: () => boolean}> {
	const folder = scratch();
	const note = path.join(folder.dir, 'signals');
	const script = `const fs = require('fs');
		for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => {
			fs.appendFileSync(process.argv[1], name + '\\n');
			if (name === process.argv[2]) process.exit(0);
		});
		fs.writeFileSync(process.argv[1], 'ready\\n');
		setInterval(() => {}, 1000);`;
	const tag = `${machine}/n-${heeds}`;
	const child = spawn(process.execPath, ['-e', script, note, heeds], {
		detached: true,
		stdio: 'ignore',
		env: {[sessionTag]: tag},
	});
	onTestFinished(() => {
		child.kill('SIGKILL');
		folder[Symbol.dispose]();
	});
	await until(() => existsSync(note) && readFileSync(note, 'utf8') !== '');
	const read = () => readFileSync(note, 'utf8').trim().split('\n').slice(1);
	return {
		pid: child.pid ?? 0,
		tag,
		signals: read,
		hasEnded: () => child.exitCode !== null || child.signalCode !== null,
	};
}

test.each([
	['SIGINT', ['SIGINT']],
	['SIGTERM', ['SIGINT', 'SIGTERM']],
	['nothing', ['SIGINT', 'SIGTERM']],
])('the ladder for one that heeds %s', async (heeds, expected) => {
	const target = await noter(heeds);
	await stopTree(target, systemClock, {interrupt: 300, terminate: 300});
	expect(target.signals()).toEqual(expected);
	await until(target.hasEnded);
	expect(taggedPids(target.tag)).toEqual([]);
});

test('each step has its time: nothing harder before it is over', async () => {
	const target = await noter('nothing');
	const sent: number[] = [];
	const startedMs = Date.now();
	const clock: Clock = {
		...systemClock,
		sleep: ms => {
			for (const _ of target.signals().slice(sent.length)) sent.push(Date.now() - startedMs);
			return systemClock.sleep(ms);
		},
	};
	await stopTree(target, clock, {interrupt: 500, terminate: 400});
	expect(sent.length).toBe(2);
	expect(sent[1]).toBeGreaterThanOrEqual(500);
	await until(target.hasEnded);
	expect(Date.now() - startedMs).toBeGreaterThanOrEqual(900);
});

test('a clock that is set back in the middle makes nobody wait for the time that it had', async () => {
	const target = await noter('nothing');
	const startedMs = Date.now();
	let backMs = 0;
	const clock: Clock = {
		...systemClock,
		now: () => Date.now() - backMs,
		sleep: ms => {
			backMs = 90 * 86_400_000;
			return systemClock.sleep(ms);
		},
	};
	await stopTree(target, clock, {interrupt: 300, terminate: 300});
	expect(Date.now() - startedMs).toBeLessThan(8000);
	await until(target.hasEnded);
});

test('one that has ended gets no signal; what it left is swept all the same', async () => {
	const {left, child} = await leave('setsid', `${machine}/s-over`);
	child.kill('SIGKILL');
	await until(() => child.signalCode !== null);
	await stopTree({pid: child.pid ?? 0, tag: `${machine}/s-over`, hasEnded: () => true}, systemClock);
	expect(isRunning(left)).toBe(false);
});
