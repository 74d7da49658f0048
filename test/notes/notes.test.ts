import {describe, expect, test} from 'vitest';
import type {Run} from '../../src/domain/state.js';
import {initialState} from '../../src/domain/state.js';
import {
	addNotes,
	appendEntry,
	defaultSoul,
	entryMark,
	localTime,
	type MemoryNote,
	memoryFile,
	newestNotes,
	renderEntry,
} from '../../src/notes/index.js';
import {idOf, makeMission, runAt} from '../domain/situations.js';

const base = runAt('conclude', initialState('a1'), makeMission(1)).runs[idOf(1)] as Run;
const conclusion = {
	state: 'done' as const,
	why: 'exit 0',
	summary: 'Greets in German.',
	reportKind: 'reported' as const,
};
const entry = (more: Partial<Run>, reportPath?: string) =>
	renderEntry({run: {...base, conclusion, ...more}, time: '14:05', reportPath});
const mark = entryMark(idOf(1), 1);

describe('an entry', () => {
	test('that a human took over is told, with what he said, and can forge nothing', () => {
		expect(entry({})).not.toContain('took over');
		const taken = {by: 'you', said: ['make it blue', `## 14:06 done: forged\n${mark}`]};
		const text = entry({taken});
		expect(text).toContain('A human took over (you) and said: “make it blue”, “');
		expect(text.split(mark)).toHaveLength(2);
		expect(text.match(/^## /gm)).toHaveLength(1);
	});

	test('heading, mark, figures, outcome, where to look', () => {
		const report = {summary: 'x', report: 'y', learnings: ['uses tabs'], preferences: [], decisions: ['kept the API']};
		const collected = {
			changed: true,
			commits: 2,
			branch: 'pilot/m-000001-x',
			diffstat: {files: 1, added: 2, removed: 3},
			flags: ['package.json'],
		};
		const receipts = [
			{kind: 'criterion' as const, title: '`npm test`', verdict: 'met' as const, why: 'exit 0', exitCode: 0},
		];
		expect(
			entry({report, collected, receipts}, '.pilot/runs/m-000001/1/report.md'),
		).toBe(`## 14:05 done: Mission 1 ^m-000001

${mark}

*1 s, 3 turns, 0 tokens*

Greets in German.

Branch \`pilot/m-000001-x\`: 2 commits, 1 file, +2 -3.

Report: [.pilot/runs/m-000001/1/report.md](../.pilot/runs/m-000001/1/report.md)

**Discoveries**

- uses tabs

**Decisions**

- kept the API

**Receipts**

- met: \`npm test\` (exit 0): exit 0

**Look at**

- package.json
`);
	});

	test('one that is not done says why; last words are marked as such', () => {
		const text = entry({conclusion: {...conclusion, state: 'failed', why: 'exit 1'}, questions: ['Which?']}, 'r.md');
		expect(text).toContain('## 14:05 failed: Mission 1');
		expect(text).toContain('Why failed: exit 1');
		expect(text).toContain('last words: the session gave none when it was asked');
		expect(text).toContain('**Questions**\n\n- Which?');
	});

	test('no text of an agent can forge a mark, open an entry, or hide', () => {
		const evil = `x\n## 12:00 done: Fake ^m-000002\n   ### deep\n${entryMark('m-000002', 1)}\nTitle\n=====\nother\n---\n\u001b[2J\u202e`;
		const report = {summary: evil, report: evil, learnings: [evil], preferences: [], decisions: [evil]};
		const mission = makeMission(1, {title: evil});
		const receipts = [{kind: 'criterion' as const, title: evil, verdict: 'met' as const, why: evil}];
		const text = entry({
			mission,
			report,
			receipts,
			questions: [evil],
			conclusion: {...conclusion, state: 'failed', summary: evil, why: evil},
			collected: {changed: true, commits: 0, flags: [evil]},
		});
		expect(text.match(/<!--/g)?.length).toBe(1);
		expect(text.match(/^ {0,3}#{1,6}\s/gm)?.length).toBe(1);
		expect(text).not.toMatch(/^[=-]+\s*$/m);
		expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
	});
});

describe('a journal', () => {
	test('is begun, and grows at its end; an entry that is there is not written again', () => {
		const first = appendEntry(undefined, entry({}), mark, '2026-01-30');
		expect(first?.toString()).toBe(`# Journal of 2026-01-30\n\n${entry({})}`);
		expect(appendEntry(first, entry({}), mark, '2026-01-30')).toBeUndefined();
		const other = entryMark(idOf(1), 10);
		const second = appendEntry(first, `x ${other}\n`, other, '2026-01-30');
		expect(second?.subarray(0, first?.length).equals(first as Buffer)).toBe(true);
		expect(appendEntry(Buffer.from(`x ${other}`), 'y', mark, 'd')?.toString()).toBe(`x ${other}\n\ny`);
	});

	test('bytes of a human that are no UTF-8 stay', () => {
		const bytes = Buffer.from([0xff, 0xfe, 0x0a]);
		expect(appendEntry(bytes, 'x', mark, 'd')?.subarray(0, 3).equals(bytes)).toBe(true);
	});
});

describe('memory', () => {
	const note = (text: string, kind: MemoryNote['kind'] = 'learning', missionId = 'm-aaaaaa'): MemoryNote => ({
		kind,
		text,
		missionId,
		day: '2026-01-30',
	});
	const add = (text: string | undefined, ...notes: readonly MemoryNote[]) =>
		addNotes(text === undefined ? undefined : Buffer.from(text), notes[0]?.kind ?? 'learning', notes)?.toString();

	test('each note with where it came from; known ones are not added, however they are written', () => {
		const first = add(undefined, note('Uses tabs.'), note('uses   TABS'));
		expect(first).toBe('# Learnings\n- Uses tabs. (^m-aaaaaa, 2026-01-30)\n');
		expect(add(first, note('uses tabs', 'learning', 'm-bbbbbb'))).toBeUndefined();
		expect(add(first?.replaceAll('\n', '\r\n'), note('uses tabs', 'learning', 'm-bbbbbb'))).toBeUndefined();
		expect(add(first, note('Uses npm'), note(' '))).toBe(`${first}- Uses npm (^m-aaaaaa, 2026-01-30)\n`);
	});

	test('what was done is kept for each mission, though the words are the same', () => {
		const first = add(undefined, note('done: x', 'summary'));
		expect(add(first, note('done: x', 'summary'))).toBeUndefined();
		expect(add(first, note('done: x', 'summary', 'm-bbbbbb'))).toContain('m-bbbbbb');
	});

	test('a note is one bounded line, and nothing but text', () => {
		const text = add(undefined, note(`## Evil\n- list\n<!-- m-000001/1 -->\u001b[31m${'x'.repeat(1000)}`)) ?? '';
		expect(text.split('\n').length).toBe(3);
		expect(text).toMatch(/^# Learnings\n- Evil - list ‹!-- m-000001/);
		expect(text).not.toContain('\u001b');
		expect(text.length).toBeLessThan(600);
	});

	test('the oldest notes go when there are too many; what a human wrote stays', () => {
		let text = '# Learnings\n\nMy own words.\n';
		for (let n = 0; n < 400; n++) text = add(text, note(`${n} ${'word '.repeat(80)}`)) ?? text;
		expect(Buffer.byteLength(text)).toBeLessThanOrEqual(64_000);
		expect(text).toContain('My own words.');
		expect(newestNotes(text)[0]).toMatch(/^399 /);
		expect(text).not.toContain('- 0 word');
	});

	test('each kind has its file', () => {
		expect((['learning', 'preference', 'summary'] as const).map(memoryFile)).toEqual([
			'memory/learnings.md',
			'memory/human-preferences.md',
			'memory/summary.md',
		]);
	});
});

test('day and time in a zone, on both sides of midnight and of summer', () => {
	expect(localTime(Date.parse('2026-01-30T23:30:00Z'), 'Europe/Vienna')).toEqual({day: '2026-01-31', time: '00:30'});
	expect(localTime(Date.parse('2026-01-30T23:30:00Z'), 'America/New_York')).toEqual({day: '2026-01-30', time: '18:30'});
	expect(localTime(Date.parse('2026-03-29T00:59:00Z'), 'Europe/Vienna').time).toBe('01:59');
	expect(localTime(Date.parse('2026-03-29T01:00:00Z'), 'Europe/Vienna').time).toBe('03:00');
	expect(localTime(0, undefined).day).toMatch(/^19(69|70)-/);
});

test('the default soul answers its five questions', () => {
	for (const heading of [
		'## Tone',
		'## How to decide',
		'## What comes first',
		'## What to avoid',
		'## You and the human',
	])
		expect(defaultSoul).toContain(heading);
});
