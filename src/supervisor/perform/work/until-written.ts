import {messageOf} from '../../../domain/pilot-error.js';
import {stopwatch} from '../../../kernel/clock.js';
import type {Context} from '../../context.js';
import {passes, waitAfter} from '../../storage-gate.js';

const lookEveryMs = 200;

/**
 * Writes again and again until it can be written. For what would be done a second time if it were not written down; while a pilot
 * that ends now waits for it, there is one more try.
 */
export async function untilWritten({clock, log, stops}: Context, write: () => unknown): Promise<void> {
	for (let failures = 0; ; failures++) {
		const isLast = stops.isOver;
		try {
			write();
			return;
		} catch (error) {
			if (isLast || !passes(error)) throw error;
			log.error(`cannot write: ${messageOf(error)}`);
			const passedMs = stopwatch(clock);
			while (passedMs() < waitAfter(failures) && !stops.isOver) await clock.sleep(lookEveryMs);
		}
	}
}
