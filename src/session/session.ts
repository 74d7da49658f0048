import type {QuotaWindow, Tokens} from '../domain/budget.js';
import type {SessionPhase} from '../domain/status.js';
import {totalTokens} from '../domain/tokens.js';
import {type Clock, stopwatch} from '../kernel/clock.js';
import {sessionTag, stopTree, sweep} from '../kernel/process-tree.js';
import type {Pty, SpawnPty} from '../kernel/pty.js';
import type {Agent, LaunchRequest} from './agent.js';
import type {ReadQuota} from './ears.js';
import {createLines} from './lines.js';
import {createScreenWriter, type SessionScreen} from './pane.js';
import {createPhases, type Phases} from './phases.js';
import {createSaid} from './said.js';
import type {Drive, Ending, Exit, Hands, Voice, Wheel} from './voice.js';
import {type SessionLimits, watchSession} from './watch.js';

export interface SessionDeps {
	readonly spawnPty: SpawnPty;
	readonly clock: Clock;
	readonly screen: SessionScreen;
	/** Takes secrets out of whatever is kept, and of what pilot itself shows. */
	readonly redact: (text: string) => string;
	/** Keeps one line of the agent's output in the run's folder. */
	readonly record: (line: string) => void;
	/** What a quota fact means: whether it was a refusal, and until when. */
	readonly readQuota: ReadQuota;
	/** Quota windows that the agent told by another way. */
	readonly takeWindows: (windows: readonly QuotaWindow[]) => void;
	readonly hands: () => Hands;
	/** Words that send a session on that is about to end, once; undefined lets it end. */
	readonly atStop: (alreadyAsked: boolean) => string | undefined;
	/** Its report, or why there is none, is known. */
	readonly hasReported: () => boolean;
	/** Told after the session's phase or counts changed. */
	readonly onChange: () => void;
}

export interface SessionEnd extends Ending {
	readonly exitCode: number | null;
	readonly turns: number;
	readonly tokens: Tokens;
	readonly costUsd: number;
	readonly durationMs: number;
	/** The fact for which it was asked to end, if it was. */
	readonly askedFor?: string;
	/** The last text the agent wrote, 20,000 characters at most. */
	readonly lastWords: string;
}

export interface Session {
	readonly id: string;
	readonly pid: number;
	readonly phase: SessionPhase;
	/** Which fact gave the phase. */
	readonly why: string;
	readonly turns: number;
	readonly tokens: number;
	readonly costUsd: number;
	/** When it last printed, was typed to, or told anything; ms since epoch. */
	readonly activeAtMs: number;
	readonly ended: Promise<SessionEnd>;
	/** Ends the whole process tree by the ladder; `ended` then has this outcome. */
	stop(ending: Ending): Promise<void>;
	/** Asks the program to end by itself, the ladder being the second means; gives why, the fact that it was for. */
	quit(fact: string): Promise<void>;
	/** Gives it one more prompt; false when it takes none while it runs. */
	say(text: string): Promise<boolean>;
	/** What a human who had it in hand told it, oldest first, since this was last asked for. */
	takeSaid(): string[];
	/** A human is asked for it: it waits, and its limits with it, until the returned function is called. */
	hold(why: string): () => void;
	/** What its program's hook, or status line, told; gives the answer. */
	hook(event: string, body: unknown): unknown;
}

/** How long a program may take to end once it was asked to. */
const quitMs = 5000;

/** How an end came about: how pilot ended it, if it did, else what the agent's own account is worth. */
function endOf(voice: Voice, exit: Exit, stopping: Ending | undefined) {
	const judged = voice.judge(exit, stopping !== undefined);
	const ending = stopping && !(stopping.outcome === 'overran' && judged.outcome === 'completed') ? stopping : judged;
	const {turns, tokens, costUsd} = voice.account;
	return {...ending, exitCode: exit.exitCode, turns, tokens, costUsd};
}

/** A program with a screen of its own: its bytes are shown as they are, and what its terminal hears goes to it. */
function createDriven(drive: Drive, wheel: Wheel, pty: Pty, screen: SessionScreen): Voice {
	const show = createScreenWriter(screen, pty);
	screen.onInput(wheel.type);
	const voice = drive(wheel);
	return {
		...voice,
		hear(bytes) {
			show(bytes);
			return voice.hear(bytes);
		},
		get account() {
			return voice.account;
		},
	};
}

/** Ends a process tree once: politely, where the program can be asked, else by the ladder at once. */
function createLeaving(pty: Pty, tag: string, clock: Clock, phases: Phases) {
	let going: Promise<void> | undefined;
	let stopping: Ending | undefined;
	let askedFor: string | undefined;
	const ladder = () => stopTree({pid: pty.pid, tag, hasEnded: () => pty.hasEnded}, clock);
	const politely = async (quit: () => Promise<void>) => {
		await quit();
		const passedMs = stopwatch(clock);
		while (!pty.hasEnded && passedMs() < quitMs) await clock.sleep(20);
		await ladder();
	};
	const begin = (go: () => Promise<void>, why: string): Promise<void> => {
		pty.resume();
		going = go();
		phases.leave(why);
		return going;
	};
	const isLeaving = () => phases.now.phase === 'ended' || going !== undefined;
	return {
		stop(ending: Ending): Promise<void> {
			if (isLeaving()) return going ?? Promise.resolve();
			stopping = ending;
			return begin(ladder, `pilot: ${ending.why}`);
		},
		quit(voice: Voice, fact: string): Promise<void> {
			if (isLeaving()) return going ?? Promise.resolve();
			const {quit} = voice;
			askedFor = fact;
			return begin(quit ? () => politely(quit) : ladder, fact);
		},
		/** Resolves when nothing of it is left. */
		gone: () => going ?? sweep(tag, clock),
		get stopping() {
			return stopping;
		},
		get askedFor() {
			return askedFor === undefined ? {} : {askedFor};
		},
	};
}

/** Gives the program what is typed, and says so, once, when it has long read nothing and takes no more. */
function createTyping(pty: Pty, phases: Phases, active: () => void) {
	let isTaken = true;
	return (text: string) => {
		active();
		const wasTaken = isTaken;
		isTaken = pty.hasEnded || pty.write(text);
		if (wasTaken && !isTaken) phases.become({...phases.now, why: 'pilot: it reads nothing; what is typed now is lost'});
	};
}

/** Starts one agent in a pseudo-terminal and follows it to the end of its whole process tree. */
export function startSession(
	id: string,
	agent: Agent,
	request: LaunchRequest,
	limits: SessionLimits,
	tag: string,
	deps: SessionDeps,
): Session {
	const {clock, screen, redact} = deps;
	const startedMs = clock.now();
	const {file, args, env, drive} = agent.launch(request);
	const size = {cols: screen.cols, rows: screen.rows};
	const pty: Pty = deps.spawnPty(file, args, {cwd: request.cwd, env: {...env, [sessionTag]: tag}, ...size});
	const phases = createPhases({phase: 'starting', why: `process ${pty.pid} started`}, deps.onChange);
	const leaving = createLeaving(pty, tag, clock, phases);
	const said = createSaid(redact);
	let activeAtMs = startedMs;
	const active = () => {
		activeAtMs = clock.now();
	};
	const wheel: Wheel = {
		...deps,
		type: createTyping(pty, phases, active),
		become: phases.become,
		finish: fact => void leaving.quit(voice, fact),
		stop: ending => void leaving.stop(ending),
		record: line => deps.record(redact(line)),
		heardHuman: said.push,
	};
	const voice = drive ? createDriven(drive, wheel, pty, screen) : createLines(agent, pty, deps);
	const overran = (why: string) => leaving.stop(voice.overran?.(why) ?? {outcome: 'overran', why});
	const watch = watchSession(
		limits,
		clock,
		why => void overran(why),
		() => deps.hands().taken || phases.isHeld,
	);
	pty.onData(data => {
		active();
		if (!watch.printed(data.length)) return;
		const {phase, alive} = voice.hear(data);
		if (alive) watch.alive();
		phases.become(phase);
	});
	const ended = new Promise<SessionEnd>(resolve => {
		pty.onExit(async exit => {
			watch.end();
			await voice.end();
			await leaving.gone();
			const end = {...endOf(voice, exit, leaving.stopping), ...leaving.askedFor};
			phases.end(end.why);
			resolve({...end, durationMs: Math.max(0, clock.now() - startedMs), lastWords: redact(voice.account.lastText)});
		});
	});
	screen.onResize((cols, rows) => pty.resize(cols, rows));
	const hear = (event: string, body: unknown) => {
		active();
		watch.alive();
		return voice.hook?.(event, body) ?? {};
	};
	return sessionOf({id, pty, ended, phases, leaving, voice, said, hear, activeAtMs: () => activeAtMs});
}

/** A session as the supervisor sees it. */
function sessionOf({id, pty, ended, phases, leaving, voice, said, hear, activeAtMs}: SessionParts): Session {
	return {
		id,
		pid: pty.pid,
		ended,
		stop: leaving.stop,
		quit: fact => leaving.quit(voice, fact),
		async say(text) {
			await voice.say?.(text);
			return voice.say !== undefined;
		},
		takeSaid: said.take,
		hold: phases.hold,
		hook: hear,
		get phase() {
			return phases.now.phase;
		},
		get why() {
			return phases.now.why;
		},
		get turns() {
			return voice.account.turns;
		},
		get tokens() {
			return totalTokens(voice.account.tokens);
		},
		get costUsd() {
			return voice.account.costUsd;
		},
		get activeAtMs() {
			return activeAtMs();
		},
	};
}

interface SessionParts {
	readonly id: string;
	readonly pty: Pty;
	readonly ended: Promise<SessionEnd>;
	readonly phases: Phases;
	readonly leaving: ReturnType<typeof createLeaving>;
	readonly voice: Voice;
	readonly said: ReturnType<typeof createSaid>;
	readonly hear: (event: string, body: unknown) => unknown;
	readonly activeAtMs: () => number;
}
