import type {CommandInput} from '../domain/command.js';
import type {PaneState} from '../domain/frame.js';
import type {Status} from '../domain/status.js';
import type {Lean} from './layout.js';
import type {MissionForm} from './mission-form.js';
import {plainText} from './plain-text.js';
import type {QueueSort} from './queue-entries.js';

export type Dialog =
	| 'none'
	| 'help'
	| 'new'
	| 'quit'
	| 'detail'
	| 'journal'
	| 'budget'
	| 'commands'
	| 'memory'
	| 'morning'
	| 'tour'
	| 'take'
	| 'find'
	| 'filter'
	| 'stop'
	| 'palette'
	| 'config'
	| 'usage'
	| 'approval'
	/** The same, with no as the answer at hand. */
	| 'denial'
	| 'detached';

/** A line said to the human in answer to a key. */
export interface Message {
	readonly text: string;
	readonly tone: 'plain' | 'good' | 'warn' | 'bad';
	readonly atMs: number;
	/** Ids of the missions that it is about. */
	readonly about: readonly string[];
}

/** Something that was done from this dashboard. */
export interface Deed {
	/** `skip ^m-4k2p9q` */
	readonly words: string;
	/** What takes it back, in this order; nothing when nothing does. */
	readonly undo: readonly CommandInput[];
	/** Why nothing takes it back, for when nothing does. */
	readonly final: string;
}

/** Where the human is: nothing of it outlives the dashboard. */
export interface Screen {
	readonly focus: 'queue' | 'pane';
	/** Id of the mission the cursor is on; the first line until one was chosen. */
	readonly selectedId: string | undefined;
	/** Words that the queue is narrowed to; '' for all of it. */
	readonly filter: string;
	readonly sort: QueueSort;
	/** Ids of the missions that are marked, to be acted on together. */
	readonly marked: readonly string[];
	/** What was done from here, the last at the end. */
	readonly deeds: readonly Deed[];
	/** How many rows the panels of news are scrolled back. */
	readonly back: {readonly activity: number; readonly commands: number};
	/** Rows that the queue has for missions. */
	readonly queueRows: number;
	/** The session the human chose to look at; the one that runs until one was chosen. */
	readonly sessionId: string | undefined;
	readonly zoomed: boolean;
	/** What has more of the window than the rest. */
	readonly lean: Lean;
	/** The session that every key goes to. */
	readonly attachedId: string | undefined;
	/** The session to attach to as soon as it hears keys. */
	readonly wantedId: string | undefined;
	readonly dialog: Dialog;
	/** A mission that is being written: whatever closes its form, what was typed is kept until it is added or cleared. */
	readonly draft: MissionForm | undefined;
	/** Why keys no longer go to the session, for the dialog that says so. */
	readonly detachedWhy: string;
	readonly message: Message | undefined;
}

export const firstScreen: Screen = {
	focus: 'queue',
	selectedId: undefined,
	filter: '',
	sort: 'turn',
	marked: [],
	deeds: [],
	back: {activity: 0, commands: 0},
	queueRows: 1,
	sessionId: undefined,
	zoomed: false,
	lean: 'even',
	attachedId: undefined,
	wantedId: undefined,
	dialog: 'none',
	draft: undefined,
	detachedWhy: '',
	message: undefined,
};

const runs = ({phase}: Status['sessions'][number]) => phase !== 'ended';

/**
 * Keys no longer go to the session, though the human has not asked for that. What is typed on must not be taken for the
 * dashboard's keys: a dialog stands in the way until it is closed.
 */
export const cutOff = (screen: Screen, why: string): Screen =>
	screen.attachedId === undefined ? screen : {...screen, attachedId: undefined, dialog: 'detached', detachedWhy: why};

/** A session that has begun is looked at, unless the human looks at one that runs. */
function lookedAt(screen: Screen, before: Status | undefined, now: Status): Screen {
	if (screen.sessionId === undefined) return screen;
	const chosen = now.sessions.find(session => session.id === screen.sessionId);
	const isNew = now.sessions.some(session => runs(session) && !before?.sessions.some(old => old.id === session.id));
	return !chosen || (isNew && !runs(chosen)) ? {...screen, sessionId: undefined} : screen;
}

/** Keys go to a session as soon as it hears them, and no longer than it does. */
function attachedTo(screen: Screen, {sessions}: Status): Screen {
	const hears = (id: string | undefined) =>
		id !== undefined && sessions.some(({id: one, takesKeys}) => one === id && takesKeys);
	// Somebody who is in the middle of something else is not taken away from it.
	if (hears(screen.wantedId) && screen.dialog !== 'none') return {...screen, wantedId: undefined};
	if (hears(screen.wantedId)) {
		return {...screen, attachedId: screen.wantedId, sessionId: screen.wantedId, wantedId: undefined, focus: 'pane'};
	}
	const isWantedGone =
		screen.wantedId !== undefined && !sessions.some(session => session.id === screen.wantedId && runs(session));
	const isOver = screen.attachedId !== undefined && !hears(screen.attachedId);
	if (!isWantedGone && !isOver) return screen;
	const rest = {...screen, wantedId: isWantedGone ? undefined : screen.wantedId};
	return isOver ? cutOff(rest, 'The session no longer takes keys.') : rest;
}

export const screenAfter = (screen: Screen, before: Status | undefined, now: Status): Screen =>
	attachedTo(lookedAt(screen, before, now), now);

/** Somebody else types now. */
export function screenAfterPane(screen: Screen, sessionId: string, {typist, isYou}: PaneState): Screen {
	if (screen.attachedId !== sessionId || isYou || typist === null) return screen;
	return cutOff(screen, `${plainText(typist)} types now.`);
}
