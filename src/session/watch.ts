import type {Clock} from '../kernel/clock.js';

export interface SessionLimits {
	readonly wallMs: number;
	readonly quietMs: number;
	readonly bytes: number;
}

export interface Watch {
	/** The agent gave a sign of life. */
	alive(): void;
	/** It printed so many bytes more. Gives false once it has printed too much. */
	printed(bytes: number): boolean;
	end(): void;
}

const lookEveryMs = 1000;

/** A look that comes so late is no session's fault: the machine slept, or its clock was moved. */
const longestGapMs = 30_000;

const minutes = (ms: number) => `${Math.round(ms / 60_000)} minutes`;

/**
 * Holds a session to its limits. Time in which the machine slept, by which its clock was moved, or in which a human had it in hand or
 * was asked (`isHeld`) is not counted.
 */
export function watchSession(
	limits: SessionLimits,
	clock: Clock,
	overrun: (why: string) => void,
	isHeld: () => boolean = () => false,
): Watch {
	let startedMs = clock.now();
	let lastFactMs = startedMs;
	let lastLookMs = startedMs;
	let bytes = 0;
	/** Before a time is kept or compared, so that all of them are of the clock as it is now. Gives that. */
	const look = (): number => {
		const nowMs = clock.now();
		const gapMs = nowMs - lastLookMs;
		lastLookMs = nowMs;
		if (gapMs < 0 || gapMs > longestGapMs || isHeld()) {
			startedMs += gapMs;
			lastFactMs += gapMs;
		}
		return nowMs;
	};
	const unwatch = clock.every(lookEveryMs, () => {
		const nowMs = look();
		if (nowMs - startedMs > limits.wallMs) overrun(`longer than ${minutes(limits.wallMs)}`);
		else if (nowMs - lastFactMs > limits.quietMs) overrun(`no sign of life for ${minutes(limits.quietMs)}`);
	});
	return {
		alive() {
			lastFactMs = look();
		},
		printed(more) {
			bytes += more;
			if (bytes > limits.bytes) overrun(`printed more than ${Math.round(limits.bytes / 1_000_000)} MB`);
			return bytes <= limits.bytes;
		},
		end: unwatch,
	};
}
