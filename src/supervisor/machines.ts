import {readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import {heldByArrival, type OtherMachine, readOther} from '../domain/lease.js';
import type {Clock} from '../kernel/clock.js';
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

interface Came {
	readonly mtimeMs: number;
	readonly atMs: number;
}

/** When each file was written here. One that says it will be was written while our own clock was ahead: then when it was first seen so. */
function createArrivals({now}: Pick<Clock, 'now'>) {
	const known = new Map<string, Came>();
	return (file: string): number => {
		const {mtimeMs} = statSync(file, {throwIfNoEntry: false}) ?? {mtimeMs: now()};
		const before = known.get(file);
		if (before?.mtimeMs === mtimeMs && before.atMs <= now()) return before.atMs;
		const atMs = Math.min(mtimeMs, now());
		known.set(file, {mtimeMs, atMs});
		return atMs;
	};
}

interface MachinesOptions {
	/** That of this machine; the others lie beside it. */
	readonly stateFile: string;
	readonly clock: Pick<Clock, 'now'>;
	readonly leaseMs: number;
}

export function createMachines({stateFile, clock, leaseMs}: MachinesOptions): Machines {
	const folder = path.dirname(stateFile);
	const arrivalOf = createArrivals(clock);
	const read = () =>
		namesIn(folder)
			.filter(name => name !== path.basename(stateFile))
			.flatMap(name => {
				const file = path.join(folder, name);
				const said = readOther(name.replace(/\.json$/, ''), readState(file));
				return said ? [{said, file}] : [];
			});
	let files = read();
	return {
		get others() {
			const nowMs = clock.now();
			return files.map(({said, file}) => heldByArrival(said, {nowMs, came: () => arrivalOf(file), leaseMs}));
		},
		refresh() {
			files = read();
		},
	};
}
