import {readdirSync} from 'node:fs';
import path from 'node:path';
import {type OtherMachine, readOther} from '../domain/lease.js';
import {readIfThere} from '../kernel/files.js';

/** The other machines that work on this queue, as they tell of themselves in `state/`. */
export interface Machines {
	readonly others: readonly OtherMachine[];
	/** Reads their files again: a sync may have brought new ones. */
	refresh(): void;
}

function readState(file: string): unknown {
	try {
		return JSON.parse(readIfThere(file)?.toString('utf8') ?? '');
	} catch {
		return;
	}
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder).filter(name => name.endsWith('.json'));
	} catch {
		return [];
	}
}

/** @param stateFile That of this machine; the others lie beside it. */
export function createMachines(stateFile: string): Machines {
	const folder = path.dirname(stateFile);
	const read = () =>
		namesIn(folder)
			.filter(name => name !== path.basename(stateFile))
			.map(name => readOther(name.replace(/\.json$/, ''), readState(path.join(folder, name))))
			.filter(other => other !== undefined);
	let others = read();
	return {
		get others() {
			return others;
		},
		refresh() {
			others = read();
		},
	};
}
