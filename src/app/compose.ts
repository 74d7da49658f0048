import {randomBytes, randomUUID} from 'node:crypto';
import {existsSync} from 'node:fs';
import path from 'node:path';
import {configJsonSchema, loadConfig, loadSecrets} from '../config/index.js';
import {type ControlServer, openControl} from '../control/index.js';
import {Command} from '../domain/command.js';
import type {Config} from '../domain/config.js';
import type {PilotEvent} from '../domain/event.js';
import {leaseMsOf} from '../domain/lease.js';
import {PilotError} from '../domain/pilot-error.js';
import {createGuardedGit, installMergeDriver, openWorkspaceGit} from '../git/index.js';
import {systemClock} from '../kernel/clock.js';
import {createCommandLog} from '../kernel/command-log.js';
import {readIfThere, removeLeftovers, storageError, writeDurably} from '../kernel/files.js';
import {createIdleCollector} from '../kernel/idle-collect.js';
import {workspaceOwned} from '../kernel/lock.js';
import {createLogger} from '../kernel/logger.js';
import {watchLoopLag} from '../kernel/loop-lag.js';
import {inOwnPids} from '../kernel/own-pids.js';
import {spawnPty} from '../kernel/pty.js';
import {createRedactor} from '../kernel/redact.js';
import {keepHeapSmall} from '../kernel/small-heap.js';
import {folderTrouble, keepLocal, placeOf} from '../kernel/unsure-folder.js';
import {localTime} from '../notes/index.js';
import {createReach} from '../reach/index.js';
import {type Agent, agentNames, bypassTrouble, loadAgent} from '../session/index.js';
import {
	type Context,
	createAftermath,
	createApart,
	createLiveSessions,
	createMachines,
	createNotifier,
	createPermissions,
	createPilot,
	createReportChannel,
	createStops,
	type Notifier,
	openQueueFile,
	openStore,
	type Pilot,
	watchConfig,
} from '../supervisor/index.js';
import {keepFolder} from './keep-folder.js';
import {schemaFile} from './lay-out.js';
import {machineId, randomId} from './machine.js';
import {mergeOwn} from './merge-own.js';
import {ownProgram} from './own-program.js';
import type {OwnWorkspace} from './own-workspace.js';
import {openSideHands} from './side-tasks.js';
import {readVersion} from './version.js';

export interface SupervisorOptions {
	readonly place: OwnWorkspace;
	readonly untilIdle: boolean;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly onFact?: (fact: PilotEvent) => void;
}

export interface Supervisor {
	readonly pilot: Pilot;
	/** Resolves when the pilot has ended and everything is closed. */
	readonly ended: Promise<string>;
}

async function agentOf(config: Config): Promise<Agent> {
	const agent = await loadAgent(config.agent);
	if (agent) return agent;
	throw new PilotError('AGENT_UNKNOWN', {
		what: `config.yaml names the agent ${config.agent}.`,
		todo: `Known: ${agentNames.join(', ')}.`,
		exitCode: 2,
	});
}

/** Telegram and its like, fed with facts and speaking in commands. */
function wireReach(context: Context, pilot: () => Pilot) {
	const {config, env, store, clock, log, machine} = context;
	const chatIds =
		config.telegram.chatIds.length > 0
			? config.telegram.chatIds
			: [Number(env.TELEGRAM_CHAT_ID)].filter(id => Number.isInteger(id) && id !== 0);
	return createReach({
		chatIds,
		apiRoot: config.telegram.apiRoot,
		token: env.TELEGRAM_BOT_TOKEN,
		clock,
		machineName: machine,
		facts: {after: seq => store.after(seq), subscribe: listener => store.onFact(listener)},
		cursor: subscriber => store.state.cursors[subscriber] ?? 0,
		lastUpdateId: () => store.state.lastUpdateId,
		emit: store.emit,
		send: command => pilot().command(Command.parse(command)),
		status: () => pilot().status(),
		journalPathOf: () => path.join('journal', `${localTime(clock.now(), config.timezone).day}.md`),
		warn: line => log.warn(line),
	});
}

/** Where a write that was killed may have left its unfinished file. */
const writtenFolders = ['.', 'journal', 'memory', 'state', '.pilot', '.pilot/snapshots', '.pilot/baselines'];

/** What the outside gives: the workspace's files, settings and secrets. */
async function openWorkspace(options: SupervisorOptions) {
	const {workspace, pilotDir} = options.place;
	const secrets = loadSecrets(workspace, options.env);
	const config = loadConfig(workspace, secrets.env);
	// Said before anything has begun.
	readIfThere(path.join(workspace, 'missions.md'));
	const trouble = bypassTrouble(config, secrets.env);
	if (trouble) throw trouble;
	const agent = await agentOf(config);
	for (const folder of writtenFolders) removeLeftovers(path.join(workspace, folder));
	const redact = createRedactor(secrets.values);
	const log = createLogger(path.join(pilotDir, 'logs', 'pilot.log'), redact, Boolean(options.env.PILOT_DEBUG));
	writeDurably(schemaFile(workspace), `${JSON.stringify(configJsonSchema(), null, '\t')}\n`);
	const commands = createCommandLog(systemClock, redact);
	return {...options.place, config, agent, redact, log, env: secrets.env, commands, ...openSideHands(commands)};
}

type Opened = Awaited<ReturnType<typeof openWorkspace>>;

async function wireStore({workspace, pilotDir, log, assertThere}: Opened, onFact: SupervisorOptions['onFact']) {
	const machine = machineId(pilotDir, workspace);
	const stateFile = path.join(workspace, 'state', `${machine}.json`);
	const store = await openStore({pilotDir, stateFile, machine, clock: systemClock, assertThere});
	if (onFact) store.onFact(onFact);
	store.onFact(fact => log.info(fact.type, {fact: fact.data}));
	return {machine, stateFile, store, configWatch: watchConfig(workspace, store)};
}

const wireQueue = ({workspace, log}: Opened, onChange: () => void) =>
	openQueueFile(path.join(workspace, 'missions.md'), systemClock, onChange, error =>
		log.error(`missions.md: ${String(error)}`),
	);

/** A human's own pull merges pilot's files as pilot does; where that cannot be set up, pilot's own syncs still do. */
async function wireGit({workspace, config, env, log, run, workspaceClient}: Opened) {
	if (!existsSync(path.join(workspace, '.git'))) return;
	await installMergeDriver(createGuardedGit(run, env.PATH), workspace, ownProgram()).catch(error =>
		log.warn(`merge driver: ${String(error)}`),
	);
	return openWorkspaceGit({
		...config.git,
		branch: config.git.branch,
		directory: workspace,
		env,
		now: systemClock.now,
		run,
		client: workspaceClient,
		backOff: round => systemClock.sleep(Math.random() * 200 * 2 ** round),
		mergeOwn,
	});
}

/** The machine that the program runs on, as the rooms see it. */
const wireMachine = ({env, config, run, commands}: Opened) => ({
	clock: systemClock,
	apart: createApart(systemClock),
	randomId,
	randomToken: () => randomBytes(24).toString('hex'),
	randomUuid: randomUUID,
	spawnPty: commands.spawnPty(config.sessions.ownPids ? inOwnPids(spawnPty) : spawnPty),
	guarded: createGuardedGit(run, env.PATH),
});

/** Builds the supervisor of a workspace and starts it. Throws STORAGE_UNWRITABLE where nothing can be written. */
export async function startSupervisor(options: SupervisorOptions): Promise<Supervisor> {
	try {
		return await buildSupervisor(options);
	} catch (error) {
		options.place.release();
		throw storageError((error as NodeJS.ErrnoException)?.path ?? options.place.workspace, error);
	}
}

function folderWarnings(workspace: string) {
	const trouble = folderTrouble(placeOf(workspace));
	return trouble === undefined ? [] : [{what: `${trouble}.`, todo: keepLocal}];
}

const socketWasOpen = (what: string) => ({
	what: `Other users could reach the control socket: ${what}. Whoever called by it was not heard, and it is closed again where that can be done.`,
	todo: 'Find out what opened it, such as a chmod -R of the workspace, and leave .pilot out of that.',
});

/** The control API, with what it shows and whom it tells. Throws WORKSPACE_OWNED where somebody else answers already. */
async function wireControl(
	context: Context,
	{status, command, watching}: Pilot,
	onStatus: Notifier['listen'],
	reachable: () => boolean,
) {
	const {store, version, pilotDir, env, live} = context;
	const {recent, onFact} = store;
	const permissions = createPermissions(context, () => reachable() || status().watchers > 0);
	const channel = createReportChannel(context, permissions);
	const watched = (change: 1 | -1, isLight?: boolean) => {
		if (change > 0) permissions.arrived();
		if (isLight !== undefined) live.lookedAt(isLight);
		watching(change);
	};
	const commands = context.commands.list;
	const routes = {
		version,
		status,
		recent,
		onFact,
		onStatus,
		command,
		commands,
		watching: watched,
		channel,
		warn: context.log.warn,
		exposed: (what: string) => store.emit('pilot.warned', socketWasOpen(what)),
	};
	const control = await openControl(pilotDir, env, routes, live);
	if (!control) throw workspaceOwned(pilotDir);
	return control;
}

/** Wiring only: every decision is in the rooms. */
async function buildSupervisor(options: SupervisorOptions): Promise<Supervisor> {
	const opened = await openWorkspace(options);
	const stored = await wireStore(opened, options.onFact);
	const {workspace} = opened;
	const {store} = stored;
	const unbound = keepHeapSmall(systemClock);
	const lag = watchLoopLag();
	const notifier = createNotifier(systemClock);
	const stops = createStops(store.onFact);
	// What runs tells the pilot, and the pilot runs it: these two are known a few lines further down.
	const later: {pilot?: Pilot; control?: ControlServer} = {};
	const pilotNow = () => later.pilot as Pilot;
	const live = createLiveSessions({
		scrollback: opened.config.panes.scrollback,
		changed: notifier.changed,
		worked: createIdleCollector(systemClock).worked,
	});
	const context: Context = {
		...opened,
		...stored,
		...wireMachine(opened),
		version: readVersion(),
		untilIdle: options.untilIdle,
		queueFile: wireQueue(opened, () => later.pilot?.poke()),
		git: await wireGit(opened),
		machines: createMachines({...stored, clock: systemClock, leaseMs: leaseMsOf(opened.config)}),
		live,
		lag: lag.read,
		aftermath: createAftermath({...stored, live, clock: systemClock, log: opened.log}),
		channelUrl: () => later.control?.channelUrl ?? '',
		stops,
		stopSignal: stops.signalFor,
	};
	const reach = wireReach(context, pilotNow);
	const pilot = createPilot(context, {
		epoch: store.state.epoch + 1,
		reach: reach.states,
		notifier,
		warnings: folderWarnings(workspace),
	});
	later.pilot = pilot;
	const control = await wireControl(context, pilot, notifier.listen, reach.reachable);
	later.control = control;
	const letGo = keepFolder({...options.place, ...context}, control);
	reach.start();
	lag.forget();
	const close = async () => {
		unbound();
		letGo();
		lag.end();
		context.aftermath.end();
		stops.stopAll();
		await reach.stop();
		await control.close();
		await context.queueFile.close();
		store.close();
		opened.release();
	};
	return {pilot, ended: pilot.run().finally(close)};
}
