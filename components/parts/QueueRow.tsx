import {Box} from 'ink';
import {memo} from 'react';
import {plainText} from '../../src/view/plain-text.js';
import {type QueueEntry, reasonOf} from '../../src/view/queue-entries.js';
import {columnsOf, signWidth, sourceOf} from '../../src/view/queue-room.js';
import {asksYou, priorityMarks, signOf} from '../../src/view/theme.js';
import Line from './Line.js';

export interface QueueRowProps {
	readonly entry: QueueEntry;
	readonly selected: boolean;
	readonly marked: boolean;
	/** True when keys act on the queue. */
	readonly focused: boolean;
	/** Two rows, the reason below the title. */
	readonly tall: boolean;
	readonly width: number;
	readonly nowMs: number;
}

/** Shape, priority, title, source if it is not the file, and why; titles and reasons each stand in a column of their own. */
function QueueRow({entry, selected, marked, focused, tall, width, nowMs}: QueueRowProps) {
	const cursor = selected ? (focused ? '❯' : '›') : ' ';
	if (entry.kind === 'problem') {
		return (
			<Line tone="warn" inverse={selected && focused}>
				{`${cursor}! ${plainText(entry.text)}`}
			</Line>
		);
	}
	const {mission} = entry;
	const sign = signOf(mission);
	const source = sourceOf(mission);
	const room = width - signWidth;
	return (
		<Box width={width} height={tall ? 2 : 1} overflow="hidden">
			<Box flexShrink={0} width={signWidth}>
				<Line
					tone={sign.tone}
				>{`${cursor}${sign.shape}${marked ? '*' : ' '}${priorityMarks[mission.priority] ?? '  '}`}</Line>
			</Box>
			<Box flexShrink={0} flexDirection={tall ? 'column' : 'row'} width={room}>
				<Box flexShrink={0} width={tall ? room : columnsOf(width).title} gap={1}>
					<Box flexShrink={1}>
						<Line bold={selected} inverse={selected && focused}>
							{plainText(mission.title)}
						</Line>
					</Box>
					{source === '' ? null : (
						<Box flexShrink={0}>
							<Line tone="dim">{source}</Line>
						</Box>
					)}
				</Box>
				<Box flexGrow={1} flexShrink={1} paddingLeft={tall ? 0 : 1}>
					<Line tone={asksYou(mission) ? 'warn' : 'dim'}>{reasonOf(mission, nowMs)}</Line>
				</Box>
			</Box>
		</Box>
	);
}

export default memo(QueueRow);
