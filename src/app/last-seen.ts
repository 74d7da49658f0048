import path from 'node:path';
import {writePrivately} from '../kernel/files.js';
import {readPlain} from '../kernel/safe-read.js';

/** Somebody who was gone for less knows what happened. */
const awayMs = 30 * 60_000;
/** What `M` tells of when nobody was away: a night, and an evening before it. */
const nightMs = 12 * 3_600_000;
const noteEveryMs = 60_000;

export interface LastSeen {
	/** Since when the morning report is of, ms since epoch. */
	readonly sinceMs: number;
	/** True when nobody looked for so long that it is told unasked. */
	readonly wasAway: boolean;
	/** Notes that somebody looks, now and until it is called; the last note is when they left. */
	follow(): () => void;
}

/** When somebody last looked at this workspace's dashboard on this machine, and since when the report of it is. */
export function createLastSeen(pilotDir: string, now: () => number): LastSeen {
	const file = path.join(pilotDir, 'last-seen');
	const openedMs = now();
	const noted = Date.parse(readPlain(file)?.toString('utf8').trim() ?? '');
	// A clock that was set back has seen nobody.
	const isKnown = noted <= openedMs;
	const wasAway = isKnown && openedMs - noted >= awayMs;
	const note = () => {
		try {
			writePrivately(file, `${new Date(now()).toISOString()}\n`);
		} catch {
			// It is a convenience: a full disk must not close a dashboard.
		}
	};
	return {
		sinceMs: wasAway ? noted : openedMs - nightMs,
		wasAway,
		follow() {
			note();
			const timer = setInterval(note, noteEveryMs);
			timer.unref();
			return () => {
				clearInterval(timer);
				note();
			};
		},
	};
}
