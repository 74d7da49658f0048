import {Box, Text} from 'ink';
import type {MorningReport} from '../../src/domain/morning.js';
import {costLine, type MorningRow, morningCounts, quotaLine, spentLine} from '../../src/view/morning-rows.js';
import {plainText} from '../../src/view/plain-text.js';
import Line from './Line.js';

/** One row of the report; what stands at its right edge is never cut. */
export function Row({row, isSelected}: {readonly row: MorningRow; readonly isSelected: boolean}) {
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

/** Rows of the glance that are not there every night. */
export const glanceRows = (report: MorningReport) =>
	[costLine(report), quotaLine(report, Date.parse(report.until))].filter(Boolean).length;

/** `Quota ` and its like. */
const headCells = 6;

interface GlanceProps {
	readonly report: MorningReport;
	readonly next: string;
	/** Cells of a row. */
	readonly width: number;
}

/** How it went, what it took, what comes next. */
export function Glance({report, next, width}: GlanceProps) {
	const nowMs = Date.parse(report.until);
	const cost = costLine(report);
	const quota = quotaLine(report, nowMs, width - headCells);
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
				<Text bold>Spent</Text> {spentLine(report)}
			</Text>
			{quota ? (
				<Text wrap="truncate-end">
					<Text bold>Quota</Text> {quota}
				</Text>
			) : null}
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
