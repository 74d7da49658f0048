import {Box, Text, useInput} from 'ink';
import {takeOver} from '../../src/view/act.js';
import {useDeck} from '../../src/view/use-pilot.js';
import {keyNames} from '../parts/key-names.js';
import Overlay from '../parts/Overlay.js';

/** Asks whether to take over a session that runs by itself. */
export default function Take({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const deck = useDeck();
	useInput((input, key) => {
		const [name] = keyNames(input, key);
		if (name === 'escape' || name === 'n') deck.store.change({dialog: 'none'});
		if (name === 'return' || name === 'y') void takeOver(deck);
	});
	return (
		<Overlay title="Take over this session?" columns={columns} rows={rows} width={66} height={8}>
			<Text wrap="wrap">
				What it does now is interrupted. The same session goes on in this pane, with you at the keyboard; h hands it
				back, and the mission goes on by itself.
			</Text>
			<Box gap={2}>
				<Text bold>Enter</Text>
				<Text>take over</Text>
				<Text bold>Esc</Text>
				<Text>leave it alone</Text>
			</Box>
		</Overlay>
	);
}
