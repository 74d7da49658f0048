import {Box, Text} from 'ink';
import {isCopying} from '../../src/view/act.js';
import {footKeys} from '../../src/view/foot-keys.js';
import {useDeck, usePilot} from '../../src/view/use-pilot.js';

/** One row: what can be pressed now. */
export default function Footer({columns}: {readonly columns: number}) {
	const {store} = useDeck();
	usePilot(state => state.status);
	usePilot(state => state.screen);
	usePilot(state => state.panes);
	const state = store.getState();
	// A dialog has keys of its own, and says them.
	const isHeard = ['none', 'filter', 'tour'].includes(state.screen.dialog);
	if (!isHeard) return <Box flexShrink={0} width={columns} height={1} />;
	return (
		<Box flexShrink={0} width={columns} height={1} overflow="hidden">
			<Text wrap="truncate-end">
				{footKeys(state, isCopying(state), columns).map(({label, word, off}, index) => (
					<Text key={label} dimColor={off}>
						{index > 0 ? '  ' : ''}
						<Text bold={!off}>{label}</Text>
						{` ${word}`}
					</Text>
				))}
			</Text>
		</Box>
	);
}
