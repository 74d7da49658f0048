import {expect, test} from 'vitest';
import type {Recorder} from '../../src/screen/index.js';
import {createLiveSessions} from '../../src/supervisor/live.js';

test('keys and replies go to the last process of a session and to no earlier one', async () => {
	const lives = createLiveSessions({worked: () => {}, scrollback: 10, changed: () => {}});
	const recorder = new Proxy({}, {get: () => () => {}}) as Recorder;
	const startedAt = new Date(0).toISOString();
	const live = lives.open(
		{id: 's-1', missionId: 'm-1', attempt: 1, agent: 'demo', simulated: true, token: 't', startedAt},
		() => recorder,
	);
	const heard: string[] = [];
	for (const name of ['first', 'second', 'third'])
		lives.screenFor(live).onInput(text => heard.push(`${name}: ${text}`));
	live.screen.input('a');
	await new Promise<void>(resolve => live.screen.write('\u001b[c', resolve));
	expect(heard).toEqual(['third: a', 'third: \u001b[?1;2c']);

	lives.screenFor(live);
	live.screen.input('b');
	expect(heard).toHaveLength(2);
	expect(live.hearsKeys).toBe(false);
});

test('a program that asks for the background hears of that of whoever has looked last', async () => {
	const lives = createLiveSessions({worked: () => {}, scrollback: 10, changed: () => {}});
	const recorder = new Proxy({}, {get: () => () => {}}) as Recorder;
	const startedAt = new Date(0).toISOString();
	const live = lives.open(
		{id: 's-1', missionId: 'm-1', attempt: 1, agent: 'demo', simulated: true, token: 't', startedAt},
		() => recorder,
	);
	const heard: string[] = [];
	lives.screenFor(live).onInput(text => heard.push(text));
	const ask = () => new Promise<void>(resolve => live.screen.write('\u001b]11;?\u0007', resolve));
	await ask();
	lives.lookedAt(true);
	await ask();
	lives.lookedAt(false);
	await ask();
	const [dark, light] = ['\u001b]11;rgb:1414/1616/1b1b\u001b\\', '\u001b]11;rgb:ffff/ffff/ffff\u001b\\'];
	expect(heard).toEqual([dark, light, dark]);
});
