import {afterEach, describe, expect, test} from 'vitest';
import type {Answer} from '../../src/domain/command.js';
import {aNight} from '../view/a-status.js';
import {type Rig, renderAt} from './render-at.js';

const open: Rig[] = [];
afterEach(() => {
	for (const rig of open.splice(0)) rig.close();
});

const sizes = [
	[80, 24],
	[120, 40],
	[200, 50],
] as const;
const esc = '\u001b';
const enter = '\r';

function show(columns: number, rows: number, {colour = true, answer}: {colour?: boolean; answer?: Answer} = {}): Rig {
	const rig = renderAt(columns, rows, {colour, ...(answer ? {answer} : {})});
	open.push(rig);
	rig.store.setStatus(aNight());
	return rig;
}

const no: Answer = {ok: false, say: 'There is no figure in that text.', todo: 'Copy all of what /usage prints.'};
const long: Answer = {...no, todo: `Copy all of what /usage prints. ${'It begins with Current session. '.repeat(12)}`};

describe.each(sizes)('what came of a key in a dialog, at %i×%i', (columns, rows) => {
	test('stands in its lower frame, once; the next key takes it away', async () => {
		const rig = show(columns, rows, {answer: no});
		await rig.press('u', 'x', enter);
		const text = await rig.text();
		expect(text).toMatch(/╰ ?» There is no figure in that text\. Copy all of what/);
		expect(text.match(/»/g)).toHaveLength(1);
		expect(text).toContain('Enter read it');
		await rig.press('y');
		expect(await rig.text()).not.toContain('»');
		expect(rig.store.getState().screen.dialog).toBe('usage');
		expect(await rig.overflow()).toEqual([]);
	});

	test('is seen under one that has the whole window, however long it is', async () => {
		const rig = show(columns, rows);
		await rig.press('J');
		rig.store.say(`${long.say} ${long.todo}`, 'bad');
		const lines = await rig.lines();
		expect(lines.at(-1)).toMatch(/^ *╰ .*session.*… ?─*╯$/);
		expect(lines.join('\n')).toContain('» There is no figure in that text.');
		expect(await rig.overflow()).toEqual([]);
	});

	test('that closes the dialog stays to be read', async () => {
		const rig = show(columns, rows, {answer: {ok: true, say: 'five_hour 42 %'}});
		await rig.press('u', 'x', enter);
		expect(await rig.text()).toContain('» five_hour 42 %');
		await rig.press('j');
		expect(await rig.text()).not.toContain('»');
	});
});

describe.each([true, false])('beside a dialog, in colour: %s', colour => {
	test.each(sizes)('at %i×%i all is faint, and beside its rows nothing is left', async (columns, rows) => {
		const rig = show(columns, rows, {colour});
		const before = await rig.lines();
		await rig.press('x');
		const lines = (await rig.styled()).split('\n');
		const top = lines.findIndex(line => line.includes('╭'));
		const bottom = lines.findIndex(line => line.includes('╰'));
		expect(bottom).toBeGreaterThan(top);
		for (const [row, line] of lines.entries()) {
			if (row >= top && row <= bottom) expect(line.replaceAll(/\u001b\[[\d;]*m/g, '')).toMatch(/^ *[╭│╰].*[╮│╯]$/);
			else expect(line).toMatch(/^$|^\u001b\[2m[^\u001b]*\u001b\[0m$/);
		}
		await rig.press(esc);
		expect(await rig.lines()).toEqual(before);
	});
});

test('a caption of the tour leaves what it speaks of as it is', async () => {
	const rig = show(120, 40);
	const before = (await rig.styled()).split('\n');
	rig.store.change({dialog: 'tour'});
	const lines = (await rig.styled()).split('\n');
	expect(lines.filter(line => before.includes(line)).length).toBeGreaterThan(20);
});
