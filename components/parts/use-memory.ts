import {useEffect, useState} from 'react';
import type {MemoryEntry} from '../../src/domain/memory.js';
import {useDeck} from '../../src/view/use-pilot.js';

/** What is remembered, read anew whenever `version` changes; undefined until it has been read once. */
export function useMemory(version: number): readonly MemoryEntry[] | undefined {
	const {hands} = useDeck();
	const [entries, setEntries] = useState<readonly MemoryEntry[]>();
	// biome-ignore lint/correctness/useExhaustiveDependencies: the version is asked for, not used
	useEffect(() => {
		let isWanted = true;
		void hands.memory().then(found => isWanted && setEntries(found));
		return () => {
			isWanted = false;
		};
	}, [hands, version]);
	return entries;
}
