import type {OpenApproval} from './approval.js';
import type {QuotaWindow} from './budget.js';
import type {Estimate, Estimates} from './estimate.js';
import type {PilotEvent} from './event.js';
import type {KeyChoices} from './keys.js';
import type {MissionState} from './mission.js';

export type SessionPhase =
	| 'starting'
	| 'busy'
	| 'waiting-permission'
	| 'waiting-input'
	| 'rate-limited'
	| 'finishing'
	| 'ended';

export interface SessionStatus {
	readonly id: string;
	readonly missionId: string;
	readonly agent: string;
	/** True while keys can go to it: its program is one that hears them. */
	readonly takesKeys: boolean;
	/** True for the built-in simulated agent. */
	readonly simulated: boolean;
	readonly phase: SessionPhase;
	readonly startedAt: string;
	/** Which fact gave the phase: "stream: Bash npm test". */
	readonly why: string;
	readonly turns: number;
	readonly costUsd: number;
	readonly tokens: number;
	/** True while a human has it in hand. */
	readonly taken: boolean;
}

export interface MissionStatus {
	readonly id: string;
	readonly title: string;
	readonly state: MissionState;
	readonly priority: number;
	readonly access: string;
	readonly source: string;
	readonly target?: string;
	readonly template?: string;
	/** Why it waits, or why it is what it is. One line. */
	readonly why: string;
	/** ISO 8601, when that is known. */
	readonly startsAt?: string;
	/** Of a running one: which step of the playbook it is in. */
	readonly step?: string;
	readonly doneOn?: string;
	/** When its last attempt ended, ISO 8601. */
	readonly endedAt?: string;
	readonly line: number;
	/** What it is expected to take: with those that wait or run, where `status --json` and `queue --json` print them. */
	readonly estimate?: Estimate;
}

export interface WindowStatus extends QuotaWindow {
	/** How much of it sessions of pilot used, at most: percent points; left out where nothing was read. */
	readonly pilotPercent?: number;
}

export interface Look {
	readonly theme: 'auto' | 'dark' | 'light' | 'high-contrast' | 'none';
	readonly ascii: 'auto' | boolean;
	readonly motion: 'full' | 'reduced';
	readonly title: boolean;
	readonly bell: boolean;
	readonly progress: boolean;
}

/** Another machine that works on the same queue. */
export interface MachineStatus {
	readonly name: string;
	/** When it last said something of itself, ISO 8601; left out for one that never has. */
	readonly seenAt?: string;
	/** Ids of the missions that it works on. */
	readonly missions: readonly string[];
}

/** `status --json`, and what every screen is drawn from. Names are fixed; more may be added. */
export interface Status {
	readonly v: 1;
	readonly state: 'starting' | 'running' | 'paused' | 'parked' | 'stopping';
	readonly pid: number;
	readonly version: string;
	readonly machine: string;
	readonly workspace: string;
	readonly mode: string;
	readonly startedAt: string;
	readonly next: {readonly what: string; readonly at?: string; readonly why: string};
	readonly sessions: readonly SessionStatus[];
	readonly queue: Readonly<
		Record<'pending' | 'inProgress' | 'blocked' | 'parked' | 'failed' | 'unproven' | 'done', number>
	>;
	/** Running first, then pending in the order they will run, then what needs a human, then done, newest first (200 at most). */
	readonly missions: readonly MissionStatus[];
	/** What you are asked, oldest first. */
	readonly approvals: readonly OpenApproval[];
	readonly problems: readonly string[];
	readonly budget: {
		readonly runsToday: number;
		/** null = no limit. */
		readonly runsPerDay: number | null;
		readonly costTodayUsd: number;
		readonly windows: readonly WindowStatus[];
		readonly tokensToday: {readonly reactive: number; readonly proactive: number};
		readonly warnPercent: number;
		readonly stopPercent: number;
		/** The last seven UTC days, today the last; left out by a pilot that does not count them. */
		readonly week?: readonly {readonly day: string; readonly runs: number; readonly tokens: number}[];
	};
	/** What attempts are expected to take, by kind of mission (`kindOf`); left out while nothing is known. */
	readonly estimates?: Estimates;
	readonly git: {
		readonly branch: string;
		readonly remote: string | null;
		readonly ahead: number;
		readonly behind: number;
		readonly lastSyncAt?: string;
		readonly trouble?: string;
	};
	/** One line per channel: `telegram: on`, `telegram: off (no TELEGRAM_BOT_TOKEN)`. */
	readonly reach: readonly string[];
	/** Newest memory lines first, 20 at most. */
	readonly memory: readonly {readonly kind: 'learning' | 'preference' | 'summary'; readonly text: string}[];
	/** How dashboards behave: from the config. */
	readonly panes: {readonly detachKey: string; readonly mouse: boolean};
	/** How they look, and what they tell the terminal around them: from the config. Left out by an older build. */
	readonly look?: Look;
	/** Keys that the config gives to actions of dashboards; left out where it gives none. */
	readonly keys?: KeyChoices;
	readonly watchers: number;
	/** How late its event loop was since it started, ms; what keeps it from answering. */
	readonly lag?: {readonly p50Ms: number; readonly p99Ms: number; readonly maxMs: number};
	/** The other machines on this queue, as their files of `state/` tell of them. Left out where there are none. */
	readonly machines?: readonly MachineStatus[];
	/** Newest facts last, 50 at most. */
	readonly recent: readonly PilotEvent[];
}
