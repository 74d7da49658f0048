import {messageOf} from '../domain/pilot-error.js';
import type {Context} from './context.js';

/** Closed for half a minute after a write failed, so that a full disk makes no busy loop. */
export interface StorageGate {
	readonly isClosed: boolean;
	/** Logs it, closes, and calls back when it opens again. */
	failed(error: unknown, again: () => void): void;
}

const closedMs = 30_000;

export function createStorageGate({clock, log}: Pick<Context, 'clock' | 'log'>): StorageGate {
	let untilMs = 0;
	return {
		get isClosed() {
			return clock.now() < untilMs;
		},
		failed(error, again) {
			log.error(`cannot write: ${messageOf(error)}`);
			untilMs = clock.now() + closedMs;
			clock.at(untilMs, again);
		},
	};
}
