import {Box, Text, useInput} from 'ink';
import {useDeck, usePilot} from '../../src/view/use-pilot.js';
import Line from '../parts/Line.js';
import Overlay from '../parts/Overlay.js';

/** Says that keys no longer go to the session; what is still being typed ends here and does nothing. */
export default function Detached({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const {store} = useDeck();
	const why = usePilot(state => state.screen.detachedWhy);
	useInput((_, key) => {
		if (key.escape) store.change({dialog: 'none'});
	});
	return (
		<Overlay title="You no longer type into the session" columns={columns} rows={rows} width={60} height={6}>
			<Line tone="warn">{why}</Line>
			<Text>What you typed since then went nowhere.</Text>
			<Box gap={2}>
				<Text bold>Esc</Text>
				<Text>back to the dashboard; a types into it again</Text>
			</Box>
		</Overlay>
	);
}
