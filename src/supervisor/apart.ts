import type {Clock} from '../kernel/clock.js';

/** Lets one after the other through, each `ms` after the one before at the earliest; at once when called off. */
export type Apart = (ms: number, signal: AbortSignal) => Promise<void>;

export function createApart(clock: Clock): Apart {
	let lastMs = Number.NEGATIVE_INFINITY;
	let waiting = 0;
	return async (ms, signal) => {
		const nowMs = clock.now();
		// A clock that was set back must not make anybody wait for longer than those before do.
		const waitMs = Math.max(0, Math.min(lastMs + ms - nowMs, (waiting + 1) * ms));
		lastMs = nowMs + waitMs;
		if (waitMs === 0 || signal.aborted) return;
		waiting++;
		const {promise: calledOff, resolve} = Promise.withResolvers<void>();
		const callOff = () => resolve();
		signal.addEventListener('abort', callOff, {once: true});
		await Promise.race([clock.sleep(waitMs), calledOff]);
		signal.removeEventListener('abort', callOff);
		waiting--;
	};
}
