import {afterEach, expect, test} from 'vitest';
import type {Answer, CommandInput} from '../../src/domain/command.js';
import type {MemoryEntry} from '../../src/domain/memory.js';
import {aStatus} from '../view/a-status.js';
import {type Rig, renderAt} from './render-at.js';

const open: Rig[] = [];
afterEach(() => {
	for (const rig of open.splice(0)) rig.close();
});

const entry = (text: string, over: Partial<MemoryEntry> = {}): MemoryEntry => ({
	...{kind: 'learning', text, was: `${text} (^m-aaaaaa, 2026-11-20)`, from: 'm-aaaaaa', day: '2026-11-20'},
	...over,
});

const three = [entry('Short commits', {kind: 'preference'}), entry('Tests are slow'), entry('It is written in Go')];

function show(columns: number, rows: number, remembered: readonly MemoryEntry[] = three): Rig {
	let now = remembered;
	const answer = (command: CommandInput): Answer => {
		if (command.type === 'memory.forget') {
			now = now.filter(({was}) => was !== command.was);
			const {kind, was} = command;
			return {ok: true, say: 'Forgotten.', undo: {type: 'memory.restore', kind, was, above: '- x', by: 'dashboard'}};
		}
		if (command.type === 'memory.restore') now = remembered;
		return {ok: true, say: 'Done.'};
	};
	const pages = {memory: [{title: 'In the next prompt', kind: 'plain' as const, text: 'What the human prefers:'}]};
	const rig = renderAt(columns, rows, {memory: () => now, answer, pages});
	open.push(rig);
	rig.store.setStatus(aStatus());
	return rig;
}

test.each([
	[80, 24],
	[120, 40],
	[200, 50],
])('at %i×%i what is remembered has its kind, its words and where it came from', async (columns, rows) => {
	const rig = show(columns, rows);
	await rig.press('m');
	const text = await rig.text();
	expect(text).toMatch(/❯preference Short commits +2026-11-20 \^m-aaaaaa │/);
	// The day stands once for all of its rows, and with the words of the one that is selected.
	expect(text).toMatch(/ learning {3}It is written in Go +\^m-aaaaaa │/);
	expect(text).toContain('│ Short commits (^m-aaaaaa 2026-11-20) ');
	expect(text.match(/2026-11-20/g)).toHaveLength(2);
	expect(await rig.overflow()).toEqual([]);
});

test('a line is changed, kept, and forgotten only when it is said twice; what is shown follows', async () => {
	const rig = show(80, 24);
	await rig.press('m', 'j', 'e', '!', '\r');
	expect(rig.asked).toEqual([
		{type: 'memory.edit', kind: 'learning', was: three[1]?.was, text: 'Tests are slow!', by: 'dashboard'},
	]);
	await rig.press('d', 'j', 'd');
	expect(await rig.text()).toContain('d again forgets it, and U brings it back');
	await rig.press('d');
	expect(rig.asked.at(-1)).toEqual({type: 'memory.forget', kind: 'learning', was: three[1]?.was, by: 'dashboard'});
	expect(rig.asked).toHaveLength(2);
	expect(await rig.text()).not.toContain('Tests are slow');
	await rig.press('\u001b');
	expect(await rig.text()).not.toContain('Memory: 2');
});

test('n adds what one prefers; nothing typed adds nothing; Esc while typing only ends the typing', async () => {
	const rig = show(80, 24);
	await rig.press('m', 'n', '\r', 'n', 'q', '\u001b');
	expect(rig.asked).toEqual([]);
	expect(await rig.text()).toContain('Memory: 3');
	await rig.press('n', 'Be', ' brief', '\r');
	expect(rig.asked).toEqual([{type: 'memory.add', kind: 'preference', text: 'Be brief', by: 'dashboard'}]);
});

test('p shows what prompts get of it, and comes back', async () => {
	const rig = show(80, 24);
	await rig.press('m', 'p');
	expect(await rig.text()).toContain('What the human prefers:');
	await rig.press('\u001b');
	expect(await rig.text()).toContain('Memory: 3');
});

test('an empty memory teaches how it fills', async () => {
	const rig = show(80, 24, []);
	await rig.press('m', 'd', 'e', 'j');
	expect(await rig.text()).toContain('n adds what you prefer');
	expect(rig.asked).toEqual([]);
});

test.each([
	[80, 24],
	[120, 40],
	[200, 50],
])('at %i×%i hostile lines stay within their rows', async (columns, rows) => {
	const evil = `\u001b[2J\u001b]52;c;eA==\u0007\u202e${'日本語 '.repeat(200)}`;
	const rig = show(
		columns,
		rows,
		Array.from({length: 60}, () => entry(evil, {from: evil, day: evil.slice(0, 30)})),
	);
	await rig.press('m', 'j');
	expect(await rig.overflow()).toEqual([]);
	await rig.press('e');
	expect(await rig.overflow()).toEqual([]);
	expect(rig.written()).not.toMatch(/\u001b\]52|\u202e/);
});

test('U brings back what was forgotten last, once; what was done elsewhere is not undone from here', async () => {
	const rig = show(80, 24);
	const skipped = {words: 'skip ^m-x', undo: [{type: 'pilot.sync' as const}], final: ''};
	rig.store.change({deeds: [skipped]});
	await rig.press('m', 'j', 'd', 'd');
	expect(await rig.text()).toMatch(/Memory: 2[\s\S]*U undo/);
	await rig.press('U');
	expect(rig.asked.at(-1)).toEqual({
		...{type: 'memory.restore', kind: 'learning', was: three[1]?.was},
		...{above: '- x', by: 'dashboard'},
	});
	expect(await rig.text()).toMatch(/Memory: 3[\s\S]*Tests are slow/);
	await rig.press('U', 'U');
	expect(rig.asked).toHaveLength(2);
	expect(rig.store.getState().screen.deeds).toEqual([skipped]);
});
