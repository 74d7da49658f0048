import {Box, Text, useInput} from 'ink';
import {keymap} from '../../src/view/keymap.js';
import {missionSigns} from '../../src/view/theme.js';
import {useDeck} from '../../src/view/use-pilot.js';
import Overlay from '../parts/Overlay.js';

const signs = Object.values(missionSigns)
	.map(({shape, word}) => `${shape} ${word}`)
	.join('  ');

/** Every key and every sign. Any key closes it. */
export default function Help({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const {store} = useDeck();
	useInput(() => store.change({dialog: 'none'}));
	return (
		<Overlay title="Keys (any key closes this)" columns={columns} rows={rows} width={100} height={keymap.length + 6}>
			{keymap.map(({action, label, about}) => (
				<Box key={action} gap={1}>
					<Box width={6} flexShrink={0}>
						<Text bold>{label}</Text>
					</Box>
					<Text wrap="truncate-end">{about}</Text>
				</Box>
			))}
			<Text> </Text>
			<Text wrap="truncate-end">{signs}</Text>
			<Text wrap="truncate-end">{'!! critical  ! high  ↓ low  ^id a mission  +name a target'}</Text>
		</Overlay>
	);
}
