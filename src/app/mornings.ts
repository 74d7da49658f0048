import {isEventful, type MorningReport, morningOf} from '../domain/morning.js';
import type {ViewStore} from '../view/store.js';
import type {LastSeen} from './last-seen.js';

/** Tells whoever opens a dashboard what happened while nobody looked. */
export interface Mornings {
	/** Never rejects. */
	read(): Promise<MorningReport>;
	/** Opens the tour where it is wanted; else opens the report by itself after a while in which something happened, unless somebody is busy already. */
	greet(store: Pick<ViewStore, 'getState' | 'change'>, tour?: boolean): Promise<void>;
}

export function createMornings(workspace: string, {sinceMs, wasAway}: Pick<LastSeen, 'sinceMs' | 'wasAway'>): Mornings {
	const read = async () => {
		const nowMs = Date.now();
		try {
			return (await import('./morning.js')).readMorning(workspace, sinceMs, nowMs);
		} catch {
			return morningOf([], sinceMs, nowMs);
		}
	};
	return {
		read,
		async greet({getState, change}, tour = false) {
			if (tour) return change({dialog: 'tour'});
			if (!wasAway || !isEventful(await read())) return;
			const {dialog, attachedId, wantedId} = getState().screen;
			if (dialog === 'none' && attachedId === undefined && wantedId === undefined) change({dialog: 'morning'});
		},
	};
}
