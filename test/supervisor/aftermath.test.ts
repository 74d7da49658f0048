import {spawn} from 'node:child_process';
import {expect, onTestFinished, test} from 'vitest';
import type {Run} from '../../src/domain/state.js';
import {systemClock} from '../../src/kernel/clock.js';
import {sessionTag} from '../../src/kernel/process-tree.js';
import {createAftermath} from '../../src/supervisor/aftermath.js';
import {goneWithin} from '../support/after-a-kill.js';

const session = {id: `s-${process.pid}`, agentSessionId: undefined, startedAt: new Date(0).toISOString()};
const run = {missionId: 'm-000001', mission: {access: 'write'}} as Run;

/** A process that an ended session has left, and an aftermath whose facts cannot be written. */
function scene(script: string) {
	const left = spawn('sh', ['-c', script], {
		env: {PATH: '/usr/bin:/bin', [sessionTag]: `none/${session.id}`},
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	onTestFinished(() => void left.kill('SIGKILL'));
	const logged: string[] = [];
	let emits = 0;
	let timers = 0;
	const add = (line: string) => void logged.push(line);
	const aftermath = createAftermath({
		store: {
			emit() {
				emits++;
				throw new Error('the disk is full');
			},
		},
		machine: 'none',
		clock: {
			...systemClock,
			every(ms, look) {
				timers++;
				const end = systemClock.every(ms, look);
				return () => {
					timers--;
					end();
				};
			},
		},
		log: {debug: add, info: add, warn: add, error: add},
		live: {byMission: () => undefined},
	});
	onTestFinished(() => aftermath.end());
	const ready = new Promise(resolve => left.stdout.once('data', resolve));
	return {pid: Number(left.pid), aftermath, logged, ready, emits: () => emits, timers: () => timers};
}

test('what a session has left is ended also when that cannot be written down, and its session’s result does not suffer', async () => {
	const {pid, aftermath, logged, ready, emits} = scene('echo; exec sleep 300');
	await ready;
	await aftermath.follow(run, session);
	expect(await goneWithin([pid], 1000)).toEqual([]);
	expect(emits()).toBe(1);
	expect(logged).toContain('what was ended cannot be told: the disk is full');
});

test('once it is over nobody waits for what refuses to end, and nothing is looked at or written any more', async () => {
	const {pid, aftermath, ready, emits, timers} = scene('trap "" TERM; echo; while :; do sleep 0.1; done');
	await ready;
	const startedMs = performance.now();
	const followed = aftermath.follow(run, session);
	aftermath.end();
	await followed;
	const before = emits();
	await aftermath.follow(run, session);
	expect(performance.now() - startedMs).toBeLessThan(1000);
	expect([emits(), timers()]).toEqual([before, 0]);
	expect(await goneWithin([pid], 0)).toEqual([pid]);
});
