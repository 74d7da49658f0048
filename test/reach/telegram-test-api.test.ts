import {expect, test} from 'vitest';
import {FakeBotApi} from '../fakes/telegram-bot-api.js';
import {startTelegramTestServer} from '../fakes/telegram-test-server.js';
import {ada, createDisk, launch} from './rig.js';

interface Told {
	readonly result: readonly {readonly message: {readonly text: string; readonly chat_id: string | number}}[];
}

test('against a server that others wrote: a mission in, its id out, a status, an alert, and silence for strangers', async () => {
	await using peer = await startTelegramTestServer();
	await using api = new FakeBotApi();
	const disk = createDisk();
	await using _rig = await launch(api, {disk, overrides: {apiRoot: peer.url}});
	const client = peer.clientOf(api.token, ada);
	const stranger = peer.clientOf(api.token, 666);
	const nextText = async () => ((await client.getUpdates()) as Told).result.map(({message}) => message.text).join('\n');

	await stranger.sendMessage(stranger.makeMessage('let me in'));
	await client.sendMessage(client.makeMessage('Fix the login'));
	expect(await nextText()).toBe('Done as told.\nm-abc123');
	expect(disk.commands).toEqual([
		expect.objectContaining({type: 'mission.add', title: 'Fix the login', description: ''}),
	]);

	await client.sendCommand(client.makeCommand('/status'));
	expect(await nextText()).toContain('running on ship');

	disk.emit('budget.warned', {key: 'k', why: '5-hour window at 81 %'});
	expect(await nextText()).toBe('Budget: 5-hour window at 81 %');
	const history = (await stranger.getUpdatesHistory()) as Told['result'];
	expect(history.filter(({message}) => String(message.chat_id) === '666')).toEqual([]);
});
