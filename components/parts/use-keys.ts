import {useInput, usePaste} from 'ink';
import {press} from '../../src/view/act.js';
import {labelOf} from '../../src/view/keymap.js';
import {useDeck} from '../../src/view/use-pilot.js';
import {keyNames} from './key-names.js';

const leaving = 'ctrl-c';

/** Keys of the dashboard itself; a dialog has its own. */
export function useKeys(isActive: boolean) {
	const deck = useDeck();
	const pressAll = (names: readonly string[]) => {
		for (const name of names) {
			// What follows in the same breath was meant for the dialog that has just opened.
			if (deck.store.getState().screen.dialog !== 'none') return;
			press(deck, name);
		}
	};
	useInput((input, key) => pressAll(keyNames(input, key).filter(name => name !== leaving)), {isActive});
	// Works in every dialog: whoever presses it twice wants to be out.
	useInput((input, key) => {
		if (!keyNames(input, key).includes(leaving)) return;
		if (deck.store.getState().screen.dialog === 'quit') deck.hands.leave();
		else press(deck, leaving);
	});
	const refuse = () =>
		deck.store.say(
			`What is pasted is not taken for keys. ${labelOf(deck.store.getState(), 'new')}, then paste, adds a mission.`,
			'warn',
		);
	usePaste(refuse, {isActive});
}
