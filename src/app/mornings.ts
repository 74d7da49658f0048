import {isEventful, type MorningReport, morningOf} from '../domain/morning.js';
import type {ViewStore} from '../view/store.js';
import type {LastSeen} from './last-seen.js';

/** Tells whoever opens a dashboard what happened while nobody looked. */
export interface Mornings {
	/** Never rejects. */
	read(): Promise<MorningReport>;
	/** Opens the report by itself after a while in which something happened, unless somebody is busy already. */
	greet(store: Pick<ViewStore, 'getState' | 'change'>): Promise<void>;
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
		async greet({getState, change}) {
			if (!wasAway || !isEventful(await read())) return;
			const {dialog, attachedId, wantedId} = getState().screen;
			if (dialog === 'none' && attachedId === undefined && wantedId === undefined) change({dialog: 'morning'});
		},
	};
}
