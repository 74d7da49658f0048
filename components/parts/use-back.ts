import {useEffect} from 'react';
import {useDeck, usePilot} from '../../src/view/use-pilot.js';

/**
 * How far a panel of news is scrolled back: never beyond its oldest row, however long a wheel is turned.
 *
 * @param most Rows that do not fit.
 */
export function useBack(panel: 'activity' | 'commands', most: number): number {
	const {store} = useDeck();
	const back = usePilot(state => state.screen.back);
	const rows = Math.min(back[panel], Math.max(0, most));
	useEffect(() => {
		if (rows !== back[panel]) store.change({back: {...back, [panel]: rows}});
	}, [store, rows, back, panel]);
	return rows;
}

/** `Activity, 3 newer`, so that nobody takes what is old for news. */
export const titleBack = (title: string, back: number) => (back > 0 ? `${title}, ${back} newer` : title);
