import {Box} from 'ink';
import {missionBrief} from '../../src/view/mission-detail.js';
import type {QueueEntry} from '../../src/view/queue-entries.js';
import {type QueueRoom, rowsOf, troublesBelow} from '../../src/view/queue-room.js';
import {asksYou} from '../../src/view/theme.js';
import FilterLine from './FilterLine.js';
import Line from './Line.js';

export interface QueueFootProps {
	readonly entries: readonly QueueEntry[];
	readonly seen: QueueRoom;
	/** The selected entry. */
	readonly at: QueueEntry | undefined;
	/** True while a filter is typed, in the place of what is told of the selected entry. */
	readonly isTyping: boolean;
	readonly width: number;
	/** Rows below the list and the line for the rest of it. */
	readonly detail: number;
	readonly nowMs: number;
}

/** Cells before a line that is none of the list. */
const indent = 2;

/** How much is not seen and what of it needs a human, and all that is known of why the selected one stands where it stands. */
export default function QueueFoot({entries, seen, at, isTyping, width, detail, nowMs}: QueueFootProps) {
	// What is asked has a row of its own, in full: this one goes to what needs a human and is not seen.
	const isAsked = at?.kind === 'mission' && asksYou(at.mission);
	const brief = at && !isTyping && !(isAsked && seen.rest) ? missionBrief(at, nowMs) : '';
	const briefRows = brief === '' && !isTyping ? 0 : rowsOf(brief, width, detail);
	const most = 1 + detail - briefRows;
	const rest = seen.rest ?? '';
	const told = {to: seen.to, most, nowMs, width: width - indent - rest.length - 2};
	const below = rest === '' ? [] : troublesBelow(entries, told);
	// How many are not seen is told beside the first of them, which must not look like their name.
	const rows = rest !== '' && below.length === 0 ? [{text: '', tone: 'dim' as const}] : below;
	return (
		<Box flexDirection="column" flexShrink={0} width={width} height={detail + (rest ? 1 : 0)} overflow="hidden">
			{rows.map(({text, tone}, row) => (
				<Box key={text} flexShrink={0} paddingLeft={indent} gap={2} justifyContent="space-between">
					<Line tone={tone}>{text}</Line>
					{row === 0 ? (
						<Box flexShrink={0}>
							<Line tone="dim">{rest}</Line>
						</Box>
					) : null}
				</Box>
			))}
			{isTyping ? <FilterLine width={width} /> : null}
			{brief ? (
				<Box flexShrink={0} height={briefRows} overflow="hidden">
					<Line wrap="wrap">{brief}</Line>
				</Box>
			) : null}
		</Box>
	);
}
