import {expect, test} from 'vitest';
import type {CommandContext} from '../../src/app/define-command.js';
import logs from '../../src/commands/logs.js';
import type {StreamListener} from '../../src/control/client.js';
import {PilotEvent} from '../../src/domain/event.js';
import {writeFacts} from '../support/a-recording.js';
import {scratch} from '../support/workspace.js';

const paused = (by: number) => [by, 'pilot.paused', {by: String(by)}] as const;
const fact = (seq: number) =>
	PilotEvent.parse({seq, at: '2026-01-30T12:00:00.000Z', type: 'pilot.paused', data: {by: String(seq)}});

test('logs --follow shows every fact once, also those that came while it was hung up on', async () => {
	using place = scratch();
	const written = (count: number) =>
		writeFacts(
			place.dir,
			Array.from({length: count}, (_, n) => paused(n + 1)),
		);
	written(3);
	const calls: ((listener: StreamListener) => void)[] = [
		({fact: hear, end}) => {
			hear?.(fact(3));
			hear?.(fact(4));
			// Too many waited: the connection is gone, and these are in the file alone.
			written(6);
			end();
		},
		({fact: hear, end}) => {
			written(9);
			hear?.(fact(9));
			end();
		},
	];
	const shown: number[] = [];
	const control = {
		health: () => (calls.length > 0 ? Promise.resolve({}) : Promise.reject(new Error('gone'))),
		follow: (listener: StreamListener) => calls.shift()?.(listener),
	};
	const context = {
		...{options: {follow: true, tail: '1'}, json: true},
		io: {out: (line: string) => shown.push((JSON.parse(line) as {seq: number}).seq)},
		workspace: () => place.dir,
		control: () => control,
	} as unknown as CommandContext;
	expect(await logs.run(context)).toBe(0);
	expect(shown).toEqual([3, 4, 5, 6, 7, 8, 9]);
});
