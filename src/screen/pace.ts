export interface Pace {
	/** Runs at once when the last run is long enough ago, else as soon as it is. `delayMs`: in so many ms. */
	soon(delayMs?: number): void;
	/** Runs now, whatever was planned. */
	now(): void;
	end(): void;
}

export interface PaceOptions {
	/** The least time between two runs, ms. */
	readonly leastMs: () => number;
	/** How far apart runs get while one chases the next, ms. @default leastMs */
	readonly mostMs?: () => number;
}

/** At full distance all fall on the same beat, so that what they make necessary is done once for all of them. */
const untilBeat = (waitMs: number, beatMs: number) => {
	const atMs = performance.now() + waitMs;
	return waitMs + ((beatMs - (atMs % beatMs)) % beatMs);
};

/**
 * Leading edge at once; after a run that cost much the next one comes in growing steps, so that a flood costs no more than a
 * stream, and what is little is never late.
 *
 * @param run Gives true when it cost much.
 */
export function createPace(run: () => unknown, {leastMs, mostMs = leastMs}: PaceOptions): Pace {
	let timer: NodeJS.Timeout | undefined;
	let lastMs = Number.NEGATIVE_INFINITY;
	let stepMs = leastMs();
	let wasHeavy = false;
	const now = () => {
		clearTimeout(timer);
		timer = undefined;
		lastMs = performance.now();
		wasHeavy = run() === true;
	};
	return {
		soon(delayMs) {
			if (timer) return;
			const sinceMs = performance.now() - lastMs;
			const most = Math.max(mostMs(), leastMs());
			stepMs = !wasHeavy || sinceMs > most * 2 ? leastMs() : Math.min(most, Math.max(leastMs(), stepMs * 1.5));
			const waitMs = delayMs ?? stepMs - sinceMs;
			if (waitMs <= 0) return now();
			// The beat is for steps that have grown; the least distance is no reason to wait longer.
			const isFull = most > leastMs() && stepMs >= most;
			timer = setTimeout(now, Math.ceil(isFull ? untilBeat(waitMs, most) : waitMs));
			return;
		},
		now,
		end: () => clearTimeout(timer),
	};
}
