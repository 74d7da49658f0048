import {Box, Text, useInput} from 'ink';
import {useState} from 'react';
import {askToLeave} from '../../src/view/act.js';
import {captions} from '../../src/view/tour.js';
import {useDeck} from '../../src/view/use-pilot.js';
import Line from '../parts/Line.js';
import Overlay from '../parts/Overlay.js';

const textRows = 3;

/** Says what there is to see in the demo, beside what it is about. */
export default function Tour({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const deck = useDeck();
	const {store} = deck;
	const [at, setAt] = useState(0);
	const caption = captions[at];
	const isLast = at === captions.length - 1;
	useInput((input, key) => {
		// The footer says what it does, and so it does.
		if (input === 'q') askToLeave(deck);
		else if (key.escape || (isLast && input !== '\u0003')) store.change({dialog: 'none'});
		else if (!key.ctrl) setAt(at + 1);
	});
	if (!caption) return null;
	const {title, text, edge} = caption;
	return (
		<Overlay
			title={`${at + 1}/${captions.length} ${title}`}
			columns={columns}
			rows={rows}
			width={76}
			height={textRows + 4}
			edge={edge}
			isBeside
		>
			<Box flexShrink={0} height={textRows} overflow="hidden">
				<Line wrap="wrap">{text}</Line>
			</Box>
			<Text wrap="truncate-end">
				<Text bold>Space</Text> {isLast ? 'look around' : 'go on'} {'  '}
				<Text bold>Esc</Text> without the tour
			</Text>
		</Overlay>
	);
}
