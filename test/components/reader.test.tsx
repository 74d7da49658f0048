import {afterEach, expect, test} from 'vitest';
import type {Page} from '../../src/view/page.js';
import {aMission, aNight, aStatus} from '../view/a-status.js';
import {type RenderOptions, type Rig, renderAt} from './render-at.js';

const open: Rig[] = [];
afterEach(() => {
	for (const rig of open.splice(0)) rig.close();
});

const mission: readonly Page[] = [
	{title: 'Mission', kind: 'markdown', text: 'What it is about.'},
	{
		title: 'Report',
		kind: 'markdown',
		text: `# Found\n\n${Array.from({length: 60}, (_, n) => `Word ${n}.`).join('\n')}\n\n# Left`,
	},
	{title: 'Changes', kind: 'diff', text: 'diff --git a/x b/x\n+one\n-two'},
];
const journal: readonly Page[] = [{title: '2026-11-20', kind: 'markdown', text: '# Journal of 2026-11-20'}];

function show(columns = 80, rows = 24, options: RenderOptions = {}): Rig {
	const rig = renderAt(columns, rows, {pages: {mission, journal}, ...options});
	open.push(rig);
	rig.store.setStatus(aNight());
	return rig;
}

test.each([
	[80, 24],
	[120, 40],
	[200, 50],
])('Enter reads a mission in %i×%i: why it waits, its report, its changes', async (columns, rows) => {
	const rig = show(columns, rows);
	await rig.press('\r');
	const first = await rig.text();
	expect(first).toContain('^m-run001');
	expect(first).toContain('▶ running');
	expect(first).toContain('What it is about.');
	await rig.press('\t');
	expect(await rig.text()).toContain('Word 3.');
	expect(await rig.text()).toMatch(/1–\d+ of 64/);
	await rig.press('n');
	expect(await rig.text()).toContain('Left');
	await rig.press('3');
	expect(await rig.text()).toContain('-two');
	expect(await rig.overflow()).toEqual([]);
	await rig.press('q');
	expect(await rig.text()).not.toContain('-two');
	expect(rig.asked).toEqual([]);
});

const spread = (p50: number, p90: number) => ({p50, p90, n: 14});
const estimate = {of: 'kind' as const, minutes: spread(9, 20), tokens: spread(25_000, 60_000)};

test.each([
	[80, 24],
	[120, 40],
	[200, 50],
])('at %i×%i a mission is read with what it takes against what such missions take', async (columns, rows) => {
	const rig = show(columns, rows);
	const flat = async () => (await rig.text()).replaceAll(/[\s│]+/g, ' ');
	rig.store.setStatus(aNight({estimates: {kinds: {read: estimate}, all: {...estimate, of: 'all'}}}));
	await rig.press('\r');
	expect(await flat()).toContain(
		'Running for 3m, 12k tokens, $0.42; usually 9m, 25k tokens (p50 of 14), 20m at worst (p90)',
	);
	await rig.press('q', 'j', '\r');
	expect(await flat()).toContain('Usually 9m, 25k tokens (p50 of 14), 20m at worst (p90)');
	expect(await flat()).not.toContain('Running for');
	expect(await rig.overflow()).toEqual([]);
});

test('a mission that waits before anything is known says so; one that ended expects nothing', async () => {
	const rig = show();
	await rig.press('j', '\r');
	expect(await rig.text()).toMatch(/○ waiting: [\s\S]*No estimate yet/);
	const other = show();
	other.store.setStatus(aStatus({missions: [aMission('m-fail01', {state: 'failed'})]}));
	await other.press('\r');
	expect(await other.text()).toMatch(/✗ failed/);
	expect(await other.text()).not.toContain('estimate');
});

test('keys pressed fast all count', async () => {
	const rig = show();
	await rig.press('\r', '2', 'jjjj');
	expect(await rig.text()).toMatch(/5–\d+ of 64/);
});

test('J reads the journal, and Esc comes back', async () => {
	const rig = show();
	await rig.press('J');
	expect(await rig.text()).toContain('Journal of 2026-11-20');
	await rig.press('\u001b');
	await expect.poll(() => rig.text()).not.toContain('Journal of 2026-11-20');
});

test('what cannot be read is said, beside what is known', async () => {
	const pages = {mission: [{title: 'Trouble', kind: 'plain' as const, text: 'EACCES'}]};
	const rig = show(80, 24, {pages});
	await rig.press('\r');
	expect(await rig.text()).toMatch(/▶ running[\s\S]*EACCES/);
});

test('it stays with its mission when the queue moves under it', async () => {
	const rig = show();
	await rig.press('\r');
	rig.store.setStatus(aStatus({missions: [aMission('m-other1', {title: 'Another one.'})]}));
	expect(await rig.text()).toContain('^m-run001');
});

test('hostile text stays within its row', async () => {
	const text = 'a\u001b[2J\u001b]52;c;eA==\u0007\u202eb';
	const rig = show(80, 24, {pages: {mission: [{title: 'x\u001b[1m', kind: 'plain', text}]}});
	await rig.press('\r');
	expect(await rig.text()).toContain('ab');
	expect(rig.written()).not.toMatch(/\u001b\]52|\u202e/);
});

test.each([
	[80, 24],
	[120, 40],
	[200, 50],
])(
	'at %i×%i a diff of several files lists them, is jumped through by file, and says which one is seen',
	async (columns, rows) => {
		const file = (name: string) =>
			[
				`diff --git a/${name} b/${name}`,
				'@@ -1 +1 @@',
				...Array.from({length: 60}, (_, n) => `+${'日本語'.repeat(20)}${n}`),
			].join('\n');
		const changes = {
			title: 'Changes',
			kind: 'diff' as const,
			text: `${file('src/first.ts')}\n${file('src/日本/第二のとても長い名前のファイル.ts')}`,
		};
		const rig = show(columns, rows, {pages: {mission: [{title: 'Mission', kind: 'plain', text: ''}, changes]}});
		await rig.press('\r', '2');
		expect(await rig.text()).toMatch(/\+60 -0 {2}src\/first\.ts[\s\S]*\+60 -0 {2}src\/日本/);
		await rig.press('n', 'j');
		expect(await rig.text()).toMatch(/first\.ts 1\/2 {2}\d+–\d+ of \d+/);
		await rig.press('n', 'j');
		expect(await rig.text()).toMatch(/第二.* 2\/2 /);
		expect(await rig.overflow()).toEqual([]);
	},
);
