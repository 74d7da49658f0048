import {afterEach, describe, expect, test} from 'vitest';
import type {Answer} from '../../src/domain/command.js';
import type {CopyMode, PaneModes} from '../../src/domain/frame.js';
import type {Status} from '../../src/domain/status.js';
import {copyKeymap} from '../../src/view/copy-keymap.js';
import {keymapOf} from '../../src/view/keymap.js';
import {readerKeymap} from '../../src/view/reader-keymap.js';
import {aMission, aNight, aSession, aStatus} from '../view/a-status.js';
import {type Rig, renderAt} from './render-at.js';

const open: Rig[] = [];
afterEach(() => {
	for (const rig of open.splice(0)) rig.close();
});

function show(status: Status, answer?: Answer | Promise<Answer>, columns = 80, rows = 24): Rig {
	const rig = renderAt(columns, rows, answer ? {answer} : {});
	open.push(rig);
	rig.store.setStatus(status);
	return rig;
}

const down = '\u001b[B';
const up = '\u001b[A';
const esc = '\u001b';
const enter = '\r';
const ctrlC = '\u0003';

describe('the cursor', () => {
	test('goes down and up with letters and arrows, and stops at the ends', async () => {
		const rig = show(aNight());
		expect(await rig.text()).toMatch(/❯▶ +Find/);
		await rig.press('j', down, 'k', down);
		expect(await rig.text()).toMatch(/❯○ +Audit/);
		await rig.press(up, up, up, up);
		expect(await rig.text()).toMatch(/❯▶ +Find/);
	});

	test('stays on its mission when the queue moves under it', async () => {
		const rig = show(aNight());
		await rig.press('j');
		rig.store.setStatus(aNight({missions: [...aNight().missions].reverse()}));
		expect(await rig.text()).toMatch(/❯○ ! +Write/);
	});

	test('keeps a long list in sight', async () => {
		const missions = Array.from({length: 40}, (_, n) =>
			aMission(`m-${String(n).padStart(6, '0')}`, {title: `Number ${n}.`}),
		);
		const rig = show(aStatus({missions}));
		await rig.press('j'.repeat(25));
		expect(await rig.text()).toContain('Number 25.');
		expect(await rig.text()).toMatch(/… 23 above, 12 more/);
	});
});

describe('keys that act on a mission', () => {
	test('s skips the selected one and shows the answer', async () => {
		const rig = show(aNight(), {ok: true, say: '^m-wait01 goes to the end of its priority.'});
		await rig.press('j', 's');
		expect(rig.asked).toEqual([{type: 'mission.skip', id: 'm-wait01', by: 'dashboard'}]);
		expect(await rig.text()).toContain('» ^m-wait01 goes to the end of its priority.');
	});

	test('s on a done mission says why not', async () => {
		const rig = show(aStatus({missions: [aMission('m-done01', {state: 'done', doneOn: '2026-11-20'})]}));
		await rig.press('s');
		expect(rig.asked).toEqual([]);
		expect(await rig.text()).toContain('» ^m-done01 is done: only what waits or runs can be skipped.');
	});

	test('x stops the session of the selected mission', async () => {
		const rig = show(aNight());
		await rig.press('x');
		expect(await rig.text()).toContain('Stop ^m-run001? Its branch is kept.');
		await rig.press(esc);
		expect(rig.asked).toEqual([]);
		await rig.press('x', enter);
		expect(rig.asked).toEqual([{type: 'session.stop', id: 'm-run001', by: 'dashboard'}]);
		await rig.press('j', 'x');
		expect(rig.asked).toHaveLength(1);
		expect(await rig.text()).toContain('^m-wait01 is waiting: only what runs can be stopped.');
	});

	test('r requeues what failed, and nothing that waits', async () => {
		const rig = show(aNight());
		await rig.press('r');
		expect(rig.asked).toEqual([]);
		await rig.press('j', 'j', 'j', 'j', 'j', 'r');
		expect(rig.asked).toEqual([{type: 'mission.requeue', id: 'm-failed', by: 'dashboard'}]);
	});

	test('a refusal is shown with what to do', async () => {
		const rig = show(aNight(), {
			ok: false,
			code: 'MISSION_RUNNING',
			say: '^m-run001 is running.',
			todo: 'Stop it first.',
		});
		await rig.press('s');
		expect(await rig.text()).toContain('» ^m-run001 is running. Stop it first.');
	});

	test('do nothing while the pilot does not answer, and say so', async () => {
		const rig = show(aNight());
		rig.store.setAnswering(false);
		await rig.press('s');
		expect(rig.asked).toEqual([]);
		expect(await rig.text()).toContain('The pilot does not answer; looking again.');
	});
});

test('p pauses, and goes on when paused', async () => {
	const rig = show(aNight());
	await rig.press('p');
	rig.store.setStatus(aNight({state: 'paused'}));
	expect(await rig.text()).toContain('‖ paused');
	await rig.press('p');
	expect(rig.asked.map(({type}) => type)).toEqual(['pilot.pause', 'pilot.resume']);
});

test('Enter reads all of a long reason', async () => {
	const why = `${'because of this and that '.repeat(12)}and nothing else`;
	const rig = show(aStatus({missions: [aMission('m-long01', {state: 'failed', why})]}));
	await rig.press(enter);
	const inside = (await rig.lines()).map(line => /│ (.*) │/.exec(line)?.[1]?.trim() ?? '');
	expect(inside.join(' ')).toContain(why);
	await rig.press('x');
	expect(rig.asked).toEqual([]);
	expect(await rig.text()).not.toContain('closes this');
});

describe('panes', () => {
	const two = aNight({
		missions: [aMission('m-run001', {state: 'in-progress'}), aMission('m-run002', {state: 'in-progress'})],
		sessions: [aSession('s-1', 'm-run001'), aSession('s-2', 'm-run002')],
	});

	test('a number or Tab goes to another pane', async () => {
		const rig = show(two);
		await rig.lines();
		await rig.press('1');
		expect(await rig.text()).toContain('━━ 1/2 ^m-run001');
		await rig.press('\t');
		expect(await rig.text()).toContain('━━ 2/2 ^m-run002');
		await rig.press('\t');
		expect(await rig.text()).toContain('━━ Queue');
		await rig.press('7');
		expect(await rig.text()).toContain('There is no session 7.');
	});

	test('x acts on the pane that has the focus', async () => {
		const rig = show(two);
		await rig.press('2', 'x', enter);
		expect(rig.asked).toEqual([{type: 'session.stop', id: 'm-run002', by: 'dashboard'}]);
	});

	test('z gives the pane the window, and back', async () => {
		const rig = show(two);
		await rig.press('z');
		expect(await rig.text()).not.toContain('Queue');
		expect(rig.holes.at(-1)).toMatchObject({x: 0, y: 4, cols: 80, rows: 18});
		await rig.press('z');
		expect(await rig.text()).toContain('Queue');
	});

	test('nothing to zoom says why', async () => {
		const rig = show(aStatus());
		await rig.press('z');
		expect(await rig.text()).toContain('No session runs, so there is nothing to zoom.');
	});
});

describe('a session that is taken over', () => {
	const sessions = (takesKeys: boolean) => [aSession('s-1', 'm-run001', {takesKeys}), aSession('s-2', 'm-run002')];
	const missions = [aMission('m-run001', {state: 'in-progress'}), aMission('m-run002', {state: 'in-progress'})];
	const night = (takesKeys: boolean) => aNight({missions, sessions: sessions(takesKeys)});

	/** Asks for it, does something else if that is wished, and only then the answer comes and the session hears keys. */
	async function attachedAfter(answer: Answer, ...meanwhile: string[]): Promise<string | undefined> {
		const late = Promise.withResolvers<Answer>();
		const rig = show(night(false), late.promise);
		await rig.lines();
		await rig.press('1', 'a');
		expect(await rig.text()).toContain('take over');
		await rig.press(enter);
		expect(rig.asked).toMatchObject([{type: 'session.take', id: 'm-run001'}]);
		await rig.press(...meanwhile);
		late.resolve(answer);
		await rig.lines();
		rig.store.setStatus(night(true));
		return rig.store.getState().screen.attachedId;
	}

	test('gets the keys', async () => {
		expect(await attachedAfter({ok: true, say: 'Taken.'})).toBe('s-1');
	});

	test('does not, when it could not be taken', async () => {
		expect(await attachedAfter({ok: false, say: 'It has ended.'})).toBeUndefined();
	});

	test('does not call somebody back who has gone on to another pane before the answer came', async () => {
		expect(await attachedAfter({ok: true, say: 'Taken.'}, '2')).toBeUndefined();
		expect(await attachedAfter({ok: true, say: 'Taken.'}, '\t', '\t', 'j')).toBeUndefined();
	});
});

describe('copy mode', () => {
	const copy = {cursor: 0, column: 0, below: 5, selecting: 'nothing', query: '', matches: 0, match: 0} as const;
	const modes: PaneModes = {
		...{applicationCursor: false, bracketedPaste: false, focusEvents: false, alternate: false, kitty: 0},
		...{mouse: 'none', mouseSgr: false},
	};

	function inCopyMode(change: Partial<CopyMode> = {}, columns = 80, rows = 24) {
		const rig = show(aNight({sessions: [aSession('s-1', 'm-run001')]}), undefined, columns, rows);
		rig.store.setPane('s-1', {modes, history: 9, copy: {...copy, ...change}, typist: null, isYou: false});
		rig.store.change({focus: 'pane', sessionId: 's-1'});
		return rig;
	}

	const said = ({panes}: Rig) =>
		panes.map(request =>
			request.type === 'move' ? request.move : request.type === 'copy' ? request.to : request.type,
		);

	test('every key of its table does what the table says', async () => {
		const rig = inCopyMode();
		await rig.lines();
		await rig.press('h', 'l', 'w', 'b', 'e', '0', '$', 'v', 'V', '\u001b[C', '\u001b[D', '\u0015', '\u0004', '[', ' ');
		expect(said(rig)).toEqual([
			...['left', 'right', 'word', 'word-back', 'word-end', 'line-start', 'line-end', 'select', 'select-lines'],
			...['right', 'left', 'half-up', 'half-down', 'page-up', 'page-down'],
		]);
	});

	test('y copies and leaves; s saves what is selected; Esc first selects nothing', async () => {
		const rig = inCopyMode();
		await rig.lines();
		await rig.press('y', esc);
		expect(said(rig)).toEqual(['clipboard', 'leave', 'leave']);
		const selecting = inCopyMode({selecting: 'characters'});
		expect(await selecting.text()).toContain('selecting characters');
		await selecting.press('s', esc);
		expect(selecting.panes).toMatchObject([{type: 'copy', what: 'selection', to: 'file'}, {move: 'unselect'}]);
	});

	test('a slip of the finger does not act on missions', async () => {
		const rig = inCopyMode();
		await rig.lines();
		await rig.press('x', 'p', 'r');
		expect([rig.asked, rig.panes]).toEqual([[], []]);
		expect(await rig.text()).toContain('Copy mode: q leaves it, ? shows its keys.');
	});

	test('its footer fits 80 columns, and ? begins with its keys', async () => {
		const rig = inCopyMode();
		expect((await rig.lines()).at(-1)).toMatch(/select .*copy .*leave .*\? help/);
		await rig.press('?');
		const text = await rig.text();
		for (const {about} of copyKeymap) expect(text).toContain(about);
	});

	test('beside it the title is seen, however long the query is and however narrow the pane', async () => {
		const rig = show(
			aNight({sessions: ['s-1', 's-2', 's-3', 's-4'].map(id => aSession(id, 'm-run001'))}),
			undefined,
			80,
			40,
		);
		const query = 'x'.repeat(100);
		for (const id of ['s-1', 's-2', 's-3', 's-4'])
			rig.store.setPane(id, {
				modes,
				history: 9,
				copy: {...copy, query, selecting: 'lines'},
				typist: null,
				isYou: false,
			});
		expect(await rig.text()).toMatch(/1\/4 .*copy −5 {2}\/x{6}… 0\/0/);
	});

	test('no key stands for two things', () => {
		const keys = copyKeymap.flatMap(binding => binding.keys);
		expect(new Set(keys).size).toBe(keys.length);
	});
});

describe('n', () => {
	test('adds a mission by its title and shows its id', async () => {
		const rig = show(aNight(), {ok: true, say: 'Added as ^m-4k2p9q.'});
		await rig.press('n', 'Say hello to 世界', enter);
		expect(rig.asked).toEqual([{type: 'mission.add', title: 'Say hello to 世界', isTyped: true, source: 'dashboard'}]);
		expect(await rig.text()).toContain('» Added as ^m-4k2p9q.');
	});

	test('letters are letters while a title is typed', async () => {
		const rig = show(aNight());
		await rig.press('n', 'q', 's', 'x', '?');
		expect(rig.left()).toBeUndefined();
		expect(rig.asked).toEqual([]);
		expect(await rig.text()).toContain('> qsx?');
		await rig.press(esc);
		expect(await rig.text()).not.toContain('New mission');
	});

	test('stays with what was typed when it is refused', async () => {
		const rig = show(aNight(), {ok: false, say: 'The disk is full.'});
		await rig.press('n', 'A title', enter);
		expect(await rig.text()).toContain('> A title');
		expect(await rig.text()).toContain('» The disk is full.');
	});

	test('goes on typing behind what was pasted', async () => {
		const rig = show(aNight());
		await rig.press('n', '\u001b[200~one two\u001b[201~', '!', enter);
		expect(rig.asked).toMatchObject([{title: 'one two!'}]);
	});

	test('takes what is pasted as one line', async () => {
		const rig = show(aNight());
		await rig.press('n', '\u001b[200~one\ntwo\u001b[31m three\u001b[201~', enter);
		expect(rig.asked).toEqual([{type: 'mission.add', title: 'one two three', isTyped: true, source: 'dashboard'}]);
	});
});

test('what is pasted elsewhere presses no keys', async () => {
	const rig = show(aNight());
	await rig.press('\u001b[200~xsp\u001b[201~');
	expect(rig.asked).toEqual([]);
	expect(await rig.text()).toContain('What is pasted is not taken for keys.');
	await rig.press('fix the exporter, please\r');
	expect(rig.asked).toEqual([]);
});

test.each([
	[80, 24],
	[120, 40],
])('? shows every key of every table in %i×%i, page by page', async (columns, rows) => {
	const rig = show(aNight(), undefined, columns, rows);
	await rig.press('?');
	const seen: string[] = [];
	for (let page = 0; page < 9; page++) {
		seen.push(await rig.text());
		await rig.press(' ');
	}
	const text = seen.join('\n');
	for (const {label, about} of [...keymapOf(rig.store.getState()), ...copyKeymap, ...readerKeymap]) {
		expect(text).toContain(label);
		expect(text).toContain(about);
	}
	expect(text).toContain('unproven');
	expect(await rig.overflow()).toEqual([]);
	await rig.press('?');
	expect(await rig.text()).not.toContain('closes this');
});

test('? says of a key that does nothing now why', async () => {
	const rig = show(aNight(), undefined, 100, 60);
	await rig.press('?');
	expect(await rig.text()).toMatch(/r {2,}Have the mission done again.*\n.*not now: \^m-run001 is running: it is in/);
});

test('footer, help and hints show the keys that were chosen', async () => {
	const rig = show(aStatus({keys: {new: ['N'], help: ['ctrl-g']}}), undefined, 80, 60);
	const text = await rig.text();
	expect(text).toContain('N new');
	expect(text).toContain('Ctrl-G help');
	expect(text).toContain('N adds a mission');
	await rig.press('n');
	expect(await rig.text()).not.toContain('New mission');
	await rig.press('\u0007');
	expect(await rig.text()).toMatch(/N {2,}Add a mission/);
	await rig.press('\u0007');
	expect(await rig.text()).not.toContain('closes this');
});

describe('q', () => {
	test('what is typed in the same breath does not act on missions', async () => {
		const rig = show(aNight());
		await rig.press('qs');
		expect(await rig.text()).toContain('1 session is running');
		expect(rig.asked).toEqual([]);
	});

	test('asks while a session runs; Esc stays', async () => {
		const rig = show(aNight());
		await rig.press('q');
		expect(await rig.text()).toContain('Leave? 1 session is running.');
		await rig.press(esc);
		expect(await rig.text()).not.toContain('keep it running');
		expect(rig.left()).toBeUndefined();
	});

	test('l leaves the pilot alone', async () => {
		const rig = show(aNight());
		await rig.press('q', 'l');
		expect([rig.left(), rig.asked]).toEqual(['leave', []]);
	});

	test('f lets it finish and leaves', async () => {
		const rig = show(aNight());
		await rig.press('q', 'f');
		expect([rig.left(), rig.asked]).toEqual(['leave', [{type: 'pilot.stop', now: false, by: 'dashboard'}]]);
	});

	test('s stops it and leaves when it has ended', async () => {
		const rig = show(aNight());
		await rig.press('q', 's');
		expect([rig.left(), rig.asked]).toEqual(['leave when ended', [{type: 'pilot.stop', now: true, by: 'dashboard'}]]);
	});

	test('without a session Enter leaves it running', async () => {
		const rig = show(aStatus());
		await rig.press('q');
		expect(await rig.text()).toContain('Leave? The pilot is idle.');
		await rig.press(enter);
		expect([rig.left(), rig.asked]).toEqual(['leave', []]);
	});

	test('leaves when nobody answers', async () => {
		const rig = show(aNight());
		rig.store.setAnswering(false);
		await rig.press('q', enter);
		expect(rig.left()).toBe('leave');
	});

	test('Ctrl-C is the same; twice leaves at once, from anywhere', async () => {
		const rig = show(aNight());
		await rig.press(ctrlC);
		expect(await rig.text()).toContain('1 session is running');
		await rig.press(ctrlC);
		expect([rig.left(), rig.asked]).toEqual(['leave', []]);
		const typing = show(aNight());
		await typing.press('n', ctrlC, ctrlC);
		expect(typing.left()).toBe('leave');
	});

	test('works in a window that is too small', async () => {
		const rig = show(aNight(), undefined, 50, 10);
		await rig.press('q', 'l');
		expect(rig.left()).toBe('leave');
	});
});
