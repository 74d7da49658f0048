import type {Tokens} from '../domain/budget.js';
import type {Config} from '../domain/config.js';
import type {Mission} from '../domain/mission.js';
import type {Isolation} from './isolation.js';
import type {Drive, Ending} from './voice.js';

/** What an agent's output says, in terms that hold for every agent. Unknown output is `noise`, never an error. */
export type AgentFact =
	| {readonly kind: 'init'; readonly agentSessionId: string; readonly model: string; readonly paidBy: string}
	| {readonly kind: 'delta'; readonly text: string}
	| {readonly kind: 'text'; readonly text: string}
	| {readonly kind: 'tool'; readonly name: string; readonly about: string}
	| {readonly kind: 'tool-result'; readonly ok: boolean; readonly text: string}
	| {readonly kind: 'denied'; readonly tool: string; readonly why: string}
	| {
			readonly kind: 'retry';
			readonly attempt: number;
			readonly most: number;
			readonly delayMs: number;
			readonly why: string;
	  }
	| {readonly kind: 'quota'; readonly info: unknown}
	| {readonly kind: 'trouble'; readonly code: string}
	| {readonly kind: 'result'; readonly result: AgentResult}
	| {readonly kind: 'noise'; readonly text: string};

/** The agent's own account of a run. Cost and tokens are cumulative over the session: the last one counts, never the sum. */
export interface AgentResult {
	readonly isError: boolean;
	readonly subtype: string;
	readonly terminalReason: string;
	readonly apiError: string;
	readonly apiStatus: number | null;
	readonly turns: number;
	readonly tokens: Tokens;
	readonly costUsd: number;
	readonly text: string;
}

/** Everything an agent needs to know to be started once. */
export interface LaunchRequest {
	readonly config: Config;
	/** What it shall do; '' when a human takes over and says it himself. */
	readonly prompt: string;
	/** How it runs, where an agent has both ways. */
	readonly style: 'headless' | 'interactive';
	/** Where the agent's `program` was found. */
	readonly program: string | undefined;
	readonly cwd: string;
	/** What holds the session in, where it is to be asked for no permission. */
	readonly isolation?: Isolation;
	/** `.pilot/runs/<mission>/<n>`: for files that only this launch needs. */
	readonly runDir: string;
	/** A UUID the agent shall use for its own session, or has used and shall resume. */
	readonly agentSessionId: string;
	readonly resume: boolean;
	readonly channel: {readonly url: string; readonly token: string};
	readonly testCommand: string | undefined;
	/** Allow-listed already; the agent may add its own. */
	readonly env: Readonly<Record<string, string>>;
	readonly secretEnv: Readonly<Record<string, string | undefined>>;
	readonly mission: Mission;
	readonly attempt: number;
}

export interface Launch {
	readonly file: string;
	readonly args: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	/** For a program with a screen of its own: what drives it. Without one its lines are parsed, and shown as a transcript. */
	readonly drive?: Drive;
}

/** What judging an ending may look at. */
export interface EndingInput {
	readonly exitCode: number | null;
	readonly signal?: number;
	/** True when pilot itself ended it: then a signal is no failure of the agent's. */
	readonly stopped: boolean;
	readonly lastResult: AgentResult | undefined;
	readonly troubles: readonly string[];
	/** `resetsAt` of a limit that was refused, if one was. */
	readonly refusedUntil: string | undefined;
	readonly wasRefused: boolean;
	/** The last lines that were no facts: usually what a program said on its way out. */
	readonly noise: string;
}

export interface Abilities {
	/** A human can take a running session over, and hand it back. */
	readonly takeOver: boolean;
	/** It can call pilot's tools; else its last words are its report. */
	readonly report: boolean;
	/** An interrupted session goes on with what it knew; else it starts anew. */
	readonly resume: boolean;
}

export interface Agent {
	readonly name: string;
	readonly simulated: boolean;
	readonly can: Abilities;
	/** How long after the start of one session the next one may start, ms. @default 0 */
	readonly startsApartMs?: number;
	/** What must be there to be started; undefined when it is part of pilot. */
	readonly program: (config: Config) => string | undefined;
	/** Turns one line of output into facts. Never throws. */
	readonly parseLine: (line: string) => AgentFact[];
	readonly launch: (request: LaunchRequest) => Launch;
	readonly judge: (input: EndingInput) => Ending;
}

export const defineAgent = (agent: Agent) => agent;
