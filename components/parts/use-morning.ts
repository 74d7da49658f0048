import {useEffect, useState} from 'react';
import type {MorningReport} from '../../src/domain/morning.js';
import {useDeck} from '../../src/view/use-pilot.js';

/** What happened while nobody looked; undefined until it has been read. */
export function useMorning(): MorningReport | undefined {
	const {hands} = useDeck();
	const [report, setReport] = useState<MorningReport>();
	useEffect(() => {
		let isWanted = true;
		void hands.morning().then(found => isWanted && setReport(found));
		return () => {
			isWanted = false;
		};
	}, [hands]);
	return report;
}
