import {afterEach, describe, expect, test} from 'vitest';
import {aFact, aMission, aNight, aSession, aStatus} from '../view/a-status.js';
import {type Rig, renderAt} from './render-at.js';

const open: Rig[] = [];
afterEach(() => {
	for (const rig of open.splice(0)) rig.close();
});

const hostile: Readonly<Record<string, string>> = {
	chinese: '漢字かな交じり文と한국어를 함께 쓰는 아주 긴 제목입니다'.repeat(12),
	emoji: '👨‍👩‍👧‍👦🏳️‍🌈👍🏽❤️🇩🇪1️⃣⚠️✈️'.repeat(30),
	'right to left': 'שלום עולם مرحبا بالعالم \u202e evil \u2066 isolate'.repeat(8),
	marks: 'Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306a\u0323\u0324l\u0489go'.repeat(40),
	long: 'x'.repeat(500),
	'cursor moves': '\u001b[2J\u001b[1;1Howned\u001b[999C\u001b[31mred\u001b[?1049l'.repeat(3),
	titles: '\u001b]0;owned\u0007\u001b]52;c;aGk=\u0007\u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\',
	'half a sequence': 'before \u001b]0;never ended '.repeat(4),
	controls: 'a\rb\nc\td\be\u0000f\u007fg\u0085h\u009b31mi',
	halves: '\ud83d lonely \udc00',
};

describe.each([
	[60, 15],
	[60, 50],
	[80, 24],
	[120, 40],
	[200, 50],
	[300, 100],
])('at %i×%i', (columns, rows) => {
	test.each(Object.keys(hostile))('%s cannot leave its place', async name => {
		const text = hostile[name] ?? '';
		const rig = renderAt(columns, rows);
		open.push(rig);
		const mission = {title: text, why: text, target: text, source: text};
		rig.store.setStatus(
			aNight({
				missions: [aMission('m-run001', {...mission, state: 'in-progress'}), aMission('m-wait01', mission)],
				problems: [text],
				sessions: [aSession('s-1', 'm-run001', {agent: text, why: text})],
				memory: [{kind: 'learning', text}],
				reach: [text],
				machine: text,
				next: {what: text, why: text},
				git: {branch: text, remote: 'origin', ahead: 0, behind: 0, trouble: text},
				recent: [aFact(1, text), aFact(2, 'the last fact')],
			}),
		);
		const written = rig.written().length;
		const lines = await rig.lines();
		expect(await rig.overflow()).toEqual([]);
		expect(lines).toHaveLength(rows);
		expect(lines[0]).toContain('my-workspace');
		expect(lines.at(-1)).toContain('n new');
		for (const key of ['\r', 'x', 'z']) {
			await rig.press(key);
			expect(await rig.overflow()).toEqual([]);
		}
		const sent = rig.written().slice(written);
		expect(sent).not.toContain('\u001b]');
		expect(sent).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
		expect(sent).not.toContain('owned\u0007');
	});
});

describe.each([
	[20, 1],
	[7, 2],
	[59, 3],
	[40, 14],
	[300, 12],
])('in the lines of %i×%i', (columns, rows) => {
	test.each(Object.keys(hostile))('%s cannot leave its place', async name => {
		const text = hostile[name] ?? '';
		const rig = renderAt(columns, rows);
		open.push(rig);
		rig.store.setStatus(
			aNight({
				missions: [
					aMission('m-run001', {title: text, why: text, state: 'in-progress'}),
					aMission('m-fail01', {title: text, why: text, state: 'failed'}),
				],
				next: {what: text, why: text},
			}),
		);
		expect(await rig.overflow()).toEqual([]);
		expect(await rig.lines()).toHaveLength(rows);
		expect(rig.written()).not.toContain('\u001b]');
	});
});

test('other machines with hostile names are as harmless', async () => {
	const rig = renderAt(200, 50);
	open.push(rig);
	const machines = Object.values(hostile).map(name => ({name, missions: [name]}));
	rig.store.setStatus(aNight({machines}));
	expect(await rig.overflow()).toEqual([]);
	expect(rig.written()).not.toContain('\u001b]');
});

test('a hostile answer and a hostile workspace name are as harmless', async () => {
	const rig = renderAt(80, 24, {answer: {ok: false, say: hostile.titles ?? '', todo: hostile.chinese ?? ''}});
	open.push(rig);
	rig.store.setStatus(aStatus({missions: [aMission('m-wait01')]}));
	await rig.press('s');
	expect(await rig.text()).toContain('» link 漢字');
	expect(await rig.overflow()).toEqual([]);
	expect(rig.written()).not.toContain('\u001b]');
});
