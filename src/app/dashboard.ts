import {readlinkSync} from 'node:fs';
import path from 'node:path';
import type {CommandInput} from '../domain/command.js';
import type {PaneRequest} from '../domain/frame.js';
import {ExitCode} from '../domain/pilot-error.js';
import type {Reading} from '../view/hands.js';
import {clockOf} from '../view/look.js';
import {createViewStore, type ViewStore} from '../view/store.js';
import type {Connection} from './connection.js';
import type {CommandContext} from './define-command.js';
import {createLastSeen} from './last-seen.js';
import {createLends} from './lends.js';
import {createMornings} from './mornings.js';
import {openOuterTerminal} from './outer-terminal.js';
import {loadPages, readPages} from './read-pages.js';
import {onSignals} from './signals.js';
import {openStage} from './stage.js';

const tickMs = 1000;
/** Two or three pictures a second of what happens by itself are as many as anybody reads; the first after a quiet while is drawn at once. */
const calmMs = 400;
/** Nobody reads a mission sooner, and the first picture must not wait. */
const loadMs = 500;
/** How long the dashboard waits for a pilot that ends its sessions before it closes. */
const longestEndMs = 30_000;

/** How other dashboards call this one: `anna on pts/3`. */
function whoTypes(env: CommandContext['env']): string {
	let terminal = `process ${process.pid}`;
	try {
		terminal = readlinkSync('/proc/self/fd/0').replace('/dev/', '');
	} catch {
		// No such folder on this system.
	}
	return `${env.USER ?? env.LOGNAME ?? 'somebody'} on ${terminal}`;
}

export interface DashboardOptions {
	/** Mission or session to attach to at once. */
	readonly attachTo?: string | undefined;
	/** Says what there is to see. @default false */
	readonly tour?: boolean;
	/** The pilot is nobody else's, and is ended by whoever opened the dashboard. @default false */
	readonly isOwnPilot?: boolean;
	/** Starts the pilot, once there is a screen to look at; what it rejects with ends the dashboard. */
	readonly start?: () => Promise<unknown>;
}

const never = new Promise<never>(() => {});

/** Waits for what ends the dashboard. */
function untilLeft(store: ViewStore) {
	const {promise: left, resolve: leave, reject: fail} = Promise.withResolvers<void>();
	let ending = false;
	return {
		left,
		leave,
		fail,
		pilotGone: () => ending && leave(),
		leaveWhenEnded() {
			ending = true;
			setTimeout(leave, longestEndMs).unref();
		},
		goodbye({io}: CommandContext) {
			const {answering, status, isOwnPilot} = store.getState();
			if (answering && !isOwnPilot && status?.state !== 'stopping')
				io.out('The pilot goes on. pilot-tui attach looks again, pilot-tui stop ends it.');
		},
	};
}

/**
 * The dashboard of a workspace, until the human leaves it. The pilot itself is another process and may come and go meanwhile.
 * The screen is drawn first: what talks to the pilot is loaded while somebody looks at it already.
 *
 * @returns The exit code.
 */
export async function openDashboard(
	context: CommandContext,
	workspace: string,
	{attachTo, start, tour, isOwnPilot = false}: DashboardOptions = {},
): Promise<number> {
	const {env, io} = context;
	const pilotDir = path.join(workspace, '.pilot');
	const named = {workspace: path.basename(workspace), colour: io.colour, attachTo, isOwnPilot};
	const store = createViewStore({...named, nowMs: Date.now(), calmMs});
	const end = untilLeft(store);
	const lastSeen = createLastSeen(pilotDir, Date.now);
	const mornings = createMornings(workspace, lastSeen);
	const outer = openOuterTerminal(process, io.colour);
	const lends = createLends({context, workspace, outer, store, back: () => stage.repaint()});
	const connected = Promise.withResolvers<Connection>();
	let connection: Connection | undefined;
	const hands = {
		command: async (command: CommandInput) => (await connected.promise).command(command),
		commands: async () => (await connected.promise).commands(),
		pane: (request: PaneRequest) => connection?.ask(request),
		suspend: lends.suspend,
		replay: lends.replay,
		edit: lends.edit,
		read: (what: Reading) => readPages(workspace, what),
		memory: async () => (await import('./memory.js')).readMemoryEntries(workspace),
		morning: mornings.read,
		leave: end.leave,
		leaveWhenEnded: end.leaveWhenEnded,
	};
	const line = {ask: hands.pane, watch: (...hole: Parameters<Connection['watch']>) => connection?.watch(...hole)};
	const stage = await openStage({outer, store, env, hands, line, name: whoTypes(env)});
	const ticking = setInterval(() => store.tick(clockOf(Date.now(), store.getState().status?.look)), tickMs);
	const looked = lastSeen.follow();
	const offSignals = onSignals({
		leave: signal => lends.isTheirs(signal) || end.leave(),
		fail: end.fail,
		suspend: hands.suspend,
	});
	const connect = async () => {
		const {openConnection} = await import('./connection.js');
		connection = openConnection({pilotDir, env, store, stage, write: outer.write, ended: end.pilotGone});
		connected.resolve(connection);
		void mornings.greet(store, tour);
		setTimeout(() => void loadPages(), loadMs).unref();
		await start?.();
		return never;
	};
	try {
		await Promise.race([end.left, stage.gone, connect()]);
	} finally {
		offSignals();
		looked();
		clearInterval(ticking);
		connection?.close();
		await lends.end();
		stage.close();
	}
	end.goodbye(context);
	return ExitCode.fine;
}
