import {expect, test} from 'vitest';
import type {PilotEvent} from '../../src/domain/event.js';
import {createAlertReader} from '../../src/reach/alerts.js';

const words = {machineName: 'box', titleOf: () => undefined, journalPathOf: () => undefined};
const at = '2026-03-10T12:00:00.000Z';

test('what is wrong around the pilot reaches the phone, with what to do; a config.yaml that a human edits does not', () => {
	const read = createAlertReader(words, []);
	const warned: PilotEvent = {
		...{seq: 1, at, type: 'pilot.warned'},
		data: {what: `Other users could reach\nthe socket: ${'x'.repeat(500)}`, todo: 'Find out what opened it.'},
	};
	expect(read(warned)?.message).toEqual({
		head: expect.stringMatching(/^Look at box: Other users could reach the socket: x+…$/),
		body: 'Find out what opened it.',
	});
	expect(read({seq: 2, at, type: 'config.changed', data: {}})).toBeUndefined();
});
