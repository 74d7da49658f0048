import {readdirSync, readFileSync} from 'node:fs';

/** How much of something that a machine has a fixed number of is in use. */
export interface Gauge {
	readonly what: string;
	readonly used: number;
	readonly limit: number;
}

const mostRatio = 0.8;

const numberIn = (file: string) => Number(readFileSync(file, 'utf8'));

function descriptorsOf(pid: number | 'self'): Gauge {
	const limit = /^Max open files\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[1];
	return {
		what: 'open files',
		used: readdirSync(`/proc/${pid}/fd`).length,
		limit: limit === undefined ? Number.POSITIVE_INFINITY : Number(limit),
	};
}

/** Open files of a process, and the machine's pseudo-terminals; what cannot be read, as everywhere but on Linux, is left out. */
export function gauges(pid: number | 'self' = 'self'): Gauge[] {
	const readers = [
		() => descriptorsOf(pid),
		() => ({
			what: 'pseudo-terminals',
			used: numberIn('/proc/sys/kernel/pty/nr'),
			limit: numberIn('/proc/sys/kernel/pty/max'),
		}),
	];
	return readers.flatMap(read => {
		try {
			return [read()];
		} catch {
			return [];
		}
	});
}

/** True from four fifths on: what is left is for what runs already. */
export const isScarce = ({used, limit}: Gauge) => used > limit * mostRatio;
