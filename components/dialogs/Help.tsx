import {Box, Text, useInput} from 'ink';
import {isCopying} from '../../src/view/act.js';
import {copyKeymap} from '../../src/view/copy-keymap.js';
import {keymap} from '../../src/view/keymap.js';
import {missionSigns} from '../../src/view/theme.js';
import {useDeck} from '../../src/view/use-pilot.js';
import Overlay from '../parts/Overlay.js';

const signs = Object.values(missionSigns)
	.map(({shape, word}) => `${shape} ${word}`)
	.join('  ');

const priorities = '!! critical  ! high  ↓ low  ^id a mission  +name a target';

/** The frame, and the title in it. */
const frameRows = 3;

/** Every key that works here, and outside of copy mode every sign. Any key closes it. */
export default function Help({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const {store} = useDeck();
	const isOfCopyMode = isCopying(store.getState());
	const keys = (isOfCopyMode ? copyKeymap : keymap).filter(({about}) => about !== '');
	const title = `${isOfCopyMode ? 'Copy mode' : 'Keys'} (any key closes this)`;
	const room = rows - frameRows - keys.length;
	// Where there is not room for all of it, the keys come first, and then the signs.
	const notes = isOfCopyMode ? [] : [' ', signs, priorities].slice(room < 3 ? 1 : 0).slice(0, Math.max(0, room));
	const height = keys.length + notes.length + frameRows;
	useInput(() => store.change({dialog: 'none'}));
	return (
		<Overlay title={title} columns={columns} rows={rows} width={100} height={height}>
			{keys.map(({label, about}) => (
				<Box key={label} gap={1} flexShrink={0}>
					<Box width={6} flexShrink={0}>
						<Text bold>{label}</Text>
					</Box>
					<Text wrap="truncate-end">{about}</Text>
				</Box>
			))}
			{notes.map(note => (
				<Text key={note} wrap="truncate-end">
					{note}
				</Text>
			))}
		</Overlay>
	);
}
