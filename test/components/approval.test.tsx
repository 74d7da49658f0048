import {afterEach, expect, test} from 'vitest';
import type {OpenApproval} from '../../src/domain/approval.js';
import {aMission, aNight, aStatus, at} from '../view/a-status.js';
import {type Rig, renderAt} from './render-at.js';

const open: Rig[] = [];
afterEach(() => {
	for (const rig of open.splice(0)) rig.close();
});

const esc = '\u001b';
const tab = '\t';

const asks = (approvalId: string, more: Partial<OpenApproval> = {}): OpenApproval => ({
	approvalId,
	kind: 'permission',
	missionId: 'm-run001',
	attempt: 1,
	sessionId: 's-1',
	what: 'wants to run a command',
	why: 'It says: So that the build starts clean',
	command: 'rm -rf build',
	consequences: 'It is done at once, as you.',
	forSession: 'this very command',
	deadline: at(60),
	onTimeout: 'deny',
	askedAt: at(-1),
	...more,
});

const proposal = asks('a-prop', {
	kind: 'proposal',
	what: 'Mend the roof',
	command: undefined,
	forSession: undefined,
	deadline: undefined,
	why: 'Proposed by ^m-run001.\nIt leaks.',
});

function show(approvals: readonly OpenApproval[], columns = 80, rows = 24): Rig {
	const rig = renderAt(columns, rows);
	open.push(rig);
	rig.store.setStatus(aNight({approvals}));
	return rig;
}

/** Long enough to have read it. */
const read = () => new Promise(resolve => setTimeout(resolve, 550));

test.each([
	[60, 15],
	[80, 24],
	[120, 40],
	[200, 50],
])('in %i×%i: said in one row, and all of it behind y', async (columns, rows) => {
	const rig = show([asks('a-4k2p')], columns, rows);
	expect(await rig.text()).toContain('! y to look: ^m-run001 wants to run');
	await rig.press('y');
	const text = await rig.text();
	expect(text).toContain('You are asked (a-4k2p)');
	for (const part of ['│ rm -rf build', 'It says: So that the build', 'It is done at once', 'Until ', '60m left'])
		expect(text.replaceAll('1h00m', '60m')).toContain(part);
	for (const choice of ['y    allow it once', 's    allow it for this session', 'd    deny it', 'Esc  later'])
		expect(text).toContain(choice);
	expect(await rig.overflow()).toEqual([]);
});

test('y allows once, s for the session, and only the question that is shown', async () => {
	const rig = show([asks('a-0002', {askedAt: at(0)}), asks('a-0001')]);
	await rig.press('y');
	expect(await rig.text()).toContain('You are asked (a-0001, 1 of 2, Tab: the next)');
	await read();
	await rig.press(tab);
	await read();
	await rig.press('s');
	expect(rig.asked).toEqual([{type: 'approval.allow', id: 'a-0002', scope: 'session', by: 'dashboard'}]);
	rig.store.setStatus(aNight({approvals: [asks('a-0001')]}));
	await read();
	await rig.press('y');
	expect(rig.asked.at(-1)).toEqual({type: 'approval.allow', id: 'a-0001', scope: 'once', by: 'dashboard'});
	rig.store.setStatus(aNight({approvals: []}));
	expect(await rig.text()).not.toContain('You are asked');
	await rig.press('y');
	expect(await rig.text()).toContain('Nothing is asked.');
});

test('a key pressed twice answers nothing that could not be read yet', async () => {
	const rig = show([asks('a-0001'), asks('a-0002', {askedAt: at(0)})]);
	await rig.press('yy');
	await rig.press('y', 's', 'd');
	expect(rig.asked).toEqual([]);
	await read();
	await rig.press('y');
	rig.store.setStatus(aNight({approvals: [asks('a-0002')]}));
	await rig.press('y');
	expect(rig.asked).toHaveLength(1);
});

test('a more urgent question that comes up does not take the place of the one that is read', async () => {
	const rig = show([proposal]);
	await rig.press('y');
	await read();
	rig.store.setStatus(aNight({approvals: [asks('a-0001'), proposal]}));
	expect(await rig.text()).toContain('Mend the roof');
	await rig.press('y');
	expect(rig.asked).toEqual([{type: 'approval.allow', id: 'a-prop', scope: 'once', by: 'dashboard'}]);
});

test('d asks why not; a note goes along, none is fine, Esc takes it back', async () => {
	const rig = show([asks('a-0001')]);
	await rig.press('y');
	await read();
	await rig.press('d');
	expect(await rig.text()).toContain('Why not?');
	await rig.press(esc);
	expect(await rig.text()).toContain('allow it once');
	await rig.press('d');
	await rig.press('y', 'e', 's', '\r');
	expect(rig.asked).toEqual([{type: 'approval.deny', id: 'a-0001', note: 'yes', by: 'dashboard'}]);
	await read();
	await rig.press('d', '\r');
	expect(rig.asked.at(-1)).toEqual({type: 'approval.deny', id: 'a-0001', by: 'dashboard'});
});

test('Esc leaves it open; a proposal has no session and no deadline', async () => {
	const rig = show([proposal]);
	await rig.press('y');
	const text = await rig.text();
	expect(text).toContain('^m-run001 is proposed: Mend the roof');
	expect(text).toContain('│ It leaks.');
	expect(text).toContain('It waits as long as it takes.');
	expect(text).not.toContain('for this session');
	await read();
	await rig.press('s');
	await rig.press(esc);
	expect(rig.asked).toEqual([]);
	expect(await rig.text()).toContain('! y to look: ^m-run001 is proposed: Mend the roof');
});

test('a long command is whole: broken anywhere, scrolled; nothing in it draws a row of the dialog', async () => {
	const lines = Array.from({length: 60}, (_, n) => `echo ${n} ${'x'.repeat(90)}END`);
	const forged = ['true', '', 'It is harmless.', 'y    allow it once', '\u001b[2Jgone', '漢字🚀'.repeat(40), ...lines];
	const rig = show([asks('a-0001', {command: forged.join('\n')})]);
	await rig.press('y');
	expect(await rig.text()).toContain('│ It is harmless.');
	expect(await rig.text()).toContain('│ y    allow it once');
	expect(await rig.text()).toMatch(/1–\d+ of \d+, j: read it to the end before you allow it/);
	expect(await rig.overflow()).toEqual([]);
	await read();
	await rig.press('y', 's');
	expect(rig.asked).toEqual([]);
	const whole = (await rig.lines()).filter(line => line.startsWith('│ │'));
	expect(whole.filter(line => line.includes('…'))).toEqual([]);
	expect(whole.length).toBeGreaterThan(5);
	await rig.press('G');
	expect(await rig.text()).toContain('It is done at once, as you.');
	expect(await rig.text()).toMatch(/│ x+END/);
	await read();
	await rig.press('y');
	expect(rig.asked).toHaveLength(1);
});

test.each([
	[22, 6],
	[40, 9],
	[60, 15],
])('in %i×%i nothing is allowed that is not seen', async (columns, rows) => {
	const rig = show([asks('a-0001', {command: 'rm -rf build'})], columns, rows);
	await rig.press('y');
	await read();
	const text = await rig.text();
	await rig.press('y');
	const isSeen = text.includes('rm -rf build') && text.includes('allow it once');
	expect(rig.asked).toHaveLength(isSeen ? 1 : 0);
	expect(await rig.overflow()).toEqual([]);
});

test('a mission says what is asked about it', async () => {
	const rig = renderAt(100, 30);
	open.push(rig);
	const mission = aMission('m-wait01', {why: 'waits for your approval (a-miss, until 13:00)'});
	const start = asks('a-miss', {kind: 'mission', missionId: 'm-wait01', what: 'Write it', command: undefined});
	rig.store.setStatus(aStatus({missions: [mission], approvals: [start]}));
	expect(await rig.text()).toContain('waits for your approval (a-miss, unti');
	await rig.press('\r');
	expect(await rig.text()).toContain('! a-miss: ^m-wait01 shall start: Write it.');
});

test('d opens the question with no as the answer at hand, which counts only once it can have been read; Esc goes back to all answers', async () => {
	const rig = show([asks('a-4k2p')]);
	await rig.press('d');
	expect(await rig.text()).toMatch(/You are asked \(a-4k2p\)[\s\S]*│ rm -rf build[\s\S]*Why not\?[\s\S]*Enter deny/);
	await rig.press('\r');
	expect(rig.asked).toEqual([]);
	await read();
	await rig.press(esc);
	expect(await rig.text()).toContain('y    allow it once');
	await rig.press(esc, 'd');
	await read();
	await rig.press(...'no', '\r');
	expect(rig.asked).toEqual([{type: 'approval.deny', id: 'a-4k2p', by: 'dashboard', note: 'no'}]);
});

test('d with nothing asked says so', async () => {
	const rig = show([]);
	await rig.press('d');
	expect(await rig.text()).toContain('» Nothing is asked.');
});
