import type {Step} from '../domain/event.js';
import {messageOf, PilotError} from '../domain/pilot-error.js';
import {breathe} from '../kernel/breathe.js';
import {storageError} from '../kernel/files.js';
import {sweep} from '../kernel/process-tree.js';
import type {Context} from './context.js';
import {performers} from './perform/index.js';
import type {StorageGate} from './storage-gate.js';

const codeOf = (error: unknown) => (error instanceof PilotError ? error.code : 'INTERNAL');
export const todoOf = (error: unknown) =>
	error instanceof PilotError ? error.todo : 'Look into .pilot/logs/pilot.log.';

/** A full or read-only disk is the machine's trouble, not the mission's: whoever met it, git included. */
function asStorageError({workspace}: Context, error: unknown): unknown {
	if (error instanceof PilotError)
		return /No space left on device/.test(error.message) ? storageError(workspace, {code: 'ENOSPC'}) : error;
	return storageError((error as NodeJS.ErrnoException)?.path ?? workspace, error);
}

export interface StepRunner {
	/** Runs one step of a run: intent, effect, outcome. What goes wrong becomes a fact, as soon as facts can be written. */
	run(missionId: string, attempt: number, step: Step): Promise<void>;
	/** Resolves when nothing is under way, also for missions that were given up meanwhile. */
	settled(): Promise<unknown>;
}

export function createStepRunner(context: Context, storage: StorageGate, tick: () => void): StepRunner {
	const {store, log, commands, machine, clock} = context;
	const tellFailure = (missionId: string, attempt: number, step: Step, error: unknown) => {
		try {
			// Stopped with the whole pilot: done again at the next start.
			if (codeOf(error) === 'STOPPED' && store.state.stopping)
				store.emit('step.interrupted', {missionId, attempt, step});
			else
				store.emit('step.failed', {
					missionId,
					attempt,
					step,
					code: codeOf(error),
					why: messageOf(error),
					todo: todoOf(error),
				});
			tick();
		} catch (second) {
			storage.failed(second, () => tellFailure(missionId, attempt, step, error));
		}
	};
	const perform = async (missionId: string, attempt: number, step: Step) => {
		// A step that failed before has to know: what it finds done may be its own doing.
		const before = store.state.runs[missionId]?.trouble;
		store.emit('step.begun', {missionId, attempt, step});
		await breathe();
		const begun = store.state.runs[missionId];
		const current = begun?.attempt === attempt ? begun : undefined;
		const run = current && before ? {...current, trouble: before} : current;
		try {
			const work = () => run && performers[step](context, run);
			await commands.during({purpose: step === 'work' ? 'session' : step, missionId}, async () => work());
		} catch (thrown) {
			const error = asStorageError(context, thrown);
			log.error(`${step} of ^${missionId}: ${messageOf(error)}`, {stack: String((error as Error).stack)});
			storage.notice(error);
			// What was broken off in the middle had no time to end what it had started.
			if (codeOf(error) === 'STOPPED') await sweep(`${machine}/gate-${missionId}`, clock);
			tellFailure(missionId, attempt, step, error);
		}
		tick();
	};
	const underWay = new Set<Promise<void>>();
	return {
		run(missionId, attempt, step) {
			const done = perform(missionId, attempt, step);
			underWay.add(done);
			return done.finally(() => underWay.delete(done));
		},
		settled: () => Promise.allSettled(underWay),
	};
}
