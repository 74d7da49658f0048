import {Box, Text, useInput} from 'ink';
import {cellsOf} from '../../src/domain/cells.js';
import {messageLines} from '../../src/view/message-lines.js';
import {useDeck, usePilot} from '../../src/view/use-pilot.js';
import Line from './Line.js';

export interface SaidProps {
	/** Of the dialog, with its frame. */
	readonly width: number;
	readonly height: number;
	/** Rows that it may take at the most. */
	readonly most: number;
}

/** What came of a key while a dialog is open: in its lower frame, and over the rows above where it takes more. The next key takes it away. */
export default function Said({width, height, most}: SaidProps) {
	const {store} = useDeck();
	const message = usePilot(({screen}) => screen.message);
	const room = Math.max(1, width - 4);
	const count = usePilot(state => messageLines(message, state.nowMs, room, most).length);
	useInput(() => {
		// What this very key has brought is another one.
		if (message && store.getState().screen.message === message) store.change({message: undefined});
	});
	if (!message || count === 0) return null;
	const lines = messageLines(message, message.atMs, room, count);
	return (
		<Box position="absolute" flexDirection="column" left={1} top={height - lines.length} width={width - 2}>
			{lines.map((text, row) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a row is its place, and has no state
				<Box key={row} flexShrink={0} height={1} overflow="hidden">
					<Text> </Text>
					<Line tone={message.tone}>{text}</Line>
					<Text>{' '.repeat(row < lines.length - 1 ? Math.max(0, room - cellsOf(text)) + 1 : 1)}</Text>
				</Box>
			))}
		</Box>
	);
}
