import {useEffect, useState} from 'react';
import type {RanCommand} from '../../src/domain/ran-command.js';
import {useDeck} from '../../src/view/use-pilot.js';

/**
 * What the pilot has run lately; undefined until that is known.
 *
 * @param everyMs How often it is asked for again; once when left out.
 */
export function useCommands(everyMs?: number): readonly RanCommand[] | undefined {
	const {hands} = useDeck();
	const [commands, setCommands] = useState<readonly RanCommand[]>();
	useEffect(() => {
		let isWanted = true;
		const ask = async () => {
			const found = await hands.commands();
			if (isWanted) setCommands(known => (JSON.stringify(known) === JSON.stringify(found) ? known : found));
		};
		void ask();
		const timer = everyMs === undefined ? undefined : setInterval(ask, everyMs);
		return () => {
			isWanted = false;
			clearInterval(timer);
		};
	}, [hands, everyMs]);
	return commands;
}
