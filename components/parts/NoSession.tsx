import {Box} from 'ink';
import type {KeyedAction} from '../../src/domain/keys.js';
import {nextLine} from '../../src/view/format.js';
import {labelOf} from '../../src/view/keymap.js';
import {plainText} from '../../src/view/plain-text.js';
import {useDeck, usePilot, useSlowNow} from '../../src/view/use-pilot.js';
import Line from './Line.js';

/** Where a session would be: what comes next and when, and how to give the pilot something to do. */
export default function NoSession() {
	const status = usePilot(state => state.status);
	const {store} = useDeck();
	const nowMs = useSlowNow();
	const label = (action: KeyedAction) => labelOf(store.getState(), action);
	if (!status) return <Line tone="dim">Looking for the pilot …</Line>;
	return (
		<Box flexDirection="column" flexGrow={1} overflow="hidden">
			<Line>No session runs.</Line>
			<Line>{`Next: ${plainText(nextLine(status, nowMs))}`}</Line>
			{status.state === 'paused' ? (
				<Line tone="warn">{`Paused: nothing new starts. ${label('pause')} goes on.`}</Line>
			) : null}
			<Line> </Line>
			<Line tone="dim">Give it a mission:</Line>
			<Line tone="dim">{`  ${label('new').padEnd(24)} here`}</Line>
			<Line tone="dim">{'  pilot-tui add "Title"    in another terminal'}</Line>
			<Line tone="dim">{'  - [ ] Title              a line in missions.md, under ## Pending'}</Line>
		</Box>
	);
}
