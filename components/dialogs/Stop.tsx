import {Box, Text, useInput} from 'ink';
import {useState} from 'react';
import {actOn, stop} from '../../src/view/mission-acts.js';
import {plainText} from '../../src/view/plain-text.js';
import {missionsAtHand} from '../../src/view/shown-session.js';
import {useDeck} from '../../src/view/use-pilot.js';
import {keyNames} from '../parts/key-names.js';
import Overlay from '../parts/Overlay.js';

/** Asks whether to stop sessions, which nothing takes back. */
export default function Stop({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const deck = useDeck();
	const [missions] = useState(() => missionsAtHand(deck.store.getState()).filter(({state}) => state === 'in-progress'));
	useInput((input, key) => {
		const [name] = keyNames(input, key);
		if (name !== 'escape' && name !== 'return') return;
		deck.store.change({dialog: 'none'});
		if (name === 'return') void actOn(deck, stop, missions);
	});
	const [first] = missions;
	const isOne = missions.length === 1;
	const title = isOne
		? `Stop ^${first?.id}? Its branch is kept.`
		: `Stop ${missions.length} sessions? Branches are kept.`;
	return (
		<Overlay title={title} columns={columns} rows={rows} width={66} height={6}>
			<Text wrap="truncate-end">{missions.map(mission => plainText(mission.title)).join(', ')}</Text>
			<Text wrap="truncate-end">
				{isOne ? 'The mission is parked; requeue has it done again.' : 'Their missions are parked.'}
			</Text>
			<Box gap={2}>
				<Text bold>Enter</Text>
				<Text>stop</Text>
				<Text bold>Esc</Text>
				<Text>let it run</Text>
			</Box>
		</Overlay>
	);
}
