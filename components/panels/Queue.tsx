import {Box} from 'ink';
import {useEffect} from 'react';
import type {MissionState} from '../../src/domain/mission.js';
import type {Status} from '../../src/domain/status.js';
import {labelOf} from '../../src/view/keymap.js';
import {plainText} from '../../src/view/plain-text.js';
import {queueTitle, selectedIndex} from '../../src/view/queue-entries.js';
import {queueParts, queueRoom} from '../../src/view/queue-room.js';
import {markedMissions} from '../../src/view/shown-session.js';
import {missionSigns} from '../../src/view/theme.js';
import {useDeck, usePilot, useSlowNow} from '../../src/view/use-pilot.js';
import Line from '../parts/Line.js';
import Panel from '../parts/Panel.js';
import QueueFoot from '../parts/QueueFoot.js';
import QueueRow from '../parts/QueueRow.js';

const counted: readonly (readonly [keyof Status['queue'], MissionState])[] = [
	['inProgress', 'in-progress'],
	['pending', 'pending'],
	['blocked', 'blocked'],
	['parked', 'parked'],
	['unproven', 'unproven'],
	['failed', 'failed'],
	['done', 'done'],
];

/** The frame of the title's line. */
const frameCells = 9;

/** `▶ 1 running  ○ 3 waiting  ✗ 1 failed`, without the zeros; shapes alone where words leave no room for the title. */
function Tally({
	queue,
	width,
}: {
	readonly queue: Status['queue'] /** What the title leaves of the row. */;
	readonly width: number;
}) {
	const shown = counted.filter(([count]) => queue[count] > 0);
	const inWords = shown.map(
		([count, state]) => `${missionSigns[state].shape} ${queue[count]} ${missionSigns[state].word}`,
	);
	const hasWords = inWords.join('  ').length <= width;
	return (
		<Box gap={hasWords ? 2 : 1} flexShrink={0}>
			{shown.map(([count, state], index) => (
				<Line key={count} tone={missionSigns[state].tone}>
					{hasWords ? inWords[index] : `${missionSigns[state].shape} ${queue[count]}`}
				</Line>
			))}
		</Box>
	);
}

function NothingShown() {
	const {store} = useDeck();
	const filter = usePilot(state => state.screen.filter);
	if (filter !== '') return <Line tone="dim">{`Nothing has “${plainText(filter)}” in it. Esc shows all.`}</Line>;
	return (
		<Box flexDirection="column">
			<Line>The queue is empty.</Line>
			<Line tone="dim">{`${labelOf(store.getState(), 'new')} adds a mission. So does a line in missions.md, under ## Pending:`}</Line>
			<Line tone="dim">- [ ] Say what this project does</Line>
		</Box>
	);
}

/** Missions in the order they matter, and below them all that is known of why the selected one stands where it stands. */
export default function Queue({width, height}: {readonly width: number; readonly height: number}) {
	const {store} = useDeck();
	const status = usePilot(state => state.status);
	const nowMs = useSlowNow();
	const list = usePilot(state => state.queue);
	const screen = usePilot(state => state.screen);
	const {entries} = list;
	const selected = selectedIndex(list, screen.selectedId);
	const isTyping = screen.dialog === 'filter';
	const focused = screen.focus === 'queue';
	const {room, detail} = queueParts(height);
	const seen = queueRoom(entries, {selected, rows: room, width, nowMs});
	const at = entries[selected];
	const marked = markedMissions(store.getState()).length;
	const title = queueTitle(list, screen, marked);
	const aside = status ? <Tally queue={status.queue} width={width - title.length - frameCells} /> : undefined;
	useEffect(() => store.change({queueRows: Math.max(1, room)}), [store, room]);
	return (
		<Panel title={title} aside={aside} focused={focused} width={width} height={height}>
			<Box flexDirection="column" flexGrow={1} overflow="hidden">
				{status && entries.length === 0 ? <NothingShown /> : null}
				{entries.slice(seen.from, seen.to).map(entry => (
					<QueueRow
						key={entry.key}
						entry={entry}
						selected={entry === at}
						marked={screen.marked.includes(entry.key)}
						focused={focused}
						tall={seen.tall.has(entry.key)}
						width={width}
						nowMs={nowMs}
					/>
				))}
			</Box>
			<QueueFoot {...{entries, seen, at, isTyping, width, detail, nowMs}} />
		</Panel>
	);
}
