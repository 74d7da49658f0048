import path from 'node:path';
import {messageOf, PilotError} from '../domain/pilot-error.js';
import {isStorageTrouble} from '../kernel/files.js';
import {createReserve} from '../kernel/reserve.js';
import type {Context} from './context.js';

/** Closed for a while after a write failed, so that a full disk makes no busy loop. */
export interface StorageGate {
	readonly isClosed: boolean;
	/**
	 * Logs it, closes, and calls back when it opens again. It never does when the workspace is another pilot's by now or gone, or when
	 * the trouble is a fault of the program's: that does not pass by waiting.
	 */
	failed(error: unknown, again: () => void): void;
	/** For a write that failed and is dealt with: of a full disk all are told, from the room that was kept for that. */
	notice(error: unknown): void;
}

/** How long it is closed after the first failure, the second and the third, then the longest; most troubles are over soon. */
const closedMs = [2000, 5000, 10_000];
const longestMs = 30_000;
/** How long to wait after so many failures in a row, from 0. */
export const waitAfter = (failures: number) => closedMs[failures] ?? longestMs;

/** The workspace is another pilot's by now, or is not there any more. */
export const isLost = (error: unknown) =>
	error instanceof PilotError && (error.code === 'WORKSPACE_LOST' || error.code === 'WORKSPACE_GONE');

/** Trouble in words, such as FILE_BUSY, passes as that of the disk does. */
export const passes = (error: unknown) => (error instanceof PilotError ? !isLost(error) : isStorageTrouble(error));

const isFull = (error: unknown) =>
	error instanceof PilotError && ['ENOSPC', 'EDQUOT'].includes((error.cause as NodeJS.ErrnoException)?.code ?? '');

type StorageDeps = Pick<Context, 'clock' | 'log' | 'store' | 'pilotDir'>;

/** Tells that the disk is full, once, and that there is room again, once as much is free as is put by for the next time. */
function createFullWatch({clock, log, store, pilotDir}: StorageDeps) {
	const reserve = createReserve(path.join(pilotDir, 'reserve'));
	const tell = (write: () => void) => {
		try {
			write();
		} catch (error) {
			log.error(`the state of the disk cannot be told: ${messageOf(error)}`);
		}
	};
	const lookAgain = (looks: number) =>
		clock.at(clock.now() + waitAfter(looks), () => {
			if (reserve.hold()) tell(() => store.emit('storage.free', {}));
			else lookAgain(looks + 1);
		});
	reserve.hold();
	return (error: unknown) => {
		if (!isFull(error) || !reserve.release()) return;
		tell(() => store.emit('storage.full', {what: messageOf(error)}));
		lookAgain(0);
	};
}

/** @param fail Called with what no waiting will mend, WORKSPACE_LOST, WORKSPACE_GONE or a fault of the program's: then this pilot is over. */
export function createStorageGate(deps: StorageDeps, fail: (error: unknown) => void): StorageGate {
	const {clock, log} = deps;
	const notice = createFullWatch(deps);
	let untilMs = 0;
	let failures = 0;
	deps.store.onFailed(notice);
	// Facts can be written again, and nobody who wants the pilot to end shall wait.
	deps.store.onFact(({type}) => {
		if (type === 'pilot.stopping' && Number.isFinite(untilMs)) untilMs = 0;
	});
	return {
		get isClosed() {
			const leftMs = untilMs - clock.now();
			// More than the longest wait is left after the clock was set back: that wait is over.
			return leftMs > 0 && (leftMs <= longestMs || leftMs === Number.POSITIVE_INFINITY);
		},
		failed(error, again) {
			if (!passes(error)) {
				log.error(`the pilot ends: ${messageOf(error)}`, {stack: String((error as Error)?.stack)});
				untilMs = Number.POSITIVE_INFINITY;
				return fail(error);
			}
			log.error(`cannot write: ${messageOf(error)}`);
			const nowMs = clock.now();
			if (nowMs - untilMs > longestMs) failures = 0;
			untilMs = nowMs + waitAfter(failures++);
			clock.at(untilMs, again);
		},
		notice,
	};
}
