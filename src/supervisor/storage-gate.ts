import {messageOf, PilotError} from '../domain/pilot-error.js';
import type {Context} from './context.js';

/** Closed for half a minute after a write failed, so that a full disk makes no busy loop. */
export interface StorageGate {
	readonly isClosed: boolean;
	/** Logs it, closes, and calls back when it opens again; when the workspace is another pilot's by now, it never does. */
	failed(error: unknown, again: () => void): void;
}

const closedMs = 30_000;

/** @param lost Called with WORKSPACE_LOST: then this pilot is over. */
export function createStorageGate(
	{clock, log}: Pick<Context, 'clock' | 'log'>,
	lost: (error: unknown) => void,
): StorageGate {
	let untilMs = 0;
	return {
		get isClosed() {
			return clock.now() < untilMs;
		},
		failed(error, again) {
			log.error(`cannot write: ${messageOf(error)}`);
			if (error instanceof PilotError && error.code === 'WORKSPACE_LOST') {
				untilMs = Number.POSITIVE_INFINITY;
				return lost(error);
			}
			untilMs = clock.now() + closedMs;
			clock.at(untilMs, again);
		},
	};
}
