import {expect, onTestFinished, test} from 'vitest';
import {Config} from '../../src/domain/config.js';
import type {Context} from '../../src/supervisor/context.js';
import {handBack, take} from '../../src/supervisor/hands.js';
import type {LiveSession} from '../../src/supervisor/live.js';
import {obeyCommand} from '../../src/supervisor/obey.js';
import {watchForgotten} from '../../src/supervisor/perform/work/follow.js';

/** A session in nobody's hands, and what is done with it. */
function handsOn(style: 'headless' | 'interactive') {
	const did: string[] = [];
	const looks: (() => void)[] = [];
	const time = {nowMs: 0};
	const entry = {
		...{id: 's-1', missionId: 'm-000001', attempt: 1, attached: 0, taken: false},
		session: {
			activeAtMs: 0,
			stop: async ({why}: {why: string}) => void did.push(`stop: ${why}`),
			quit: async (fact: string) => void did.push(`quit: ${fact}`),
			say: async (text: string) => void did.push(`say: ${text.split('\n')[0]}`),
			takeSaid: () => ['make it blue'],
		},
	};
	const context = {
		config: Config.parse({claude: {style}}),
		clock: {
			now: () => time.nowMs,
			every(_ms: number, look: () => void) {
				looks.push(look);
				return () => void looks.splice(looks.indexOf(look), 1);
			},
		},
		live: {changed: () => {}},
		store: {
			emit: (type: string, {by, why, said}: {by?: string; why?: string; said?: string[]}) =>
				did.push([type, by, why, said?.join()].filter(Boolean).join(' | ')),
			state: {runs: {'m-000001': {taken: {by: 'Ann'}}}},
		},
	};
	return {
		did,
		time,
		entry: entry as typeof entry & LiveSession,
		context: context as unknown as Context,
		look: () => {
			for (const each of looks) each();
		},
	};
}

test('a headless session is interrupted when it is taken; its screen is closed when it is given back', async () => {
	const {did, entry, context} = handsOn('headless');
	take(context, entry, 'Ann');
	expect(entry.taken).toBe(true);
	await handBack(context, entry, 'handed back by Ann');
	expect(did).toEqual(['session.taken | Ann', 'stop: taken over by Ann', 'quit: handed back by Ann']);
});

test('one with its own screen goes on in it: it is told who took over, and is free again', async () => {
	const {did, entry, context} = handsOn('interactive');
	take(context, entry, 'Ann');
	await handBack(context, entry, 'handed back by Ann');
	expect(entry.taken).toBe(false);
	expect(did).toEqual([
		'session.taken | Ann',
		'session.handed-back | handed back by Ann | make it blue',
		'say: The human took over (Ann) and said:',
	]);
});

test('nobody attached and nothing happening for 15 minutes gives it back; a word, or somebody there, puts that off', () => {
	const {did, time, entry, context, look} = handsOn('headless');
	onTestFinished(watchForgotten(context, entry));
	const at = (minutes: number) => {
		time.nowMs = minutes * 60_000;
		look();
	};
	at(60);
	take(context, entry, 'Ann');
	did.length = 0;
	entry.session.activeAtMs = 50 * 60_000;
	at(64);
	entry.session.activeAtMs = 60 * 60_000;
	at(74);
	Object.assign(entry, {attached: 1});
	at(120);
	expect(did).toEqual([]);
	Object.assign(entry, {attached: 0});
	at(134);
	expect(did).toEqual([]);
	at(135);
	expect(did[0]).toBe('quit: nobody was attached, and nothing happened, for 15 minutes');
});

test('a hand-back that cannot be written down is logged, and tried again', async () => {
	const {did, time, entry, context, look} = handsOn('interactive');
	const logged: string[] = [];
	Object.assign(context, {log: {error: (line: string) => void logged.push(line)}});
	onTestFinished(watchForgotten(context, entry));
	take(context, entry, 'Ann');
	const {emit} = context.store;
	Object.assign(context.store, {
		emit() {
			throw new Error('the disk is full');
		},
	});
	time.nowMs = 16 * 60_000;
	look();
	await expect.poll(() => logged).toEqual(['hand-back: Error: the disk is full']);
	expect(entry.taken).toBe(true);
	Object.assign(context.store, {emit});
	look();
	await expect.poll(() => did.at(-1)).toMatch(/^say: /);
	expect(entry.taken).toBe(false);
});

test('one that is asked for and goes wrong is logged too, and the pilot goes on', async () => {
	const {entry, context} = handsOn('interactive');
	const logged: string[] = [];
	Object.assign(entry.session, {phase: 'working', say: () => Promise.reject(new Error('it is deaf'))});
	Object.assign(context, {
		log: {error: (line: string) => void logged.push(line)},
		agent: {can: {takeOver: true}},
		live: {changed: () => {}, running: () => [], byMission: () => entry},
		queueFile: {queue: {items: [{mission: {id: entry.missionId}}]}},
	});
	take(context, entry, 'Ann');
	expect(await obeyCommand(context, {type: 'session.hand-back', id: entry.missionId, by: 'Ann'})).toMatchObject({
		ok: true,
	});
	await expect.poll(() => logged).toEqual(['hand-back: Error: it is deaf']);
});
