import type {Answer, CommandInput} from '../../src/domain/command.js';
import type {Emit, PilotEvent} from '../../src/domain/event.js';
import {reduce} from '../../src/domain/reduce/index.js';
import {initialState} from '../../src/domain/state.js';
import type {Status} from '../../src/domain/status.js';
import {systemClock} from '../../src/kernel/clock.js';
import {createReach, type Reach, type ReachDeps} from '../../src/reach/index.js';
import type {FakeBotApi} from '../fakes/telegram-bot-api.js';

export const ada = 1815;

/** Waiting times short enough for tests, long enough for a busy machine. */
export const quick = {
	pollSeconds: 1,
	pollTimeoutMs: 1500,
	callTimeoutMs: 400,
	watchdogMs: 3000,
	shortestPollMs: 20,
	firstMs: 10,
	longestMs: 80,
	conflictMs: 80,
	paceMs: 1,
	groupPaceMs: 1,
	stopMs: 100,
};

export const idle: Status = {
	v: 1,
	state: 'running',
	pid: 77,
	version: '0.1.0',
	machine: 'ship',
	workspace: '/w',
	mode: 'default',
	startedAt: '2026-11-20T10:00:00.000Z',
	next: {what: 'nothing', why: 'the queue is empty'},
	sessions: [],
	queue: {pending: 0, inProgress: 0, blocked: 0, parked: 0, failed: 0, unproven: 0, done: 0},
	missions: [],
	approvals: [],
	problems: [],
	panes: {detachKey: 'ctrl-]', mouse: true},
	budget: {
		runsToday: 0,
		runsPerDay: null,
		costTodayUsd: 0,
		windows: [],
		tokensToday: {reactive: 0, proactive: 0},
		warnPercent: 80,
		stopPercent: 95,
	},
	git: {branch: 'main', remote: null, ahead: 0, behind: 0},
	reach: [],
	memory: [],
	watchers: 0,
	recent: [],
};

/** What outlives a pilot: the facts, their fold, and the missions added. */
export function createDisk() {
	const facts: PilotEvent[] = [];
	let state = initialState('ship');
	const listeners = new Set<(fact: PilotEvent) => void>();
	const commands: CommandInput[] = [];
	const sources = new Set<string>();

	const emit: Emit = (type, data) => {
		const fact = {seq: facts.length + 1, at: new Date().toISOString(), type, data} as PilotEvent;
		facts.push(fact);
		state = reduce(state, fact);
		for (const listener of listeners) listener(fact);
		return fact;
	};

	return {
		facts,
		/** Commands that had an effect. A mission from a source that is known has none. */
		commands,
		emit,
		get state() {
			return state;
		},
		subscribe(listener: (fact: PilotEvent) => void) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		async send(command: CommandInput): Promise<Answer> {
			const missionId = 'm-abc123';
			if (command.type !== 'mission.add') commands.push(command);
			else if (!sources.has(command.source ?? '')) {
				sources.add(command.source ?? '');
				commands.push(command);
				emit('mission.added', {missionId, title: command.title, source: command.source ?? ''});
			}
			return {ok: true, say: 'Done as told.', ...(command.type === 'mission.add' ? {missionId} : {})};
		},
	};
}
export type Disk = ReturnType<typeof createDisk>;

export interface Rig extends AsyncDisposable {
	readonly reach: Reach;
	readonly warnings: string[];
	/** Dies as by kill -9: nothing more is recorded, sent or received. */
	kill(): Promise<void>;
}

/** What is done at a durable step: `emit reach.taken`, `sent mission.add` … A test may kill the pilot there. */
export type Step = (what: string) => void;

interface RigOptions {
	readonly disk?: Disk;
	readonly status?: Status;
	readonly overrides?: Partial<ReachDeps>;
	/** Called before each step; throwing there means that the step did not happen. */
	readonly before?: Step;
	/** Called after each step; throwing means that it happened and nobody heard of it. */
	readonly after?: Step;
}

/** A started reach, talking to the fake through a door of its own. */
export async function launch(api: FakeBotApi, options: RigOptions = {}): Promise<Rig> {
	const {disk = createDisk(), status = idle, overrides = {}, before = () => {}, after = () => {}} = options;
	const door = await api.open();
	const warnings: string[] = [];
	let dead = false;

	const alive = () => {
		if (dead) throw new Error('dead');
	};
	const emit: Emit = (type, data) => {
		alive();
		before(`emit ${type}`);
		alive();
		const fact = disk.emit(type, data);
		after(`emit ${type}`);
		alive();
		return fact;
	};
	const send = async (command: CommandInput) => {
		alive();
		before(`send ${command.type}`);
		alive();
		const answer = await disk.send(command);
		after(`send ${command.type}`);
		alive();
		return answer;
	};

	const reach = createReach({
		chatIds: [ada],
		apiRoot: door.url,
		token: api.token,
		clock: systemClock,
		machineName: 'ship',
		facts: {after: seq => disk.facts.filter(fact => fact.seq > seq), subscribe: disk.subscribe},
		cursor: name => disk.state.cursors[name] ?? 0,
		lastUpdateId: () => disk.state.lastUpdateId,
		emit,
		send,
		status: () => status,
		journalPathOf: id => `journal/2026-11-20.md (^${id})`,
		warn: line => warnings.push(line),
		timing: quick,
		...overrides,
	});
	reach.start();

	const kill = async () => {
		dead = true;
		await door.close();
		await reach.stop();
	};
	return {
		reach,
		warnings,
		kill,
		async [Symbol.asyncDispose]() {
			await reach.stop();
			await door.close();
		},
	};
}

/** Waits until it holds; says what did not after 5 s. */
export async function eventually(what: string, holds: () => boolean) {
	const endMs = Date.now() + 5000;
	while (!holds()) {
		if (Date.now() > endMs) throw new Error(`did not happen within 5 s: ${what}`);
		await new Promise(resolve => setTimeout(resolve, 5));
	}
}
