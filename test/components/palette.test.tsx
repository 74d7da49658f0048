import {afterEach, describe, expect, test} from 'vitest';
import type {Status} from '../../src/domain/status.js';
import {aNight, aSession, aStatus} from '../view/a-status.js';
import {type RenderOptions, type Rig, renderAt} from './render-at.js';

const open: Rig[] = [];
afterEach(() => {
	for (const rig of open.splice(0)) rig.close();
});

function show(status: Status, answer?: RenderOptions['answer'], columns = 80, rows = 24): Rig {
	const rig = renderAt(columns, rows, answer ? {answer} : {});
	open.push(rig);
	rig.store.setStatus(status);
	return rig;
}

const esc = '\u001b';
const enter = '\r';
const down = '\u001b[B';

describe(':', () => {
	test('does what a few letters name, to what keys would act on', async () => {
		const rig = show(aNight());
		await rig.press('j', ':', 'sk', enter);
		expect(rig.asked).toEqual([{type: 'mission.skip', id: 'm-wait01', by: 'dashboard'}]);
		await rig.press(':', 'jour', enter);
		expect(rig.store.getState().screen.dialog).toBe('journal');
	});

	test('takes what stands behind a name', async () => {
		const rig = show(aNight());
		await rig.press(':', 'add Fix the door', enter);
		expect(rig.asked.at(-1)).toMatchObject({type: 'mission.add', title: 'Fix the door'});
		await rig.press(':', 'skip ^m-wait02 m-wait01', enter);
		expect(rig.asked.slice(1)).toMatchObject([{id: 'm-wait02'}, {id: 'm-wait01'}]);
		await rig.press(':', 'move m-wait02 top', enter, ':', 'move m-wait02 critical', enter);
		expect(rig.asked.slice(3)).toMatchObject([
			{type: 'mission.move', id: 'm-wait02', to: 'top'},
			{type: 'mission.reprioritise', id: 'm-wait02', priority: 1},
		]);
	});

	test('says what is wrong in config.yaml', async () => {
		const rig = renderAt(80, 24, {pages: {config: [{title: 'config.yaml', kind: 'plain', text: 'two of a name'}]}});
		open.push(rig);
		rig.store.setStatus(aNight());
		await rig.press(':', 'conf', enter);
		expect(await rig.text()).toContain('two of a name');
	});

	test('a mission that is not there is told, and nothing is done', async () => {
		const rig = show(aNight());
		await rig.press(':', 'skip m-wait01 m-nowhere', enter);
		expect(rig.asked).toEqual([]);
		expect(await rig.text()).toContain('» There is no mission m-nowhere.');
	});

	test('shows the key, and why something does nothing now; Enter on it says so', async () => {
		const rig = show(aNight(), undefined, 120, 40);
		await rig.press(':', 'requeue');
		expect(await rig.text()).toMatch(/❯requeue \[id …\] +r +not now: \^m-run001 is running/);
		await rig.press(enter);
		expect(rig.asked).toEqual([]);
		expect(await rig.text()).toContain('» ^m-run001 is running: it is in the queue already.');
	});

	test('where there is room no sentence is cut, and no cell is left between the columns', async () => {
		const rig = show(aNight(), undefined, 200, 50);
		await rig.press(':');
		const text = await rig.text();
		expect(text).not.toMatch(/│ .*…\s*│/);
		expect(text).toMatch(/add <title> +Add a mission by its title\./);
		const narrow = show(aNight(), undefined, 80, 24);
		await narrow.press(':', 'skip');
		// What is cut all the same is said in full for the one that is selected.
		expect(await narrow.text()).toMatch(
			/❯skip \[id …\] {1,16}s +Not now: to the end of its priority; one that.*…[\s\S]*│ Not now: .*; one that runs is stopped first\. +│/,
		);
		expect(await narrow.overflow()).toEqual([]);
	});

	test('the arrows choose, Esc leaves, a name that is none says so', async () => {
		const rig = show(aNight());
		await rig.press(':', down, down, '\u001b[A');
		const [name = ''] = /❯(\S+)/.exec(await rig.text())?.slice(1) ?? [];
		expect(name).not.toBe('');
		await rig.press('zzzz');
		expect(await rig.text()).toContain('Nothing here is called that.');
		await rig.press(enter, esc);
		expect([rig.asked, rig.store.getState().screen.dialog]).toEqual([[], 'none']);
	});

	test.each([
		[60, 15],
		[80, 24],
		[200, 50],
	])('fits %i×%i, whatever is typed', async (columns, rows) => {
		const rig = show(aNight({sessions: [aSession('s-1', 'm-run001')]}), undefined, columns, rows);
		await rig.press(':', `add ${'世界 '.repeat(60)}`);
		expect(await rig.text()).toContain('Enter does it');
		expect(await rig.overflow()).toEqual([]);
	});
});

describe('u', () => {
	test('is what the budget says while nothing is known, in any window', async () => {
		for (const [columns, rows] of [
			[80, 24],
			[120, 40],
		] as const) {
			const rig = show(aStatus({keys: {usage: ['P']}}), undefined, columns, rows);
			expect(await rig.text()).toContain('P takes a paste of /usage');
		}
	});

	test('pastes all lines of /usage', async () => {
		const rig = show(aNight(), {ok: true, say: 'five_hour 42 %'});
		await rig.press('u', '\u001b[200~Current session\r\n42% used\r\n\u001b[201~');
		expect(await rig.text()).toContain('42% used');
		await rig.press(enter);
		expect(rig.asked).toEqual([{type: 'usage.paste', text: 'Current session\n42% used\n', source: 'pasted'}]);
		expect(await rig.text()).toContain('» five_hour 42 %');
		expect(rig.store.getState().screen.dialog).toBe('none');
	});

	test('stays when nothing is found in it; hostile text does no harm', async () => {
		const rig = show(aNight(), {ok: false, say: 'There is no figure in that text.'});
		await rig.press('u', `\u001b[200~\u001b[31m${'x'.repeat(300)}\n\u202eevil\u0007\u001b[201~`, enter);
		expect(await rig.text()).toContain('Quota windows');
		expect(await rig.overflow()).toEqual([]);
		await rig.press(esc);
		expect(await rig.text()).not.toContain('Quota windows');
	});
});
