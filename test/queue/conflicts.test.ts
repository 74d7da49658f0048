import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {decide} from '../../src/domain/decide/index.js';
import {applyEdits, findItem, mergeMissions, parseQueue} from '../../src/queue/index.js';
import {openQueueFile} from '../../src/supervisor/queue-watch.js';
import {makeSituation} from '../domain/situations.js';
import {scratch} from '../support/workspace.js';

const read = (text: string) => parseQueue(Buffer.from(text));
const idsOf = (text: string) => read(text).items.map(({mission}) => mission.id);

/** Which missions a pilot with room for all of them takes. */
function started(text: string): string[] {
	const situation = makeSituation({config: {sessions: {max: 9}}});
	const {actions} = decide({...situation, queue: read(text)});
	return actions.flatMap(action => (action.do === 'claim' ? [action.missionId] : []));
}

const conflict = `# Queue

## Pending
- [ ] Far above ^m-aaaaaa

- [ ] Right above ^m-bbbbbb
<<<<<<< HEAD
- [ ] Ours ^m-cccccc
=======
- [ ] Theirs ^m-dddddd
>>>>>>> origin/main
- [ ] Below ^m-eeeeee

## Done
`;

test('nothing in a conflict is started, nor the mission above it, whose lines may go on in it; the others are', () => {
	expect(idsOf(conflict)).toEqual(['m-aaaaaa', 'm-bbbbbb', 'm-eeeeee']);
	expect(started(conflict)).toEqual(['m-aaaaaa', 'm-eeeeee']);
	const {problems, conflictAt} = read(conflict);
	expect(problems).toEqual([
		{
			line: 7,
			what: 'a git conflict, up to line 11: nothing in it, nor the mission above it is started before you resolve it and take out its markers',
		},
	]);
	expect(conflictAt).toBe(7);
	const {waits} = decide({...makeSituation(), queue: read(conflict)});
	expect(waits['m-bbbbbb']).toEqual({
		why: 'stands at a git conflict (line 7 of missions.md): resolve it, and take out its markers',
		on: 'human',
	});
	const resolved = conflict.replace(/^(<{7}|={7}|>{7}).*\n/gm, '');
	expect(started(resolved)).toHaveLength(5);
	expect(read(resolved)).not.toHaveProperty('conflictAt');
});

test('with the lines of a common base between the sides, and with CRLF', () => {
	const three = conflict.replace('=======', '||||||| base\n- [ ] Base ^m-ffffff\n=======').replaceAll('\n', '\r\n');
	expect(started(three)).toEqual(['m-aaaaaa', 'm-eeeeee']);
});

test('a heading in it: what follows may belong to either, and is no mission up to the next heading outside', () => {
	const text = conflict
		.replace('=======\n', '=======\n## Ideas\n')
		.replace('## Done', '## Pending\n- [ ] Next ^m-gggggg');
	expect(started(text)).toEqual(['m-aaaaaa', 'm-gggggg']);
	expect(read(text).problems[0]?.what).toContain('nor what follows up to the next heading');
});

test('one that never ends hides all below; one whose beginning is gone holds its section', () => {
	expect(started(conflict.replace(/^>.*\n/m, ''))).toEqual(['m-aaaaaa']);
	expect(read(conflict.replace(/^>.*\n/m, '')).problems).toMatchObject([{line: 7}]);
	const headless = conflict.replace(/^<.*\n/m, '');
	expect(started(headless)).toEqual(['m-eeeeee']);
	expect(read(headless).problems).toMatchObject([
		{line: 10, what: expect.stringContaining('beginning (<<<<<<<) is gone')},
	]);
});

test('what only looks like a marker is none', () => {
	const text =
		'## Pending\n\n```\n<<<<<<< HEAD\n```\n- [ ] One ^m-aaaaaa\n  <<<<<<< as text\n  <<<<<<<\n\nNotes\n=======\n';
	expect(started(text)).toEqual(['m-aaaaaa']);
	expect(read(text).problems).toEqual([]);
});

test('marks of what is outside are written, and not a byte of the conflict changes', () => {
	const {bytes, unknownIds} = applyEdits(Buffer.from(conflict), [
		{op: 'mark', id: 'm-eeeeee', state: 'done', doneOn: '2026-01-30'},
		{op: 'mark', id: 'm-aaaaaa', state: 'in-progress'},
		{op: 'append', mission: {id: 'm-999999', title: 'New', priority: 3, access: 'read', source: 'file'}},
	]);
	expect(unknownIds).toEqual([]);
	const text = bytes.toString();
	const markers = conflict.slice(conflict.indexOf('<<<<<<<'), conflict.indexOf('- [ ] Below'));
	expect(text).toContain(markers);
	expect(text).toContain('## Done\n- [x] 2026-01-30 - Below ^m-eeeeee');
	expect(
		read(text)
			.items.map(({mission, state}) => `${mission.id} ${state}`)
			.sort(),
	).toEqual(['m-999999 pending', 'm-aaaaaa in-progress', 'm-bbbbbb pending', 'm-eeeeee done']);
});

test('the end of a mission that is in it is not lost: it is written once that is resolved', () => {
	const {dir, [Symbol.dispose]: remove} = scratch('conflict');
	onTestFinished(remove);
	const file = path.join(dir, 'missions.md');
	writeFileSync(file, conflict);
	const clock = {every: () => () => {}} as never;
	const queueFile = openQueueFile(
		file,
		clock,
		() => {},
		() => {},
	);
	onTestFinished(queueFile.close);
	const end = () => queueFile.edit([{op: 'mark', id: 'm-dddddd', state: 'done', doneOn: '2026-01-30'}]);
	expect(end).toThrow('missions.md has a git conflict (line 7), and ^m-dddddd may be in it');
	writeFileSync(file, conflict.replace(/^(<{7}|={7}|>{7}).*\n/gm, ''));
	expect(end()).toBe(true);
	expect(queueFile.queue.items.find(({mission}) => mission.id === 'm-dddddd')?.state).toBe('done');
});

test('a mission is found behind it, none in it, and a merge keeps it whole', () => {
	const bytes = Buffer.from(conflict);
	expect(findItem(bytes, 'm-eeeeee')?.line).toBe(12);
	expect(findItem(bytes, 'm-dddddd')).toBeUndefined();
	const theirs = Buffer.from(conflict.replace('Far above', 'Far above and changed'));
	const ours = Buffer.from(conflict.replace('- [ ] Below', '- [~] Below'));
	const merged = mergeMissions(bytes, ours, theirs).toString();
	expect(merged).toBe(conflict.replace('Far above', 'Far above and changed').replace('- [ ] Below', '- [~] Below'));
});
