import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {openStore} from '../../src/supervisor/store.js';
import {scratch} from '../support/workspace.js';

const day = 86_400_000;

/** A store whose clock can be set. */
function place() {
	const {dir, [Symbol.dispose]: remove} = scratch('store');
	onTestFinished(remove);
	const stateFile = path.join(dir, 'state/h-a.json');
	const pilotDir = path.join(dir, '.pilot');
	mkdirSync(path.dirname(stateFile));
	const clock = {nowMs: Date.parse('2026-03-10T12:00:00Z'), now: () => clock.nowMs};
	const open = async () => {
		const store = await openStore({pilotDir, stateFile, machine: 'h-a', clock: clock as never});
		onTestFinished(store.close);
		return store;
	};
	return {clock, stateFile, open};
}

test('a clock that went back is told once, before any fact by it, also when the pilot was away meanwhile', async () => {
	const {clock, open} = place();
	clock.nowMs += 90 * day;
	const first = await open();
	first.emit('pilot.unwatched', {});
	clock.nowMs -= 90 * day;
	first.check();
	first.emit('pilot.unwatched', {});
	expect(first.recent(9).map(({type}) => type)).toEqual(['pilot.unwatched', 'clock.went-back', 'pilot.unwatched']);
	clock.nowMs -= 40 * day;
	const second = await open();
	second.emit('pilot.paused', {by: 'you'});
	expect(second.recent(2)).toMatchObject([
		{type: 'clock.went-back', at: '2026-01-29T12:00:00.000Z', data: {was: '2026-03-10T12:00:00.000Z'}},
		{type: 'pilot.paused'},
	]);
	clock.nowMs -= day;
	second.emit('pilot.unwatched', {});
	expect(second.recent(1)).toMatchObject([{type: 'pilot.unwatched'}]);
});

test.each([
	['gone', (file: string) => rmSync(file)],
	['damaged', (file: string) => writeFileSync(file, '{"v": 1, "seq"')],
])('a state file that is %s is there again as soon as the store is open', async (_what, harm) => {
	const {stateFile, open} = place();
	const first = await open();
	first.emit('pilot.paused', {by: 'you'});
	await first.save();
	const before = readFileSync(stateFile, 'utf8');
	harm(stateFile);
	const {state} = await open();
	expect(state.paused?.by).toBe('you');
	expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toEqual(JSON.parse(before));
});

test('a new workspace has no state file before there is something to keep', async () => {
	const {stateFile, open} = place();
	await open();
	expect(existsSync(stateFile)).toBe(false);
});
