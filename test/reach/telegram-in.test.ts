import {expect, test} from 'vitest';
import {FakeBotApi} from '../fakes/telegram-bot-api.js';
import {ada, createDisk, eventually, idle, launch, quick} from './rig.js';

const texts = (api: FakeBotApi) => api.sent.map(({text}) => text);

test('a text becomes a mission, and its id is the answer', async () => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	await using rig = await launch(api, {disk});
	const id = api.say(ada, 'Fix the login\nIt fails with <b>umlauts</b> & "quotes"\n\nsince Monday');

	await eventually('an answer', () => api.sent.length === 1);
	expect(disk.commands).toEqual([
		{
			type: 'mission.add',
			title: 'Fix the login',
			description: 'It fails with <b>umlauts</b> & "quotes"\n\nsince Monday',
			source: `telegram:${id}`,
		},
	]);
	expect(texts(api)).toEqual(['Done as told.\nm-abc123']);
	expect(rig.reach.states()).toEqual(['telegram: on (@pilot_bot)']);
	expect(disk.state.lastUpdateId).toBe(id);
	expect(api.violations).toEqual([]);
});

test('what is asked is listed, what holds something up first, and answered with one tap', async () => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	const one = {missionId: 'm-1a2b3c', why: '', onTimeout: 'deny', askedAt: '2026-11-20T10:00:00.000Z'} as const;
	const asked = {
		...one,
		kind: 'proposal',
		approvalId: 'a-prop',
		what: 'Mend it',
		consequences: 'It is queued.',
	} as const;
	const wanted = {
		...one,
		kind: 'permission',
		approvalId: 'a-4k2p',
		what: 'wants to run a command',
		command: 'rm -rf <b>build',
		consequences: 'At once.',
		deadline: new Date(Date.now() + 3_600_000).toISOString(),
	} as const;
	await using _rig = await launch(api, {disk, status: {...idle, approvals: [asked, wanted]}});
	api.say(ada, '/approve');
	await eventually('the list', () => api.sent.length === 1);
	expect(texts(api)[0]).toMatch(
		/^2 asked\nm-1a2b3c wants to run a command \(no answer in \d+ min counts as no\)\nrm -rf <b>build\nAt once\.\n\/approve_4k2p or \/deny_4k2p\nm-1a2b3c Mend it\n/,
	);
	api.say(ada, '/approve_4k2p');
	api.say(ada, '/deny_prop No need');
	await eventually('both dealt with', () => disk.commands.length === 2);
	expect(disk.commands).toEqual([
		{type: 'approval.allow', id: 'a-4k2p', scope: 'once', by: 'telegram'},
		{type: 'approval.deny', id: 'a-prop', note: 'No need', by: 'telegram'},
	]);
});

test('commands reach the pilot, queries are answered from its status', async () => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	await using _rig = await launch(api, {disk});
	const usage = 'Current session: 23% used · resets 1:10pm (Europe/Paris)';
	for (const text of [
		'/pause',
		'/resume@pilot_bot',
		'/skip m-1a2b3c',
		'/requeue ^m-1a2b3c',
		'/stop m-1a2b3c',
		'/stop',
		usage,
	])
		api.say(ada, text);
	for (const text of ['/status@other_bot', '/status', '/queue', '/usage', '/help', '/skip', '/dance'])
		api.say(ada, text);

	await eventually('all dealt with', () => api.pending === 0 && texts(api).join('\n').includes('/dance'));
	const by = 'telegram';
	expect(disk.commands).toEqual([
		{type: 'pilot.pause', by},
		{type: 'pilot.resume', by},
		{type: 'mission.skip', id: 'm-1a2b3c', by},
		{type: 'mission.requeue', id: 'm-1a2b3c', by},
		{type: 'session.stop', id: 'm-1a2b3c', by},
		{type: 'pilot.stop', by},
		{type: 'usage.paste', text: usage},
	]);
	const told = texts(api).join('\n');
	expect(told.match(/running on ship/g)).toHaveLength(1);
	expect(told).toContain('next: nothing (the queue is empty)');
	expect(told).toContain('usage limits: not known yet');
	expect(told).toContain('Which mission? Write it like this: /skip m-abc123');
	expect(told).toContain('/dance is not something I know.');
	expect(api.violations).toEqual([]);
});

test('strangers get silence, and one line an hour tells who they are', async () => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	await using rig = await launch(api, {disk});
	for (let count = 0; count < 30; count++) api.say(666, count % 2 ? '/stop' : 'let me in');

	await eventually('all confirmed', () => api.pending === 0);
	expect(api.sent).toEqual([]);
	expect(disk.commands).toEqual([]);
	expect(rig.warnings).toEqual(['telegram: a message from chat 666 ignored: not in telegram.chatIds']);
});

test.each([
	[{chatIds: []}, 'telegram: off (telegram.chatIds is empty)'],
	[{token: undefined}, 'telegram: off (no TELEGRAM_BOT_TOKEN)'],
	[{token: 'my token'}, 'telegram: off (TELEGRAM_BOT_TOKEN does not look like the token of a bot)'],
])('not configured, it calls nobody: %j', async (overrides, state) => {
	await using api = new FakeBotApi();
	await using rig = await launch(api, {overrides});
	await new Promise(resolve => setTimeout(resolve, 50));
	expect(rig.reach.states()).toEqual([state]);
	expect(api.calls).toEqual([]);
});

test('a command from three hours ago is asked for again; missions and queries of that age are fine', async () => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	const agoMs = 3 * 3_600_000;
	for (const text of ['/stop', '/skip m-1a2b3c', 'Fix the login', '/status']) api.say(ada, text, {agoMs});
	await using _rig = await launch(api, {disk});

	await eventually('all answered', () => texts(api).join('\n').includes('running on ship'));
	expect(disk.commands.map(({type}) => type)).toEqual(['mission.add']);
	expect(
		texts(api)
			.join('\n')
			.match(/Sent 3 h ago: send it again if you still want it\./g),
	).toHaveLength(2);
});

test('with a clock that is an hour fast, what has just been sent is not old', async () => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	await using rig = await launch(api, {disk});
	await eventually('on', () => rig.reach.states()[0]?.includes('on (@') ?? false);
	await eventually('a poll came back empty', () => api.calls.filter(({method}) => method === 'getUpdates').length > 1);
	api.say(ada, '/pause', {agoMs: 3_600_000});
	await eventually('an effect', () => disk.commands.length === 1);
});

test('ten thousand messages do no harm', async () => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	for (let count = 0; count < 5000; count++) {
		api.say(666, '/stop');
		api.say(ada, `Mission ${count}`);
	}
	api.say(ada, '/pause');
	await using rig = await launch(api, {disk});

	await eventually('all confirmed', () => api.pending === 0);
	expect(disk.commands.filter(({type}) => type === 'mission.add').length).toBeLessThanOrEqual(40);
	expect(disk.commands.at(-1)?.type).toBe('pilot.pause');
	await eventually('the last answer', () => texts(api).at(-1)?.endsWith('Done as told.') ?? false);
	expect(api.sent.length).toBeLessThan(1000);
	expect(rig.reach.states()).toEqual(['telegram: on (@pilot_bot)']);
	expect(api.violations).toEqual([]);
}, 15_000);

test('after a week of quiet, update ids may start again lower', async () => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	disk.emit('reach.taken', {updateId: 900_000_000});
	await using _rig = await launch(api, {disk});
	api.say(ada, 'Fix the login', {updateId: 5000});
	api.say(ada, 'Fix the logout');
	await eventually('both added', () => disk.commands.length === 2 && api.pending === 0);
});

test('what cannot be done is answered with the reason', async () => {
	await using api = new FakeBotApi();
	await using _rig = await launch(api, {
		overrides: {send: () => Promise.reject(new Error('the disk is full'))},
	});
	api.say(ada, 'Fix the login');
	await eventually('an answer', () => api.sent.length === 1);
	expect(texts(api)).toEqual(['That did not work.\nthe disk is full']);
});

test('a status with everything in it', async () => {
	await using api = new FakeBotApi();
	const now = Date.now();
	const at = (ms: number) => new Date(now + ms).toISOString();
	const mission = {
		id: 'm-1a2b3c',
		title: 'Fix the login',
		state: 'in-progress',
		priority: 3,
		access: 'write',
		source: 'file',
		why: '',
		line: 4,
	} as const;
	const session = {
		id: 's-1',
		missionId: mission.id,
		agent: 'claude',
		simulated: false,
		phase: 'busy',
		startedAt: at(-12 * 60_000),
		why: '',
		turns: 3,
		costUsd: 0.4,
		tokens: 100,
		taken: false,
		takesKeys: false,
	} as const;
	const status = {
		...idle,
		next: {what: 'm-7c1x0a', at: at(7_830_000), why: 'parked: 5-hour limit'},
		sessions: [session],
		missions: [mission],
		queue: {...idle.queue, inProgress: 1, failed: 2, done: 17},
		budget: {
			...idle.budget,
			windows: [{kind: 'five_hour', usedPercent: 42, resetsAt: at(7_830_000), source: 'stream', measuredAt: at(0)}],
			costTodayUsd: 1.2,
			runsToday: 4,
			runsPerDay: 20,
		},
		problems: ['missions.md line 3: no title'],
	};
	await using _rig = await launch(api, {status, overrides: {timing: {...quick, callTimeoutMs: 2000}}});
	api.say(ada, '/status');
	await eventually('an answer', () => api.sent.length === 1);
	expect(texts(api)[0]?.split('\n')).toEqual([
		'running on ship',
		'm-1a2b3c Fix the login (claude, busy, 12 min)',
		'next: m-7c1x0a in 2 h 10 min (parked: 5-hour limit)',
		'queue: 1 in progress, 2 failed, 17 done',
		'5 hours: 42 % used, resets in 2 h 10 min',
		'today: 4 of 20 runs, $1.20',
		'problem: missions.md line 3: no title',
	]);
});
