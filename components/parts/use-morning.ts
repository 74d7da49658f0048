import {useEffect, useState} from 'react';
import type {MorningReport} from '../../src/domain/morning.js';
import {useDeck} from '../../src/view/use-pilot.js';

/** What happened while nobody looked, read again whenever something that may change it is over; undefined until it has been read. */
export function useMorning(isChanging: boolean): MorningReport | undefined {
	const {hands} = useDeck();
	const [report, setReport] = useState<MorningReport>();
	useEffect(() => {
		if (isChanging) return;
		let isWanted = true;
		void hands.morning().then(found => isWanted && setReport(found));
		return () => {
			isWanted = false;
		};
	}, [hands, isChanging]);
	return report;
}
