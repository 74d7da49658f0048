import {Box} from 'ink';
import {runningSessions, shownSessions} from '../../src/view/shown-session.js';
import {planTiles} from '../../src/view/tiling.js';
import {useDeck, usePilot} from '../../src/view/use-pilot.js';
import NoSession from '../parts/NoSession.js';
import Panel from '../parts/Panel.js';
import Pane from './Pane.js';

export interface PanesProps {
	readonly width: number;
	readonly height: number;
}

/** The live screens of the sessions that run, side by side where there is room; without one, what to do about it. */
export default function Panes({width, height}: PanesProps) {
	const {store} = useDeck();
	const status = usePilot(state => state.status);
	const {focus} = usePilot(state => state.screen);
	const state = store.getState();
	const room = planTiles(Math.max(1, runningSessions(status).length), width, height).length;
	const sessions = shownSessions(state, room);
	const tiles = planTiles(sessions.length, width, height);
	if (!status || sessions.length === 0) {
		return (
			<Panel title="Session" focused={focus === 'pane'} width={width} height={height}>
				<NoSession />
			</Panel>
		);
	}
	return (
		<Box flexShrink={0} width={width} height={height}>
			{tiles.map(({x, y, cols, rows}, index) => {
				const session = sessions[index];
				return session ? (
					<Box key={session.id} position="absolute" left={x} top={y} width={cols} height={rows}>
						<Pane session={session} status={status} width={cols} height={rows} />
					</Box>
				) : null;
			})}
		</Box>
	);
}
