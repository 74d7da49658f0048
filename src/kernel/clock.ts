/** Time as everything in the house sees it; tests pass a fake. */
export interface Clock {
	/** Wall clock, ms since epoch. */
	now(): number;
	/** Calls `run` every `ms` until the returned function is called. */
	every(ms: number, run: () => void): () => void;
	/**
	 * Calls `run` once when the wall clock reaches `atMs`, however long a sleep was in between; after as long as that seemed to take when it
	 * was asked for, if the clock was set back since. Looks at least every 30 s.
	 */
	at(atMs: number, run: () => void): () => void;
	sleep(ms: number): Promise<void>;
}

/** setTimeout overflows at 2^31 ms and fires at once; a suspended machine fires late. Both end at a short re-check. */
const longestTimerMs = 30_000;

export const systemClock: Clock = {
	now: () => Date.now(),
	every(ms, run) {
		const timer = setInterval(run, ms);
		return () => clearInterval(timer);
	},
	at(atMs, run) {
		let timer: NodeJS.Timeout;
		const latestMs = performance.now() + atMs - Date.now();
		const look = () => {
			const left = Math.min(atMs - Date.now(), latestMs - performance.now());
			if (left <= 0) run();
			else timer = setTimeout(look, Math.min(left, longestTimerMs));
		};
		timer = setTimeout(look, Math.max(0, Math.min(atMs - Date.now(), longestTimerMs)));
		return () => clearTimeout(timer);
	},
	sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
};

/**
 * How much time has passed since, ms, as it is seen by whoever asks again and again: a clock that is set back takes nothing from it, and makes
 * nobody wait until the time that it had comes again.
 */
export function stopwatch({now}: Pick<Clock, 'now'>): () => number {
	let lastMs = now();
	let passedMs = 0;
	return () => {
		const nowMs = now();
		passedMs += Math.max(0, nowMs - lastMs);
		lastMs = nowMs;
		return passedMs;
	};
}
