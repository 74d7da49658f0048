import {messageOf, PilotError} from '../domain/pilot-error.js';
import type {Sync} from '../git/index.js';
import type {Context} from './context.js';
import {askUsage} from './quota.js';

/** What is done now and then, besides missions. None of it is an intent on the log: it changes nothing that could be done twice. */
export interface Upkeep {
	readonly busy: {readonly sync: boolean; readonly usage: boolean};
	/** When each was last begun, ms since epoch. */
	readonly last: {readonly syncMs: number; readonly usageMs: number; readonly exploreMs: number};
	sync(): void;
	readUsage(): void;
	explored(): void;
}

/** Turns the end of a sync into facts; the same trouble is told once. */
export function tellSync({store, queueFile}: Pick<Context, 'store' | 'queueFile'>, sync: Sync) {
	const {offline, syncHeld} = store.state;
	if (sync.kind === 'synced') {
		const {pulled, pushed, merged} = sync;
		if (pulled > 0 || offline || syncHeld) store.emit('workspace.synced', {pulled, pushed, merged});
		if (pulled > 0) queueFile.refresh();
	}
	if (sync.kind === 'offline' && !offline) store.emit('workspace.offline', {why: sync.why});
	if (sync.kind === 'held' && syncHeld?.why !== sync.why) store.emit('sync.held', {why: sync.why, todo: sync.todo});
}

const heldBy = (error: unknown): Sync => ({
	kind: 'held',
	why: messageOf(error),
	todo: error instanceof PilotError ? error.todo : 'Look into .pilot/logs/pilot.log.',
});

export function createUpkeep(context: Context, tick: () => void): Upkeep {
	const {clock, git, log} = context;
	const busy = {sync: false, usage: false};
	const last = {syncMs: 0, usageMs: 0, exploreMs: Date.parse(context.store.state.lastExploredAt ?? '') || 0};
	const during = async (name: 'sync' | 'usage', work: () => Promise<void>) => {
		busy[name] = true;
		last[`${name}Ms`] = clock.now();
		await work().catch(error => log.warn(`${name}: ${messageOf(error)}`));
		busy[name] = false;
		tick();
	};
	return {
		busy,
		last,
		sync: () =>
			void during('sync', async () =>
				tellSync(
					context,
					(await git?.sync().catch(heldBy)) ?? {kind: 'synced', pulled: 0, pushed: false, merged: false},
				),
			),
		readUsage: () => void during('usage', () => askUsage(context)),
		explored() {
			last.exploreMs = clock.now();
		},
	};
}
