import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {createInputRouter} from '../../src/app/input-router.js';
import type {PaneModes, PaneRequest} from '../../src/domain/frame.js';
import type {Place} from '../../src/view/hands.js';
import {createViewStore} from '../../src/view/store.js';

const E = '\u001b';
const modes: PaneModes = {
	...{applicationCursor: false, bracketedPaste: false, focusEvents: false, alternate: false, kitty: 0},
	...{mouse: 'none', mouseSgr: false},
};

/** A dashboard that is attached to one pane, ten cells in from the left and five from above. */
function rig(over: Partial<PaneModes> = {}) {
	const store = createViewStore({workspace: 'w', colour: true, nowMs: 0, attachTo: undefined});
	const state = {history: 0, copy: null, typist: 'you', isYou: true};
	store.setPane('s-1', {...state, modes: {...modes, ...over}});
	store.change({attachedId: 's-1'});
	const asked: PaneRequest[] = [];
	const typed: string[] = [];
	const route = createInputRouter({
		store,
		ask: request => asked.push(request),
		type: text => typed.push(text),
		replied() {},
		holes: new Map<string, Place>([['s-1', {x: 10, y: 5, cols: 40, rows: 20}]]),
	});
	const keys = () => asked.map(request => (request.type === 'keys' ? request.text : request.type));
	return {store, route, typed, keys};
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a paste whose end never comes is let go after a second, and the way out works again', () => {
	const {store, route, keys} = rig();
	route(`${E}[200~lost`);
	vi.advanceTimersByTime(900);
	route(' end');
	vi.advanceTimersByTime(900);
	expect(keys()).toEqual([]);
	vi.advanceTimersByTime(100);
	expect(keys()).toEqual(['lost end']);
	route('\u001d');
	expect(store.getState().screen.attachedId).toBeUndefined();
});

test('Ctrl-] detaches with NumLock on, and what follows is the dashboard’s', () => {
	const {store, route, typed, keys} = rig({kitty: 1});
	route(`a${E}[93;133uq`);
	expect(keys()).toEqual(['a']);
	expect(typed).toEqual(['q']);
	expect(store.getState().screen.attachedId).toBeUndefined();
});

test('a button that went down in a pane is that pane’s until it comes up, wherever the pointer is', () => {
	const {route, keys} = rig({mouse: 'drag', mouseSgr: true});
	route(`${E}[<0;13;8M${E}[<32;5;8M${E}[<32;70;2M${E}[<0;200;100m`);
	expect(keys()).toEqual([`${E}[<0;3;3M`, `${E}[<32;1;3M`, `${E}[<32;40;1M`, `${E}[<0;40;20m`]);
	// It is up: what happens outside is no longer told.
	route(`${E}[<32;5;8M${E}[<0;5;8M${E}[<0;5;8m`);
	expect(keys()).toHaveLength(4);
});

test('a drag is over when the pointer moves with no button: its end went to another window', () => {
	const {route, keys} = rig({mouse: 'any', mouseSgr: true});
	route(`${E}[<0;13;8M${E}[<35;5;8M${E}[<0;5;8m`);
	expect(keys()).toEqual([`${E}[<0;3;3M`]);
});
