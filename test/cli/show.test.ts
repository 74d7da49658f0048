import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {readMissionPages} from '../../src/app/mission-pages.js';
import {readPages} from '../../src/app/read-pages.js';
import {writeFacts} from '../support/a-recording.js';
import {scratch} from '../support/workspace.js';

const queue =
	'## Done\n- [x] Add it ^m-done01\n  In few words.\n  ### Acceptance Criteria\n  - `true`\n## Pending\n- [ ] Wait ^m-wait01\n';
const criterion = {kind: 'criterion', title: '`true`', verdict: 'refuted', why: 'exit 1', command: 'true'};
const receipts = {
	branch: 'pilot/m-done01',
	diffstat: {files: 1, added: 2, removed: 0},
	flags: ['CLAUDE.md was changed'],
	receipts: [
		{kind: 'report', title: 'a report', verdict: 'met', why: 'there is one'},
		{...criterion, exitCode: 1, durationMs: 5, tail: 'no\n'},
	],
};

function makeWorkspace() {
	const place = scratch('pilot-pages');
	writeFileSync(path.join(place.dir, 'missions.md'), queue);
	const run = (attempt: number, files: Readonly<Record<string, string>>) => {
		const folder = path.join(place.dir, '.pilot/runs/m-done01', String(attempt));
		mkdirSync(folder, {recursive: true});
		for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
	};
	return {dir: place.dir, run, [Symbol.dispose]: () => place[Symbol.dispose]()};
}

const titles = (workspace: string, id: string, attempt?: number) =>
	readMissionPages(workspace, id, {attempt}).pages.map(({title}) => title);

test('what there is of a mission, of its newest attempt unless another is asked for', () => {
	using made = makeWorkspace();
	made.run(2, {'report.md': '# First'});
	made.run(10, {'report.md': '# Second', 'receipts.json': JSON.stringify(receipts), 'changes.diff': '+x'});
	const {attempts, attempt, title, pages} = readMissionPages(made.dir, '^m-done01');
	expect({attempts, attempt, title}).toEqual({attempts: [2, 10], attempt: 10, title: 'Add it'});
	expect(pages.map(page => page.title)).toEqual(['Mission', 'Report', 'Receipts', 'Changes']);
	expect(pages[0]?.text).toBe('In few words.\n\n## Acceptance Criteria\n\n- `true`');
	expect(pages[2]?.text).toMatch(
		/1 file, \+2 -0[\s\S]*Look at[\s\S]*CLAUDE\.md[\s\S]*✗ refuted[\s\S]*exit 1, 5 ms[\s\S]*✓ met/,
	);
	expect(titles(made.dir, 'm-done01', 2)).toEqual(['Mission', 'Report']);
});

test('one that has not run has its text alone; one that is gone from missions.md has what it left', () => {
	using made = makeWorkspace();
	made.run(1, {});
	expect(titles(made.dir, 'm-wait01')).toEqual(['Mission']);
	const {about, pages} = readMissionPages(made.dir, 'm-wait01');
	expect(about).toBe('Priority medium, access read, line 7 of missions.md.');
	expect(pages[0]?.text).toMatch(/^Its title, in line 7 of missions\.md, is all .* indented by two spaces/);
	writeFileSync(path.join(made.dir, 'missions.md'), '');
	expect(readMissionPages(made.dir, 'm-done01').pages.map(({text}) => text)).toEqual([
		'It is no longer in missions.md.',
		'This attempt left no report.',
	]);
});

test.each(['m-other1', '', '../../../etc', 'm-../..', '^'])('%j is no mission, and says which there are', async id => {
	using made = makeWorkspace();
	expect(() => readMissionPages(made.dir, id)).toThrow(/There is no mission/);
	const [page] = await readPages(made.dir, {kind: 'mission', id});
	expect(page?.text).toMatch(/There is no mission[\s\S]*queue --all/);
});

test('an attempt that is not there is named with those that are', () => {
	using made = makeWorkspace();
	made.run(1, {});
	expect(() => readMissionPages(made.dir, 'm-done01', {attempt: 2})).toThrow(
		expect.objectContaining({todo: 'There is: 1.', exitCode: 2}),
	);
});

test('damaged receipts and a huge diff are said, and nothing throws', () => {
	using made = makeWorkspace();
	made.run(1, {'receipts.json': '{"receipts": 3}', 'changes.diff': '+line of it\n'.repeat(200_000)});
	const [, , foreign, changes] = readMissionPages(made.dir, 'm-done01').pages;
	expect(foreign?.text).toContain('another version');
	expect(changes?.text.length).toBeLessThan(1_001_000);
	expect(changes?.text).toMatch(/The rest is in .*changes\.diff\n$/);
	made.run(1, {'receipts.json': '{"recei'});
	expect(readMissionPages(made.dir, 'm-done01').pages[2]?.text).toContain('cannot be read');
});

const taken = {missionId: 'm-done01', attempt: 1, tries: 1, scope: 'reactive'};
const mission = {
	...{id: 'm-done01', title: 'Add it', description: '', criteria: [], testSteps: [], priority: 3, access: 'write'},
	...{after: [], source: 'file'},
};
const spread = (p50: number, p90: number) => ({p50, p90, n: 14});
const estimate = {
	...{of: 'kind', minutes: spread(9, 20), tokens: spread(25_000, 60_000), costUsd: spread(0.3, 0.9)},
	quotaPoints: {five_hour: spread(2, 4)},
};
const spent = {minutes: 12, tokens: 30_000, costUsd: 0.4, quotaPoints: {five_hour: 2.4}};
const concluded = {
	...{missionId: 'm-done01', attempt: 1, title: 'Add it', state: 'done', why: 'x', summary: 'x', reportKind: 'none'},
};

test('what it took is told against what was expected when it was taken', () => {
	const pageAfter = (facts: readonly (readonly [number, string, object])[]) => {
		using made = makeWorkspace();
		writeFacts(made.dir, facts);
		return readMissionPages(made.dir, 'm-done01').pages[0]?.text ?? '';
	};
	const claimed = [1, 'mission.claimed', {...taken, mission, estimate}] as const;
	const end = [2, 'mission.concluded', {...concluded, spent}] as const;
	expect(pageAfter([claimed, end])).toMatch(
		/^Took 12m, 30k tokens, \$0\.40, ≤ 3 % of 5-hour; such missions take 9m, 25k tokens, \$0\.30, ≤ 2 % of 5-hour \(p50 of 14\), 20m at worst \(p90\)\n\nIn few words/,
	);
	expect(pageAfter([[1, 'mission.claimed', {...taken, mission}], end])).toMatch(
		/^Took 12m, [^;]*; there was no estimate yet\n/,
	);
	// Nothing is known of one that runs again, or that no session was run for.
	for (const facts of [
		[claimed, end, [3, 'mission.claimed', {...taken, attempt: 2, mission}] as const],
		[claimed, [2, 'mission.concluded', concluded] as const],
	])
		expect(pageAfter(facts)).toMatch(/^In few words/);
});
