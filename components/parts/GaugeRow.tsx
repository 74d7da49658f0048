import {Box} from 'ink';
import {bar, type Gauge} from '../../src/view/gauge.js';
import Line from './Line.js';

/** `100 % used, 0 left` */
const widestUsed = 18;

/** A bar of fewer cells says nothing. */
export const leastBar = 8;

export interface GaugeRowProps {
	readonly gauge: Gauge;
	/** Of pilot's share, of its reset, and of what comes before that. */
	readonly told: string;
	/** Width of the longest of these among the rows. */
	readonly toldWidth: number;
	readonly stopPercent: number;
	readonly width: number;
	/** Width of the longest name among the rows, so that bars stand under each other. */
	readonly nameWidth: number;
}

/** One quota window: name, bar with the marks of the time that is over and of where pilot stops, percent, pilot's share, reset, forecast. */
export default function GaugeRow({gauge, told, toldWidth, stopPercent, width, nameWidth}: GaugeRowProps) {
	const {timePercent, pilotPercent} = gauge;
	const isWarning = gauge.forecast !== '' && told.endsWith(gauge.forecast);
	const used = [gauge.used, gauge.left].filter(Boolean).join(', ');
	const barWidth = Math.min(40, width - nameWidth - Math.max(widestUsed, used.length) - 3 - toldWidth);
	return (
		<Box width={width} height={1} gap={1} overflow="hidden">
			<Box flexShrink={0} width={nameWidth}>
				<Line>{gauge.name}</Line>
			</Box>
			{gauge.usedPercent === undefined ? null : (
				<Box flexShrink={0}>
					<Line tone={gauge.tone}>{bar(gauge.usedPercent, {stopPercent, timePercent, pilotPercent}, barWidth)}</Line>
				</Box>
			)}
			<Box flexShrink={0} minWidth={gauge.usedPercent === undefined ? 0 : widestUsed} justifyContent="flex-end">
				<Line tone={gauge.tone} bold>
					{used}
				</Line>
			</Box>
			<Line tone={isWarning ? 'warn' : 'dim'}>{told}</Line>
		</Box>
	);
}
