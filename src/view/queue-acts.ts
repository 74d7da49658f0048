import {type QueueSort, queueSorts, selectedIndex, sortWord} from './queue-entries.js';
import {missionAtCursor} from './shown-session.js';
import type {Deck} from './use-pilot.js';

/** Puts the cursor on a line; the pane shows that mission's session, or what runs when it has none. */
export function select({store}: Pick<Deck, 'store'>, selectedId: string | undefined) {
	const session = store.getState().status?.sessions.findLast(({missionId}) => missionId === selectedId);
	store.change({selectedId, focus: 'queue', sessionId: session?.id});
}

/** Moves the cursor. */
export function moveCursor({store}: Pick<Deck, 'store'>, steps: number) {
	const {status, screen, queue} = store.getState();
	if (!status || queue.entries.length === 0) return;
	const at = Math.min(Math.max(0, selectedIndex(queue, screen.selectedId) + steps), queue.entries.length - 1);
	select({store}, queue.entries[at]?.key);
}

/** A window up or down, one row of it staying in sight. */
export const moveByPage = (deck: Deck, pages: 1 | -1) =>
	moveCursor(deck, pages * Math.max(1, deck.store.getState().screen.queueRows - 1));

/** What the queue does with Esc: takes all marks off; where there are none, ends the filter. */
export function clear({store}: Deck) {
	store.change(store.getState().screen.marked.length > 0 ? {marked: []} : {filter: ''});
}

/** Marks the mission under the cursor, or takes its mark off, and goes on to the next. */
export function mark(deck: Deck) {
	const {store} = deck;
	const state = store.getState();
	const {marked} = state.screen;
	const id = missionAtCursor(state)?.id;
	if (id === undefined) return;
	store.change({marked: marked.includes(id) ? marked.filter(one => one !== id) : [...marked, id], selectedId: id});
	moveCursor(deck, 1);
}

export function sortNext({store}: Deck) {
	const {sort} = store.getState().screen;
	const next: QueueSort = queueSorts[(queueSorts.indexOf(sort) + 1) % queueSorts.length] ?? 'turn';
	store.change({sort: next});
	store.say(`The queue is shown ${sortWord(next)}.`);
}
