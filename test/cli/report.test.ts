import {appendFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {readMorning} from '../../src/app/morning.js';
import report from '../../src/commands/report.js';
import {encodeRecord} from '../../src/kernel/event-log.js';
import {openNight} from '../pictures/night.js';
import {recordedMs, writeFacts} from '../support/a-recording.js';
import {scratch} from '../support/workspace.js';

/** Runs the verb where no pilot runs. */
async function tell(workspace: string, options: Readonly<Record<string, string>>, json = false) {
	const out: string[] = [];
	const context = {
		...{args: [], options, json, env: {}, cwd: workspace, workspace: () => workspace, findWorkspace: () => workspace},
		io: {
			out: (line: string) => out.push(line),
			err() {},
			stdin: async () => '',
			isTerminal: false,
			columns: 80,
			colour: false,
		},
		control: () => ({status: () => Promise.reject(new Error('no pilot'))}) as never,
	};
	const code = await report.run(context);
	return {code, text: out.join('\n')};
}

/** A time before everything that was recorded. */
const longAgo = {since: '366d'};

test('without a pilot: failures and unproven first, what is asked, what is done with its receipts, what comes next', async () => {
	using night = openNight('morning');
	const {code, text} = await tell(night.workspace, longAgo);
	expect(code).toBe(0);
	expect(text).toMatch(
		/^Morning report since [^\n]*\n✗ 1 failed {2}\? 2 unproven {2}! 1 asked of you {2}✓ 7 done\nSpent {2}\$0\.00, 12 sessions/,
	);
	expect(text).toMatch(/Next {3}nothing waits, and no pilot runs/);
	expect(text).toMatch(
		/Needs you\n✗ failed[\s\S]*\^m-p5d9ne[\s\S]*\? unproven[\s\S]*Asked of you\n[\s\S]*English or in German[\s\S]*Done\n/,
	);
	expect(text).toContain('proof: report, change, criterion, tests');
});

test('as JSON it is one document that says the same', async () => {
	using night = openNight('morning');
	const said = JSON.parse((await tell(night.workspace, longAgo, true)).text);
	expect(Object.keys(said)[0]).toBe('v');
	expect(said.needsYou.map(({state}: {state: string}) => state)).toEqual(['failed', 'unproven', 'unproven']);
	expect(said.done).toHaveLength(7);
	expect(said.next).toContain('nothing waits');
});

test('what it goes back to is a time, or is said to be none', async () => {
	using night = openNight('morning');
	for (const since of ['soon', '0h', '12', '-1h', '400d'])
		await expect(tell(night.workspace, {since})).rejects.toMatchObject({code: 'SPAN_INVALID', exitCode: 2});
});

test('where there is no log yet nothing has happened; a damaged one is read as far as it goes', async () => {
	using night = openNight('morning');
	const log = path.join(night.workspace, '.pilot', 'events.ndjson');
	appendFileSync(
		log,
		'{"len":9,"crc":"00000000","fact":{"seq":1,"at":"2026-11-21T20:00:00.000Z","type":"mission.concluded"\n',
	);
	expect((await tell(night.workspace, longAgo)).text).toContain('✗ 1 failed');
	rmSync(log);
	expect((await tell(night.workspace, longAgo)).text).toContain('No mission has ended.');
});

test('it is of no time before the workspace had anything to tell', () => {
	using place = scratch('report');
	writeFacts(place.dir, [[60, 'pilot.started', {pid: 1, version: '1.0.0', machine: 'm', epoch: 1, untilIdle: false}]]);
	const of = (sinceMs: number) => Date.parse(readMorning(place.dir, sinceMs, recordedMs + 200_000).since) - recordedMs;
	expect([of(0), of(recordedMs + 90_000)]).toEqual([60_000, 90_000]);
	using empty = scratch('report-empty');
	expect(readMorning(empty.dir, 0, recordedMs).since).toBe(new Date(recordedMs).toISOString());
});

test('a session from before that still runs is known, and so is what the quota rose by since', () => {
	using place = scratch('report');
	const session = {missionId: 'm-read01', attempt: 1, sessionId: 's-1', agent: 'demo', resumed: false};
	const read = (usedPercent: number, seconds: number) => ({
		windows: [
			{kind: 'five_hour', usedPercent, source: 's', measuredAt: new Date(recordedMs + seconds * 1000).toISOString()},
		],
	});
	writeFacts(place.dir, [
		[0, 'quota.read', read(10, 0)],
		[1, 'session.started', session],
		[60, 'quota.read', read(20, 60)],
		[120, 'quota.read', read(24, 120)],
	]);
	const {windows} = readMorning(place.dir, recordedMs + 30_000, recordedMs + 200_000).spent;
	expect(windows).toEqual([{kind: 'five_hour', fromPercent: 20, usedPercent: 24, pilotPoints: 4}]);
});

test('a log of 8 MB is told of within 100 ms', async () => {
	using night = openNight('morning');
	const step = encodeRecord({
		...{seq: 1, at: new Date(night.nowMs).toISOString(), type: 'mission.progressed'},
		data: {missionId: 'm-8f2c1d', attempt: 1, note: 'x'.repeat(150)},
	});
	appendFileSync(
		path.join(night.workspace, '.pilot', 'events.ndjson'),
		step.repeat(Math.ceil(8_000_000 / step.length)),
	);
	const takesMs = () => {
		const startedMs = performance.now();
		expect(readMorning(night.workspace, 0, night.nowMs).done).toHaveLength(7);
		return performance.now() - startedMs;
	};
	expect(Math.min(takesMs(), takesMs(), takesMs())).toBeLessThan(100);
});
