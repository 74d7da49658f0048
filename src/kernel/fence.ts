import {fstatSync, statSync} from 'node:fs';
import {PilotError} from '../domain/pilot-error.js';

const workspaceLost = () =>
	new PilotError('WORKSPACE_LOST', {
		what: 'Another pilot has taken over this workspace; this one stops, and writes nothing more.',
		todo: 'Look at the other one with `pilot-tui status`.',
		exitCode: 3,
	});

/**
 * Throws WORKSPACE_LOST when a file that this process alone appends to has been written by somebody else, or another lies in its
 * place. Every pilot writes a fact as it starts: one that was asleep while its lock was lost sees that here, and not by a clock.
 *
 * @param bytes How long it is by what this process wrote.
 * @returns False when there is none in its place: somebody has removed it.
 */
export function assertOwn(file: string, handle: number, bytes: number): boolean {
	const mine = fstatSync(handle);
	const there = statSync(file, {throwIfNoEntry: false});
	if (mine.size !== bytes || (there && there.ino !== mine.ino)) throw workspaceLost();
	return there !== undefined;
}
