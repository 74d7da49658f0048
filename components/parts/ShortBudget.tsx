import {Box} from 'ink';
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
import {fitParts} from '../../src/view/parts.js';
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

const shortParts = (status: Status, all: readonly Gauge[], nowMs: number) => [
	...forecastLines(all).map(text => ({text, tone: 'warn' as const, spare: 1})),
	{text: runsLine(status), tone: 'dim' as const},
	{text: weekLine(status), tone: 'dim' as const, spare: 2, least: 15},
	{text: tokensLine(status), tone: 'dim' as const, spare: 3},
	{text: pilotLine(all), tone: 'dim' as const, spare: 4},
	{text: ageLine(status, nowMs), tone: 'dim' as const, spare: 5},
];

/** `5-hour 42 % used, 48 left` and when it resets, where a bar has no room. */
function InWords({gauge}: {readonly gauge: Gauge}) {
	return (
		<Box flexShrink={0} gap={1}>
			<Line tone={gauge.tone}>{`${gauge.name} ${[gauge.used, gauge.left].filter(Boolean).join(', ')}`}</Line>
			<Line tone="dim">{gauge.resetsShort}</Line>
		</Box>
	);
}

/** Cells of a row without its bar. */
const aroundBar = ({name, used, left, resetsShort}: Gauge) => [name, used, left, resetsShort].join('---').length;

/** Two rows at most: the windows beside each other, then the counts. */
export default function ShortBudget({status, nowMs, width, height}: BudgetRoom) {
	const all = gauges(status, nowMs);
	const shown = all.slice(0, Math.max(1, Math.floor(width / 38)));
	const parts = fitParts(shortParts(status, all, nowMs), width);
	// A shade that no word explains is none.
	const isShared = parts.some(({text}) => text === pilotLine(all));
	const each = Math.floor((width - (shown.length - 1) * 3) / Math.max(1, shown.length));
	const hasBars = shown.every(gauge => each - aroundBar(gauge) >= leastBar);
	return (
		<Box flexDirection="column" flexShrink={0} width={width} height={height} overflow="hidden">
			{shown.length === 0 ? (
				<Box flexShrink={0} height={1}>
					<Line tone="dim">{`${unknownQuota}; ${hintOf(status)}`}</Line>
				</Box>
			) : null}
			<Box flexShrink={0} width={width} height={shown.length > 0 ? 1 : 0} gap={3}>
				{shown.map(gauge =>
					hasBars ? (
						<GaugeRow
							key={gauge.name}
							gauge={isShared ? gauge : {...gauge, pilotPercent: undefined}}
							told={gauge.resetsShort}
							toldWidth={gauge.resetsShort.length}
							stopPercent={status.budget.stopPercent}
							width={each}
							nameWidth={gauge.name.length}
						/>
					) : (
						<InWords key={gauge.name} gauge={gauge} />
					),
				)}
			</Box>
			{height > 1 ? <Parts parts={parts} width={width} /> : null}
		</Box>
	);
}
