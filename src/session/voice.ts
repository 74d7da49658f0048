import type {QuotaWindow, Tokens} from '../domain/budget.js';
import type {SessionOutcome} from '../domain/event.js';
import type {SessionPhase} from '../domain/status.js';
import type {Clock} from '../kernel/clock.js';

/** How a session ended, judged from what it printed and how its process ended. */
export interface Ending {
	readonly outcome: SessionOutcome;
	readonly why: string;
	readonly resetsAt?: string;
}

/** A session's phase, and which fact gave it. */
export interface Phase {
	readonly phase: SessionPhase;
	readonly why: string;
}

/** Whose hands a session is in. */
export interface Hands {
	/** Somebody's keys go to it. */
	readonly attached: boolean;
	/** A human has taken it over. */
	readonly taken: boolean;
}

/** What a session has done so far, by its own account. Cost and tokens are cumulative over all its launches. */
export interface Account {
	readonly turns: number;
	readonly tokens: Tokens;
	readonly costUsd: number;
	readonly lastText: string;
}

export interface Exit {
	/** null: ended by a signal. */
	readonly exitCode: number | null;
	readonly signal?: number;
}

/** What a session makes of its program: of the bytes, of what it says by other ways, and of its end. */
export interface Voice {
	/** The phase that the bytes stand for, if they stand for one, and whether they were a sign of life. */
	hear(bytes: Buffer): {readonly phase?: Phase | undefined; readonly alive: boolean};
	/** The last look, once the program has ended. */
	end(): Promise<void> | void;
	judge(exit: Exit, stopped: boolean): Ending;
	readonly account: Account;
	/** A hook, or the status line, of the program; gives what it is answered. */
	hook?(event: string, body: unknown): unknown;
	/** Types what makes the program end by itself. */
	quit?(): Promise<void>;
	/** Gives the program one more prompt. */
	say?(text: string): Promise<void>;
	/** What a limit of pilot's own means for it; undefined: what it means for every session. */
	overran?(why: string): Ending | undefined;
}

/** What the driver of a program with a screen of its own can do to its session. */
export interface Wheel {
	readonly clock: Clock;
	type(text: string): void;
	become(phase: Phase): void;
	/** The program's work is over, by this fact: it is asked to end, then made to. */
	finish(fact: string): void;
	stop(ending: Ending): void;
	/** Keeps one line in the run's folder. */
	record(line: string): void;
	hands(): Hands;
	/** Words that send a session on that is about to end, once; undefined lets it end. */
	atStop(alreadyAsked: boolean): string | undefined;
	/** Its report, or why there is none, is known: whatever it still does changes nothing. */
	hasReported(): boolean;
	takeWindows(windows: readonly QuotaWindow[]): void;
	/** A human who has it in hand told it something. */
	heardHuman(text: string): void;
}

export type Drive = (wheel: Wheel) => Voice;
