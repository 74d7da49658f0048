import {Box, Text} from 'ink';
import {useEffect} from 'react';
import {activityLines} from '../../src/view/activity.js';
import {askedWords} from '../../src/view/approval-text.js';
import {isUnderDialog, messageLines} from '../../src/view/message-lines.js';
import {useDeck, usePilot, useSlowNow} from '../../src/view/use-pilot.js';
import Line from '../parts/Line.js';

export interface MessageProps {
	readonly columns: number;
	/** Of the window. */
	readonly rows: number;
	readonly showsNews: boolean;
}

/** Header, a panel's title and the row of keys are seen, whatever is said. */
const leftAlone = 4;

interface LongProps {
	readonly lines: readonly string[];
	readonly tone: 'plain' | 'good' | 'warn' | 'bad';
	readonly columns: number;
	readonly rows: number;
}

/** What takes more than its row lies over what stands above it, until it was read. */
function Long({lines, tone, columns, rows}: LongProps) {
	const {hands} = useDeck();
	const height = lines.length;
	const top = rows - 1 - height;
	useEffect(() => {
		hands.cover('message', {x: 0, y: top, cols: columns, rows: height});
		return () => hands.cover('message', undefined);
	}, [hands, top, columns, height]);
	return (
		<Box position="absolute" left={0} top={top} width={columns} height={height} overflow="hidden">
			<Box position="absolute" left={0} top={0} width={columns} height={height}>
				<Text>{lines.map(() => ' '.repeat(columns)).join('\n')}</Text>
			</Box>
			<Box flexDirection="column">
				{lines.map((text, row) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: a row is its place, and has no state
					<Line key={row} tone={tone}>
						{text}
					</Line>
				))}
			</Box>
		</Box>
	);
}

/** One row, or as many as it takes: what came of the last key, for a while; what is asked, while something is; then the newest fact, where no panel shows it. */
export default function Message({columns, rows, showsNews}: MessageProps) {
	const message = usePilot(({screen}) => (isUnderDialog(screen) ? undefined : screen.message));
	const count = usePilot(state => messageLines(message, state.nowMs, columns, rows - leftAlone).length);
	const nowMs = useSlowNow();
	const facts = usePilot(state => state.facts);
	const [news] = showsNews ? activityLines(facts, 1, nowMs) : [];
	// Its keys are not those of a dialog.
	const asked = usePilot(state => (isUnderDialog(state.screen) ? undefined : askedWords(state)));
	const line = asked === undefined ? news : {tone: 'warn' as const, text: `! ${asked}`};
	const lines = message && count > 0 ? messageLines(message, message.atMs, columns, count) : [];
	return (
		<>
			<Box flexShrink={0} width={columns} height={1} overflow="hidden">
				{message && lines.length === 1 ? <Line tone={message.tone}>{lines[0]}</Line> : null}
				{line && lines.length === 0 ? <Line tone={line.tone}>{line.text}</Line> : null}
			</Box>
			{message && lines.length > 1 ? <Long lines={lines} tone={message.tone} columns={columns} rows={rows} /> : null}
		</>
	);
}
