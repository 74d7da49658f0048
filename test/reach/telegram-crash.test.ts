import {expect, test} from 'vitest';
import {FakeBotApi} from '../fakes/telegram-bot-api.js';
import {ada, createDisk, type Disk, eventually, launch, quick, type Rig, type Step} from './rig.js';

/** Dies at the `at`-th step, counted from 1, before or after it took effect. Tells whether there was such a step. */
function deathAt(at: number, when: 'before' | 'after') {
	let count = 0;
	let rig: Rig | undefined;
	let died = false;
	const step: Step = what => {
		if (what === 'emit reach.changed' || ++count !== at) return;
		died = true;
		void rig?.kill();
		throw new Error('killed');
	};
	return {
		options: {[when]: step},
		watch(started: Rig) {
			rig = started;
			if (died) void started.kill();
		},
		died: () => died,
	};
}

/** Kills pilots one after another, each at the next step, until one lives to the end. Returns how many died. */
async function livesUntil(api: FakeBotApi, disk: Disk, at: number, when: 'before' | 'after', done: () => boolean) {
	const death = deathAt(at, when);
	const first = await launch(api, {disk, ...death.options});
	death.watch(first);
	await eventually('the end of a pilot', () => death.died() || done());
	await first.kill();
	await using _second = await launch(api, {disk});
	await eventually('all done after a restart', done);
	await new Promise(resolve => setTimeout(resolve, 30));
	return death.died();
}

const cases = (['before', 'after'] as const).flatMap(when =>
	Array.from({length: 6}, (_, index) => [when, index + 1] as const),
);

test.each(cases)('killed %s step %i, a message has exactly one effect', async (when, at) => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	disk.emit('alert.sent', {subscriber: 'telegram', upTo: 1});
	const id = api.say(ada, 'Fix the login');
	await livesUntil(api, disk, at, when, () => disk.state.lastUpdateId === id && api.pending === 0);
	expect(disk.commands.map(({type}) => type)).toEqual(['mission.add']);
});

test.each(cases)('killed %s step %i, a /stop comes once or not at all, and never back', async (when, at) => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	disk.emit('alert.sent', {subscriber: 'telegram', upTo: 1});
	const id = api.say(ada, '/stop');
	const died = await livesUntil(api, disk, at, when, () => disk.state.lastUpdateId === id && api.pending === 0);
	expect(disk.commands.length).toBeLessThanOrEqual(1);
	if (!died) expect(disk.commands).toHaveLength(1);
});

test.each(cases)('killed %s step %i, each alert comes in order, once or marked as a repeat', async (when, at) => {
	await using api = new FakeBotApi();
	const disk = createDisk();
	disk.emit('alert.sent', {subscriber: 'telegram', upTo: 1});
	for (const why of ['one', 'two', 'three']) disk.emit('budget.warned', {key: 'k', why});
	const told = () => api.sent.map(({text}) => text.split('\n')[0] ?? '');
	await livesUntil(api, disk, at, when, () => disk.state.cursors.telegram === 4);

	const repeats = told().filter(text => text.startsWith('(maybe again) '));
	expect(repeats.length).toBeLessThanOrEqual(1);
	expect(told().filter(text => !text.startsWith('(maybe again) '))).toEqual([
		...new Set(told().filter(text => !text.startsWith('('))),
	]);
	const inOrder = told().map(text => text.replace('(maybe again) ', ''));
	expect([...new Set(inOrder)]).toEqual(['Budget: one', 'Budget: two', 'Budget: three']);
	expect(inOrder.length).toBeLessThanOrEqual(4);
});

test('updates that the server gives again and again have no second effect, nor do they make us spin', async () => {
	await using api = new FakeBotApi();
	api.forgetful = true;
	const disk = createDisk();
	const id = api.say(ada, '/pause');
	const first = await launch(api, {disk});
	await eventually('an effect', () => disk.state.lastUpdateId === id);
	await first.kill();
	await using _rig = await launch(api, {disk});
	api.say(ada, '/resume');
	await eventually('the next one', () => disk.commands.length === 2);
	const before = api.calls.length;
	await new Promise(resolve => setTimeout(resolve, 10 * quick.shortestPollMs));
	expect(api.calls.length - before).toBeLessThanOrEqual(12);
	expect(disk.commands.map(({type}) => type)).toEqual(['pilot.pause', 'pilot.resume']);
});
