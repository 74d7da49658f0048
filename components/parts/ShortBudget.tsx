import {Box} from 'ink';
import {cellsOf} from '../../src/domain/cells.js';
import type {Status} from '../../src/domain/status.js';
import {
	ageLine,
	forecastLines,
	type Gauge,
	gauges,
	pasteHint,
	pilotLine,
	runsLine,
	tokensLine,
	unknownQuota,
	weekLine,
} from '../../src/view/gauge.js';
import {labelOf} from '../../src/view/keymap.js';
import {fitParts, type Part} from '../../src/view/parts.js';
import GaugeRow, {leastBar} from './GaugeRow.js';
import Line from './Line.js';
import Parts from './Parts.js';

export interface BudgetRoom {
	readonly status: Status;
	readonly nowMs: number;
	readonly width: number;
	readonly height: number;
}

export const hintOf = (status: Status) => pasteHint(labelOf({status}, 'usage'));

const countParts = (status: Status, all: readonly Gauge[], nowMs: number): Part[] => [
	{text: runsLine(status), tone: 'dim' as const, spare: 1},
	{text: weekLine(status), tone: 'dim' as const, spare: 2, least: 15},
	{text: tokensLine(status), tone: 'dim' as const, spare: 3},
	{text: pilotLine(all), tone: 'dim' as const, spare: 4},
	{text: ageLine(status, nowMs), tone: 'dim' as const, spare: 5},
];

/** `5-hour 42 % used, 48 left of 90  resets in 1h02m  stops 20:40 at this pace`, where a bar has no room. */
function inWords({name, used, left, tone, resetsShort, forecast}: Gauge, stopPercent: number): Part[] {
	const told = [`${name} ${used}`, left && `${left} of ${stopPercent}`].filter(Boolean).join(', ');
	return [
		{text: told, tone},
		{text: resetsShort, tone: 'dim', spare: 2},
		{text: forecast, tone: 'warn', spare: 1},
	];
}

const cellsWith = (parts: readonly Part[], more: Part) =>
	[...parts, more].reduce((sum, {text}) => sum + (text === '' ? 0 : cellsOf(text) + 2), -2);

/** A row for each of the first windows; the counts stand where they have room, what matters most first. */
function rowsInWords({status, nowMs, width, height}: BudgetRoom, all: readonly Gauge[]): Part[][] {
	const rows = Array.from({length: height}, (_, row) => {
		const gauge = all[row];
		return gauge ? inWords(gauge, status.budget.stopPercent) : [];
	});
	for (const part of countParts(status, all, nowMs)) rows.find(row => cellsWith(row, part) <= width)?.push(part);
	return rows.map(row => fitParts(row, width));
}

/** Cells of a row without its bar. */
const aroundBar = ({name, used, left, resetsShortest}: Gauge) => [name, used, left, resetsShortest].join('---').length;

/** Two rows at most: bars beside each other and the counts below, or words where bars have no room. */
export default function ShortBudget(room: BudgetRoom) {
	const {status, nowMs, width, height} = room;
	const all = gauges(status, nowMs);
	const shown = all.slice(0, Math.max(1, Math.floor(width / 38)));
	const forecasts = forecastLines(all).map(text => ({text, tone: 'warn' as const, spare: 1}));
	const parts = fitParts([...forecasts, ...countParts(status, all, nowMs)], width);
	// A shade that no word explains is none.
	const isShared = parts.some(({text}) => text === pilotLine(all));
	const each = Math.floor((width - (shown.length - 1) * 3) / Math.max(1, shown.length));
	const hasBars = shown.every(gauge => each - aroundBar(gauge) >= leastBar);
	const rows = hasBars ? [] : rowsInWords(room, all);
	return (
		<Box flexDirection="column" flexShrink={0} width={width} height={height} overflow="hidden">
			{shown.length === 0 ? (
				<Box flexShrink={0} height={1}>
					<Line tone="dim">{`${unknownQuota}; ${hintOf(status)}`}</Line>
				</Box>
			) : null}
			{rows.map(row => (
				<Parts key={row.map(({text}) => text).join()} parts={row} width={width} />
			))}
			<Box flexShrink={0} width={width} height={hasBars && shown.length > 0 ? 1 : 0} gap={3} overflow="hidden">
				{shown.map(gauge => (
					<GaugeRow
						key={gauge.name}
						gauge={isShared ? gauge : {...gauge, pilotPercent: undefined}}
						told={gauge.resetsShortest}
						toldWidth={gauge.resetsShortest.length}
						stopPercent={status.budget.stopPercent}
						width={each}
						nameWidth={gauge.name.length}
					/>
				))}
			</Box>
			{hasBars && height > 1 ? <Parts parts={parts} width={width} /> : null}
		</Box>
	);
}
