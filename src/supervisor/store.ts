import {existsSync} from 'node:fs';
import path from 'node:path';
import type {DataOf, Emit, EventType, PilotEvent} from '../domain/event.js';
import {PilotError} from '../domain/pilot-error.js';
import {reduce} from '../domain/reduce/index.js';
import {initialState, PilotState} from '../domain/state.js';
import type {Clock} from '../kernel/clock.js';
import {type EventLog, openEventLog, readLog} from '../kernel/event-log.js';
import {createSnapshotStore} from '../kernel/snapshot.js';

export interface Store {
	readonly state: PilotState;
	/** Records a fact on the disk, folds it in, tells the listeners. Throws STORAGE_UNWRITABLE; then nothing has changed. */
	readonly emit: Emit;
	onFact(listener: (fact: PilotEvent) => void): () => void;
	/** Facts later than `seq` that are still on the log. */
	after(seq: number): readonly PilotEvent[];
	recent(count: number): readonly PilotEvent[];
	/** Throws WORKSPACE_LOST when another pilot writes here. */
	check(): void;
	/** Writes the snapshot; a long log starts anew. */
	save(): Promise<void>;
	/** What was found damaged when it was opened. */
	readonly damaged: readonly string[];
	close(): void;
}

const rotateAboveBytes = 8_000_000;

function acceptSnapshot(value: unknown): PilotState | undefined {
	const version = (value as {v?: unknown} | null)?.v;
	if (typeof version === 'number' && version > 1) {
		throw new PilotError('STATE_TOO_NEW', {
			what: `The state was written by a newer pilot-tui (version ${version}).`,
			todo: 'Use that version again; this one would lose what it does not know.',
			exitCode: 2,
		});
	}
	const parsed = PilotState.safeParse(value);
	return parsed.success ? parsed.data : undefined;
}

/** The log wins: it is folded over the snapshot, and from the very start when it reaches back that far. */
function fold(machine: string, snapshot: PilotState | undefined, events: readonly PilotEvent[]): PilotState {
	const fromStart = events[0]?.seq === 1;
	const start = fromStart || !snapshot ? initialState(machine) : snapshot;
	return events.reduce(reduce, start);
}

/** Opens state and log of this machine in a workspace, as the last pilot left them, however that ended. */
export async function openStore({
	pilotDir,
	stateFile,
	machine,
	clock,
}: {
	pilotDir: string;
	stateFile: string;
	machine: string;
	clock: Clock;
}): Promise<Store> {
	const logFile = path.join(pilotDir, 'events.ndjson');
	const snapshots = createSnapshotStore(stateFile, path.join(pilotDir, 'snapshots', 'state.json'), acceptSnapshot);
	const {value, damaged} = await snapshots.load();
	const older = existsSync(`${logFile}.1`) ? readLog(`${logFile}.1`) : undefined;
	const newer = readLog(logFile);
	let facts = [...(older?.events ?? []), ...newer.events];
	const dropped = (older?.dropped ?? 0) + newer.dropped;
	if (dropped > 0) damaged.push(`${dropped} damaged records of the event log were passed over`);
	let state = fold(machine, value, facts);
	// Facts of a newer build cannot be folded, but their numbers are taken.
	state = {...state, seq: Math.max(state.seq, older?.lastSeq ?? 0, newer.lastSeq)};
	const log: EventLog = openEventLog(logFile);
	const listeners = new Set<(fact: PilotEvent) => void>();

	const emit = <T extends EventType>(type: T, data: DataOf<T>): PilotEvent => {
		const fact = {seq: state.seq + 1, at: new Date(clock.now()).toISOString(), type, data} as PilotEvent;
		log.append(fact);
		state = reduce(state, fact);
		facts.push(fact);
		for (const listener of listeners) listener(fact);
		return fact;
	};
	return {
		get state() {
			return state;
		},
		emit,
		onFact(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		after: seq => facts.filter(fact => fact.seq > seq),
		recent: count => facts.slice(-count),
		check: log.check,
		async save() {
			log.check();
			await snapshots.save(state);
			if (log.bytes < rotateAboveBytes) return;
			log.rotate();
			facts = facts.slice(-10_000);
		},
		damaged,
		close: () => log.close(),
	};
}
