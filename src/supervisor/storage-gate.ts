import path from 'node:path';
import {messageOf, PilotError} from '../domain/pilot-error.js';
import {createReserve} from '../kernel/reserve.js';
import type {Context} from './context.js';

/** Closed for half a minute after a write failed, so that a full disk makes no busy loop. */
export interface StorageGate {
	readonly isClosed: boolean;
	/** Logs it, closes, and calls back when it opens again; when the workspace is another pilot's by now, it never does. */
	failed(error: unknown, again: () => void): void;
	/** For a write that failed and is dealt with: of a full disk all are told, from the room that was kept for that. */
	notice(error: unknown): void;
}

const closedMs = 30_000;

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
	const lookAgain = () =>
		clock.at(clock.now() + closedMs, () => {
			if (reserve.hold()) tell(() => store.emit('storage.free', {}));
			else lookAgain();
		});
	reserve.hold();
	return (error: unknown) => {
		if (!isFull(error) || !reserve.release()) return;
		tell(() => store.emit('storage.full', {what: messageOf(error)}));
		lookAgain();
	};
}

/** @param lost Called with WORKSPACE_LOST: then this pilot is over. */
export function createStorageGate(deps: StorageDeps, lost: (error: unknown) => void): StorageGate {
	const {clock, log} = deps;
	const notice = createFullWatch(deps);
	deps.store.onFailed(notice);
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
		notice,
	};
}
