import {Box} from 'ink';
import {headerRows} from '../../src/view/header-parts.js';
import {plainText} from '../../src/view/plain-text.js';
import {usePilot, useSlowNow} from '../../src/view/use-pilot.js';
import Line from '../parts/Line.js';
import Parts from '../parts/Parts.js';

/** Where the pilot stands, what comes next, and how it is connected. Two rows. */
export default function Header({columns}: {readonly columns: number}) {
	const workspace = usePilot(state => state.workspace);
	const answering = usePilot(state => state.answering);
	const status = usePilot(state => state.status);
	const nowMs = useSlowNow();
	const [first, second] = status ? headerRows(workspace, status, nowMs, columns) : [[], []];
	return (
		<Box flexDirection="column" flexShrink={0} width={columns} height={2} overflow="hidden">
			{answering && status ? (
				<Parts parts={first} width={columns} />
			) : (
				<Box width={columns} gap={2}>
					<Box flexShrink={0} maxWidth={Math.floor(columns / 3)}>
						<Line bold>{plainText(workspace)}</Line>
					</Box>
					<Line tone="bad">{status ? '! pilot does not answer, looking again' : '○ looking for the pilot'}</Line>
				</Box>
			)}
			<Parts parts={second} width={columns} />
		</Box>
	);
}
