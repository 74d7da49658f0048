import {
	type KeyedAction,
	type KeyGroup,
	type KeyPlace,
	keyActions,
	keyedActions,
	keyLabel,
	keysOf,
} from '../domain/keys.js';
import {type KeyUse, keyUses} from './keys/uses.js';
import type {ViewState} from './store.js';

/** `session` has the digits and `clear` Escape, which nothing else can have. */
export type Action = KeyedAction | 'session' | 'clear';

/** An action with the keys that it has here. */
export interface KeyBinding extends KeyUse {
	readonly action: Action;
	/** As `keyNames` calls them. */
	readonly keys: readonly string[];
	/** How its keys are written, the first one first; '' when it has none. */
	readonly label: string;
	/** One sentence, for the help; so short that 80 columns hold it. */
	readonly about: string;
	readonly place: KeyPlace;
	readonly group: KeyGroup;
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

const session: KeyBinding = {
	action: 'session',
	keys: digits,
	label: '1-9',
	word: () => 'session',
	about: 'Look at the pane of the first to ninth session.',
	place: 'all',
	group: 'Pane',
	whileCopying: true,
};

const clear: KeyBinding = {
	action: 'clear',
	keys: ['escape'],
	label: 'Esc',
	word: () => 'show all',
	about: 'Take all marks off; with nothing marked, end the filter.',
	whyOff: ({screen}) =>
		screen.filter === '' && screen.marked.length === 0
			? 'Nothing is marked, and all of the queue is shown.'
			: undefined,
	place: 'queue',
	group: 'Queue',
};

type Chosen = Pick<ViewState, 'status'>;

/** An action with its keys as the config has them. */
export const bound = (action: KeyedAction, {status}: Chosen): KeyBinding => {
	const keys = keysOf(action, status?.keys);
	const {place, group, about} = keyActions[action];
	// Whoever is locked in by a file of keys gets out all the same.
	const all = action === 'quit' ? [...keys, 'ctrl-c'] : keys;
	return {...keyUses[action], action, keys: all, label: keys.map(keyLabel).join(' '), about, place, group};
};

/** Every key of the dashboard as the config has it, in the order of the help, which is made of it. */
export const keymapOf = (state: Chosen): readonly KeyBinding[] => [
	...keyedActions.map(action => bound(action, state)),
	session,
	clear,
];

/** How the key of an action is written here; the first one, when there are several. */
export function labelOf(state: Chosen, action: KeyedAction): string {
	const [key] = keysOf(action, state.status?.keys);
	return key === undefined ? '' : keyLabel(key);
}

/** What a key stands for where the human is. */
export const bindingOf = (state: ViewState, key: string): KeyBinding | undefined =>
	keymapOf(state).find(({keys, place}) => keys.includes(key) && (place === 'all' || place === state.screen.focus));
