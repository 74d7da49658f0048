import {type KeyedAction, keyLabel} from '../domain/keys.js';
import {copyKeymap} from './copy-keymap.js';
import {bound} from './keymap.js';
import {keyUses} from './keys/uses.js';
import type {ViewState} from './store.js';

/** A key in the footer, and what it would do now. */
export interface FootKey {
	/** As `keyNames` calls it. */
	readonly name: string;
	readonly label: string;
	readonly word: string;
	/** It would do nothing now. */
	readonly off: boolean;
	/** Where there is no room, the highest go first. @default 0, which stays */
	readonly spare?: number | undefined;
}

/** From so many columns on, keys that would do nothing now are shown, faint. */
const roomForAll = 100;

/** Between two keys. */
const gap = 2;
const cellsOf = (keys: readonly FootKey[]) =>
	keys.reduce((sum, {label, word}) => sum + label.length + 1 + word.length + gap, -gap);

/** Keys of a pane that is typed into, or of copy mode. */
function keysOfMode(state: ViewState, isCopying: boolean): FootKey[] | undefined {
	if (state.screen.attachedId !== undefined) {
		const name = state.status?.panes.detachKey ?? 'ctrl-]';
		return [{name, label: keyLabel(name), word: 'detaches; every other key goes to the session', off: false}];
	}
	if (!isCopying) return;
	const keys = copyKeymap.flatMap(({keys: [name = ''], label, word}) =>
		word === undefined ? [] : [{name, label, word, off: false}],
	);
	const [help = ''] = bound('help', state).keys;
	return [...keys, {name: help, label: keyLabel(help), word: 'help', off: false}];
}

/** The keys that mean something here, as many as a row has room for; those that would do nothing now are left out first. */
export function footKeys(state: ViewState, isCopying: boolean, columns: number): readonly FootKey[] {
	const ofMode = keysOfMode(state, isCopying);
	if (ofMode) return ofMode;
	const actions = (Object.keys(keyUses) as KeyedAction[]).filter(action => {
		const {foot} = keyUses[action];
		return foot === 'both' || foot === state.screen.focus;
	});
	let keys = actions.flatMap((action): FootKey[] => {
		const {keys: own, word, whyOff, spare} = bound(action, state);
		const [key] = own;
		if (key === undefined) return [];
		const off = whyOff?.(state) !== undefined;
		return off && columns < roomForAll ? [] : [{name: key, label: keyLabel(key), word: word(state), off, spare}];
	});
	const rank = ({off, spare = 0}: FootKey) => (off ? 100 : spare);
	while (cellsOf(keys) > columns) {
		const least = keys.findLast(key => rank(key) > 0 && keys.every(other => rank(other) <= rank(key)));
		if (!least) break;
		keys = keys.filter(key => key !== least);
	}
	return keys;
}
