import {afterEach, describe, expect, test} from 'vitest';
import type {Status} from '../../src/domain/status.js';
import {aMission, aNight, aSession, aStatus, at, nowMs} from '../view/a-status.js';
import {type RenderOptions, type Rig, renderAt} from './render-at.js';

const open: Rig[] = [];
afterEach(() => {
	for (const rig of open.splice(0)) rig.close();
});

function show(columns: number, rows: number, status?: Status, options?: RenderOptions): Rig {
	const rig = renderAt(columns, rows, options);
	open.push(rig);
	if (status) rig.store.setStatus(status);
	return rig;
}

const sizes = [
	[80, 24],
	[120, 40],
	[200, 50],
] as const;

describe.each(sizes)('at %i×%i', (columns, rows) => {
	test('a night is read at a glance', async () => {
		const rig = show(columns, rows, aNight());
		const text = await rig.text();
		for (const words of [
			'my-workspace',
			'▶ running',
			'now: Find the slow query',
			'main ↑2 ↓0',
			'telegram: on',
			'1 watching',
		])
			expect(text).toContain(words);
		for (const words of [
			'Find the slow query',
			'Write the release n',
			'Audit the routes',
			'13:05',
			'Move to the new API',
		])
			expect(text).toContain(words);
		expect(text).toMatch(/✗ 1\b/);
		expect(text).toMatch(/━━ Queue ━*/);
		expect(text).toMatch(/▶ {2,}Find/);
		expect(text).toMatch(/○ ! +Write/);
		expect(text).toContain('^m-run001 claude ▶ busy');
		expect(text).toContain('stream: Bash npm test');
		expect(text).toContain('7 turns  12k tokens  $0.42');
		expect(text).toMatch(/5-hour .*42 % used, 48 left( of 90)?( \(pilot ≤ 13 %\),)? +resets (14:05, )?(in )?2h05m/);
		expect(text).toMatch(/weekly opus .*91 % used, 0 left/);
		expect(text).toContain('runs today 3 of 20, $1.50');
		expect(text).toContain(columns > 80 ? '1.2M for you' : '▓ pilot ≤ 13 % of 5-hour');
		expect(text).toContain('added from cli: Write the release notes');
		expect(text).toMatch(/q quit/);
	});

	test('fills the window and no more', async () => {
		const lines = await show(columns, rows, aNight()).lines();
		expect(lines).toHaveLength(rows);
		expect(lines[0]).toContain('my-workspace');
		expect(lines.at(-1)).toContain('? help');
		expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(columns);
	});

	test('an empty workspace teaches', async () => {
		const text = await show(columns, rows, aStatus()).text();
		expect(text).toContain('The queue is empty.');
		expect(text).toContain('No session runs.');
		expect(text).toContain('pilot-tui add "Title"');
		expect(text).toContain('next: wait: nothing is pending in missions.md');
		expect(text).toContain('quota: unknown');
	});

	test('says so while nobody answers', async () => {
		const rig = show(columns, rows);
		expect(await rig.text()).toContain('looking for the pilot');
		rig.store.setStatus(aNight());
		rig.store.setAnswering(false);
		expect(await rig.text()).toContain('! pilot does not answer, looking again');
	});

	test('the rows of a session fill the hole it reported', async () => {
		const rig = show(columns, rows, aNight());
		await rig.lines();
		const hole = rig.holes.at(-1);
		if (!hole) throw new Error('no hole');
		const wanted = Array.from({length: hole.rows}, (_, row) => `${row}`.padEnd(hole.cols - 1, '.').concat('|'));
		rig.show({
			type: 'frame',
			sessionId: 's-1',
			cols: hole.cols,
			rows: hole.rows,
			whole: true,
			cursor: null,
			changed: wanted.map((content, row) => [row, `\u001b[32m${content}\u001b[0m`, content.length]),
		});
		const lines = await rig.lines();
		const seen = lines.slice(hole.y, hole.y + hole.rows).map(line => line.slice(hole.x, hole.x + hole.cols));
		expect(seen).toEqual(wanted);
		expect(hole.rows).toBeGreaterThanOrEqual(8);
	});
});

test('at 80×24 the queue has six rows and the selected reason is whole', async () => {
	const why =
		'waits for ^m-aaaaaa, which is blocked because nobody has told it which of the two databases it may look at';
	const missions = Array.from({length: 30}, (_, n) =>
		aMission(`m-${String(n).padStart(6, '0')}`, {title: `Number ${n}`, why}),
	);
	const rig = show(80, 24, aStatus({missions}));
	const text = await rig.text();
	expect(text.match(/○ .*Number \d+/g)).toHaveLength(5);
	expect(text).toContain('… 25 more');
	expect(text.replaceAll(/\s+/g, ' ')).toContain(why);
});

test('memory and activity have panels of their own where there is room', async () => {
	const text = await show(120, 40, aNight()).text();
	expect(text).toContain('── Memory');
	expect(text).toContain('preference: Short commit messages');
	expect(text).toContain('── Activity');
});

test('a simulated session always says so', async () => {
	const sessions = [aSession('s-1', 'm-run001', {agent: 'demo', simulated: true})];
	for (const [columns, rows] of [[60, 15], ...sizes]) {
		expect(await show(columns, rows, aNight({sessions})).text()).toContain('demo (simulated)');
	}
});

test('a window that was reset since it was read is unknown', async () => {
	const windows = [{kind: 'five_hour', usedPercent: 99, resetsAt: at(-1), source: 'stream', measuredAt: at(-30)}];
	const text = await show(80, 24, aStatus({budget: {...aStatus().budget, windows}})).text();
	expect(text).toContain('5-hour unknown since its reset');
	expect(text).not.toContain('99 %');
});

test('git trouble stands in the header', async () => {
	const git = {
		branch: 'main',
		remote: 'origin',
		ahead: 9,
		behind: 1,
		trouble: 'sync is held: missions.md has two sides',
	};
	expect(await show(80, 24, aStatus({git})).text()).toContain('main ↑9 ↓1 ! sync is held: missions.md');
});

test('a window too small for panels says line by line what matters most', async () => {
	const lines = await show(50, 10, aNight()).lines();
	expect(lines[0]?.trimEnd()).toBe('▶ running  ■ 1 blocked  ? 1 unproven  ✗ 1 failed');
	expect(lines[1]).toContain('▶ Find the slow query: stream: Bash npm test');
	expect(lines[2]).toContain('next: wait');
	expect(lines.join('\n')).toContain('■ Move to the new API: needs a key that only');
	expect(lines.join('\n')).toContain('runs today 3 of 20');
});

test.each([
	[80, 3, ['▶ running', '1 failed', '1 session', '2 waiting', '▶ Find the slow query', 'next: wait']],
	[120, 1, ['▶ running', '1 failed', '1 session', '2 waiting', 'weekly opus 91 %', 'now: Find the slow query']],
	[20, 1, ['▶ running']],
	[6, 1, ['▶ run…']],
	[1, 1, ['…']],
])('%i×%i is a status line', async (columns, rows, told) => {
	const rig = show(columns, rows, aNight());
	const text = await rig.text();
	for (const words of told) expect(text).toContain(words);
	expect(await rig.overflow()).toEqual([]);
});

const asked = {
	...({
		approvalId: 'a-0001',
		kind: 'permission',
		missionId: 'm-run001',
		what: 'wants to run a command',
		why: '',
	} as const),
	...({consequences: '', onTimeout: 'deny', askedAt: at(-1)} as const),
};

test('a status line says that questions wait, and that nobody answers', async () => {
	const rig = show(40, 3, aNight({approvals: [asked]}));
	expect(await rig.text()).toContain('! waits for you  ! 1 question');
	rig.store.setAnswering(false);
	expect((await rig.text()).trim()).toBe('! pilot does not answer');
});

test('the header tells what comes next, other machines and what they hold, and only a bad lag', async () => {
	const machines = [{name: 'desk-77', seenAt: at(-3), missions: ['m-desk01', 'm-desk02']}];
	const next = {what: '^m-wait02', at: at(122), why: '5-hour window resets'};
	const lag = {p50Ms: 12, p99Ms: 20, maxMs: 400};
	const rig = show(160, 40, aNight({machines, next, lag}));
	const [first, second] = await rig.lines();
	expect(first).toContain('▶ running  autonomous  now: Find the slow query');
	expect(second).toContain('next: at 14:02 Audit the routes: 5-hour window resets');
	expect(second).toContain('desk-77 3m ago, holds ^m-desk01 and 1 more');
	rig.store.setStatus(aNight({lag: {...lag, p50Ms: 1400}, mode: 'supervised'}));
	const [slow] = await rig.lines();
	expect(slow).toContain('! answers 1.4s late');
	expect(slow).toContain('supervised');
});

test('while a mission runs that is itself next, the header names the one after it', async () => {
	const next = {what: '^m-run001', why: 'Find the slow query'};
	const reach = ['telegram: off (no TELEGRAM_BOT_TOKEN)'];
	const [, second] = await show(120, 40, aNight({next, reach})).lines();
	expect(second).toContain('next, when a session ends: Write the release notes');
	expect(second).toContain('telegram: off  ');
	const [, wide] = await show(200, 50, aNight({next, reach})).lines();
	expect(wide).toContain('telegram: off (no TELEGRAM_BOT_TOKEN)');
});

test('in a narrow header what comes next outlasts who watches', async () => {
	const next = {what: '^m-wait02', at: at(122), why: '5-hour window resets'};
	const [, second] = await show(60, 50, aNight({next, watchers: 3})).lines();
	expect(second).toContain('next: at 14:02 Audit the routes');
	expect(second).not.toContain('watching');
});

test('follows the window as it grows and shrinks', async () => {
	const rig = show(80, 24, aNight());
	expect(await rig.text()).not.toContain('Memory');
	await rig.resize(120, 40);
	expect(await rig.text()).toContain('Memory');
	expect(rig.holes.at(-1)).toMatchObject({sessionId: 's-1', cols: 71});
	await rig.resize(50, 10);
	expect(rig.holes.at(-1)).toBeUndefined();
	await rig.resize(80, 24);
	expect((await rig.lines())[0]).toContain('my-workspace');
});

test('without colour nothing is lost but the colour', async () => {
	const coloured = show(120, 40, aNight());
	const plain = show(120, 40, aNight(), {colour: false});
	expect(await plain.text()).toBe(await coloured.text());
	const styled = await plain.styled();
	expect(styled).not.toMatch(/\u001b\[(?:[\d;]*;)?(?:3|4|9|10)\dm/);
});

test('a second that changes nothing to read draws nothing', async () => {
	const rig = show(120, 40, aNight());
	await rig.lines();
	const before = rig.written().length;
	for (const seconds of [1, 5, 9]) {
		rig.store.tick(nowMs + seconds * 1000);
		await rig.lines();
	}
	expect(rig.written().length).toBe(before);
	rig.store.tick(nowMs + 60_000);
	await rig.lines();
	expect(rig.written().length).toBeGreaterThan(before);
});

test('the window is never cleared while frames come', async () => {
	const rig = show(80, 24, aNight());
	await rig.lines();
	const before = rig.written().length;
	for (let n = 0; n < 5; n++) {
		const changed = [[3, `line ${n}`, 6]] as const;
		rig.show({type: 'frame', sessionId: 's-1', cols: 80, rows: 8, whole: false, cursor: null, changed});
		await rig.lines();
	}
	const written = rig.written().slice(before);
	expect(written).not.toContain('\u001b[2J');
	expect(written).not.toContain('\u001b[J');
	expect(written.length).toBeLessThan(2000);
});

test('in a free row of a small window stands which size shows more, and which keys work; what a key did is read whole', async () => {
	const rig = show(50, 12, aNight());
	expect(await rig.text()).toContain('60×15 shows the panels  p pause  ? help  q quit');
	rig.store.say('A long answer that says what went wrong and then says what to do about it, in two rows.', 'bad');
	expect(await rig.text()).toMatch(/▶ running[\s\S]*» A long answer that says[^\n]+\n[^\n]*in two rows\./);
	expect(await rig.overflow()).toEqual([]);
	const narrow = show(20, 12, aNight());
	expect(await narrow.text()).toMatch(/\n\? help {2}q quit *(\n|$)/);
	expect((await show(50, 2, aNight()).text()).includes('60×15')).toBe(false);
});

test.each([
	[60, 15],
	[80, 24],
	[200, 50],
])(
	'at %i×%i what is said is never cut: it lies over the rows above it until it was read or a key is pressed',
	async (columns, rows) => {
		const rig = show(columns, rows, aNight());
		const before = await rig.lines();
		const said = `${'What happened, and what to do about it. '.repeat(8)}THE END`;
		rig.store.say(said, 'bad');
		const lines = await rig.lines();
		expect(lines.join(' ').replaceAll(/\s+/g, ' ')).toContain(`» ${said}`);
		expect(lines.at(-1)).toBe(before.at(-1));
		expect(lines.slice(0, 4)).toEqual(before.slice(0, 4));
		expect(await rig.overflow()).toEqual([]);
		rig.store.tick(nowMs + 16_000);
		expect(await rig.text()).toContain('THE END');
		rig.store.tick(nowMs + 200_000);
		expect(await rig.text()).not.toContain('THE END');
	},
);

test.each([
	[60, 15],
	[60, 18],
	[80, 16],
])('%i×%i: with no quota known no row is drawn over another', async (columns, rows) => {
	const text = await show(columns, rows, aStatus({budget: {...aStatus().budget, windows: []}})).text();
	expect(text).toMatch(/^quota: unknown, nothing has reported it yet; u takes/m);
	expect(text.split('\n').filter(line => /quota/.test(line) && /runs today/.test(line))).toEqual([]);
});
