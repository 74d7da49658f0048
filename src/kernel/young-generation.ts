import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8';
import type {Clock} from './clock.js';

/** Room enough for a flood of output; V8 itself would take 134 MB of a machine with 24 GB (Node 24), and keep them. */
const mostBytes = 16_000_000;
const lookEveryMs = 1000;

const youngBytes = () => getHeapSpaceStatistics().find(({space_name}) => space_name === 'new_space')?.space_size ?? 0;

/** @see node --v8-options: read at each collection, unlike the sizes, which are read at the start alone. */
const growBy = (factor: 1 | 2) => setFlagsFromString(`--semi-space-growth-factor=${factor}`);

/**
 * Keeps the part of the heap small that new objects go to: a process that lives for weeks has no use for a large one, and
 * a small one holds nothing back. Measured over 120 missions, four at a time: 165 MB resident instead of 255.
 */
export function boundYoungGeneration(
	clock: Pick<Clock, 'every'>,
	{bytes, grow}: {bytes: () => number; grow: (factor: 1 | 2) => void} = {bytes: youngBytes, grow: growBy},
): () => void {
	let factor: 1 | 2 = 2;
	return clock.every(lookEveryMs, () => {
		const wanted = bytes() >= mostBytes ? 1 : 2;
		if (wanted !== factor) grow(wanted);
		factor = wanted;
	});
}
