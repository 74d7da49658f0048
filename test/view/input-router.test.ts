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
		size: () => ({columns: 80, rows: 24}),
		now: () => performance.now(),
		holes: new Map<string, Place>([['s-1', {x: 10, y: 5, cols: 40, rows: 20}]]),
	});
	const keys = () => asked.map(request => (request.type === 'keys' ? request.text : request.type));
	return {store, route, typed, keys, asked};
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

/** What was asked of panes, in short. */
const said = (request: PaneRequest) => {
	if (request.type === 'point') return `${request.how} ${request.x},${request.y}`;
	return request.type === 'move' ? request.move : request.type;
};

test('a drag selects and copies when the button comes up; one beyond the edge says how far', () => {
	const {route, asked} = rig();
	route(`${E}[<0;15;8M`);
	expect(asked).toEqual([]);
	route(`${E}[<32;15;8M`);
	expect(asked).toEqual([]);
	route(`${E}[<32;17;8M${E}[<32;5;4M${E}[<0;5;4m`);
	expect(asked.map(said)).toEqual(['begin 4,2', 'extend 6,2', 'extend 0,-2', 'copy', 'leave']);
});

test('a button that is held beyond the edge scrolls on until it comes back or up, and not for ever', () => {
	const {route, asked} = rig();
	route(`${E}[<0;15;8M${E}[<32;15;4M`);
	expect(asked.map(said)).toEqual(['begin 4,2', 'extend 4,-2']);
	vi.advanceTimersByTime(170);
	expect(asked.slice(2).map(said)).toEqual(['extend 4,-2', 'extend 4,-2']);
	route(`${E}[<32;15;9M`);
	vi.advanceTimersByTime(1000);
	expect(asked.slice(4).map(said)).toEqual(['extend 4,3']);
	route(`${E}[<32;15;99M${E}[<0;15;99m`);
	vi.advanceTimersByTime(1000);
	expect(asked.slice(5).map(said)).toEqual(['extend 4,22', 'copy', 'leave']);
	route(`${E}[<0;15;8M${E}[<32;15;4M`);
	vi.advanceTimersByTime(600_000);
	expect(asked.length).toBeLessThan(150);
});

test('two presses select a word, three a line; it is copied when it has been seen', () => {
	const {route, asked} = rig();
	const click = `${E}[<0;15;8M${E}[<0;15;8m`;
	route(click);
	expect(asked).toEqual([]);
	route(click);
	expect(asked.map(said)).toEqual(['word 4,2']);
	vi.advanceTimersByTime(100);
	route(click);
	vi.advanceTimersByTime(1000);
	expect(asked.map(said)).toEqual(['word 4,2', 'line 4,2', 'copy', 'leave']);
	route(click);
	vi.advanceTimersByTime(500);
	route(click);
	expect(asked).toHaveLength(4);
});

test('a pane in copy mode stays in it, and a click sets its cursor', () => {
	const {store, route, asked} = rig();
	const copy = {cursor: 0, column: 0, below: 5, selecting: 'nothing', query: '', matches: 0, match: 0} as const;
	store.setPane('s-1', {modes, history: 9, copy, typist: null, isYou: false});
	route(`${E}[<0;15;8M${E}[<0;15;8m`);
	route(`${E}[<0;20;8M${E}[<32;21;8M${E}[<0;21;8m`);
	expect(asked.map(said)).toEqual(['cursor 4,2', 'cursor 9,2', 'begin 9,2', 'extend 10,2', 'copy']);
});

test('other buttons, and the left one with Ctrl, select nothing', () => {
	const {route, asked} = rig();
	for (const code of [1, 2, 16, 8]) route(`${E}[<${code};15;8M${E}[<${code + 32};17;8M${E}[<${code};17;8m`);
	expect(asked).toEqual([]);
});

test('a session that asked for the mouse has all of it, also what it does not hear of', () => {
	const {route, keys} = rig({mouse: 'press', mouseSgr: true});
	route(`${E}[<0;15;8M${E}[<32;17;8M${E}[<0;17;8m`);
	expect(keys()).toEqual([`${E}[<0;5;3M`, `${E}[<0;7;3m`]);
});

test('a click on another pane ends the wish to type into one that is being taken over', () => {
	const {store, route} = rig();
	store.change({attachedId: undefined, wantedId: 's-1'});
	route(`${E}[<0;15;8M`);
	expect(store.getState().screen.wantedId).toBe('s-1');
	store.change({wantedId: 's-2'});
	route(`${E}[<0;15;8M`);
	expect(store.getState().screen).toMatchObject({wantedId: undefined, sessionId: 's-1'});
});

test('the wheel pages a program that has a screen of its own, and scrolls everywhere else', () => {
	const wheel = `${E}[<64;15;8M${E}[<65;15;8M`;
	const pager = rig({alternate: true, applicationCursor: true});
	pager.route(wheel);
	expect(pager.keys()).toEqual([`${E}OA`.repeat(3), `${E}OB`.repeat(3)]);
	const shell = rig();
	shell.route(wheel);
	expect(shell.asked.map(said)).toEqual(['scroll-up']);
	const watched = rig({alternate: true});
	watched.store.change({attachedId: undefined});
	watched.route(wheel);
	expect(watched.asked.map(said)).toEqual(['scroll-up']);
});

test('the wheel scrolls what is read over the panels, and no pane below it', () => {
	const {store, route, typed, asked} = rig();
	store.change({attachedId: undefined, dialog: 'commands'});
	route(`${E}[<65;20;8M`);
	expect(typed).toEqual([`${E}[B`, `${E}[B`, `${E}[B`]);
	route(`${E}[<64;1;1M`);
	expect(typed.slice(3)).toEqual([`${E}[A`, `${E}[A`, `${E}[A`]);
	store.change({dialog: 'quit'});
	route(`${E}[<65;20;8M`);
	expect(typed).toHaveLength(6);
	expect(asked).toEqual([]);
});
