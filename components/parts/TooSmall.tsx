import {Box} from 'ink';
import {isUnderDialog, messageLines} from '../../src/view/message-lines.js';
import {hintParts} from '../../src/view/small-window.js';
import {statusLines} from '../../src/view/status-line.js';
import {useDeck, usePilot, useSlowNow} from '../../src/view/use-pilot.js';
import Line from './Line.js';
import Parts from './Parts.js';

/** For a window in which no panel has room: what matters most, in as many lines as there are; what a key did; what would show more. */
export default function TooSmall({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const {store} = useDeck();
	const status = usePilot(state => state.status);
	const answering = usePilot(state => state.answering);
	const message = usePilot(({screen}) => (isUnderDialog(screen) ? undefined : screen.message));
	const said = usePilot(state => messageLines(message, state.nowMs, columns, rows - 1).length);
	const nowMs = useSlowNow();
	const lines = statusLines({status, answering, nowMs}, columns, rows - said);
	return (
		<Box flexDirection="column" width={columns} height={rows} overflow="hidden">
			{lines.map((parts, row) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place, and has no state.
				<Parts key={row} parts={parts} width={columns} />
			))}
			{message && said > 0
				? messageLines(message, message.atMs, columns, said).map(text => (
						<Line key={text} tone={message.tone}>
							{text}
						</Line>
					))
				: null}
			{answering && status && lines.length + said < rows ? (
				<Parts parts={hintParts(store.getState(), columns)} width={columns} />
			) : null}
		</Box>
	);
}
