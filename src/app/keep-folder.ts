import {existsSync} from 'node:fs';
import path from 'node:path';
import type {ControlServer} from '../control/index.js';
import {messageOf} from '../domain/pilot-error.js';
import type {Clock} from '../kernel/clock.js';
import type {Logger} from '../kernel/logger.js';
import {makeFolder} from '../kernel/make-folder.js';
import type {Store} from '../supervisor/index.js';
import {writeMachineId} from './machine.js';
import type {OwnWorkspace} from './own-workspace.js';

const lookEveryMs = 3000;

interface Needs extends OwnWorkspace {
	readonly machine: string;
	readonly store: Pick<Store, 'emit' | 'check' | 'save'>;
	readonly clock: Clock;
	readonly log: Logger;
}

const needed = ['machine', 'owner.json', 'pilot.sock', 'events.ndjson'];

/**
 * Sees to it that what a running pilot needs in `.pilot` is there. `git clean -fdx` takes it away, for git ignores that folder: then the
 * log and the state are put back from memory, the lock is taken anew, and whoever calls is heard again. What sessions had there is lost,
 * and they fail by themselves. What was opened to others there is closed again.
 *
 * @returns Ends the looking.
 */
export function keepFolder(context: Needs, control: Pick<ControlServer, 'listenAgain' | 'look'>): () => void {
	const {pilotDir, workspace, machine, store, clock, log, takeAgain, assertThere} = context;
	const putBack = async (missing: readonly string[]) => {
		makeFolder(pilotDir, 0o700);
		await takeAgain();
		writeMachineId(pilotDir, workspace, machine);
		store.check();
		store.emit('storage.damaged', {
			what: `${missing.join(', ')} of .pilot had been removed while the pilot ran; put back from memory`,
		});
		await store.save();
		await control.listenAgain();
	};
	let isBusy = false;
	const look = () => {
		// Whoever is in the place of a workspace that is gone is left alone.
		assertThere();
		const missing = needed.filter(name => !existsSync(path.join(pilotDir, name)));
		if (missing.length === 0) control.look();
		if (isBusy || missing.length === 0) return;
		isBusy = true;
		putBack(missing)
			.catch(error => log.error(`.pilot cannot be put back: ${String(error)}`))
			.finally(() => {
				isBusy = false;
			});
	};
	return clock.every(lookEveryMs, () => {
		try {
			look();
		} catch (error) {
			log.error(`.pilot: ${messageOf(error)}`);
		}
	});
}
