import {expect, test} from 'vitest';
import {FakeBotApi} from '../fakes/telegram-bot-api.js';
import {ada, createDisk, eventually, launch, quick, type Rig} from './rig.js';

const on = 'telegram: on (@pilot_bot)';
const isOn = (rig: Rig) => rig.reach.states()[0] === on;
const statesOf = (disk: ReturnType<typeof createDisk>) =>
	disk.facts.flatMap(fact => (fact.type === 'reach.changed' ? [fact.data.state] : []));

test('a 409 is told, waited out and recovered from', async () => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	api.next('getUpdates', {status: 409, description: 'Conflict: terminated by other getUpdates request'});
	await using rig = await launch(api, {disk});
	await eventually(
		'told',
		() =>
			rig.reach.states()[0] === 'telegram: another program reads messages with this token; trying again every minute',
	);
	await eventually('on again', () => isOn(rig));
	const [first, second] = api.calls.filter(({method}) => method === 'getUpdates');
	expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(quick.conflictMs - 10);

	api.say(ada, 'Fix the login');
	await eventually('an effect', () => disk.commands.length === 1);
	expect(statesOf(disk)).toEqual([
		'another program reads messages with this token; trying again every minute',
		'on (@pilot_bot)',
	]);
});

test('two pilots with one token take turns instead of fighting', async () => {
	await using api = new FakeBotApi();
	const disks = [createDisk(), createDisk()] as const;
	await using _first = await launch(api, {disk: disks[0]});
	await using _second = await launch(api, {disk: disks[1]});
	await eventually('each saw the other', () =>
		disks.every(disk => statesOf(disk).some(state => state.startsWith('another program'))),
	);
	const before = api.calls.length;
	await new Promise(resolve => setTimeout(resolve, 5 * quick.conflictMs));
	// A turn is four calls: who are you, is there a webhook, a poll to see, and one that is held open.
	expect(api.calls.length - before).toBeLessThanOrEqual(2 * 6 * 4);
	api.say(ada, 'Fix the login');
	await eventually('an effect', () => disks.some(disk => disk.commands.length > 0));
});

test('a webhook stays: it is named, messages are not read, alerts go out, and when it is gone reading starts', async () => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	api.webhook = 'https://bot.example.org/hook/secret';
	await using rig = await launch(api, {disk});
	await eventually(
		'told',
		() =>
			rig.reach.states()[0] ===
			'telegram: messages to this bot go to a webhook at bot.example.org; alerts are sent, messages are not read',
	);
	disk.emit('budget.warned', {key: 'k', why: '81 %'});
	await eventually('an alert', () => api.sent.length === 1);
	expect(new Set(api.calls.map(({method}) => method))).toEqual(new Set(['getMe', 'getWebhookInfo', 'sendMessage']));

	api.webhook = '';
	await eventually('on', () => isOn(rig));
});

test('errors of the server pass', async () => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	await using rig = await launch(api, {disk});
	await eventually('on', () => isOn(rig));
	api.next(
		'getUpdates',
		{status: 500},
		{status: 502},
		'html',
		{status: 429, parameters: {retry_after: 0}},
		'lose-answer',
	);
	api.next('getMe', {status: 500}, 'html');
	api.say(ada, 'Fix the login');
	await eventually('trouble', () => !isOn(rig));
	await eventually('on again', () => isOn(rig));
	api.say(ada, 'Fix the logout');
	await eventually('both added', () => disk.commands.length === 2);
	expect(rig.warnings).toEqual([]);
});

test('a server that takes calls and never answers is given up, and answered again when it does', async () => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	api.next('getUpdates', 'hang', 'hang');
	await using rig = await launch(api, {disk, overrides: {timing: {...quick, pollTimeoutMs: 60}}});
	api.say(ada, 'Fix the login');
	await eventually('told', () => /does not answer/.test(rig.reach.states()[0] ?? ''));
	await eventually('an effect', () => disk.commands.length === 1);
});

test('a wedge that no time limit ends is ended by the watchdog, and the message is taken up again', async () => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	let tries = 0;
	await using rig = await launch(api, {
		disk,
		overrides: {
			timing: {...quick, callTimeoutMs: 60_000, watchdogMs: 100, pollSeconds: 0},
			send: command => (tries++ === 0 ? new Promise(() => {}) : disk.send(command)),
		},
	});
	api.say(ada, 'Fix the login');
	await eventually('an effect', () => disk.commands.length === 1);
	expect(tries).toBe(2);
	await eventually('on', () => isOn(rig));
});

test('the watchdog lets alone what shows signs of life', async () => {
	await using api = new FakeBotApi();
	await using rig = await launch(api, {overrides: {timing: {...quick, watchdogMs: 150, pollSeconds: 0}}});
	await new Promise(resolve => setTimeout(resolve, 600));
	expect(api.calls.filter(({method}) => method === 'getMe')).toHaveLength(1);
	expect(isOn(rig)).toBe(true);
});

test('a token that Telegram does not know is told and tried rarely', async () => {
	await using api = new FakeBotApi();
	await using rig = await launch(api, {overrides: {token: '123456789:wrong'}});
	await eventually(
		'told',
		() => rig.reach.states()[0] === 'telegram: Telegram does not know this token: check TELEGRAM_BOT_TOKEN',
	);
});

test('the token is in no line that is shown or recorded', async () => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	const door = await api.open();
	await door.close();
	await using rig = await launch(api, {disk, overrides: {apiRoot: `${door.url}/bot${api.token}/`}});
	await eventually('trouble', () => /cannot be reached/.test(rig.reach.states()[0] ?? ''));
	disk.emit('budget.warned', {key: 'k', why: '81 %'});
	await eventually('trouble with the chat', () => rig.reach.states().length === 2);
	const shown = [...rig.warnings, ...rig.reach.states(), JSON.stringify(disk.facts)].join('\n');
	expect(shown).not.toContain(api.token.slice(10));
});

test('a disk that is full holds things up and loses nothing', async () => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	let full = true;
	await using rig = await launch(api, {
		disk,
		before: what => {
			if (full && what !== 'emit reach.changed') throw new Error('the disk is full');
		},
	});
	api.say(ada, '/pause');
	disk.emit('budget.warned', {key: 'k', why: '81 %'});
	await eventually('told', () => rig.warnings.some(line => line.includes('alerts wait: the disk is full')));
	expect(disk.commands).toEqual([]);
	full = false;
	await eventually('an effect', () => disk.commands.length === 1);
	await eventually('the alert', () => api.sent.some(({text}) => text.startsWith('Budget: 81 %')));
	expect(api.sent.filter(({text}) => text.startsWith('Budget'))).toHaveLength(1);
});
