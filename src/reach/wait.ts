import type {Clock} from '../kernel/clock.js';

/**
 * Waits `ms`, or less when `signal` is aborted; never rejects. Built on an interval: it is the clock's only timer that neither
 * a changed wall clock can stretch nor an abort leave behind.
 */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
	return new Promise(resolve => {
		if (signal.aborted || ms <= 0) return resolve();
		const done = () => {
			cancel();
			signal.removeEventListener('abort', done);
			resolve();
		};
		const cancel = clock.every(ms, done);
		signal.addEventListener('abort', done, {once: true});
	});
}

/** Settles as `work` does, or rejects with the signal's reason, even when `work` never settles. */
export function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const stop = () => reject(signal.reason);
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, {once: true});
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
	});
}

/** The other side took the call and did not answer in time. What was asked may have been done. */
export class NoAnswer extends Error {
	override readonly name = 'NoAnswer';
}

/** Runs `work` for `ms` at most; its signal is aborted then, or when the caller's is. Rejects with NoAnswer when time is up. */
export async function within<T>(
	{clock, ms, signal}: {clock: Clock; ms: number; signal: AbortSignal},
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const limit = new AbortController();
	const cancel = clock.every(ms, () => limit.abort(new NoAnswer(`no answer within ${ms} ms`)));
	const either = AbortSignal.any([signal, limit.signal]);
	try {
		return await unlessAborted(either, work(either));
	} catch (error) {
		throw limit.signal.aborted ? limit.signal.reason : error;
	} finally {
		cancel();
	}
}

/** Waiting times of repeated failures: `firstMs` doubling up to `longestMs`. `failures` counts from 1. */
export const backoffMs = (failures: number, {firstMs, longestMs}: {firstMs: number; longestMs: number}) =>
	Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 30));

/** Waits for `work`, however it ends, but no longer than `ms`. */
export async function settledWithin(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
	await within({clock, ms, signal: new AbortController().signal}, () => work).catch(() => {});
}
