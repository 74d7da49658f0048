import {messageOf, PilotError} from '../domain/pilot-error.js';
import type {Sync} from '../git/index.js';
import type {Context} from './context.js';
import {syncWithLease} from './leases.js';
import {askUsage} from './quota.js';
import {isLost, type StorageGate} from './storage-gate.js';

/** What is done now and then, besides missions. None of it is an intent on the log: it changes nothing that could be done twice. */
export interface Upkeep {
	readonly busy: {readonly sync: boolean; readonly usage: boolean};
	/** When each was last begun, ms since epoch. */
	readonly last: {readonly syncMs: number; readonly usageMs: number; readonly exploreMs: number};
	/** When the remote was last seen, ms since epoch; 0 = not since the start. */
	syncedMs(): number;
	sync(): void;
	readUsage(): void;
	explored(): void;
}

/** Turns the end of a sync into facts; the same trouble is told once. */
export function tellSync({store, queueFile, machines}: Pick<Context, 'store' | 'queueFile' | 'machines'>, sync: Sync) {
	const {offline, syncHeld} = store.state;
	if (sync.kind === 'synced') {
		const {kind: _kind, ...done} = sync;
		if (done.pulled > 0 || offline || syncHeld) store.emit('workspace.synced', done);
		if (done.pulled > 0) queueFile.refresh();
		machines.refresh();
	}
	if (sync.kind === 'offline' && !offline) store.emit('workspace.offline', {why: sync.why});
	if (sync.kind === 'held' && syncHeld?.why !== sync.why) store.emit('sync.held', {why: sync.why, todo: sync.todo});
}

const heldBy = (error: unknown): Sync => ({
	kind: 'held',
	why: messageOf(error),
	todo: error instanceof PilotError ? error.todo : 'Look into .pilot/logs/pilot.log.',
});

/** Facts cannot be written, or no longer by this pilot: no trouble of the sync's. */
const isOfStorage = (error: unknown) =>
	isLost(error) || (error instanceof PilotError && error.code === 'STORAGE_UNWRITABLE');

export function createUpkeep(context: Context, storage: StorageGate, tick: () => void): Upkeep {
	const {clock, log} = context;
	let syncedMs = 0;
	const tell = (sync: Sync) => {
		if (sync.kind === 'synced') syncedMs = clock.now();
		tellSync(context, sync);
	};
	const busy = {sync: false, usage: false};
	const last = {syncMs: 0, usageMs: 0, exploreMs: Date.parse(context.store.state.lastExploredAt ?? '') || 0};
	const during = async (name: 'sync' | 'usage', work: () => Promise<void>) => {
		busy[name] = true;
		last[`${name}Ms`] = clock.now();
		await context.commands.during({purpose: name}, work).catch(error => {
			if (isOfStorage(error)) storage.failed(error, tick);
			else log.warn(`${name}: ${messageOf(error)}`);
		});
		busy[name] = false;
		tick();
	};
	const sync = async () => {
		try {
			await syncWithLease(context, tell);
		} catch (error) {
			if (isOfStorage(error)) throw error;
			tell(heldBy(error));
		}
	};
	return {
		busy,
		last,
		// Seen in a future that a clock set back has taken away, it is to be seen again.
		syncedMs: () => (syncedMs > clock.now() ? 0 : syncedMs),
		sync: () => void during('sync', sync),
		readUsage: () => void during('usage', () => askUsage(context)),
		explored() {
			last.exploreMs = clock.now();
		},
	};
}
