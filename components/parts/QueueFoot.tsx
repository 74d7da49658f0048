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

/** How much is not seen and what of it needs a human, and all that is known of why the selected one stands where it stands. */
export default function QueueFoot({entries, seen, at, isTyping, width, detail, nowMs}: QueueFootProps) {
	// What is asked has a row of its own, in full: this one goes to what needs a human and is not seen.
	const isAsked = at?.kind === 'mission' && asksYou(at.mission);
	const brief = at && !isTyping && !(isAsked && seen.rest) ? missionBrief(at, nowMs) : '';
	const briefRows = brief === '' && !isTyping ? 0 : rowsOf(brief, width, detail);
	const most = 1 + detail - briefRows;
	const below = seen.rest === undefined ? [] : troublesBelow(entries, {to: seen.to, most, nowMs, width: width - 2});
	const [first, ...others] = below;
	return (
		<Box flexDirection="column" flexShrink={0} width={width} height={detail + (seen.rest ? 1 : 0)} overflow="hidden">
			{seen.rest ? (
				<Line tone={first ? 'warn' : 'dim'}>{`  ${[seen.rest, first].filter(Boolean).join('  ')}`}</Line>
			) : null}
			{others.map(text => (
				<Line key={text} tone="warn">
					{`  ${text}`}
				</Line>
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
