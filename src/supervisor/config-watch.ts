import {statSync} from 'node:fs';
import path from 'node:path';
import {configProblems, problemLine} from '../config/index.js';
import {configChanged} from '../domain/config-changed.js';
import {readIfThere} from '../kernel/files.js';
import type {Store} from './store.js';

/** config.yaml is read once, at the start: that it has changed since is told, and no more. */
export interface ConfigWatch {
	/** To be called now and then; a change is told once it is the same at two looks in a row. */
	look(): void;
	/** What there is to know of it now, in words; undefined while it is as it was read. */
	note(): string | undefined;
}

/** The first thing that is wrong, with its line. */
function problemIn(file: string): string | undefined {
	const [first] = configProblems(file);
	return first && problemLine({...first, file: path.basename(file)});
}

export function watchConfig(workspace: string, store: Pick<Store, 'emit'>): ConfigWatch {
	const file = path.join(workspace, 'config.yaml');
	const first = readIfThere(file);
	const stampOf = () => {
		const stat = statSync(file, {throwIfNoEntry: false, bigint: true});
		return stat && `${stat.ino}:${stat.mtimeNs}:${stat.size}`;
	};
	let known = stampOf();
	let last = known;
	let note: string | undefined;
	const read = () => {
		const now = readIfThere(file);
		if (!now) return;
		const problem = first?.equals(now) ? undefined : problemIn(file);
		const before = note;
		note = first?.equals(now) ? undefined : configChanged(problem);
		if (note !== undefined && note !== before) store.emit('config.changed', problem === undefined ? {} : {problem});
	};
	return {
		look() {
			const stamp = stampOf();
			// Editors have the file away for a moment, or half written.
			const isSettled = stamp === last;
			last = stamp;
			if (stamp === undefined || stamp === known || !isSettled) return;
			known = stamp;
			read();
		},
		note: () => note,
	};
}
