/** Where the keys of an action work; `all` is everywhere. */
export type KeyPlace = 'queue' | 'pane' | 'all';

/** Under which the help lists an action. */
export type KeyGroup = 'Queue' | 'Pane' | 'General';

interface KeyAction {
	/** As `keyNameOf` reads them. */
	readonly keys: readonly string[];
	readonly place: KeyPlace;
	readonly group: KeyGroup;
	/** One sentence, for the help and the docs; so short that 80 columns hold it. */
	readonly about: string;
}

const inQueue = (about: string, ...keys: string[]): KeyAction => ({keys, place: 'queue', group: 'Queue', about});
const inPane = (about: string, ...keys: string[]): KeyAction => ({keys, place: 'pane', group: 'Pane', about});
/** To the mission at hand: that of the pane when the pane has the focus. */
const toMission = (about: string, ...keys: string[]): KeyAction => ({keys, place: 'all', group: 'Queue', about});
const toPane = (about: string, ...keys: string[]): KeyAction => ({keys, place: 'all', group: 'Pane', about});
const everywhere = (about: string, ...keys: string[]): KeyAction => ({keys, place: 'all', group: 'General', about});

/** Every action that a key can be chosen for, with the keys that it has otherwise. In the order of help and docs. */
export const keyActions = {
	down: toMission('Select the mission below.', 'j', 'down'),
	up: toMission('Select the mission above.', 'k', 'up'),
	'page-down': inQueue('A window down the queue.', 'pagedown'),
	'page-up': inQueue('A window up the queue.', 'pageup'),
	first: inQueue('To the first line of the queue.', 'g', 'home'),
	last: inQueue('To the last line of the queue.', 'G', 'end'),
	filter: inQueue('Narrow the queue to words of title, id, state, target, source.', '/'),
	sort: inQueue('Sort it: as it will run, what needs you first, newest change, title.', 'o'),
	mark: inQueue('Mark the mission, or not: keys then act on all that are marked.', 'space'),
	'move-up': inQueue('Have a waiting mission run sooner, within its priority.', '['),
	'move-down': inQueue('Have a waiting mission run later, within its priority.', ']'),
	raise: inQueue('Give a waiting mission a higher priority.', '+'),
	lower: inQueue('Give a waiting mission a lower priority.', '-'),
	undo: everywhere('Undo the last skip, requeue, move, addition, forgetting from here.', 'U'),
	detail: toMission('Read all about the selected mission; in a pane, type into it.', 'enter'),
	new: toMission('Add a mission to the queue.', 'n'),
	edit: toMission('Edit the mission in $VISUAL or $EDITOR; what you save is merged.', 'e'),
	skip: toMission('Not now: to the end of its priority; one that runs is stopped first.', 's'),
	stop: toMission('Stop the mission’s session; the mission is parked, its branch kept.', 'x'),
	requeue: toMission('Have the mission done again: waiting, with a new attempt.', 'r'),
	replay: toMission('Play the recording of the mission’s last session.', 'R'),
	'hand-back': inPane('Give a session that was taken over back: it goes on by itself.', 'h'),
	attach: toPane('Type into the session shown; one that runs by itself is taken over.', 'a'),
	'copy-mode': inPane('Scroll, search and copy the pane’s history; the wheel too.', '[', 'pageup'),
	find: inPane('Search the pane’s history; n goes to the next one up, N down.', '/'),
	pause: everywhere('Pause: what runs goes on, nothing new starts. Again: go on.', 'p'),
	approve: everywhere('Look at what is asked: allow it once, for the session, or deny it.', 'y'),
	deny: everywhere('Look at what is asked with no as the answer; Enter says it.', 'd'),
	journal: everywhere('Read the journal: what was done, day by day.', 'J'),
	memory: everywhere('What is remembered, and where from; change, add or forget it.', 'm'),
	morning: everywhere('What happened since you last looked: what needs you first.', 'M'),
	commands: everywhere('See every command run for you: what for, how long, its exit.', 'L'),
	next: toPane('Go to the next panel: the queue, then the pane of each session.', 'tab'),
	budget: everywhere('What may be spent: each quota window, runs, tokens, the week.', 'b'),
	usage: everywhere('Paste what /usage prints in Claude Code: the quota windows are read.', 'u'),
	palette: everywhere('Find and do anything by a few letters of its name.', ':'),
	lean: everywhere('Give the queue more room; again: the panes; again: both as before.', 'w'),
	zoom: toPane('Give the pane the whole window, and back.', 'z'),
	suspend: everywhere('Back to the shell; fg brings the dashboard back. The pilot goes on.', 'ctrl-z'),
	help: everywhere('Show every key.', '?'),
	quit: everywhere('Leave; asks what the pilot shall do. Ctrl-C twice leaves at once.', 'q'),
} satisfies Readonly<Record<string, KeyAction>>;

export type KeyedAction = keyof typeof keyActions;
export const keyedActions = Object.keys(keyActions) as KeyedAction[];

/** The keys of some actions in place of those that they have otherwise; none at all is an empty list. */
export type KeyChoices = {readonly [action in KeyedAction]?: readonly string[] | undefined};

/** Named keys, and what else they are called. */
const named: Readonly<Record<string, string>> = {
	...{up: 'up', down: 'down', left: 'left', right: 'right', home: 'home', end: 'end', tab: 'tab', space: ' '},
	...{pageup: 'pageup', pgup: 'pageup', pagedown: 'pagedown', pgdn: 'pagedown', enter: 'return', return: 'return'},
};

/** Control keys that a terminal sends as another key. */
const sameAs: Readonly<Record<string, string>> = {h: 'Backspace', i: 'Tab', j: 'a line end', m: 'Enter'};

/** What a key is called by those who hear it: `Ctrl-F` is `ctrl-f`, `Enter` is `return`; undefined when it is none. */
export function keyNameOf(given: string): string | undefined {
	if (/^[!-~]$/u.test(given) || given === ' ') return given;
	const name = given.toLowerCase();
	const control = /^(?:ctrl-|\^)([a-z])$/.exec(name)?.[1];
	if (control) return `ctrl-${control}`;
	return named[name] ?? (/^\p{L}$/u.test(given) ? given : undefined);
}

/** Why nobody may choose this key, or undefined when it can be chosen. */
export function whyNoKey(given: string): string | undefined {
	const name = keyNameOf(given);
	if (name === undefined) return /^esc(ape)?$/i.test(given) ? 'goes back, everywhere' : 'is no key that can be typed';
	if (name === 'ctrl-c') return 'always quits';
	if (/^[1-9]$/.test(name)) return 'looks at the session of that number';
	const same = name.startsWith('ctrl-') ? sameAs[name.slice(-1)] : undefined;
	return same ? `is the same as ${same} for a terminal` : undefined;
}

/** The keys of an action, as `keyNameOf` calls them. */
export const keysOf = (action: KeyedAction, chosen: KeyChoices = {}): readonly string[] =>
	(chosen[action] ?? keyActions[action].keys).flatMap(key => keyNameOf(key) ?? []);

/** Two actions that one key would stand for in the same place. */
export interface KeyClash {
	readonly key: string;
	readonly actions: readonly [KeyedAction, KeyedAction];
}

const meet = (a: KeyPlace, b: KeyPlace) => a === b || a === 'all' || b === 'all';

/** Every key that would stand for two actions; first the one whose keys were chosen. */
export function keyClashes(chosen: KeyChoices): KeyClash[] {
	return keyedActions.flatMap((one, index) =>
		keyedActions.slice(index + 1).flatMap(other =>
			keysOf(one, chosen)
				.filter(key => meet(keyActions[one].place, keyActions[other].place) && keysOf(other, chosen).includes(key))
				.map(key => ({key, actions: chosen[one] ? ([one, other] as const) : ([other, one] as const)})),
		),
	);
}

const labels: Readonly<Record<string, string>> = {
	...{up: '↑', down: '↓', left: '←', right: '→', return: 'Enter', ' ': 'Space', escape: 'Esc'},
	...{pageup: 'PgUp', pagedown: 'PgDn', home: 'Home', end: 'End', tab: 'Tab'},
};

/** As people write it: `Ctrl-F`, `PgUp`, `k`. */
export const keyLabel = (name: string) =>
	name.startsWith('ctrl-') ? `Ctrl-${name.slice('ctrl-'.length).toUpperCase()}` : (labels[name] ?? name);
