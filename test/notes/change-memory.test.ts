import {expect, test} from 'vitest';
import {changeMemory, memoryEntries, mergeMemory} from '../../src/notes/index.js';

const file = Buffer.concat([
	Buffer.from('# Learnings\n\nWords of a human.\n- Tests are slow (^m-aaaaaa, 2026-11-20)\n- \u2019Tis so\n- bytes: '),
	Buffer.from([0xff, 0xfe]),
	Buffer.from('\n- Use pnpm (you, 2026-11-21)\n'),
]);
const text = (bytes: Buffer | undefined) => bytes?.toString('latin1');
const lines = (bytes: Buffer | undefined) => text(bytes)?.split('\n') ?? [];
const day = '2026-11-22';

test('each line with where it came from, the newest first', () => {
	const [first, , third, fourth] = memoryEntries('learning', file.toString());
	expect(first).toEqual({
		...{kind: 'learning', text: 'Use pnpm', was: 'Use pnpm (you, 2026-11-21)', from: 'you', day: '2026-11-21'},
	});
	expect(third).toEqual({kind: 'learning', text: '\u2019Tis so', was: '\u2019Tis so'});
	expect(fourth).toMatchObject({text: 'Tests are slow', from: 'm-aaaaaa', day: '2026-11-20'});
});

test('one line is changed or taken out, and no other byte; what it came from stays beside it', () => {
	const was = 'Tests are slow (^m-aaaaaa, 2026-11-20)';
	const edited = changeMemory(file, {op: 'edit', kind: 'learning', was, text: 'Tests take\nlong <!-- x'});
	expect(lines(edited).filter(line => !lines(file).includes(line))).toEqual([
		Buffer.from('- Tests take long ‹!-- x (^m-aaaaaa, 2026-11-20)').toString('latin1'),
	]);
	expect(lines(edited)).toHaveLength(lines(file).length);
	const gone = changeMemory(file, {op: 'forget', kind: 'learning', was: '\u2019Tis so'});
	expect(text(gone)).toBe(text(file)?.replace(`${Buffer.from('- \u2019Tis so').toString('latin1')}\n`, ''));
});

test('what is not there is not changed; nothing and what is known is not added', () => {
	for (const change of [
		{op: 'forget', kind: 'learning', was: 'Tests are slow'},
		{op: 'edit', kind: 'learning', was: 'Never said', text: 'x'},
		{op: 'edit', kind: 'learning', was: '\u2019Tis so', text: ' \n '},
		{op: 'add', kind: 'learning', text: 'use  PNPM!', day},
		{op: 'add', kind: 'learning', text: '- ', day},
	] as const)
		expect(changeMemory(file, change)).toBeUndefined();
});

test('a file that is not there yet begins with its title', () => {
	expect(text(changeMemory(undefined, {op: 'add', kind: 'preference', text: '# Be brief', day}))).toBe(
		'# What the human prefers\n- Be brief (you, 2026-11-22)\n',
	);
});

test('two machines: what one forgot and one changed, and what the other learned meanwhile, all holds, either way round', () => {
	const forgot = changeMemory(file, {op: 'forget', kind: 'learning', was: '\u2019Tis so'}) ?? file;
	const ours =
		changeMemory(forgot, {op: 'edit', kind: 'learning', was: 'Use pnpm (you, 2026-11-21)', text: 'Use bun'}) ?? file;
	const theirs = changeMemory(file, {op: 'add', kind: 'learning', text: 'It is cold', day}) ?? file;
	const merged = mergeMemory('memory/learnings.md', file, ours, theirs);
	expect(merged.equals(mergeMemory('memory/learnings.md', file, theirs, ours))).toBe(true);
	const said = memoryEntries('learning', merged.toString()).map(entry => entry.text);
	expect(said).toEqual(expect.arrayContaining(['It is cold', 'Use bun', 'Tests are slow']));
	expect(said).not.toContain('\u2019Tis so');
	expect(said).not.toContain('Use pnpm');
});
