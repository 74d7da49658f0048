import {type ChildProcess, spawn} from 'node:child_process';
import {symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {readOwner, takeWorkspace} from '../../src/kernel/lock.js';
import {root} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

const at = '2026-03-10T13:00:00.000Z';
const owned = expect.objectContaining({code: 'WORKSPACE_OWNED', exitCode: 3});

function workspace() {
	const folder = scratch();
	onTestFinished(() => folder[Symbol.dispose]());
	return {dir: folder.dir, pilotDir: path.join(folder.dir, '.pilot')};
}

/** Another process that owns the workspace. */
async function holder({dir, pilotDir}: {dir: string; pilotDir: string}): Promise<ChildProcess> {
	const child = spawn(process.execPath, [path.join(root, 'test/fakes/hold-workspace.mjs'), dir, pilotDir]);
	onTestFinished(() => void child.kill('SIGKILL'));
	await new Promise((resolve, reject) => {
		child.stdout.once('data', resolve);
		child.once('exit', () => reject(new Error('the holder ended')));
	});
	return child;
}

const ended = (child: ChildProcess) => new Promise(resolve => child.once('exit', resolve));

test('a second taker is refused at once, with the pid of the first and what to do', async () => {
	const place = workspace();
	const child = await holder(place);
	const startedMs = performance.now();
	await expect(takeWorkspace(place.dir, place.pilotDir, at)).rejects.toThrow(owned);
	expect(performance.now() - startedMs).toBeLessThan(1000);
	await expect(takeWorkspace(place.dir, place.pilotDir, at)).rejects.toThrow(
		`pid ${child.pid}, since 2026-03-10T12:00:00.000Z`,
	);
	expect(readOwner(place.pilotDir)?.pid).toBe(child.pid);
});

test('free the moment its owner is killed; nothing stale is left', async () => {
	const place = workspace();
	const child = await holder(place);
	child.kill('SIGKILL');
	await ended(child);
	const lock = await takeWorkspace(place.dir, place.pilotDir, at);
	expect(readOwner(place.pilotDir)).toMatchObject({pid: process.pid, startedAt: at});
	lock.release();
});

test('an owner that is suspended keeps it', async () => {
	const place = workspace();
	const child = await holder(place);
	child.kill('SIGSTOP');
	await expect(takeWorkspace(place.dir, place.pilotDir, at)).rejects.toThrow(owned);
	child.kill('SIGCONT');
	await expect(takeWorkspace(place.dir, place.pilotDir, at)).rejects.toThrow(owned);
});

test('ten at once: exactly one', async () => {
	const place = workspace();
	const results = await Promise.allSettled(
		Array.from({length: 10}, () => takeWorkspace(place.dir, place.pilotDir, at)),
	);
	const taken = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
	expect(taken.length).toBe(1);
	taken[0]?.release();
});

test('the same folder by another name is the same workspace; another folder is another one', async () => {
	const [place, other] = [workspace(), workspace()];
	const lock = await takeWorkspace(place.dir, place.pilotDir, at);
	const link = path.join(other.dir, 'link');
	symlinkSync(place.dir, link);
	await expect(takeWorkspace(link, place.pilotDir, at)).rejects.toThrow(owned);
	const second = await takeWorkspace(other.dir, other.pilotDir, at);
	lock.release();
	second.release();
	const again = await takeWorkspace(place.dir, place.pilotDir, at);
	again.release();
});

test('the note about the owner is information only', async () => {
	const place = workspace();
	const lock = await takeWorkspace(place.dir, place.pilotDir, at);
	writeFileSync(path.join(place.pilotDir, 'owner.json'), 'garbage');
	expect(readOwner(place.pilotDir)).toBeUndefined();
	await expect(takeWorkspace(place.dir, place.pilotDir, at)).rejects.toThrow('Another pilot owns this workspace.');
	lock.release();
});
