import type {Config} from '../config.js';
import type {Step} from '../event.js';
import type {OtherMachine} from '../lease.js';
import type {Queue} from '../mission.js';
import type {PilotState} from '../state.js';

/** Everything a decision may look at. What is not in here cannot matter. */
export interface Situation {
	readonly state: PilotState;
	readonly queue: Queue;
	readonly config: Config;
	readonly nowMs: number;
	/** ends when nothing is left that pilot itself could do */
	readonly untilIdle: boolean;
	/** False until missions.md was read once since the start. */
	readonly queueRead: boolean;
	/** True while a pull or a `/usage` call is under way; neither is an intent on the log, for neither changes anything. */
	readonly busy: {readonly sync: boolean; readonly usage: boolean};
	/** When each was last begun, ms since epoch; 0 = not since the start. */
	readonly last: {readonly syncMs: number; readonly usageMs: number; readonly exploreMs: number};
	readonly hasRemote: boolean;
	/** The other machines of this queue, as they were last fetched. */
	readonly others: readonly OtherMachine[];
	/** When the remote was last seen, ms since epoch; 0 = not since the start. */
	readonly syncedMs: number;
	/** What the machine has too little of for another session, in words. */
	readonly scarce?: string;
	/** Whether quota can be asked for: a claude agent on a subscription. */
	readonly canReadUsage: boolean;
}

export type Action =
	| {readonly do: 'claim'; readonly missionId: string}
	| {readonly do: 'step'; readonly missionId: string; readonly attempt: number; readonly step: Step}
	| {readonly do: 'sync'}
	| {readonly do: 'read-usage'}
	| {readonly do: 'unpark'; readonly why: string}
	| {readonly do: 'ask'; readonly missionId: string}
	| {readonly do: 'settle'; readonly approvalId: string; readonly answer: 'timeout' | 'withdrawn'; readonly why: string}
	| {readonly do: 'explore'}
	| {readonly do: 'end'; readonly why: string};

/** Why something does not happen now, in one line, and when it will if that is known. */
export interface Wait {
	readonly why: string;
	/** ISO 8601. */
	readonly at?: string;
	/** What it waits for; a `turn` comes by itself, the others do not while nothing changes. */
	readonly on: 'human' | 'clock' | 'mission' | 'turn' | 'pilot';
}

export interface Decision {
	readonly actions: readonly Action[];
	/** One for every mission that is pending and not started by these actions. */
	readonly waits: Readonly<Record<string, Wait>>;
	/** When the first of the waits is over, ISO 8601. */
	readonly soonestAt?: string;
	readonly next: {readonly what: string; readonly at?: string; readonly why: string};
}
