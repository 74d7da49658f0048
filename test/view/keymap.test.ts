import {expect, test} from 'vitest';
import {keyActions, keyClashes, keyedActions, whyNoKey} from '../../src/domain/keys.js';
import {bindingOf, keymapOf, labelOf} from '../../src/view/keymap.js';
import {quitChoices, quitQuestion} from '../../src/view/quit-choices.js';
import {createViewStore, type ViewState} from '../../src/view/store.js';
import {aMission, aNight, aSession, aStatus, nowMs} from './a-status.js';

function stateOf(status = aNight(), change: Partial<ViewState> = {}): ViewState {
	const store = createViewStore({workspace: 'w', colour: true, nowMs});
	store.setStatus(status);
	return {...store.getState(), ...change};
}

const whyOff = (action: string, state: ViewState) =>
	keymapOf(state)
		.find(binding => binding.action === action)
		?.whyOff?.(state);

test('no key stands for two things in one place', () => {
	for (const focus of ['queue', 'pane'] as const) {
		const keys = keymapOf(stateOf()).flatMap(({keys, place}) => (place === 'all' || place === focus ? keys : []));
		expect(new Set(keys).size).toBe(keys.length);
	}
	expect(keyClashes({})).toEqual([]);
});

test('every default key can be chosen', () => {
	for (const action of keyedActions) for (const key of keyActions[action].keys) expect(whyNoKey(key)).toBeUndefined();
});

test('an action has the keys that were chosen, and no others', () => {
	const state = stateOf(aNight({keys: {skip: ['S'], zoom: ['Z', 'Ctrl-F'], quit: [], find: ['PgDn']}}));
	expect(bindingOf(state, 'S')?.action).toBe('skip');
	expect(bindingOf(state, 's')).toBeUndefined();
	expect([bindingOf(state, 'Z')?.action, bindingOf(state, 'ctrl-f')?.action]).toEqual(['zoom', 'zoom']);
	expect(labelOf(state, 'zoom')).toBe('Z');
	const pane = {...state, screen: {...state.screen, focus: 'pane' as const}};
	expect([bindingOf(state, 'pagedown')?.action, bindingOf(pane, 'pagedown')?.action]).toEqual(['page-down', 'find']);
});

test('Ctrl-C quits, whatever was chosen', () => {
	expect(bindingOf(stateOf(aNight({keys: {quit: []}})), 'ctrl-c')?.action).toBe('quit');
	expect(bindingOf(stateOf(aNight({keys: {quit: ['Q']}})), 'ctrl-c')?.action).toBe('quit');
});

test('every binding has words for the footer and a sentence for the help', () => {
	for (const {word, about} of keymapOf(stateOf())) {
		expect(word(stateOf())).toMatch(/^[a-z]+( [a-z]+)?$/);
		expect(about).toMatch(/^[A-Z].{1,67}\.$/);
	}
});

test.each([
	['in-progress', {skip: true, stop: true, requeue: false}],
	['pending', {skip: true, stop: false, requeue: false}],
	['blocked', {skip: false, stop: false, requeue: true}],
	['parked', {skip: false, stop: false, requeue: true}],
	['unproven', {skip: false, stop: false, requeue: true}],
	['failed', {skip: false, stop: false, requeue: true}],
	['done', {skip: false, stop: false, requeue: true}],
] as const)('what can be done to a mission that is %s', (missionState, works) => {
	const state = stateOf(aStatus({missions: [aMission('m-000001', {state: missionState, doneOn: '2026-11-20'})]}));
	for (const [action, does] of Object.entries(works)) expect(whyOff(action, state) === undefined).toBe(does);
});

test('a key that does nothing says why', () => {
	expect(whyOff('skip', stateOf(aStatus()))).toBe('No mission is selected.');
	expect(whyOff('new', stateOf(aNight(), {answering: false}))).toBe('The pilot does not answer; looking again.');
	expect(whyOff('pause', stateOf(aStatus({state: 'stopping'})))).toBe('The pilot is stopping already.');
	expect(whyOff('zoom', stateOf(aStatus()))).toBe('No session runs, so there is nothing to zoom.');
	expect(whyOff('next', stateOf(aStatus()))).toBe('No session has run since the pilot started.');
	expect(whyOff('detail', stateOf(aStatus()))).toBe('The queue is empty.');
});

test('p says what it would do', () => {
	const pause = keymapOf(stateOf()).find(binding => binding.action === 'pause');
	expect(pause?.word(stateOf())).toBe('pause');
	expect(pause?.word(stateOf(aStatus({state: 'paused'})))).toBe('resume');
});

test('what q asks', () => {
	const two = aNight({
		sessions: [aSession('s-1', 'm-run001'), aSession('s-2', 'm-wait01'), aSession('s-3', 'm-x', {phase: 'ended'})],
	});
	expect(quitQuestion(stateOf(two))).toBe('Leave? 2 sessions are running.');
	expect(quitChoices(stateOf(two)).map(({key}) => key)).toEqual(['l', 'f', 's']);
	expect(quitChoices(stateOf(aStatus())).map(({key}) => key)).toEqual(['l', 's']);
	expect(quitChoices(stateOf(two, {answering: false})).map(({words}) => words)).toEqual(['leave']);
});
