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

/** Every key that works here, and outside of copy mode every sign. Any key closes it. */
export default function Help({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const {store} = useDeck();
	const isOfCopyMode = isCopying(store.getState());
	const keys = isOfCopyMode ? copyKeymap.filter(({about}) => about !== '') : keymap;
	const title = `${isOfCopyMode ? 'Copy mode' : 'Keys'} (any key closes this)`;
	useInput(() => store.change({dialog: 'none'}));
	return (
		<Overlay title={title} columns={columns} rows={rows} width={100} height={keys.length + (isOfCopyMode ? 3 : 6)}>
			{keys.map(({label, about}) => (
				<Box key={label} gap={1}>
					<Box width={6} flexShrink={0}>
						<Text bold>{label}</Text>
					</Box>
					<Text wrap="truncate-end">{about}</Text>
				</Box>
			))}
			{isOfCopyMode ? null : (
				<>
					<Text> </Text>
					<Text wrap="truncate-end">{signs}</Text>
					<Text wrap="truncate-end">{'!! critical  ! high  ↓ low  ^id a mission  +name a target'}</Text>
				</>
			)}
		</Overlay>
	);
}
