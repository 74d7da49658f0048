import {Box, Text, useInput, usePaste} from 'ink';
import TextInput from 'ink-text-input';
import {useState} from 'react';
import {addMission} from '../../src/view/act.js';
import {plainText, plainTyped, rowsFor} from '../../src/view/plain-text.js';
import {useDeck} from '../../src/view/use-pilot.js';
import Overlay from '../parts/Overlay.js';

const width = 76;
const typingRows = 4;

/** Asks for the title of a new mission. */
export default function NewMission({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const deck = useDeck();
	const [title, setTitle] = useState('');
	const [pastes, setPastes] = useState(0);
	useInput((_, key) => {
		if (key.escape) deck.store.change({dialog: 'none'});
	});
	usePaste(text => {
		setTitle(`${title}${plainText(text)}`);
		setPastes(pastes + 1);
	});
	// Of a title longer than the box, its end is seen: that is where one types.
	const isLong = rowsFor(title, width - 6) > typingRows;
	return (
		<Overlay title="New mission" columns={columns} rows={rows} width={width} height={typingRows + 5}>
			<Box flexShrink={0} height={typingRows} overflow="hidden">
				<Text>{'> '}</Text>
				<Box
					flexGrow={1}
					flexDirection="column"
					height={typingRows}
					justifyContent={isLong ? 'flex-end' : 'flex-start'}
					overflow="hidden"
				>
					<Box flexShrink={0}>
						<TextInput
							// Made anew after a paste, as its cursor is where its first text ends.
							key={pastes}
							value={title}
							onChange={typed => setTitle(plainTyped(typed))}
							onSubmit={typed => void addMission(deck, typed)}
						/>
					</Box>
				</Box>
			</Box>
			<Text dimColor wrap="truncate-end">
				The outcome, in one line. It may only look (access read); details go into missions.md.
			</Text>
			<Text wrap="truncate-end">
				<Text bold>Enter</Text> add {'  '}
				<Text bold>Esc</Text> cancel
			</Text>
		</Overlay>
	);
}
