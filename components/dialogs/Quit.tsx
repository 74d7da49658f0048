import {Box, Text, useInput} from 'ink';
import {quit} from '../../src/view/act.js';
import {quitChoices, quitQuestion} from '../../src/view/quit-choices.js';
import {useDeck, usePilot} from '../../src/view/use-pilot.js';
import {keyNames} from '../parts/key-names.js';
import Overlay from '../parts/Overlay.js';

/** Asks what the pilot shall do once nobody looks. */
export default function Quit({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const deck = useDeck();
	usePilot(state => state.status);
	usePilot(state => state.answering);
	const state = deck.store.getState();
	const choices = quitChoices(state);
	useInput((input, key) => {
		const [name] = keyNames(input, key);
		if (name === 'escape') return deck.store.change({dialog: 'none'});
		const choice = name === 'return' ? choices[0] : choices.find(candidate => candidate.key === name);
		if (choice) void quit(deck, choice);
	});
	return (
		<Overlay title={quitQuestion(state)} columns={columns} rows={rows} width={64} height={choices.length + 4}>
			{choices.map(({key, words}, index) => (
				<Box key={key} gap={2}>
					<Text bold>{key}</Text>
					<Text wrap="truncate-end">{index === 0 ? `${words} (Enter)` : words}</Text>
				</Box>
			))}
			<Box gap={2}>
				<Text bold>Esc</Text>
				<Text>stay</Text>
			</Box>
		</Overlay>
	);
}
