import {Box, Text, useInput} from 'ink';
import TextInput from 'ink-text-input';
import {useState} from 'react';
import {find} from '../../src/view/act.js';
import {plainTyped} from '../../src/view/plain-text.js';
import {useDeck} from '../../src/view/use-pilot.js';
import Overlay from '../parts/Overlay.js';

/** Asks for the text to look for in the pane's history. */
export default function Find({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const deck = useDeck();
	const [query, setQuery] = useState('');
	useInput((_, key) => {
		if (key.escape) deck.store.change({dialog: 'none'});
	});
	return (
		<Overlay title="Search this pane" columns={columns} rows={rows} width={60} height={5}>
			<Box>
				<Text>{'/'}</Text>
				<TextInput
					value={query}
					onChange={typed => setQuery(plainTyped(typed))}
					onSubmit={typed => find(deck, typed)}
				/>
			</Box>
			<Text dimColor wrap="truncate-end">
				Small letters find capitals too. n and N go on; nothing typed ends it.
			</Text>
		</Overlay>
	);
}
