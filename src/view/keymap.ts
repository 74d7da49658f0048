import {missionAtHand, selectedEntry, shownSession} from './shown-session.js';
import type {ViewState} from './store.js';
import {missionSigns} from './theme.js';

export type Action =
	| 'up'
	| 'down'
	| 'skip'
	| 'stop'
	| 'requeue'
	| 'pause'
	| 'new'
	| 'next'
	| 'session'
	| 'zoom'
	| 'detail'
	| 'attach'
	| 'hand-back'
	| 'copy-mode'
	| 'find'
	| 'replay'
	| 'journal'
	| 'suspend'
	| 'help'
	| 'quit';

/** One key, in the words of the footer and of the help. */
export interface KeyBinding {
	readonly action: Action;
	/** As `keyName` calls them. */
	readonly keys: readonly string[];
	/** How the keys are written. */
	readonly label: string;
	/** One word or two, for the footer; what it would do now. */
	word(state: ViewState): string;
	/** One sentence, for the help; so short that 80 columns hold it. */
	readonly about: string;
	/** Why it would do nothing now, or undefined when it works. */
	whyOff?(state: ViewState): string | undefined;
	/** In the footer only while this has the focus. @default both */
	readonly place?: 'queue' | 'pane';
	/** Left out of the footer. */
	readonly helpOnly?: boolean;
	/** Works in copy mode too, where a slip of the finger must not stop a session. */
	readonly whileCopying?: boolean;
}

const noPilot = ({answering}: ViewState) => (answering ? undefined : 'The pilot does not answer; looking again.');

function whyNotOn(state: ViewState, can: readonly string[], todo: string): string | undefined {
	const trouble = noPilot(state);
	if (trouble) return trouble;
	const mission = missionAtHand(state);
	if (!mission) return state.screen.focus === 'pane' ? 'No session is shown.' : 'No mission is selected.';
	return can.includes(mission.state) ? undefined : `^${mission.id} is ${missionSigns[mission.state].word}: ${todo}`;
}

const whyNoPane = (state: ViewState) => noPilot(state) ?? (shownSession(state) ? undefined : 'No session is shown.');

function whyNotAttach(state: ViewState): string | undefined {
	const trouble = whyNoPane(state);
	if (trouble) return trouble;
	const session = shownSession(state);
	if (session?.phase === 'ended') return 'The session has ended; its last screen is shown.';
	return session?.simulated ? 'A simulated agent has no keyboard: there is nothing to take over.' : undefined;
}

function whyNotReplay(state: ViewState): string | undefined {
	const mission = missionAtHand(state);
	if (!mission) return 'No mission is selected.';
	return mission.state === 'pending' || mission.state === 'in-progress'
		? `^${mission.id} is ${missionSigns[mission.state].word}: what has ended can be replayed.`
		: undefined;
}

/** Every key of the dashboard, in the order of the footer. The footer and the help are both made of it. */
export const keymap: readonly KeyBinding[] = [
	{
		action: 'up',
		keys: ['k', 'up'],
		label: 'j k ↑↓',
		word: () => 'up',
		about: '',
		helpOnly: true,
	},
	{
		action: 'down',
		keys: ['j', 'down'],
		label: 'j k ↑↓',
		word: () => 'select',
		about: 'Select the mission below or above.',
		whyOff: state => (selectedEntry(state) ? undefined : 'The queue is empty.'),
		helpOnly: true,
	},
	{
		action: 'new',
		keys: ['n'],
		label: 'n',
		word: () => 'new',
		about: 'Add a mission to the queue.',
		whyOff: noPilot,
		place: 'queue',
	},
	{
		action: 'skip',
		keys: ['s'],
		label: 's',
		word: () => 'skip',
		about: 'Not now: to the end of its priority; one that runs is stopped first.',
		whyOff: state => whyNotOn(state, ['pending', 'in-progress'], 'only what waits or runs can be skipped.'),
	},
	{
		action: 'stop',
		keys: ['x'],
		label: 'x',
		word: () => 'stop',
		about: 'Stop the mission’s session; the mission is parked, its branch kept.',
		whyOff: state => whyNotOn(state, ['in-progress'], 'only what runs can be stopped.'),
	},
	{
		action: 'requeue',
		keys: ['r'],
		label: 'r',
		word: () => 'requeue',
		about: 'Have the mission done again: waiting, with a new attempt.',
		whyOff: state =>
			whyNotOn(state, ['blocked', 'parked', 'failed', 'unproven', 'done'], 'it is in the queue already.'),
		place: 'queue',
	},
	{
		action: 'pause',
		keys: ['p'],
		label: 'p',
		word: ({status}) => (status?.state === 'paused' ? 'resume' : 'pause'),
		about: 'Pause: what runs goes on, nothing new starts. Again: go on.',
		whyOff: state =>
			noPilot(state) ?? (state.status?.state === 'stopping' ? 'The pilot is stopping already.' : undefined),
	},
	{
		action: 'detail',
		keys: ['return'],
		label: 'Enter',
		word: ({screen}) => (screen.focus === 'pane' ? 'attach' : 'read'),
		about: 'Read all about the selected mission; in a pane, type into it.',
		whyOff: state => (selectedEntry(state) ? undefined : 'The queue is empty.'),
		place: 'queue',
	},
	{
		action: 'attach',
		keys: ['a'],
		label: 'a',
		word: state => (shownSession(state)?.takesKeys === false ? 'take over' : 'attach'),
		about: 'Type into the session shown; one that runs by itself is taken over.',
		whyOff: whyNotAttach,
		place: 'pane',
		whileCopying: true,
	},
	{
		action: 'hand-back',
		keys: ['h'],
		label: 'h',
		word: () => 'hand back',
		about: 'Give a session that was taken over back: it goes on by itself.',
		whyOff: state => (shownSession(state)?.taken ? noPilot(state) : 'The session that is shown was not taken over.'),
		place: 'pane',
	},
	{
		action: 'copy-mode',
		keys: ['[', 'pageup'],
		label: '[',
		word: () => 'scroll',
		about: 'Scroll, search and copy the pane’s history; PgUp and the wheel too.',
		whyOff: whyNoPane,
		place: 'pane',
	},
	{
		action: 'find',
		keys: ['/'],
		label: '/',
		word: () => 'search',
		about: 'Search the pane’s history; n goes to the next one up, N down.',
		whyOff: whyNoPane,
		helpOnly: true,
	},
	{
		action: 'replay',
		keys: ['R'],
		label: 'R',
		word: () => 'replay',
		about: 'Play the recording of the mission’s last session.',
		whyOff: whyNotReplay,
		place: 'queue',
	},
	{
		action: 'journal',
		keys: ['J'],
		label: 'J',
		word: () => 'journal',
		about: 'Read the journal: what was done, day by day.',
		helpOnly: true,
	},
	{
		action: 'next',
		keys: ['tab'],
		label: 'Tab',
		word: () => 'focus',
		about: 'Go to the next panel: the queue, then the pane of each session.',
		whyOff: ({status}) => (status?.sessions.length ? undefined : 'No session has run since the pilot started.'),
		whileCopying: true,
	},
	{
		action: 'session',
		keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
		label: '1-9',
		word: () => 'session',
		about: 'Look at the pane of the first to ninth session.',
		helpOnly: true,
		whileCopying: true,
	},
	{
		action: 'zoom',
		keys: ['z'],
		label: 'z',
		word: ({screen}) => (screen.zoomed ? 'unzoom' : 'zoom'),
		about: 'Give the pane the whole window, and back.',
		whyOff: state =>
			state.screen.zoomed || shownSession(state) ? undefined : 'No session runs, so there is nothing to zoom.',
		whileCopying: true,
	},
	{
		action: 'suspend',
		keys: ['ctrl-z'],
		label: 'Ctrl-Z',
		word: () => 'suspend',
		about: 'Back to the shell; fg brings the dashboard back. The pilot goes on.',
		helpOnly: true,
		whileCopying: true,
	},
	{
		action: 'help',
		keys: ['?'],
		label: '?',
		word: () => 'help',
		about: 'Show this.',
		whileCopying: true,
	},
	{
		action: 'quit',
		keys: ['q', 'ctrl-c'],
		label: 'q',
		word: () => 'quit',
		about: 'Leave; asks what the pilot shall do. Ctrl-C twice leaves at once.',
		whileCopying: true,
	},
];

export const bindingOf = (key: string) => keymap.find(binding => binding.keys.includes(key));
