import path from 'node:path';
import {systemClock} from '../kernel/clock.js';
import {isOwnerAlive, readOwner} from '../kernel/lock.js';
import {sweep} from '../kernel/process-tree.js';
import {machineId} from './machine.js';

const graceMs = {terminate: 3000, kill: 2000};

/**
 * Ends a pilot that does not answer, and what its sessions left: TERM, then KILL. Its pid is known from the note it left, and is
 * only signalled while it is the very process that wrote it.
 *
 * @returns Its pid; undefined when no such process is there, or it could not be ended.
 */
export async function endSilentPilot(workspace: string): Promise<number | undefined> {
	const pilotDir = path.join(workspace, '.pilot');
	const owner = readOwner(pilotDir);
	if (!owner || !isOwnerAlive(owner)) return;
	const endedBy = async (signal: NodeJS.Signals, ms: number) => {
		if (isOwnerAlive(owner)) process.kill(owner.pid, signal);
		const untilMs = performance.now() + ms;
		while (isOwnerAlive(owner) && performance.now() < untilMs) await systemClock.sleep(20);
		return !isOwnerAlive(owner);
	};
	if (!(await endedBy('SIGTERM', graceMs.terminate)) && !(await endedBy('SIGKILL', graceMs.kill))) return;
	await sweep(`${machineId(pilotDir, workspace)}/`, systemClock);
	return owner.pid;
}
