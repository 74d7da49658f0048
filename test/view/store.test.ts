import {describe, expect, test} from 'vitest';
import type {PaneState} from '../../src/domain/frame.js';
import {messageLines} from '../../src/view/message-lines.js';
import {shownSession} from '../../src/view/shown-session.js';
import {createViewStore} from '../../src/view/store.js';
import {aFact, aMission, aNight, aSession, aStatus, at, nowMs} from './a-status.js';

const aStore = () => createViewStore({workspace: 'w', colour: true, nowMs});

test('what says the same stays the same object', () => {
	const store = aStore();
	store.setStatus(aNight());
	const before = store.getState().status;
	store.setStatus({...aNight(), watchers: 2});
	const after = store.getState().status;
	expect(after?.missions).toBe(before?.missions);
	expect(after?.budget).toBe(before?.budget);
	expect(after?.watchers).toBe(2);
});

test('facts come once and in order, from the stream or with a status', () => {
	const store = aStore();
	store.setStatus(aStatus({recent: [aFact(1, 'one'), aFact(2, 'two')]}));
	store.addFact(aFact(3, 'three'));
	store.setStatus(aStatus({recent: [aFact(2, 'two'), aFact(3, 'three'), aFact(4, 'four')]}));
	store.addFact(aFact(4, 'four'));
	expect(store.getState().facts.map(({seq}) => seq)).toEqual([1, 2, 3, 4]);
});

test('facts are bounded, and a log begun anew replaces the old one', () => {
	const store = aStore();
	for (let seq = 1; seq <= 1000; seq++) store.addFact(aFact(seq, `${seq}`));
	expect(store.getState().facts).toHaveLength(300);
	store.setStatus(aStatus({recent: [aFact(1, 'new')]}));
	expect(store.getState().facts.map(({seq}) => seq)).toEqual([1]);
});

const aPane = (over: Partial<PaneState> = {}): PaneState => ({
	modes: {
		applicationCursor: false,
		bracketedPaste: false,
		focusEvents: false,
		mouse: 'none',
		mouseSgr: false,
		kitty: 0,
		alternate: false,
	},
	history: 0,
	copy: null,
	typist: null,
	isYou: false,
	...over,
});

test('panes of sessions that are gone are dropped', () => {
	const store = aStore();
	store.setPane('s-1', aPane());
	store.setStatus(aNight());
	expect(Object.keys(store.getState().panes)).toEqual(['s-1']);
	store.setStatus(aStatus());
	expect(store.getState().panes).toEqual({});
});

describe('who types', () => {
	const hears = (takesKeys: boolean) => aNight({sessions: [aSession('s-1', 'm-run001', {takesKeys})]});

	test('a session that is wanted is attached to as soon as it hears keys, and let go when it no longer does', () => {
		const store = aStore();
		store.setStatus(hears(false));
		store.change({wantedId: 's-1'});
		expect(store.getState().screen.attachedId).toBeUndefined();
		store.setStatus(hears(true));
		expect(store.getState().screen).toMatchObject({attachedId: 's-1', wantedId: undefined, focus: 'pane'});
		store.setStatus(hears(false));
		expect(store.getState().screen).toMatchObject({attachedId: undefined, dialog: 'detached'});
	});

	test('nobody is attached in the middle of something else', () => {
		const store = aStore();
		store.setStatus(hears(false));
		store.change({wantedId: 's-1', dialog: 'new'});
		store.setStatus(hears(true));
		expect(store.getState().screen).toMatchObject({attachedId: undefined, wantedId: undefined, dialog: 'new'});
	});

	test('a pilot that is gone hears no keys, and what is typed on presses none', () => {
		const store = aStore();
		store.setStatus(hears(true));
		store.change({attachedId: 's-1'});
		store.setAnswering(false);
		expect(store.getState().screen).toMatchObject({attachedId: undefined, dialog: 'detached'});
	});

	test('one who is wanted and ends is wanted no longer', () => {
		const store = aStore();
		store.setStatus(hears(false));
		store.change({wantedId: 's-1'});
		store.setStatus(aStatus());
		expect(store.getState().screen.wantedId).toBeUndefined();
	});

	test('somebody else who begins to type ends it here, and is named', () => {
		const store = aStore();
		store.setStatus(hears(true));
		store.change({attachedId: 's-1'});
		store.setPane('s-1', aPane({typist: 'you', isYou: true}));
		expect(store.getState().screen.attachedId).toBe('s-1');
		store.setPane('s-1', aPane({typist: 'anna on pts/3'}));
		expect(store.getState().screen).toMatchObject({
			attachedId: undefined,
			dialog: 'detached',
			detachedWhy: 'anna on pts/3 types now.',
		});
	});
});

test('a session that begins is looked at, unless a running one was chosen', () => {
	const store = aStore();
	const missions = [aMission('m-1', {state: 'in-progress'}), aMission('m-2', {state: 'in-progress'})];
	const ended = aSession('s-1', 'm-1', {phase: 'ended'});
	const shown = () => shownSession(store.getState())?.id;
	store.setStatus(aStatus({missions, sessions: [ended]}));
	store.change({sessionId: 's-1'});
	store.setStatus(aStatus({missions, sessions: [ended, aSession('s-2', 'm-2')]}));
	expect(shown()).toBe('s-2');
	store.change({sessionId: 's-2'});
	store.setStatus(aStatus({missions, sessions: [ended, aSession('s-2', 'm-2'), aSession('s-3', 'm-2')]}));
	expect(shown()).toBe('s-2');
	store.change({sessionId: 's-1'});
	store.setStatus(aStatus({missions, sessions: [ended, aSession('s-2', 'm-2'), aSession('s-3', 'm-2', {turns: 9})]}));
	expect(shown()).toBe('s-1');
});

test('the last screen stays while its mission is being concluded, and no longer', () => {
	const store = aStore();
	const ended = aSession('s-1', 'm-1', {phase: 'ended'});
	store.setStatus(aStatus({missions: [aMission('m-1', {state: 'in-progress', step: 'check'})], sessions: [ended]}));
	expect(shownSession(store.getState())?.id).toBe('s-1');
	store.setStatus(aStatus({missions: [aMission('m-1', {state: 'done'})], sessions: [ended]}));
	expect(shownSession(store.getState())).toBeUndefined();
});

describe('what was said', () => {
	const parked = (state: 'parked' | 'pending' | 'done' = 'parked') => aStatus({missions: [aMission('m-1', {state})]});
	const said = (tone: 'good' | 'bad', laterMs: number, next = parked('pending')) => {
		const store = aStore();
		store.setStatus(parked());
		store.say('m-1 skipped.', tone, ['m-1']);
		store.tick(nowMs + laterMs);
		store.setStatus(next);
		return store.getState().screen.message?.text;
	};

	test('goes when something else has become of the mission, and stays while that is its own effect', () => {
		expect(said('good', 1000)).toBe('m-1 skipped.');
		expect(said('good', 3000)).toBeUndefined();
		expect(said('good', 3000, parked('parked'))).toBe('m-1 skipped.');
		expect(said('good', 3000, aStatus({missions: [aMission('m-1', {state: 'parked'}), aMission('m-2')]}))).toBe(
			'm-1 skipped.',
		);
	});

	test('makes room for a question, unless it says what went wrong or has only just been said', () => {
		const question = {approvalId: 'a-1', kind: 'permission', what: 'x', why: '', consequences: '', askedAt: at(0)};
		const asking = aStatus({...parked(), approvals: [question] as never});
		expect(said('good', 3000, asking)).toBeUndefined();
		expect(said('bad', 3000, asking)).toBe('m-1 skipped.');
		expect(said('good', 1000, asking)).toBe('m-1 skipped.');
	});

	test('is over after a time, sooner when it went well', () => {
		const lines = (tone: 'good' | 'bad', laterMs: number) =>
			messageLines({text: 'Done.', tone, atMs: nowMs, about: []}, nowMs + laterMs, 80, 1).length;
		const long = {text: 'word '.repeat(200), tone: 'bad' as const, atMs: nowMs, about: []};
		expect([29_000, 31_000].map(ms => messageLines(long, nowMs + ms, 80, 20).length > 0)).toEqual([true, false]);
		expect([lines('good', 7000), lines('good', 9000), lines('bad', 14_000), lines('bad', 16_000)]).toEqual([
			1, 0, 1, 0,
		]);
	});
});
