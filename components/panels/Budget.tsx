import {Box} from 'ink';
import type {Status} from '../../src/domain/status.js';
import {
	ageLine,
	forecastLines,
	type Gauge,
	gauges,
	legendOf,
	pilotLine,
	runsLine,
	tokensLine,
	unknownQuota,
	weekLine,
} from '../../src/view/gauge.js';
import {fitParts} from '../../src/view/parts.js';
import {usePilot, useSlowNow} from '../../src/view/use-pilot.js';
import GaugeRow, {leastBar} from '../parts/GaugeRow.js';
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

type Told = (gauge: Gauge) => string;
const fullTold: Told = ({pilot, resets, forecast}) => [pilot, resets, forecast].filter(Boolean).join(', ');
const longTold: Told = ({resets, forecast}) => [resets, forecast].filter(Boolean).join(', ');
const shortTold: Told = ({resets}) => resets;
const shortestTold: Told = ({resetsShortest}) => resetsShortest;
/** For a bar and its percents. */
const roomForBar = leastBar + 21;
/** Around what stands at the right end of the title's line. */
const aroundAside = 13;

const widest = (all: readonly Gauge[], toldOf: Told) => Math.max(0, ...all.map(gauge => toldOf(gauge).length));

/** What is told behind the bars, and beneath them: pilot's share and the forecasts, where the bars would have no room beside them. */
function wordsOf(all: readonly Gauge[], width: number, rows: number) {
	const told = [fullTold, longTold, shortTold];
	const toldOf = told.find(one => width - widest(all, one) >= roomForBar) ?? shortestTold;
	const forecasts = toldOf === shortTold || toldOf === shortestTold ? forecastLines(all) : [];
	const hasForecasts = forecasts.length <= rows;
	const left = rows - (hasForecasts ? forecasts.length : 0);
	return {
		...{toldOf, toldWidth: widest(all, toldOf)},
		forecasts: hasForecasts ? forecasts : [],
		pilot: toldOf !== fullTold && left > 0 ? pilotLine(all) : '',
	};
}

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
	// Title, counts, tokens and age are the other four.
	const {toldOf, toldWidth, forecasts, pilot} = wordsOf(all, width - nameWidth, height - 4 - all.length);
	const age = ageLine(status, nowMs);
	return (
		<Panel
			title="Budget"
			aside={<Line tone="dim">{legendOf(all, status.budget.stopPercent, width - aroundAside)}</Line>}
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
			<Forecasts lines={forecasts} />
			{pilot ? <Line tone="dim">{pilot}</Line> : null}
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
