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
