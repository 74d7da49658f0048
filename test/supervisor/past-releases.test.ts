import {appendFileSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {estimatesOf} from '../../src/domain/estimate.js';
import type {PilotEvent} from '../../src/domain/event.js';
import {encodeRecord} from '../../src/kernel/event-log.js';
import {openStore} from '../../src/supervisor/store.js';
import {root} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

const releases = path.join(root, 'test/fixtures/past-releases');
const machine = 'h-nbhhra';

/** What a release left in a workspace: its log, and the snapshot that it wrote last. */
function leftBy(release: string) {
	const {dir, [Symbol.dispose]: remove} = scratch();
	onTestFinished(remove);
	const [pilotDir, state] = [path.join(dir, '.pilot'), path.join(dir, 'state')];
	mkdirSync(pilotDir);
	mkdirSync(state);
	const log = path.join(pilotDir, 'events.ndjson');
	const stateFile = path.join(state, `${machine}.json`);
	copyFileSync(path.join(releases, release, 'events.ndjson'), log);
	copyFileSync(path.join(releases, release, 'state.json'), stateFile);
	const open = async () => {
		const store = await openStore({pilotDir, stateFile, machine, clock: {now: Date.now} as never});
		onTestFinished(store.close);
		return store;
	};
	return {pilotDir, log, open};
}

test.each(readdirSync(releases))('what %s wrote loads whole', async release => {
	const {log, open} = leftBy(release);
	const {state, damaged, after} = await open();
	expect(damaged).toEqual([]);
	expect(after(0).length).toBe(readFileSync(log, 'utf8').trim().split('\n').length);
	expect(Object.keys(state.outcomes).sort()).toEqual(['m-asks01', 'm-read01', 'm-write1']);
});

test.each(readdirSync(releases))(
	'what %s wrote says what missions take, also where only its snapshot is left',
	async release => {
		const {log, open} = leftBy(release);
		const whole = await open();
		expect(estimatesOf(whole.state.samples)?.all.minutes.n).toBe(3);
		rmSync(log);
		const {state, damaged} = await open();
		expect(damaged).toEqual([]);
		expect(state).toMatchObject({samples: {}, quotaUse: {windows: [], sessions: []}});
	},
);

test('a log of a newer form is refused with its version, and left as it is', async () => {
	const {log, open} = leftBy('0.1.0');
	const data = {pid: 1, version: '9.0.0', machine, epoch: 9, untilIdle: false, schema: 7};
	appendFileSync(log, encodeRecord({seq: 1000, at: '2026-12-01T00:00:00.000Z', type: 'pilot.started', data}));
	const before = readFileSync(log);
	await expect(open()).rejects.toMatchObject({
		code: 'STATE_TOO_NEW',
		exitCode: 2,
		message: expect.stringContaining('version 7'),
	});
	expect(readFileSync(log)).toEqual(before);
});

test('a type that a newer build added is passed over, and its number is not given again', async () => {
	const {log, open} = leftBy('0.1.0');
	const fact = {seq: 1000, at: '2026-12-01T00:00:00.000Z', type: 'mission.sung', data: {}} as unknown as PilotEvent;
	appendFileSync(log, encodeRecord(fact));
	const store = await open();
	expect([store.damaged, store.state.seq]).toEqual([[], 1000]);
	expect(store.emit('pilot.unwatched', {}).seq).toBe(1001);
});

test('a log damaged in its middle is kept aside, told once, and gone on with', async () => {
	const {log, pilotDir, open} = leftBy('0.1.0');
	const lines = readFileSync(log, 'utf8').split('\n');
	lines[4] = `${lines[4]?.slice(0, 40)}\0\0\0${lines[4]?.slice(43)}`;
	writeFileSync(log, lines.join('\n'));
	const broken = readFileSync(log);
	const store = await open();
	const aside = readdirSync(pilotDir).find(name => name.startsWith('events.ndjson.bad-')) ?? 'none';
	expect(store.damaged).toEqual([
		'1 damaged records of the event log were passed over',
		`${log} is kept as ${path.join(pilotDir, aside)}`,
	]);
	expect(readFileSync(path.join(pilotDir, aside))).toEqual(broken);
	expect(Object.keys(store.state.outcomes).sort()).toEqual(['m-asks01', 'm-read01', 'm-write1']);
	expect((await open()).damaged).toEqual([]);
});
