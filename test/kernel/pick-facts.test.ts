import {execFileSync} from 'node:child_process';
import {appendFileSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {readMissionPages} from '../../src/app/mission-pages.js';
import type {PilotEvent} from '../../src/domain/event.js';
import {encodeRecord} from '../../src/kernel/event-log.js';
import {pickFacts, pickFactsWith} from '../../src/kernel/pick-facts.js';
import {scratch} from '../support/workspace.js';

const note = (seq: number, missionId: string, text = 'x'): PilotEvent => ({
	...{seq, at: new Date(seq * 1000).toISOString(), type: 'mission.progressed'},
	data: {missionId, attempt: 1, note: text},
});

function log(content: string) {
	const place = scratch('pick-facts');
	const file = path.join(place.dir, 'events.ndjson');
	writeFileSync(file, content);
	return {file, dir: place.dir, [Symbol.dispose]: () => place[Symbol.dispose]()};
}

const seqs = (facts: readonly PilotEvent[]) => facts.map(({seq}) => seq);

test('only what is wanted is given, in order; torn and damaged lines are passed over', () => {
	const lines = [note(1, 'm-aaaaaa'), note(2, 'm-bbbbbb'), note(3, 'm-aaaaaa')].map(encodeRecord);
	using one = log(`${lines[0]}${lines[1]?.replace('"x"', '"y"')}${lines[2]}${lines[0]?.slice(0, 80)}`);
	expect(seqs(pickFacts(one.file, () => true))).toEqual([1, 3]);
	expect(seqs(pickFacts(one.file, ({at}) => at > new Date(2000).toISOString()))).toEqual([3]);
	expect(seqs(pickFacts(one.file, ({type}) => type === 'pilot.started'))).toEqual([]);
	expect(seqs(pickFactsWith(one.file, '"missionId":"m-aaaaaa"', 9))).toEqual([1, 3]);
	expect(seqs(pickFactsWith(one.file, '"missionId":"m-aaaaaa"', 1))).toEqual([3]);
	expect(seqs(pickFactsWith(one.file, '"missionId":"m-bbbbbb"', 9))).toEqual([]);
	expect(pickFactsWith(`${one.file}.1`, 'x', 9)).toEqual([]);
});

test('a text that stands twice in a line, and in the first one, is found once', () => {
	using one = log(encodeRecord(note(1, 'm-aaaaaa', 'm-aaaaaa m-aaaaaa')) + encodeRecord(note(2, 'm-bbbbbb')));
	expect(seqs(pickFactsWith(one.file, 'm-aaaaaa', 9))).toEqual([1]);
});

test('with a log of 8 MB a mission opens within 100 ms, and its newest history is there', () => {
	using one = log('');
	mkdirSync(path.join(one.dir, '.pilot'));
	writeFileSync(path.join(one.dir, 'missions.md'), '- [ ] Long ^m-aaaaaa\n');
	const file = path.join(one.dir, '.pilot', 'events.ndjson');
	const rare = encodeRecord(note(1, 'm-aaaaaa', 'the first of all'));
	const other = encodeRecord(note(2, 'm-bbbbbb', 'y'.repeat(150)));
	const own = Array.from({length: 3000}, (_, n) => encodeRecord(note(n + 3, 'm-aaaaaa', `note ${n}`))).join('');
	appendFileSync(file, rare + other.repeat(Math.ceil(7_500_000 / other.length)) + own);
	const open = () => {
		const startedMs = performance.now();
		const {pages} = readMissionPages(one.dir, 'm-aaaaaa');
		return {takesMs: performance.now() - startedMs, history: pages.find(({title}) => title === 'History')?.text};
	};
	const all = [open(), open(), open()];
	expect(all[0]?.history).toMatch(/^What was before is left out[\s\S]*note 2999$/);
	expect(all[0]?.history).not.toContain('the first of all');
	expect(Math.min(...all.map(({takesMs}) => takesMs))).toBeLessThan(100);
	writeFileSync(file, rare + other.repeat(Math.ceil(7_900_000 / other.length)));
	const few = [open(), open(), open()];
	expect(few[0]?.history).toMatch(/^[^\n]*the first of all$/);
	expect(Math.min(...few.map(({takesMs}) => takesMs))).toBeLessThan(100);
});

test('a FIFO where a report should lie holds nothing up', () => {
	using one = log('');
	const run = path.join(one.dir, '.pilot/runs/m-aaaaaa/1');
	mkdirSync(run, {recursive: true});
	writeFileSync(path.join(one.dir, 'missions.md'), '- [ ] Long ^m-aaaaaa\n');
	execFileSync('sh', ['-c', 'mkfifo report.md receipts.json changes.diff'], {cwd: run});
	expect(readMissionPages(one.dir, 'm-aaaaaa').pages.map(({title}) => title)).toEqual(['Mission', 'Report']);
});
