import {existsSync} from 'node:fs';
import path from 'node:path';
import {hasGoneBack} from '../domain/clock-back.js';
import {type DataOf, type Emit, type EventType, logSchema, type PilotEvent} from '../domain/event.js';
import {PilotError} from '../domain/pilot-error.js';
import {reduce} from '../domain/reduce/index.js';
import {initialState, PilotState} from '../domain/state.js';
import type {Clock} from '../kernel/clock.js';
import {type EventLog, openEventLog, readLog, setLogAside} from '../kernel/event-log.js';
import {createSnapshotStore} from '../kernel/snapshot.js';

export interface Store {
	readonly state: PilotState;
	/** Records a fact on the disk, folds it in, tells the listeners. Throws STORAGE_UNWRITABLE; then nothing has changed. */
	readonly emit: Emit;
	onFact(listener: (fact: PilotEvent) => void): () => void;
	/** Called with what kept a fact from being recorded, before whoever recorded it hears of that. */
	onFailed(listener: (error: unknown) => void): void;
	/** Facts later than `seq` that are still on the log. */
	after(seq: number): readonly PilotEvent[];
	recent(count: number): readonly PilotEvent[];
	/** Tells a clock that has gone back. Throws WORKSPACE_LOST when another pilot writes here, WORKSPACE_GONE when the workspace was removed. */
	check(): void;
	/** Writes the snapshot; a long log starts anew. */
	save(): Promise<void>;
	/** What was found damaged when it was opened. */
	readonly damaged: readonly string[];
	close(): void;
}

const rotateAboveBytes = 8_000_000;

const tooNew = (what: string, version: number) =>
	new PilotError('STATE_TOO_NEW', {
		what: `${what} was written by a newer pilot-tui (version ${version} of its form).`,
		todo: 'Use that version again; this one would lose what it does not know.',
		exitCode: 2,
	});

function acceptSnapshot(value: unknown): PilotState | undefined {
	const version = (value as {v?: unknown} | null)?.v;
	if (typeof version === 'number' && version > 1) throw tooNew('The state', version);
	const parsed = PilotState.safeParse(value);
	return parsed.success ? parsed.data : undefined;
}

/** Reads both logs, the older first. What is damaged is kept aside and told. */
function readLogs(files: readonly string[], damaged: string[]) {
	const logs = files.filter(file => existsSync(file)).map(file => ({file, ...readLog(file)}));
	const newest = Math.max(0, ...logs.map(log => log.schema));
	if (newest > logSchema) throw tooNew('The event log', newest);
	const dropped = logs.reduce((sum, log) => sum + log.dropped, 0);
	if (dropped > 0) damaged.push(`${dropped} damaged records of the event log were passed over`);
	for (const {file} of logs.filter(log => log.isDamaged)) damaged.push(`${file} is kept as ${setLogAside(file)}`);
	return {
		facts: logs.flatMap(log => log.events),
		lastSeq: Math.max(0, ...logs.map(log => log.lastSeq)),
	};
}

/** The log wins: it is folded over the snapshot, and from the very start when it reaches back that far. */
function fold(machine: string, snapshot: PilotState | undefined, events: readonly PilotEvent[]): PilotState {
	const fromStart = events[0]?.seq === 1;
	const start = fromStart || !snapshot ? initialState(machine) : snapshot;
	return events.reduce(reduce, start);
}

interface StoreOptions {
	readonly pilotDir: string;
	readonly stateFile: string;
	readonly machine: string;
	readonly clock: Clock;
	/** Throws when the workspace is not there any more: then nothing is written. */
	readonly assertThere?: () => void;
}

/** What the last pilot left, whole again. */
async function load({pilotDir, stateFile, machine}: StoreOptions) {
	const logFile = path.join(pilotDir, 'events.ndjson');
	const snapshots = createSnapshotStore(stateFile, path.join(pilotDir, 'snapshots', 'state.json'), acceptSnapshot);
	const {value, damaged} = await snapshots.load();
	const read = readLogs([`${logFile}.1`, logFile], damaged);
	const {facts} = read;
	const folded = fold(machine, value, facts);
	// Facts of a newer build cannot be folded, but their numbers are taken.
	const state = {...folded, seq: Math.max(folded.seq, read.lastSeq)};
	const isNew = value === undefined && facts.length === 0;
	// What was set aside or lost is put back before a sync could tell other machines that it was removed. A disk that refuses is met again.
	const isWhole = damaged.length === 0 && (isNew || existsSync(stateFile));
	if (!isWhole) await snapshots.save(state).catch(() => {});
	return {logFile, snapshots, damaged, facts, state};
}

/** Opens state and log of this machine in a workspace, as the last pilot left them, however that ended. */
export async function openStore(options: StoreOptions): Promise<Store> {
	const {clock, assertThere = () => {}} = options;
	const {logFile, snapshots, damaged, ...left} = await load(options);
	let {facts, state} = left;
	const log: EventLog = openEventLog(logFile);
	const listeners = new Set<(fact: PilotEvent) => void>();
	const failed: ((error: unknown) => void)[] = [];

	let lastAt = facts.at(-1)?.at;
	const record = <T extends EventType>(type: T, data: DataOf<T>): PilotEvent => {
		const fact = {seq: state.seq + 1, at: new Date(clock.now()).toISOString(), type, data} as PilotEvent;
		try {
			assertThere();
			log.append(fact);
		} catch (error) {
			for (const listener of failed) listener(error);
			throw error;
		}
		lastAt = fact.at;
		state = reduce(state, fact);
		facts.push(fact);
		for (const listener of listeners) listener(fact);
		return fact;
	};
	const keepTime = () => {
		if (lastAt !== undefined && hasGoneBack(lastAt, clock.now())) record('clock.went-back', {was: lastAt});
	};
	const check = () => {
		assertThere();
		log.check();
		keepTime();
	};
	const emit = <T extends EventType>(type: T, data: DataOf<T>): PilotEvent => {
		keepTime();
		return record(type, data);
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
		onFailed: listener => void failed.push(listener),
		after: seq => facts.filter(fact => fact.seq > seq),
		recent: count => facts.slice(-count),
		check,
		async save() {
			check();
			await snapshots.save(state);
			if (log.bytes < rotateAboveBytes) return;
			log.rotate();
			facts = facts.slice(-10_000);
		},
		damaged,
		close: () => log.close(),
	};
}
