import {Box} from 'ink';
import type {MemoryEntry} from '../../src/domain/memory.js';
import {giverOf} from '../../src/view/memory-acts.js';
import {plainText} from '../../src/view/plain-text.js';
import {listWindow} from '../../src/view/queue-entries.js';
import Line from './Line.js';

const kindCells = 11;

interface RowProps {
	readonly entry: MemoryEntry;
	readonly isSelected: boolean;
	/** Of the same day as the row above it, which says so. */
	readonly isSameDay: boolean;
}

function Row({entry, isSelected, isSameDay}: RowProps) {
	const origin = [isSameDay ? '' : entry.day, giverOf(entry)].filter(Boolean).join(' ');
	return (
		<Box flexShrink={0} height={1} overflow="hidden" justifyContent="space-between" gap={2}>
			<Line inverse={isSelected} bold={isSelected}>
				{`${isSelected ? '❯' : ' '}${entry.kind.padEnd(kindCells)}${plainText(entry.text)}`}
			</Line>
			<Box flexShrink={0}>
				<Line tone="dim">{plainText(origin)}</Line>
			</Box>
		</Box>
	);
}

export interface MemoryListProps {
	readonly entries: readonly MemoryEntry[];
	/** Index of the one that the cursor is on. */
	readonly selected: number;
	readonly height: number;
}

/** What is remembered, each line with where it came from; as many as there is room for, the selected one among them. */
export default function MemoryList({entries, selected, height}: MemoryListProps) {
	const {from, to, rest} = listWindow(entries.length, selected, height);
	return (
		<Box flexDirection="column" flexShrink={0} height={height} overflow="hidden">
			{entries.slice(from, to).map((entry, index) => (
				<Row
					// biome-ignore lint/suspicious/noArrayIndexKey: a line may stand there twice
					key={from + index}
					entry={entry}
					isSelected={from + index === selected}
					isSameDay={index > 0 && entry.day === entries[from + index - 1]?.day}
				/>
			))}
			{rest ? <Line tone="dim">{` ${rest}`}</Line> : null}
			{entries.length === 0 ? <Line tone="dim">Nothing is remembered yet.</Line> : null}
			{entries.length === 0 ? <Line tone="dim">Sessions leave here what they learned of the project,</Line> : null}
			{entries.length === 0 ? <Line tone="dim">and what you prefer. n adds what you prefer yourself.</Line> : null}
		</Box>
	);
}
