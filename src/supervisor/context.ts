import type {Config, TargetConfig} from '../domain/config.js';
import type {Run} from '../domain/state.js';
import type {GuardedGit, WorkspaceGit} from '../git/index.js';
import type {Clock} from '../kernel/clock.js';
import type {CommandLog} from '../kernel/command-log.js';
import type {Logger} from '../kernel/logger.js';
import type {LoopLag} from '../kernel/loop-lag.js';
import type {SpawnPty} from '../kernel/pty.js';
import type {Redactor} from '../kernel/redact.js';
import type {Run as RunProgram} from '../kernel/spawn.js';
import type {Agent} from '../session/index.js';
import type {Aftermath} from './aftermath.js';
import type {Apart} from './apart.js';
import type {ConfigWatch} from './config-watch.js';
import type {LiveSessions} from './live.js';
import type {Machines} from './machines.js';
import type {QueueFile} from './queue-watch.js';
import type {Stops} from './stops.js';
import type {Store} from './store.js';

/** Everything the supervisor's parts share; filled once, in `app/compose.ts`. */
export interface Context {
	readonly workspace: string;
	readonly pilotDir: string;
	readonly stateFile: string;
	readonly machine: string;
	readonly version: string;
	readonly config: Config;
	readonly untilIdle: boolean;
	readonly startedAt: string;
	/** Throws WORKSPACE_GONE once the workspace was removed, or another folder lies in its place. */
	readonly assertThere: () => void;
	readonly clock: Clock;
	readonly log: Logger;
	readonly redact: Redactor;
	/** Pilot's own environment, with `.env` beneath it. */
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly randomId: (prefix: 'm' | 's' | 'a') => string;
	readonly randomToken: () => string;
	readonly randomUuid: () => string;
	readonly run: RunProgram;
	/** What was run lately, and what for. */
	readonly commands: CommandLog;
	readonly spawnPty: SpawnPty;
	readonly guarded: GuardedGit;
	readonly store: Store;
	readonly queueFile: QueueFile;
	readonly configWatch: ConfigWatch;
	/** undefined while the workspace is no git repository. */
	readonly git: WorkspaceGit | undefined;
	readonly machines: Machines;
	readonly agent: Agent;
	readonly live: LiveSessions;
	readonly aftermath: Aftermath;
	/** Keeps the starts of sessions apart. */
	readonly apart: Apart;
	readonly lag: () => LoopLag;
	/** Where sessions find the report channel; known once the control API is open. */
	readonly channelUrl: () => string;
	readonly stops: Stops;
	/** Aborted when this mission is stopped, or all are. */
	readonly stopSignal: (missionId: string) => AbortSignal;
}

/** What one step of a run gives back when it is done: the facts it recorded are its outcome. */
export type Performer = (context: Context, run: Run) => Promise<void>;

export function targetOf({config}: Pick<Context, 'config'>, run: Pick<Run, 'mission'>): TargetConfig | undefined {
	const {target} = run.mission;
	return target ? config.targets.find(candidate => candidate.name === target) : config.targets[0];
}
