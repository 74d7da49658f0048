import {Box} from 'ink';
import {plainText} from '../../src/view/plain-text.js';
import {runningSessions} from '../../src/view/shown-session.js';
import {pilotSigns} from '../../src/view/theme.js';
import {usePilot} from '../../src/view/use-pilot.js';
import Line from './Line.js';

/** For a window in which nothing can be shown well: the state, and that. */
export default function TooSmall({columns}: {readonly columns: number}) {
	const workspace = usePilot(state => state.workspace);
	const status = usePilot(state => state.status);
	const answering = usePilot(state => state.answering);
	const sign = answering && status ? pilotSigns[status.state] : undefined;
	const count = runningSessions(status).length;
	const sessions = `${count} session${count === 1 ? '' : 's'}`;
	const state = sign ? `${sign.shape} ${sign.word}, ${sessions}` : 'pilot does not answer';
	return (
		<Box width={columns} height={1} overflow="hidden">
			<Line>{`${state}; window too small (60×15): ${plainText(workspace)}`}</Line>
		</Box>
	);
}
