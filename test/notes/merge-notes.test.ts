import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {newerState} from '../../src/domain/newer-state.js';
import {mergeJournal, mergeLines, mergeMemory} from '../../src/notes/index.js';

type Merge = (base: Buffer, ours: Buffer, theirs: Buffer) => Buffer;

/** Merges both ways round, which must be the same. */
function merged(merge: Merge, base: string, ours: string, theirs: string): string {
	const [was, one, other] = [Buffer.from(base), Buffer.from(ours), Buffer.from(theirs)] as const;
	const result = merge(was, one, other);
	expect(merge(was, other, one).equals(result)).toBe(true);
	return result.toString();
}

describe('a day of the journal', () => {
	const entry = (time: string, id: string, text: string) =>
		`## ${time} done: It ^${id}\n\n<!-- ${id}/1 -->\n\n${text}\n`;
	const title = '# Journal of 2026-01-30\n';
	const first = `${title}\n${entry('09:00', 'm-aaaaaa', 'One.')}`;
	const journal = (ours: string, theirs: string, base = first) => merged(mergeJournal, base, ours, theirs);

	test('new entries of both, by their time, each once', () => {
		const [late, early] = [entry('11:00', 'm-bbbbbb', 'Two.'), entry('10:00', 'm-cccccc', 'Three.')];
		expect(journal(`${first}\n${late}`, `${first}\n${early}`)).toBe(`${first}\n${early}\n${late}`);
		expect(journal(`${first}\n${early}\n${late}`, `${first}\n${late}`)).toBe(`${first}\n${early}\n${late}`);
	});

	test('a day that both began', () => {
		const [one, other] = [entry('09:00', 'm-aaaaaa', 'One.'), entry('08:00', 'm-bbbbbb', 'Two.')];
		expect(journal(`${title}\n${one}`, `${title}\n${other}`, '')).toBe(`${title}\n${other}\n${one}`);
	});

	test('what a human wrote into an entry, and beside, stays', () => {
		const noted = first.replace('One.', 'One.\nWell done!');
		const added = `${first}\n## Thoughts\n\nMine.\n`;
		expect(journal(noted, added)).toBe(`${noted}\n## Thoughts\n\nMine.\n`);
		expect(journal(noted, first.replace('One.', 'One.\nHm.'))).toMatch(/One\.\n(Hm\.\nWell done!|Well done!\nHm\.)\n$/);
	});
});

describe('memory', () => {
	const memory = (file: string, base: string, ours: string, theirs: string) =>
		merged((...three) => mergeMemory(file, ...three), base, ours, theirs);

	test('the same learned twice is one note; the same done twice is two', () => {
		const [one, other] = ['- Uses tabs (^m-aaaaaa, 2026-01-30)\n', '- uses  tabs! (^m-bbbbbb, 2026-01-31)\n'];
		expect(memory('memory/learnings.md', '# L\n', `# L\n${one}`, `# L\n${other}`).match(/tabs/g)).toHaveLength(1);
		expect(memory('memory/summary.md', '# S\n', `# S\n${one}`, `# S\n${other}`).match(/tabs/g)).toHaveLength(2);
	});

	test('taken out by a human, left alone by the other: gone; a line reworded: as it was reworded', () => {
		const base = '# L\n- One\n- Two\n';
		expect(memory('memory/learnings.md', base, '# L\n- Two\n', `${base}- Three\n`)).toBe('# L\n- Two\n- Three\n');
		expect(memory('memory/learnings.md', base, '# L\n- ONE\n- Two\n', `${base}- Three\n`)).toContain('- ONE\n');
	});

	test('of any two versions: every line of either, unless it was taken out, and the same with the sides swapped', () => {
		const lines = fc.array(fc.constantFrom('', '- a', '- b', '- c', '- d', '```', 'x', 'ü'), {maxLength: 8});
		const text = lines.map(all => all.map(line => `${line}\n`).join(''));
		fc.assert(
			fc.property(text, text, text, (base, ours, theirs) => {
				const result = merged(mergeLines, base, ours, theirs).split('\n');
				const gone = new Set(base.split('\n'));
				for (const line of [...ours.split('\n'), ...theirs.split('\n')])
					if (!gone.has(line)) expect(result).toContain(line);
			}),
			{numRuns: 1000},
		);
	});
});

test('of two states of one machine the one with more facts; never a damaged one', () => {
	const state = (seq: number, more = '') => JSON.stringify({v: 1, seq, more});
	const newer = (ours: string, theirs: string) =>
		merged((_base, one, other) => newerState(one, other), '', ours, theirs);
	expect(newer(state(3), state(12))).toBe(state(12));
	expect(newer(state(3), '{"seq": 99')).toBe(state(3));
	expect(newer(state(3, 'a'), state(3, 'b'))).toBe(state(3, 'b'));
});
