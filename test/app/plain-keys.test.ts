import {expect, test} from 'vitest';
import {createPlainKeys} from '../../src/app/plain-keys.js';
import {aNight, nowMs} from '../view/a-status.js';

const pressed = (lines: readonly string[], status = aNight()) => {
	const keys = createPlainKeys();
	return lines.map(line => keys(line, status, nowMs)).at(-1);
};

test('j and k tell the mission they come to, and keys of a mission act on that one', () => {
	expect(pressed(['j'])).toEqual({say: '1 of 8: ^m-run001 Find the slow query, running: stream: Bash npm test'});
	expect(pressed(['j', 'j', 'k'])).toEqual(pressed(['j']));
	expect(pressed(['k'])).toEqual(pressed(['g']));
	expect(pressed(['j', 'j', 's'])).toEqual({run: ['skip', 'm-wait01']});
	expect(pressed(['G', 'r'])).toEqual({run: ['requeue', 'm-done02']});
	expect(pressed(['x'])).toMatchObject({say: expect.stringMatching(/^No mission is selected: j selects one\./)});
	expect(pressed(['j'], aNight({missions: []}))).toEqual({say: 'The queue is empty.'});
});

test('what a key does depends on the state, and on the keys that were chosen; what is no key is a verb', () => {
	expect(pressed(['p'])).toEqual({run: ['pause']});
	expect(pressed(['p'], aNight({state: 'paused'}))).toEqual({run: ['resume']});
	expect(pressed(['P'], aNight({keys: {pause: ['P']}}))).toEqual({run: ['pause']});
	expect(pressed(['p'], aNight({keys: {pause: ['P']}}))).toBeUndefined();
	expect(pressed(['n Mend the "door"'])).toEqual({run: ['add', 'Mend the "door"']});
	expect(pressed(['n'])).toMatchObject({say: expect.stringContaining('n Mend')});
	expect(pressed(['q'])).toBe('leave');
	for (const line of ['pause', 'p now', 'z', '', 'é']) expect(pressed([line])).toBeUndefined();
});

test('the help tells keys that work here, and none that need eyes', () => {
	const said = pressed(['?']);
	const text = said && said !== 'leave' && 'say' in said ? said.say : '';
	expect(text).toMatch(/j: Select the mission below\./);
	expect(text).not.toMatch(/zoom|replay|Enter: /i);
	expect(text.split('\n').length).toBeGreaterThan(10);
});
