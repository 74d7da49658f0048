import {utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {holderOf, livelyOther} from '../../src/domain/lease.js';
import {createMachines} from '../../src/supervisor/machines.js';
import {scratch} from '../support/workspace.js';

const minute = 60_000;
const day = 24 * 60 * minute;
const leaseMs = 15 * minute;
const missionId = 'm-000001';

/** Another machine's state, as it was fetched an hour ago, and a clock. */
function seen(untilMs: number) {
	const {dir, [Symbol.dispose]: remove} = scratch('machines');
	onTestFinished(remove);
	const file = path.join(dir, 'h-other1.json');
	const at = new Date(untilMs - leaseMs).toISOString();
	const write = (until: number) =>
		writeFileSync(
			file,
			JSON.stringify({
				lease: {until: new Date(until).toISOString()},
				runs: {[missionId]: {attempt: 1, step: 'work', claimedAt: at}},
				outcomes: {},
			}),
		);
	write(untilMs);
	const clock = {nowMs: Date.now(), now: () => clock.nowMs};
	const came = (atMs: number) => utimesSync(file, atMs / 1000, atMs / 1000);
	const open = () => createMachines({stateFile: path.join(dir, 'h-this01.json'), clock, leaseMs});
	return {clock, came, open, write};
}

const isHeld = ({others}: ReturnType<typeof createMachines>, nowMs: number) =>
	holderOf(others, missionId, nowMs) !== undefined;

test('a lease that was written months ahead holds for as long as a lease does, from when it came here', () => {
	const nowMs = Date.now();
	const {clock, came, open} = seen(nowMs + 90 * day);
	came(nowMs - 14 * minute);
	const machines = open();
	expect(isHeld(machines, clock.nowMs)).toBe(true);
	clock.nowMs += 2 * minute;
	expect(isHeld(machines, clock.nowMs)).toBe(false);
	expect(isHeld(open(), clock.nowMs)).toBe(false);
});

test('each renewal of it holds anew, and while it lives the machine is known to', () => {
	const nowMs = Date.now();
	const {clock, came, open, write} = seen(nowMs + 90 * day);
	came(nowMs - 20 * minute);
	const machines = open();
	expect(isHeld(machines, clock.nowMs)).toBe(false);
	write(nowMs + 90 * day + minute);
	came(nowMs - minute);
	machines.refresh();
	expect(isHeld(machines, clock.nowMs)).toBe(true);
	expect(livelyOther(machines.others, nowMs + 6 * day)?.machine).toBe('h-other1');
	expect(livelyOther(machines.others, nowMs + 8 * day)).toBeUndefined();
});

test('it ends also where the file was written while the own clock was ahead', () => {
	const nowMs = Date.now();
	const {clock, came, open} = seen(nowMs + 90 * day);
	came(nowMs + 90 * day);
	const machines = open();
	expect(isHeld(machines, clock.nowMs)).toBe(true);
	clock.nowMs += leaseMs + minute;
	expect(isHeld(machines, clock.nowMs)).toBe(false);
});

test('a lease that clocks an hour apart can explain is taken as it was said', () => {
	const nowMs = Date.now();
	const {came, open} = seen(nowMs + 60 * minute);
	came(nowMs - day);
	expect(open().others).toMatchObject([{untilMs: nowMs + 60 * minute, aliveMs: nowMs + 60 * minute}]);
});
