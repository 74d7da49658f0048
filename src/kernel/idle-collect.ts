import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import type {Clock} from './clock.js';

/** Gives memory back after much has gone through. */
export interface IdleCollector {
	/** So many bytes were worked on. */
	worked(bytes: number): void;
}

const quietMs = 1500;
/** Less than this leaves nothing behind that is worth a pause. */
const leastBytes = 16_000_000;

/** V8's own collection, which is not offered unless it is asked for. @see node --expose-gc */
function openCollection(): () => void {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as (how: object) => void;
	// The thorough kind: an ordinary collection keeps the room that it has emptied.
	return () => collect({type: 'major', execution: 'sync', flavor: 'last-resort'});
}

/**
 * Collects garbage once it is quiet after a flood. V8 keeps its young generation as large as the flood made it (128 MB
 * measured, Node 24) until the next full collection, which in a process that is idle then may be hours away.
 */
export function createIdleCollector(clock: Pick<Clock, 'now' | 'at'>, collect = openCollection()): IdleCollector {
	let bytes = 0;
	let lastMs = 0;
	let isPlanned = false;
	const look = () => {
		if (clock.now() - lastMs < quietMs) return void clock.at(lastMs + quietMs, look);
		[bytes, isPlanned] = [0, false];
		collect();
	};
	return {
		worked(more) {
			bytes += more;
			lastMs = clock.now();
			if (isPlanned || bytes < leastBytes) return;
			isPlanned = true;
			clock.at(lastMs + quietMs, look);
		},
	};
}
