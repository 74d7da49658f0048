import {Box} from 'ink';
import type {Status} from '../../src/domain/status.js';
import {
	ageLine,
	forecastLines,
	type Gauge,
	gauges,
	runsLine,
	tokensLine,
	unknownQuota,
	weekLine,
} from '../../src/view/gauge.js';
import {fitParts} from '../../src/view/parts.js';
import {usePilot, useSlowNow} from '../../src/view/use-pilot.js';
import GaugeRow from '../parts/GaugeRow.js';
import Line from '../parts/Line.js';
import Panel from '../parts/Panel.js';
import Parts from '../parts/Parts.js';
import ShortBudget, {type BudgetRoom, hintOf} from '../parts/ShortBudget.js';

const countParts = (status: Status, width: number) =>
	fitParts(
		[
			{text: runsLine(status), tone: 'plain'},
			{text: weekLine(status), tone: 'dim', spare: 1, least: 15},
		],
		width,
	);

const hasTime = (all: readonly Gauge[]) => all.some(({timePercent}) => timePercent !== undefined);

const longTold = ({resets, forecast}: Gauge) => [resets, forecast].filter(Boolean).join(', ');
/** For a bar and its percent. */
const roomForBar = 21;

function Forecasts({lines}: {readonly lines: readonly string[]}) {
	return lines.map(text => (
		<Line key={text} tone="warn">
			{text}
		</Line>
	));
}

function LongBudget({status, nowMs, width, height}: BudgetRoom) {
	const all = gauges(status, nowMs);
	const rows = Math.max(1, height - 4);
	const nameWidth = Math.max(0, ...all.map(({name}) => name.length));
	// Forecasts that leave the bars no room are left out.
	const longest = Math.max(0, ...all.map(gauge => longTold(gauge).length));
	const toldOf = width - nameWidth - longest >= roomForBar ? longTold : ({resets}: Gauge) => resets;
	const toldWidth = Math.max(0, ...all.map(gauge => toldOf(gauge).length));
	const age = ageLine(status, nowMs);
	const forecasts = forecastLines(all);
	// Title, counts, tokens and age are the other four.
	const hasOwnRows = toldOf !== longTold && forecasts.length <= height - 4 - all.length;
	return (
		<Panel
			title="Budget"
			aside={
				<Line tone="dim">{`${hasTime(all) ? '╎ time over  ' : ''}│ stops at ${status.budget.stopPercent} %`}</Line>
			}
			width={width}
			height={height}
		>
			{all.length === 0 ? <Line tone="dim">{unknownQuota}</Line> : null}
			{all.length === 0 ? <Line tone="dim">{hintOf(status)}</Line> : null}
			{all.slice(0, rows).map(gauge => (
				<GaugeRow
					key={gauge.name}
					gauge={gauge}
					told={toldOf(gauge)}
					toldWidth={toldWidth}
					stopPercent={status.budget.stopPercent}
					width={width}
					nameWidth={nameWidth}
				/>
			))}
			{hasOwnRows ? <Forecasts lines={forecasts} /> : null}
			<Parts parts={countParts(status, width)} width={width} />
			<Line>{tokensLine(status)}</Line>
			{age ? <Line tone="dim">{age}</Line> : null}
		</Panel>
	);
}

/** What may still be spent. Two rows where there is little room, a panel of its own where there is more. */
export default function Budget({width, height}: {readonly width: number; readonly height: number}) {
	const status = usePilot(state => state.status);
	const nowMs = useSlowNow();
	if (!status) return <Box flexShrink={0} width={width} height={height} />;
	const Shape = height <= 2 ? ShortBudget : LongBudget;
	return <Shape status={status} nowMs={nowMs} width={width} height={height} />;
}
