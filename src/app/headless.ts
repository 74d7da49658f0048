import type {PilotEvent} from '../domain/event.js';
import {ExitCode, messageOf, PilotError} from '../domain/pilot-error.js';
import type {Status} from '../domain/status.js';
import type {Pilot} from '../supervisor/index.js';
import type {CommandContext, Io} from './define-command.js';
import {factText} from './fact-text.js';
import {takeOwnWorkspace} from './own-workspace.js';

/** What runs has this long to end and be written down after a signal; whatever keeps the pilot then, it ends. */
const graceMs = 20_000;

const lastWordsMs = 500;

/** Longer than the way from interrupt to KILL takes. What is left then is swept at the next start. */
const ladderMs = 12_000;

/**
 * Signals end the sessions and then the pilot; a second one ends it at once. They are heeded from here on, also while it starts: what came
 * by then is done as soon as there is a pilot. Returns what was asked for, and the way out.
 */
function heedSignals(io: Io) {
	let pilot: Pilot | undefined;
	let asked: NodeJS.Signals | undefined;
	let last: NodeJS.Timeout | undefined;
	const leave = (exitCode: number) => {
		setTimeout(() => process.exit(exitCode), ladderMs).unref();
		void Promise.resolve(pilot?.endSessions()).finally(() => process.exit(exitCode));
	};
	const stop = (signal: NodeJS.Signals) => {
		pilot?.command({type: 'pilot.stop', now: true, by: signal === 'SIGINT' ? 'Ctrl-C' : signal}).catch(error => {
			// It cannot be written down that it is to end: it ends all the same, and recovery sees to the rest.
			io.err(messageOf(error));
			leave(ExitCode.interrupted);
		});
	};
	const interrupt = (signal: NodeJS.Signals) => {
		if (asked) process.exit(ExitCode.interrupted);
		asked = signal;
		last = setTimeout(() => leave(ExitCode.interrupted), graceMs);
		stop(signal);
	};
	const ignore = () => {};
	// A fault of ours must not leave sessions running unwatched: they are ended, then we are.
	const fault = (error: unknown) => {
		const known = error instanceof PilotError ? error : undefined;
		const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
		io.err(known ? `${known.message}\n${known.todo}` : `Internal error: ${trace}`);
		leave(known?.exitCode ?? ExitCode.internal);
	};
	process.on('SIGHUP', ignore).on('SIGINT', interrupt).on('SIGTERM', interrupt).on('uncaughtException', fault);
	return {
		begin(started: Pilot) {
			pilot = started;
			if (asked) stop(asked);
		},
		wasInterrupted: () => asked !== undefined,
		stop() {
			clearTimeout(last);
			process.off('SIGINT', interrupt).off('SIGTERM', interrupt).off('uncaughtException', fault);
		},
	};
}

/** With `--until-idle`: some mission failed, is blocked or unproven, or is stuck for a reason that no clock will end. */
function isUnfinished({queue, missions, state, next}: Status): boolean {
	if (queue.failed + queue.blocked + queue.unproven > 0) return true;
	const waitsForClock = state === 'parked' && next.at !== undefined;
	return !waitsForClock && missions.some(mission => mission.step !== undefined);
}

/** What a start that failed half way has opened must not keep the process: it has a moment to say what was wrong. */
const endAlone = () => void setTimeout(() => process.exit(), lastWordsMs).unref();

/** The supervisor itself, in the foreground: one line per fact. */
export async function runHeadless(context: CommandContext, untilIdle: boolean): Promise<number> {
	const {io, json, env} = context;
	const show = (fact: PilotEvent) => {
		const line = json ? JSON.stringify({v: 1, ...fact}) : factText(fact);
		if (line !== undefined) io.out(line);
	};
	const workspace = context.workspace();
	const signals = heedSignals(io);
	try {
		const place = await takeOwnWorkspace(workspace);
		const {startSupervisor} = await import('./compose.js');
		const starting = startSupervisor({place, untilIdle, env, onFact: show});
		starting.catch(endAlone);
		const {pilot, ended} = await starting;
		signals.begin(pilot);
		// Of a pilot that has failed nothing may stay, whatever it still waits for.
		ended.catch(() => setTimeout(() => process.exit(), ladderMs).unref());
		await ended;
		if (signals.wasInterrupted()) return ExitCode.interrupted;
		return untilIdle && isUnfinished(pilot.status()) ? ExitCode.failed : ExitCode.fine;
	} finally {
		signals.stop();
	}
}
