import {spawnSync} from 'node:child_process';
import {appendFileSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {crc32} from 'node:zlib';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {PilotEvent} from '../../src/domain/event.js';
import {encodeRecord, openEventLog, readLog} from '../../src/kernel/event-log.js';
import {notRun} from '../support/not-run.js';
import {scratch} from '../support/workspace.js';

const fact = (seq: number, by = 'ü€😀\n"'): PilotEvent => ({
	seq,
	at: '2026-03-10T12:00:00.000Z',
	type: 'pilot.paused',
	data: {by},
});
const seqs = (file: string) => readLog(file).events.map(({seq}) => seq);
const at = (dir: string) => path.join(dir, '.pilot', 'events.ndjson');

function logOf(dir: string, count: number): string {
	const file = at(dir);
	const log = openEventLog(file);
	for (let seq = 1; seq <= count; seq++) log.append(fact(seq));
	log.close();
	return file;
}

test('what was appended is read, in order and to the byte', () => {
	using folder = scratch();
	const file = logOf(folder.dir, 3);
	expect(readLog(file)).toMatchObject({events: [fact(1), fact(2), fact(3)], dropped: 0, unknown: 0, lastSeq: 3});
	expect(readLog(path.join(folder.dir, 'none'))).toEqual({
		events: [],
		dropped: 0,
		goodBytes: 0,
		unknown: 0,
		lastSeq: 0,
		schema: 0,
		isDamaged: false,
	});
});

describe('damage', () => {
	test('a torn last line is dropped and counted, wherever it is torn, and the next one is whole', () => {
		using folder = scratch();
		const whole = readFileSync(logOf(folder.dir, 2));
		const firstEnd = whole.indexOf(0x0a) + 1;
		for (let cut = firstEnd + 1; cut < whole.length; cut++) {
			const file = path.join(folder.dir, 'cut');
			writeFileSync(file, whole.subarray(0, cut));
			expect(readLog(file)).toMatchObject({events: [fact(1)], dropped: 1, goodBytes: firstEnd});
			const log = openEventLog(file);
			log.append(fact(7));
			log.close();
			expect(seqs(file)).toEqual([1, 7]);
			expect(readLog(file).dropped).toBe(0);
		}
	});

	test('any one byte changed in the middle costs that line at most, and never invents one', () => {
		using folder = scratch();
		const whole = readFileSync(logOf(folder.dir, 3));
		const file = path.join(folder.dir, 'hurt');
		fc.assert(
			fc.property(fc.nat(whole.length - 2), fc.integer({min: 1, max: 255}), (place, change) => {
				const hurt = Buffer.from(whole);
				hurt[place] = (hurt[place] ?? 0) ^ change;
				writeFileSync(file, hurt);
				const {events, dropped} = readLog(file);
				expect(dropped).toBeGreaterThan(0);
				expect(events.length).toBeGreaterThanOrEqual(1);
				for (const event of events) expect(event).toEqual(fact(event.seq));
			}),
			{numRuns: 300},
		);
	});

	test('zeros at the end, as after a power cut, and lines that are no records', () => {
		using folder = scratch();
		const file = logOf(folder.dir, 2);
		appendFileSync(file, Buffer.alloc(4096));
		expect(readLog(file)).toMatchObject({dropped: 1, lastSeq: 2});
		const log = openEventLog(file);
		log.append(fact(3));
		log.close();
		appendFileSync(file, 'hello\n{"len":3,"crc":"00000000","fact":abc}\n');
		expect(readLog(file)).toMatchObject({dropped: 2, lastSeq: 3});
	});

	test('a record that is whole and no JSON is damage, not a crash', () => {
		using folder = scratch();
		const file = logOf(folder.dir, 1);
		appendFileSync(file, `{"len":3,"crc":"${crc32('abc').toString(16).padStart(8, '0')}","fact":abc}\n`);
		expect(readLog(file)).toMatchObject({events: [fact(1)], dropped: 1});
	});
});

test('facts of a newer build are counted, kept in the file, and their numbers are not given out again', () => {
	using folder = scratch();
	const file = logOf(folder.dir, 1);
	appendFileSync(file, encodeRecord({...fact(2), type: 'mission.teleported'} as unknown as PilotEvent));
	const before = readFileSync(file);
	expect(readLog(file)).toMatchObject({events: [fact(1)], unknown: 1, dropped: 0, lastSeq: 2});
	openEventLog(file).close();
	expect(readFileSync(file).equals(before)).toBe(true);
});

test('a new file is begun, the old one stays beside it', () => {
	using folder = scratch();
	const file = at(folder.dir);
	const log = openEventLog(file);
	log.append(fact(1));
	expect(log.bytes).toBe(readFileSync(file).length);
	log.rotate();
	expect(log.bytes).toBe(0);
	log.append(fact(2));
	log.close();
	expect([seqs(`${file}.1`), seqs(file)]).toEqual([[1], [2]]);
});

/** A file system of 1 MB, where one can be made. */
function tinyDisk(dir: string): (() => void) | undefined {
	mkdirSync(dir);
	if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir]).status !== 0) return;
	return () => void spawnSync('umount', ['-l', dir]);
}

test('a full disk: the fact is refused in words, the log stays whole and goes on once there is room', context => {
	using folder = scratch();
	const disk = path.join(folder.dir, 'disk');
	const unmount = tinyDisk(disk);
	if (!unmount) {
		console.log('NOT RUN: needs the right to mount a tmpfs: a full disk under the event log');
		return context.annotate('NOT RUN: needs the right to mount a tmpfs');
	}
	try {
		const file = path.join(disk, 'events.ndjson');
		const filler = path.join(disk, 'filler');
		const log = openEventLog(file);
		log.append(fact(1));
		writeFileSync(filler, Buffer.alloc(1_048_576 - 3 * 4096));
		const append = () => {
			for (let seq = 2; seq < 100; seq++) log.append(fact(seq, 'x'.repeat(3000)));
		};
		expect(append).toThrow(expect.objectContaining({code: 'STORAGE_UNWRITABLE', exitCode: 74}));
		const kept = readLog(file);
		expect(kept.dropped).toBe(0);
		expect(kept.events.length).toBeGreaterThan(0);
		writeFileSync(filler, '');
		log.append(fact(1000));
		log.close();
		expect(seqs(file)).toEqual([...kept.events.map(({seq}) => seq), 1000]);
		expect(existsSync(file)).toBe(true);
	} finally {
		unmount();
	}
	return undefined;
});

describe('a rotation that fails', () => {
	test('because the old one cannot be moved: it goes on, unharmed', () => {
		using folder = scratch();
		const file = logOf(folder.dir, 2);
		mkdirSync(`${file}.1`);
		const log = openEventLog(file);
		expect(() => log.rotate()).toThrow();
		log.check();
		log.append(fact(3));
		log.close();
		expect(seqs(file)).toEqual([1, 2, 3]);
	});

	test('because no new one can be opened: the old one is in its place again, and the next rotation does', () => {
		if (spawnSync('prlimit', ['--version']).status !== 0) return notRun('a log that cannot be opened: needs prlimit');
		using folder = scratch();
		const file = logOf(folder.dir, 2);
		const log = openEventLog(file);
		const limit = (soft: string) => spawnSync('prlimit', ['--pid', String(process.pid), `--nofile=${soft}:`]);
		const softLimit = spawnSync('prlimit', ['--pid', String(process.pid), '--nofile', '-o', 'SOFT', '--noheadings']);
		const taken: number[] = [];
		limit('256');
		try {
			for (;;) taken.push(openSync('/dev/null', 'r'));
		} catch {
			// as many as there may be
		}
		let thrown: unknown;
		try {
			log.rotate();
		} catch (error) {
			thrown = error;
		}
		for (const handle of taken) closeSync(handle);
		limit(String(softLimit.stdout).trim());
		expect(taken.length).toBeGreaterThan(0);
		expect(String(thrown)).toMatch(/EMFILE/);
		log.check();
		log.append(fact(3));
		log.rotate();
		log.append(fact(4));
		log.close();
		expect([seqs(`${file}.1`), seqs(file)]).toEqual([[1, 2, 3], [4]]);
	});
});
