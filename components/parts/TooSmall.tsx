import {Box} from 'ink';
import {statusLines} from '../../src/view/status-line.js';
import {usePilot, useSlowNow} from '../../src/view/use-pilot.js';
import Parts from './Parts.js';

/** For a window in which no panel has room: what matters most, in as many lines as there are. */
export default function TooSmall({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const status = usePilot(state => state.status);
	const answering = usePilot(state => state.answering);
	const nowMs = useSlowNow();
	return (
		<Box flexDirection="column" width={columns} height={rows} overflow="hidden">
			{statusLines({status, answering, nowMs}, columns, rows).map((parts, row) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place, and has no state.
				<Parts key={row} parts={parts} width={columns} />
			))}
		</Box>
	);
}
