import {Box, Text, useInput} from 'ink';
import {useState} from 'react';
import type {MorningReport} from '../../src/domain/morning.js';
import {aheadLine} from '../../src/view/format.js';
import {
	costLine,
	type MorningRow,
	morningCounts,
	morningRows,
	morningSpan,
	spentLine,
} from '../../src/view/morning-rows.js';
import {plainText} from '../../src/view/plain-text.js';
import {useDeck, usePilot} from '../../src/view/use-pilot.js';
import {keyNames} from '../parts/key-names.js';
import Line from '../parts/Line.js';
import Overlay from '../parts/Overlay.js';
import {useMorning} from '../parts/use-morning.js';
import MissionReader from './MissionReader.js';

const mostColumns = 120;
/** The frame, title, counts, what was spent, what is next, a gap, the row of keys. */
const around = 8;

function Row({row, isSelected}: {readonly row: MorningRow; readonly isSelected: boolean}) {
	return (
		<Box flexShrink={0} height={1} overflow="hidden" justifyContent="space-between" gap={2}>
			<Line tone={row.tone} bold={row.bold || isSelected} inverse={isSelected}>
				{row.text === '' ? ' ' : row.text}
			</Line>
			{row.right ? (
				<Box flexShrink={0}>
					<Line>{row.right}</Line>
				</Box>
			) : null}
		</Box>
	);
}

function Glance({report, next}: {readonly report: MorningReport; readonly next: string}) {
	const nowMs = Date.parse(report.until);
	const cost = costLine(report);
	return (
		<>
			<Box gap={2} height={1} overflow="hidden" flexShrink={0}>
				{morningCounts(report).map(({text, tone}) => (
					<Box key={text} flexShrink={0}>
						<Line tone={tone}>{text}</Line>
					</Box>
				))}
			</Box>
			<Text wrap="truncate-end">
				<Text bold>Spent</Text> {spentLine(report, nowMs)}
			</Text>
			{cost ? (
				<Text wrap="truncate-end">
					<Text bold>Cost </Text> {cost}
				</Text>
			) : null}
			<Text wrap="truncate-end">
				<Text bold>Next </Text> {plainText(next)}
			</Text>
			<Text> </Text>
		</>
	);
}

/** What happened while nobody looked: what needs a human first, then what is asked, then what is done, with its receipts. */
export default function Morning({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const {store, hands} = useDeck();
	const report = useMorning();
	const [at, setAt] = useState(0);
	const [readId, setReadId] = useState<string>();
	const status = usePilot(state => state.status);
	const all = report ? morningRows(report, Date.parse(report.until)) : [];
	const stops = all.flatMap(({missionId}, row) => (missionId ? [row] : []));
	const selected = stops[Math.min(at, stops.length - 1)];
	const id = selected === undefined ? undefined : all[selected]?.missionId;
	const height = Math.max(1, rows - around - (report && costLine(report) ? 1 : 0));
	// The selected mission is seen whole, and so is the heading above the first one.
	const top = at === 0 ? 0 : Math.max(0, Math.min((selected ?? 0) + 2 - height, all.length - height));
	const press = (name: string) => {
		if (['escape', 'q', 'M'].includes(name)) store.change({dialog: 'none'});
		else if (['j', 'down', 'tab', ' '].includes(name)) setAt(now => Math.min(now + 1, Math.max(0, stops.length - 1)));
		else if (['k', 'up'].includes(name)) setAt(now => Math.max(0, now - 1));
		else if (name === 'return') setReadId(id);
		else if (name === 'R' && id) hands.replay(id);
	};
	useInput((input, key) => keyNames(input, key).forEach(press), {isActive: readId === undefined});
	if (readId !== undefined) {
		const mission = status?.missions.find(one => one.id === readId);
		const entry = mission && ({kind: 'mission', key: readId, mission} as const);
		const close = () => setReadId(undefined);
		return <MissionReader entry={entry} missionId={readId} columns={columns} rows={rows} close={close} />;
	}
	const title = report ? `Morning report ${morningSpan(report)}` : 'Morning report';
	const next = status
		? aheadLine(status, store.getState().nowMs).replace(/^next: /, '')
		: 'the pilot does not answer yet';
	return (
		<Overlay title={title} columns={columns} rows={rows} width={Math.min(mostColumns, columns)} height={rows}>
			{report ? <Glance report={report} next={next} /> : <Line tone="dim">Reading what happened.</Line>}
			<Box flexDirection="column" flexShrink={0} height={height} overflow="hidden">
				{all.slice(top, top + height).map((row, index) => (
					<Row
						// biome-ignore lint/suspicious/noArrayIndexKey: rows have nothing but their place
						key={top + index}
						row={row}
						isSelected={top + index === selected}
					/>
				))}
			</Box>
			<Line tone="dim">
				{`${stops.length > 0 ? 'j k select  Enter read  R replay  ' : ''}Esc close${stops.length > 1 ? `  ${Math.min(at, stops.length - 1) + 1} of ${stops.length}` : ''}`}
			</Line>
		</Overlay>
	);
}
