import {afterEach, expect, test} from 'vitest';
import {captions} from '../../src/view/tour.js';
import {aNight} from '../view/a-status.js';
import {type Rig, renderAt} from './render-at.js';

const open: Rig[] = [];
afterEach(() => {
	for (const rig of open.splice(0)) rig.close();
});

function show(columns: number, rows: number): Rig {
	const rig = renderAt(columns, rows);
	open.push(rig);
	rig.store.setStatus(aNight());
	rig.store.change({dialog: 'tour'});
	return rig;
}

test.each([
	[80, 24],
	[120, 40],
	[200, 50],
])('at %i×%i every caption is whole, and any key goes on; after the last one keys work', async (columns, rows) => {
	const rig = show(columns, rows);
	for (const [index, {title, text}] of captions.entries()) {
		const shown = (await rig.text()).replaceAll(/[│\s]+/g, ' ');
		expect(shown).toContain(`${index + 1}/${captions.length} ${title}`);
		for (const word of text.split(' ')) expect(shown).toContain(word);
		expect(await rig.overflow()).toEqual([]);
		await rig.press(index % 2 === 0 ? ' ' : 's');
	}
	expect(await rig.text()).not.toContain(`${captions.length}/${captions.length}`);
	expect(rig.asked).toEqual([]);
	await rig.press('s');
	expect(rig.asked).toHaveLength(1);
});

test('the queue is seen beside what is said of it, and the pane beside what is said of the pane', async () => {
	const rig = show(80, 24);
	await rig.press(' ');
	expect(await rig.text()).toMatch(/Find the slow query[\s\S]*2\/8 The queue/);
	await rig.press(' ');
	expect((await rig.lines())[1]).toContain('3/8 The pane');
});

test('Esc ends it at once; Ctrl-C asks to leave, as everywhere', async () => {
	const rig = show(80, 24);
	await rig.press('\u001b');
	expect(await rig.text()).not.toContain('1/8');
	const other = show(80, 24);
	await other.press('\u0003');
	expect(await other.text()).toContain('Leave?');
});

test('q leaves from here too, as the footer says', async () => {
	const rig = show(80, 24);
	await rig.press(' ', 'q');
	expect(await rig.text()).toContain('Leave?');
	expect(rig.store.getState().screen.dialog).toBe('quit');
});
