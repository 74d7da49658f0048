import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {PilotError} from '../../src/domain/pilot-error.js';
import {storageError} from '../../src/kernel/files.js';
import type {Context} from '../../src/supervisor/context.js';
import {createLoop} from '../../src/supervisor/loop.js';
import {createStorageGate} from '../../src/supervisor/storage-gate.js';
import {scratch} from '../support/workspace.js';

/** What the gate and the loop look at, and a clock that is put forward by hand. */
function machine() {
	const folder = scratch('pilot-gate');
	onTestFinished(() => folder[Symbol.dispose]());
	const pilotDir = path.join(folder.dir, '.pilot');
	mkdirSync(pilotDir);
	const time = {nowMs: 1_000_000};
	const alarms: {atMs: number; run: () => void}[] = [];
	const heard: ((fact: {type: string}) => void)[] = [];
	const logged: string[] = [];
	const context = {
		pilotDir,
		clock: {
			now: () => time.nowMs,
			at(atMs: number, run: () => void) {
				alarms.push({atMs, run});
				return () => {};
			},
		},
		log: {error: (line: string) => void logged.push(line)},
		store: {
			state: {runs: {}, approvals: []},
			onFact: (listener: (fact: {type: string}) => void) => void heard.push(listener),
			onFailed: () => {},
			check() {},
		},
	};
	return {
		context: context as typeof context & Context,
		logged,
		time,
		alarms,
		tell: (type: string) => {
			for (const listener of heard) listener({type});
		},
	};
}

const full = () => storageError('events.ndjson', Object.assign(new Error('full'), {code: 'ENOSPC'}));

test('a write that failed is tried again after 2 s, 5 s, 10 s, then every 30 s; from 2 s again once all was well', () => {
	const {context, alarms, time} = machine();
	const gate = createStorageGate(context, () => expect.unreachable());
	const waits = () => {
		gate.failed(full(), () => {});
		const waitMs = (alarms.at(-1)?.atMs ?? 0) - time.nowMs;
		expect(gate.isClosed).toBe(true);
		time.nowMs += waitMs;
		expect(gate.isClosed).toBe(false);
		return waitMs;
	};
	expect([waits(), waits(), waits(), waits(), waits()]).toEqual([2000, 5000, 10_000, 30_000, 30_000]);
	time.nowMs += 30_001;
	expect(waits()).toBe(2000);
});

test.each([
	['a raw error of the disk', Object.assign(new Error('EMFILE'), {code: 'EMFILE'})],
	['a busy file', new PilotError('FILE_BUSY', {what: 'busy', todo: 'wait'})],
])('%s is waited for', (_name, error) => {
	const {context} = machine();
	const gate = createStorageGate(context, () => expect.unreachable());
	gate.failed(error, () => {});
	expect(gate.isClosed).toBe(true);
});

test('once it is written down that the pilot shall end, nothing waits for the disk', () => {
	const {context, tell} = machine();
	const gate = createStorageGate(context, () => expect.unreachable());
	gate.failed(full(), () => {});
	tell('session.ended');
	expect(gate.isClosed).toBe(true);
	tell('pilot.stopping');
	expect(gate.isClosed).toBe(false);
});

test.each([
	['a fault of the program', new TypeError('x is not a function')],
	['a wrong argument', Object.assign(new TypeError('path'), {code: 'ERR_INVALID_ARG_TYPE'})],
	['a workspace that another pilot has', new PilotError('WORKSPACE_LOST', {what: 'lost', todo: 'look'})],
])('%s ends the loop with it at once; it is logged, and never tried again', async (_name, error) => {
	const {context, alarms, logged, tell, time} = machine();
	let checks = 0;
	context.store.check = () => {
		checks++;
		throw error;
	};
	const loop = createLoop(context);
	const ended = expect(loop.ended).rejects.toBe(error);
	alarms.length = 0;
	loop.open();
	await ended;
	tell('pilot.stopping');
	time.nowMs += 3_600_000;
	for (const {run} of alarms.splice(0)) run();
	expect([checks, logged]).toEqual([1, [`the pilot ends: ${error.message}`]]);
});

test('a clock that is set back by a day while the gate is closed does not close it for a day', () => {
	const {context, time} = machine();
	const gate = createStorageGate(context, () => expect.unreachable());
	gate.failed(full(), () => {});
	expect(gate.isClosed).toBe(true);
	time.nowMs -= 86_400_000;
	expect(gate.isClosed).toBe(false);
});
