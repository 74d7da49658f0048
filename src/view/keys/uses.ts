import type {KeyedAction} from '../../domain/keys.js';
import {missionAtCursor, selectedEntry, shownSession} from '../shown-session.js';
import type {ViewState} from '../store.js';
import * as why from './why-off.js';

/** What a key does, in the words of the footer. */
export interface KeyUse {
	/** One word or two; what it would do now. */
	word(state: ViewState): string;
	/** Why it would do nothing now, or undefined when it works. */
	readonly whyOff?: why.WhyOff;
	/** In the footer while this has the focus; left out of the footer without one. */
	readonly foot?: 'queue' | 'pane' | 'both';
	/** Where the footer has no room, the highest go first. @default 0, which stays */
	readonly spare?: number;
	/** Works in copy mode too, where a slip of the finger must not stop a session. */
	readonly whileCopying?: boolean;
}

const whyEmpty = (state: ViewState) => (selectedEntry(state) ? undefined : 'The queue is empty.');

/** Of every action; in the order of the footer. */
export const keyUses: Readonly<Record<KeyedAction, KeyUse>> = {
	new: {word: () => 'new', whyOff: why.noPilot, foot: 'queue'},
	skip: {
		word: () => 'skip',
		whyOff: why.whyNotOn(['pending', 'in-progress'], 'only what waits or runs can be skipped.'),
		foot: 'both',
	},
	stop: {
		word: () => 'stop',
		whyOff: why.whyNotOn(['in-progress'], 'only what runs can be stopped.'),
		foot: 'both',
	},
	requeue: {
		word: () => 'requeue',
		whyOff: why.whyNotOn(['blocked', 'parked', 'failed', 'unproven', 'done'], 'it is in the queue already.'),
		foot: 'queue',
	},
	pause: {
		word: ({status}) => (status?.state === 'paused' ? 'resume' : 'pause'),
		whyOff: why.whyNotPause,
		foot: 'both',
		spare: 2,
	},
	approve: {word: () => 'answer', whyOff: why.whyNotAnswer, foot: 'both', spare: 4},
	deny: {word: () => 'deny', whyOff: why.whyNotAnswer, foot: 'both', spare: 5},
	detail: {word: ({screen}) => (screen.focus === 'pane' ? 'attach' : 'read'), whyOff: whyEmpty, foot: 'queue'},
	attach: {
		word: state => (shownSession(state)?.takesKeys === false ? 'take over' : 'attach'),
		whyOff: why.whyNotAttach,
		foot: 'pane',
		whileCopying: true,
	},
	'hand-back': {word: () => 'hand back', whyOff: why.whyNotHandBack, foot: 'pane'},
	'copy-mode': {word: () => 'scroll', whyOff: why.whyNoPane, foot: 'pane', spare: 1},
	filter: {word: () => 'filter', foot: 'queue', spare: 4},
	replay: {word: () => 'replay', whyOff: why.whyNotReplay, foot: 'queue', spare: 5},
	next: {
		word: () => 'focus',
		whyOff: ({status}) => (status?.sessions.length ? undefined : 'No session has run since the pilot started.'),
		foot: 'both',
		spare: 1,
		whileCopying: true,
	},
	zoom: {
		word: ({screen}) => (screen.zoomed ? 'unzoom' : 'zoom'),
		whyOff: why.whyNotZoom,
		foot: 'both',
		spare: 3,
		whileCopying: true,
	},
	palette: {word: () => 'more', foot: 'both'},
	help: {word: () => 'help', foot: 'both', whileCopying: true},
	quit: {word: () => 'quit', foot: 'both', whileCopying: true},
	mark: {word: () => 'mark', whyOff: state => (missionAtCursor(state) ? undefined : 'No mission is selected.')},
	'move-up': {word: () => 'move up', whyOff: why.whyNotMove},
	'move-down': {word: () => 'move down', whyOff: why.whyNotMove},
	raise: {word: () => 'raise', whyOff: why.whyNotWait},
	lower: {word: () => 'lower', whyOff: why.whyNotWait},
	undo: {
		word: () => 'undo',
		whyOff: state => (state.screen.deeds.length > 0 ? why.noPilot(state) : 'Nothing was done from here yet.'),
	},
	usage: {word: () => 'paste usage', whyOff: why.noPilot},
	sort: {word: () => 'sort'},
	lean: {word: () => 'widen', whyOff: ({screen}) => (screen.zoomed ? 'The pane has the whole window.' : undefined)},
	budget: {word: () => 'budget', whyOff: why.noPilot},
	down: {word: () => 'down', whyOff: whyEmpty},
	up: {word: () => 'up', whyOff: whyEmpty},
	'page-down': {word: () => 'page down', whyOff: whyEmpty},
	'page-up': {word: () => 'page up', whyOff: whyEmpty},
	first: {word: () => 'first', whyOff: whyEmpty},
	last: {word: () => 'last', whyOff: whyEmpty},
	find: {word: () => 'search', whyOff: why.whyNoPane},
	journal: {word: () => 'journal'},
	commands: {word: () => 'commands', whyOff: why.noPilot},
	edit: {word: () => 'edit'},
	memory: {word: () => 'memory'},
	morning: {word: () => 'morning report'},
	suspend: {word: () => 'suspend', whileCopying: true},
};
