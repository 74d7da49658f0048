import {expect, test} from 'vitest';
import type {Emit} from '../../src/domain/event.js';
import {FakeBotApi} from '../fakes/telegram-bot-api.js';
import {ada, createDisk, type Disk, eventually, launch, quick} from './rig.js';

const texts = (api: FakeBotApi) => api.sent.map(({text}) => text);
const run = {missionId: 'm-1a2b3c', attempt: 1};
const online = (emit: Emit) =>
	emit('pilot.started', {pid: 77, version: '0.1.0', machine: 'ship', epoch: 1, untilIdle: false});
const conclude = (emit: Emit, title: string, state: 'done' | 'failed' | 'unproven' = 'done', summary = '') =>
	emit('mission.concluded', {...run, title, state, why: '2 of 2 receipts hold', summary, reportKind: 'reported'});

/** A disk on which the alerts up to now are told. */
function disk(): Disk {
	const told = createDisk();
	online(told.emit);
	told.emit('alert.sent', {subscriber: 'telegram', upTo: 1});
	return told;
}

test('alerts tell what happened, in order, each once', async () => {
	await using api = new FakeBotApi();
	const all = disk();
	const {emit} = all;
	await using _rig = await launch(api, {disk: all});
	emit('session.started', {...run, sessionId: 's-1', agent: 'claude', resumed: false});
	emit('session.started', {...run, sessionId: 's-1', agent: 'claude', resumed: true});
	emit('question.asked', {...run, question: 'Which port?'});
	conclude(emit, 'Fix the login', 'done', 'It was the *cookie*_[.');
	emit('workspace.offline', {why: 'no route'});
	emit('workspace.offline', {why: 'no route'});
	emit('workspace.synced', {pulled: 0, pushed: true, merged: false});
	emit('workspace.offline', {why: 'no route'});
	emit('budget.warned', {key: 'k', why: '5-hour window at 81 %'});
	emit('account.parked', {kind: 'limit', why: '5-hour limit', until: '2026-11-20T13:10:00.000Z'});
	emit('account.unparked', {why: 'the window is open again'});
	emit('mission.proposed', {missionId: 'm-7c1x0a', title: 'Test the login', description: '', by: 'claude'});
	emit('mission.added', {missionId: 'm-7c1x0a', title: 'Test the login', source: 'agent:m-1a2b3c'});
	emit('mission.added', {missionId: 'm-7c1x0b', title: 'Mine', source: 'cli'});
	const permission = {
		approvalId: 'a-0001',
		kind: 'permission',
		missionId: run.missionId,
		what: 'wants to run a command',
	} as const;
	const hourLater = new Date(Date.parse(all.facts.at(-1)?.at ?? '') + 3_600_000).toISOString();
	const more = {
		why: 'Tidy',
		command: 'rm -rf build',
		consequences: 'Now.',
		deadline: hourLater,
		onTimeout: 'deny',
	} as const;
	emit('approval.asked', {...permission, ...more});
	emit('approval.asked', {...permission, ...more, approvalId: 'a-0002', kind: 'proposal'});
	emit('approval.settled', {...permission, answer: 'timeout', allowed: false, by: 'pilot'});
	emit('approval.settled', {...permission, approvalId: 'a-0002', answer: 'denied', allowed: false, by: 'you'});
	emit('pilot.stopped', {why: 'asked by you'});

	await eventually('the last alert', () => texts(api).at(-1)?.startsWith('Stopped') ?? false);
	expect(texts(api)).toEqual([
		'Started: m-1a2b3c\nm-1a2b3c with claude',
		'Question: m-1a2b3c\nWhich port?\nm-1a2b3c',
		'Done: Fix the login\nIt was the *cookie*_[.\n2 of 2 receipts hold\njournal: journal/2026-11-20.md (^m-1a2b3c)\nm-1a2b3c',
		'Offline: work goes on, nothing is pushed\nno route',
		'Offline: work goes on, nothing is pushed\nno route',
		'Budget: 5-hour window at 81 %',
		'Waiting: 5-hour limit\ngoes on by itself at 2026-11-20 13:10 UTC',
		'Going on: the window is open again',
		'Proposed: Test the login\nm-7c1x0a by claude; /approve says how to answer',
		'Permission: m-1a2b3c wants to run a command\nrm -rf build\nTidy\nNow.\n/approve_0001 or /deny_0001 within 60 min; no answer counts as no\nm-1a2b3c',
		'Not answered in time: wants to run a command\na-0001 m-1a2b3c',
		'Stopped on ship\nasked by you',
	]);
	expect(api.sent[2]?.entities).toEqual([{type: 'bold', offset: 0, length: 'Done: Fix the login'.length}]);
	expect(api.violations).toEqual([]);
});

test('who is new hears that the pilot is online, and nothing of the past', async () => {
	await using api = new FakeBotApi();
	const old = createDisk();
	conclude(old.emit, 'Old');
	online(old.emit);
	await using _rig = await launch(api, {disk: old});
	await eventually('an alert', () => api.sent.length > 0);
	conclude(old.emit, 'New');
	await eventually('another', () => api.sent.length > 1);
	expect(texts(api).map(text => text.split('\n')[0])).toEqual(['Online on ship', 'Done: New']);
});

test('an outage that was told before a restart is not told again', async () => {
	await using api = new FakeBotApi();
	const all = disk();
	all.emit('workspace.offline', {why: 'no route'});
	all.emit('alert.sent', {subscriber: 'telegram', upTo: all.facts.length});
	await using _rig = await launch(api, {disk: all});
	all.emit('workspace.offline', {why: 'no route'});
	conclude(all.emit, 'First');
	await eventually('an alert', () => api.sent.length > 0);
	expect(texts(api).map(text => text.split('\n')[0])).toEqual(['Done: First']);
});

test('every listed chat is told; one that blocked the bot is named in the state and does not hold up the others', async () => {
	await using api = new FakeBotApi();
	const all = disk();
	api.blocked.add(7);
	await using rig = await launch(api, {disk: all, overrides: {chatIds: [7, ada]}});
	conclude(all.emit, 'First');
	conclude(all.emit, 'Second');
	await eventually('both', () => api.sent.length === 2);
	expect(api.sent.map(({chatId}) => chatId)).toEqual([ada, ada]);
	await eventually(
		'told',
		() => all.state.cursors.telegram === all.facts.findLast(fact => fact.type === 'mission.concluded')?.seq,
	);
	expect(api.calls.filter(({payload}) => payload.chat_id === 7)).toHaveLength(2);
	expect(rig.reach.states()).toContain('telegram: chat 7: Forbidden: bot was blocked by the user');
});

test('after hours without a network all alerts come, in order, many of them as digests', async () => {
	await using api = new FakeBotApi();
	const all = disk();
	const door = await api.open();
	await door.close();
	await using rig = await launch(api, {disk: all, overrides: {apiRoot: door.url}});
	await eventually('trouble', () => rig.reach.states()[0]?.includes('cannot be reached') ?? false);
	for (let count = 0; count < 120; count++)
		conclude(all.emit, `Mission ${count} of many 🚀`, count % 10 ? 'done' : 'failed');
	await api.open(door.port);

	await eventually('the last', () => texts(api).at(-1)?.includes('Mission 119') ?? false);
	expect(api.sent.length).toBeLessThan(10);
	const numbers = [
		...texts(api)
			.join('\n')
			.matchAll(/Mission (\d+)/g),
	].map(match => Number(match[1]));
	expect(numbers).toEqual(Array.from({length: 120}, (_, index) => index));
	expect(texts(api)[1]).toMatch(/^\d+ alerts waited: \d+ failed, \d+ done\n/);
	expect(texts(api).every(text => text.length <= 4096)).toBe(true);
	expect(api.violations).toEqual([]);
});

test('a long text is split between lines or characters, never within one, and loses nothing', async () => {
	await using api = new FakeBotApi();
	await using _rig = await launch(api, {
		overrides: {
			send: async () => ({ok: true, say: 'Long', todo: '🚀'.repeat(400)}),
			status: () => {
				throw new Error('🙈'.repeat(6000));
			},
		},
	});
	api.say(ada, '/status');
	api.say(ada, 'Fix the login');
	await eventually('answers', () => texts(api).join('').includes('🚀'.repeat(400)));
	expect(texts(api).every(text => text.isWellFormed() && text.length <= 4096)).toBe(true);
	expect(api.violations).toEqual([]);
});

test('a 429 is waited for as long as it asks, and nothing comes twice', async () => {
	await using api = new FakeBotApi();
	const all = disk();
	api.next('sendMessage', {status: 429, description: 'Too Many Requests', parameters: {retry_after: 1}});
	await using _rig = await launch(api, {disk: all});
	conclude(all.emit, 'First');
	await eventually('an alert', () => api.sent.length === 1);
	const [first, second] = api.calls.filter(({method}) => method === 'sendMessage');
	expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(990);
	expect(texts(api)[0]).toMatch(/^Done: First/);
});

test('one message a second, as Telegram allows', async () => {
	await using api = new FakeBotApi();
	const all = disk();
	await using _rig = await launch(api, {disk: all, overrides: {timing: {...quick, paceMs: 150}}});
	for (const title of ['First', 'Second', 'Third']) conclude(all.emit, title);
	await eventually('all', () => api.sent.length === 3);
	const [first, second, third] = api.sent.map(({atMs}) => atMs);
	expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(140);
	expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(140);
});

test('what the server cannot parse is sent plain; what it refuses holds up nothing', async () => {
	await using api = new FakeBotApi();
	const all = disk();
	const broken = {status: 400, description: "Bad Request: can't parse entities"};
	api.next('sendMessage', broken, broken, broken);
	await using rig = await launch(api, {disk: all});
	for (const title of ['First', 'Second', 'Third']) conclude(all.emit, title);
	await eventually('two of three', () => api.sent.length === 2);
	expect(api.sent.map(({text, entities}) => [text.split('\n')[0], entities === undefined])).toEqual([
		['Done: Second', true],
		['Done: Third', false],
	]);
	await eventually('no trouble', () => rig.reach.states().join() === 'telegram: on (@pilot_bot)');
	expect(rig.warnings).toEqual(["telegram: a message to chat 1815 is given up: Bad Request: can't parse entities"]);
});

test.each([
	['a lost answer', 'lose-answer', 2],
	['a 502', {status: 502}, 1],
	['silence', 'hang', 1],
] as const)('after %s the alert comes again, marked', async (_name, mishap, copies) => {
	await using api = new FakeBotApi();
	const all = disk();
	api.next('sendMessage', mishap);
	await using _rig = await launch(api, {disk: all});
	conclude(all.emit, 'First');
	conclude(all.emit, 'Second');
	await eventually('all', () => api.sent.length === copies + 1);
	const heads = texts(api).map(text => text.split('\n')[0]);
	expect(heads.slice(-2)).toEqual(['(maybe again) Done: First', 'Done: Second']);
});

test('secrets that an agent quotes do not go to the phone', async () => {
	await using api = new FakeBotApi();
	const all = disk();
	await using _rig = await launch(api, {disk: all});
	conclude(all.emit, 'First', 'done', `I found ${api.token} in .env`);
	await eventually('an alert', () => api.sent.length === 1);
	expect(texts(api)[0]).toContain('I found [secret] in .env');
});

test('stopping tells what is left to tell, and what it could not tell comes at the next start, unmarked', async () => {
	await using api = new FakeBotApi();
	const all = disk();
	const first = await launch(api, {disk: all, overrides: {timing: {...quick, paceMs: 200, stopMs: 600}}});
	await eventually('on', () => first.reach.states()[0]?.includes('on (@') ?? false);
	for (let count = 0; count < 8; count++) conclude(all.emit, `Mission ${count}`);
	const startMs = Date.now();
	await first.reach.stop();
	expect(Date.now() - startMs).toBeLessThan(900);
	const told = api.sent.length;
	expect(told).toBeGreaterThan(1);
	expect(told).toBeLessThan(8);

	await using _second = await launch(api, {disk: all});
	await eventually('all', () => api.sent.length >= 8);
	expect(texts(api).map(text => text.split('\n')[0])).toEqual(
		Array.from({length: 8}, (_, index) => `Done: Mission ${index}`),
	);
});
