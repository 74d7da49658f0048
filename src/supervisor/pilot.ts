import type {Answer, Command} from '../domain/command.js';
import {type DataOf, logSchema, type PilotEvent} from '../domain/event.js';
import type {Status} from '../domain/status.js';
import {sweep} from '../kernel/process-tree.js';
import type {Context} from './context.js';
import {createEyes} from './eyes.js';
import {createLoop} from './loop.js';
import type {Notifier} from './notifier.js';
import {obeyCommand} from './obey.js';
import {recover} from './recover.js';
import {statusOf} from './status.js';

export interface Pilot {
	/** Recovers, then works until there is nothing left or it is told to stop; gives the reason. Throws WORKSPACE_LOST, WORKSPACE_GONE, or a fault of the program's. */
	run(): Promise<string>;
	status(): Status;
	command(command: Command): Promise<Answer>;
	/** A dashboard has come or gone. */
	watching(change: 1 | -1): void;
	/** Ends whatever runs, at once and without a fact: for when facts can no longer be trusted. */
	endSessions(): Promise<void>;
	/** Looks at everything again: something outside the facts has changed. */
	poke(): void;
}

export interface PilotOptions {
	readonly epoch: number;
	/** One line per channel to the human. */
	readonly reach: () => readonly string[];
	readonly notifier: Notifier;
	/** What was found around the workspace, told at the start. */
	readonly warnings: readonly DataOf<'pilot.warned'>[];
}

const lookEveryMs = 1000;
const tellsOfGit = new Set<PilotEvent['type']>([
	'claim.published',
	'mission.published',
	'workspace.synced',
	'workspace.offline',
]);

/** How far the workspace is from its remote, looked up after what could have changed it. */
function createCounts({git, store}: Context, changed: () => void) {
	let counts = {ahead: 0, behind: 0};
	const count = async () => {
		counts = (await git?.counts().catch(() => undefined)) ?? counts;
		changed();
	};
	store.onFact(fact => {
		if (tellsOfGit.has(fact.type)) void count();
	});
	return {count, now: () => counts};
}

function createWatchers({store, config}: Context) {
	let watchers = 0;
	let isOver = false;
	return {
		now: () => watchers,
		/** From here on nobody's coming or going is a fact: the log is about to be closed. */
		end() {
			isOver = true;
		},
		change(by: 1 | -1) {
			watchers += by;
			if (watchers > 0 || isOver) return;
			store.emit('pilot.unwatched', {});
			if (config.whenUnwatched === 'finish') store.emit('pilot.stopping', {now: false, by: 'whenUnwatched'});
		},
	};
}

async function endSessions({stops, live, machine, clock}: Context) {
	stops.stopAll();
	// What cannot be told any more is ended all the same.
	await Promise.allSettled(
		live.running().map(({session}) => session?.stop({outcome: 'lost', why: 'the pilot failed'})),
	);
	await sweep(`${machine}/`, clock);
}

/** What setup, tests and acceptance commands have started apart from themselves must not wait for the next start. */
async function endLeftovers({store, machine, clock}: Context) {
	const pids = await sweep(`${machine}/`, clock);
	if (pids.length > 0) store.emit('orphans.swept', {pids});
}

/** Looks at what no fact tells; its trouble is logged, and keeps nothing else from going on. */
const lookSafely = (look: () => void, {log}: Context) => {
	try {
		look();
	} catch (error) {
		log.error(`look: ${String(error)}`);
	}
};

function isThere({assertThere}: Context): boolean {
	try {
		assertThere();
		return true;
	} catch {
		return false;
	}
}

/** The supervisor's whole life in one workspace. */
export function createPilot(context: Context, {epoch, reach, notifier, warnings}: PilotOptions): Pilot {
	const {store, queueFile, clock} = context;
	const {changed} = notifier;
	const loop = createLoop(context);
	const look = createEyes(context, changed);
	const counts = createCounts(context, changed);
	const watchers = createWatchers(context);
	const poke = () => {
		// What lies in the place of a workspace that is gone is nobody's business here; the loop finds that out, and ends.
		if (isThere(context)) lookSafely(look, context);
		loop.tick();
	};
	store.onFact(() => {
		changed();
		loop.tickSoon();
	});
	return {
		async run() {
			const {version, machine, untilIdle} = context;
			store.emit('pilot.started', {pid: process.pid, version, machine, epoch, schema: logSchema, untilIdle});
			for (const warning of warnings) store.emit('pilot.warned', warning);
			await recover(context);
			queueFile.refresh();
			poke();
			loop.open();
			void counts.count();
			const unlook = clock.every(lookEveryMs, poke);
			try {
				const why = await loop.ended;
				watchers.end();
				await endLeftovers(context);
				// The log has it all; the snapshot is written, and committed, when missions end.
				store.emit('pilot.stopped', {why});
				return why;
			} catch (error) {
				watchers.end();
				await endSessions(context);
				throw error;
			} finally {
				unlook();
				loop.close();
			}
		},
		status: () =>
			statusOf({context, decision: loop.decision, counts: counts.now(), reach: reach(), watchers: watchers.now()}),
		async command(command) {
			const answer = await obeyCommand(context, command);
			loop.tick();
			return answer;
		},
		watching(change) {
			watchers.change(change);
			changed();
		},
		endSessions: () => endSessions(context),
		poke,
	};
}
