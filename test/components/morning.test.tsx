import {afterEach, expect, test} from 'vitest';
import type {OpenApproval} from '../../src/domain/approval.js';
import type {MorningMission, MorningReport} from '../../src/domain/morning.js';
import {costLine} from '../../src/view/morning-rows.js';
import {aMission, aStatus, at} from '../view/a-status.js';
import {type RenderOptions, type Rig, renderAt} from './render-at.js';

const open: Rig[] = [];
afterEach(() => {
	for (const rig of open.splice(0)) rig.close();
});

const mission = (id: string, over: Partial<MorningMission> = {}): MorningMission => ({
	...{id, title: `Title of ${id}`, state: 'failed', why: 'exit 1', summary: 'Wrote it.', at: at(-60), attempt: 1},
	...{costUsd: 0.4, receipts: {met: 2, wanted: 3, by: []}},
	...over,
});

const report = (over: Partial<MorningReport> = {}): MorningReport => ({
	...{since: at(-480), until: at(0), halts: [], questions: [], needsYou: [], done: []},
	spent: {
		...{sessions: 3, costUsd: 1.25, tokens: 56_000, durationMs: 780_000},
		windows: [{kind: 'five_hour', usedPercent: 55, fromPercent: 42, pilotPoints: 10.2, resetsAt: at(90)}],
		against: {missions: 3, ended: 4, minutes: 42, tokens: 80_000, expectedMinutes: 30, expectedTokens: 50_000},
	},
	...over,
});

const night = report({
	needsYou: [mission('m-fail01'), mission('m-unpr01', {state: 'unproven', why: 'changed nothing'})],
	questions: [{missionId: 'm-ask001', title: 'Choose', text: 'English or German?', approvalId: 'a-22bc'}],
	done: [
		mission('m-done01', {
			state: 'done',
			receipts: {
				...{met: 3, wanted: 3},
				by: [
					{kind: 'diff', count: 1},
					{kind: 'criterion', count: 2},
				],
			},
			branch: 'pilot/x',
			diffstat: {files: 1, added: 9, removed: 4},
		}),
	],
});

function show(columns: number, rows: number, morning: MorningReport, options: RenderOptions = {}): Rig {
	const pages = {mission: [{title: 'Mission', kind: 'plain' as const, text: 'Its own text.'}]};
	const rig = renderAt(columns, rows, {morning, pages, ...options});
	open.push(rig);
	rig.store.setStatus(
		aStatus({
			missions: [aMission('m-done01', {state: 'done'}), aMission('m-fail01', {state: 'failed', why: 'exit 1 of it'})],
			next: {what: 'the next mission', why: 'nothing is pending'},
		}),
	);
	return rig;
}

test.each([
	[80, 24],
	[120, 40],
	[200, 50],
])(
	'at %i×%i one glance says what failed, what is proven, what it cost, what is asked and what comes next',
	async (columns, rows) => {
		const rig = show(columns, rows, night);
		await rig.press('M');
		const text = await rig.text();
		expect(text).toMatch(/✗ 1 failed {2}\? 1 unproven {2}! 1 asked of you {2}✓ 1 done/);
		expect(text).toContain('Spent $1.25, 3 sessions, 56k tokens, 13m');
		expect(text).toContain('Quota 5-hour 42 → 55 % (pilot ≤ ');
		expect(text).toContain('Cost  42m, 80k tokens, estimated 30m, 50k tokens (3 of 4 missions)');
		expect(text).toContain('Next  nothing is pending');
		expect(text).toMatch(/✗ failed +Title of m-fail01 +2 of 3 receipts {2}\$0\.40/);
		expect(text).toMatch(/! asked +English or German\? +a-22bc/);
		expect(text).toMatch(/✓ done +Title of m-done01 +proof: change, 2 criteria {2}\+9 -4/);
		expect(await rig.overflow()).toEqual([]);
	},
);

test('o reads the one that is selected and Esc comes back to it; Enter and R replay it; Esc closes; nothing is asked of the pilot', async () => {
	const rig = show(80, 24, night);
	await rig.press('M', 'o');
	expect(await rig.text()).toMatch(/\^m-fail01[\s\S]*exit 1 of it[\s\S]*Its own text\./);
	await rig.press('\u001b');
	expect(await rig.text()).toMatch(/Morning report[\s\S]*Enter replay {2}o read/);
	await rig.press('j', 'o');
	expect(await rig.text()).toMatch(/\^m-unpr01[\s\S]*Its own text\./);
	await rig.press('\u001b', '\r');
	expect(rig.left()).toBe('replay m-unpr01');
	expect(await rig.text()).toContain('Morning report');
	await rig.press('\u001b');
	expect(await rig.text()).not.toContain('Morning report');
	expect(rig.asked).toEqual([]);
	const other = show(80, 24, night);
	await other.press('M', 'R');
	expect(other.left()).toBe('replay m-fail01');
});

test('what was not recorded here is read instead, and that is said', async () => {
	const rig = show(80, 24, night, {unrecorded: 'There is no recording of ^m-fail01.'});
	await rig.press('M', '\r');
	expect(await rig.text()).toMatch(/\^m-fail01[\s\S]*There is no recording of \^m-fail01\.[\s\S]*Its own text\./);
	await rig.press('\u001b');
	expect(await rig.text()).toContain('Morning report');
});

const asked: OpenApproval = {
	...{approvalId: 'a-22bc', kind: 'permission', missionId: 'm-ask001', attempt: 1, what: 'wants to run a command'},
	...{why: 'So that it builds', command: 'rm -rf build', consequences: 'At once.', onTimeout: 'deny', askedAt: at(-1)},
};

test('a row that asks says which key answers it, and that key does', async () => {
	const questions = [...night.questions, {missionId: 'm-words1', title: 'In words', text: 'Which port?'}];
	const rig = show(80, 24, {...night, questions});
	rig.store.setStatus(aStatus({approvals: [asked, {...asked, approvalId: 'a-more'}]}));
	await rig.press('M');
	expect(await rig.text()).toMatch(/! asked +English or German\? +a-22bc {2}y answers[\s\S]*Which port\? +e answers/);
	await rig.press('y');
	expect(await rig.text()).not.toContain('You are asked');
	await rig.press('j', 'j', 'd');
	expect(await rig.text()).toMatch(/You are asked \(a-22bc, [\s\S]*rm -rf build[\s\S]*Why not\?/);
	await rig.press('\u001b', '\u001b');
	expect(await rig.text()).toContain('Morning report');
	await rig.press('y');
	await new Promise(resolve => setTimeout(resolve, 550));
	await rig.press('y');
	expect(rig.asked).toEqual([{type: 'approval.allow', id: 'a-22bc', scope: 'once', by: 'dashboard'}]);
	rig.store.setStatus(aStatus({approvals: []}));
	expect(await rig.text()).toMatch(/Morning report[\s\S]*a-22bc {2}answered/);
	await rig.press('j', 'e');
	expect(rig.left()).toBe('edit {"kind":"mission","id":"m-words1"}');
});

test('a long night is scrolled, and what is selected is always seen', async () => {
	const rig = show(80, 24, report({done: Array.from({length: 40}, (_, n) => mission(`m-d${n}`, {state: 'done'}))}));
	await rig.press('M', ...Array.from({length: 39}, () => 'j'));
	expect(await rig.text()).toMatch(/Title of m-d39[\s\S]*40 of 40/);
	await rig.press(...Array.from({length: 39}, () => 'k'));
	expect(await rig.text()).toMatch(/Done[\s\S]*Title of m-d0 /);
	for (const [key, where] of [
		...[['G', 40] as const, ['g', 1] as const, ['\u001b[6~', 7] as const, [' ', 13] as const],
		...[['\u001b[5~', 7] as const, ['\u001b[F', 40] as const, ['b', 34] as const, ['\u001b[H', 1] as const],
	]) {
		await rig.press(key);
		expect(await rig.text()).toContain(`${where} of 40`);
	}
});

test.each([
	[80, 24],
	[120, 40],
	[200, 50],
])('at %i×%i hostile text stays within its row', async (columns, rows) => {
	const evil = `\u001b[2J\u001b]52;c;eA==\u0007\u202e${'日本語'.repeat(60)}\nnew line`;
	const rig = show(
		columns,
		rows,
		report({
			needsYou: [mission('m-evil01', {title: evil, why: evil})],
			questions: [{missionId: 'm-evil01', title: evil, text: evil}],
			done: [mission('m-evil02', {state: 'done', title: evil, summary: evil, branch: evil})],
			halts: [{why: evil, from: at(-30)}],
		}),
	);
	await rig.press('M');
	expect(await rig.text()).toContain('failed');
	expect(await rig.overflow()).toEqual([]);
	expect(rig.written()).not.toMatch(/\u001b\]52|\u202e/);
});

test('while nothing can be expected yet, that is said; with tokens that nobody tells, minutes are', async () => {
	const {against: _none, ...spent} = report().spent;
	const rig = show(80, 24, report({spent}));
	await rig.press('M');
	expect(await rig.text()).toContain('Cost  no estimate yet');
	expect(
		costLine(
			report({
				spent: {
					...spent,
					against: {...{missions: 1, ended: 1, minutes: 2}, ...{tokens: 0, expectedMinutes: 3, expectedTokens: 0}},
				},
			}),
		),
	).toBe('2m, estimated 3m (1 mission)');
});

test('a night in which nothing happened says so', async () => {
	const rig = show(80, 24, report({spent: {sessions: 0, costUsd: 0, tokens: 0, durationMs: 0, windows: []}}));
	await rig.press('M');
	expect(await rig.text()).toMatch(
		/No mission has ended\.[\s\S]*Spent nothing: no session ran\W+(Quota[^\n]+\W+)?Next/,
	);
	await rig.press('\r');
	expect(await rig.text()).toContain('Morning report');
});

test('a mission that is read before the pilot has answered has its name and reason as soon as it does', async () => {
	const rig = renderAt(80, 24, {morning: night});
	open.push(rig);
	await rig.press('M', 'o');
	expect(await rig.text()).toContain('^m-fail01');
	rig.store.setStatus(
		aStatus({missions: [aMission('m-fail01', {state: 'failed', title: 'By name', why: 'exit 1 of it'})]}),
	);
	expect(await rig.text()).toMatch(/\^m-fail01 {2}By name[\s\S]*exit 1 of it/);
});
