import {labelOf} from './keymap.js';
import {keyUses} from './keys/uses.js';
import {smallest} from './layout.js';
import {fitParts, type Part} from './parts.js';
import type {ViewState} from './store.js';

/** For a row that is free in a small window: what shows all of it, and the keys that say something even there. */
export function hintParts(state: ViewState, columns: number): Part[] {
	const keys = (['pause', 'help', 'quit'] as const).map((action, index): Part => {
		const label = labelOf(state, action);
		const {word} = keyUses[action];
		return {text: label === '' ? '' : `${label} ${word(state)}`, tone: 'dim', spare: 2 - index};
	});
	const size = {text: `${smallest.columns}×${smallest.rows} shows the panels`, tone: 'dim' as const, spare: 3};
	return fitParts([size, ...keys], columns);
}
