import {createContext, useContext, useSyncExternalStore} from 'react';
import type {Hands} from './hands.js';
import type {ViewState, ViewStore} from './store.js';

/** What every part of the screen stands on. */
export interface Deck {
	readonly store: ViewStore;
	readonly hands: Hands;
}

export const DeckContext = createContext<Deck | undefined>(undefined);

export function useDeck(): Deck {
	const deck = useContext(DeckContext);
	if (!deck) throw new Error('Nothing on the screen works outside of DeckContext.');
	return deck;
}

/** A slice of what is drawn. The selector gives a part of the state, never a fresh object: that would never come to rest. */
export function usePilot<T>(selector: (state: ViewState) => T): T {
	const {store} = useDeck();
	return useSyncExternalStore(store.subscribe, () => selector(store.getState()));
}

const slowMs = 10_000;
/** The last ten seconds that were full, ms since epoch. */
export const slowly = (nowMs: number) => Math.floor(nowMs / slowMs) * slowMs;

/** The time, ms since epoch, in steps of ten seconds: enough for what is told in minutes, and nothing is drawn anew every second for it. */
export const useSlowNow = () => usePilot(({nowMs}) => slowly(nowMs));
