import {noTokens} from '../domain/tokens.js';
import {sweep} from '../kernel/process-tree.js';
import type {Context} from './context.js';

/**
 * Takes up where the last pilot of this machine ended, however that was: ends what its sessions left running, and makes every step whose
 * intent has no outcome due again. A session that was running is lost as a process; its conversation is resumed by its id.
 */
export async function recover({
	store,
	machine,
	clock,
	aftermath,
}: Pick<Context, 'store' | 'machine' | 'clock' | 'aftermath'>): Promise<void> {
	const orphans = await sweep(`${machine}/`, clock);
	if (orphans.length > 0) store.emit('orphans.swept', {pids: orphans});
	for (const what of store.damaged) store.emit('storage.damaged', {what});
	for (const run of Object.values(store.state.runs)) {
		const {missionId, attempt, step} = run;
		if (run.session) void aftermath.follow(run, run.session);
		if (!run.begun) continue;
		store.emit('step.interrupted', {missionId, attempt, step});
		if (step !== 'work' || !run.session) continue;
		store.emit('session.ended', {
			...{missionId, attempt, sessionId: run.session.id, outcome: 'lost', why: 'the pilot ended while it ran'},
			...{exitCode: null, turns: 0, tokens: noTokens, costUsd: 0, durationMs: 0, lastWords: ''},
		});
	}
}
