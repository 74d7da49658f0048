import type {ViewStore} from '../view/store.js';
import {hasShell} from './job.js';
import type {OuterTerminal} from './outer-terminal.js';

const parentLooksMs = 1000;

export interface SuspendDeps {
	readonly outer: Pick<OuterTerminal, 'leave' | 'enter'>;
	readonly repaint: () => void;
	readonly store: Pick<ViewStore, 'say'>;
}

/**
 * Stops this process's whole job, as the terminal itself would at Ctrl-Z: whatever launched this stops too, and the shell sees
 * it. Goes on when the shell says so.
 *
 * @see signal(7): SIGSTOP cannot be caught; the shell's `fg` sends SIGCONT to the whole job.
 */
export function suspend({outer, repaint, store}: SuspendDeps): void {
	if (!hasShell()) {
		store.say('There is no shell here to go back to: q leaves the pilot at work.', 'warn');
		return;
	}
	outer.leave();
	process.once('SIGCONT', () => {
		outer.enter();
		repaint();
	});
	// What restores the terminal has to be written before everything stands still.
	setImmediate(() => process.kill(0, 'SIGSTOP'));
}

export interface SignalDeps {
	readonly leave: (signal?: NodeJS.Signals) => void;
	/** Something broke that nobody had thought of. */
	readonly fail: (error: unknown) => void;
	readonly suspend: () => void;
}

/** Leaves as if it had been asked to: the terminal is given back. */
export function onSignals({leave, fail, suspend: stop}: SignalDeps): () => void {
	const signals = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const;
	for (const signal of signals) process.on(signal, leave);
	process.on('SIGTSTP', stop);
	process.on('uncaughtException', fail);
	// Whoever launched this would have restored the terminal; without it nobody would.
	const launcher = process.ppid;
	const looking = setInterval(() => process.ppid !== launcher && leave(), parentLooksMs);
	return () => {
		clearInterval(looking);
		process.off('SIGTSTP', stop);
		process.off('uncaughtException', fail);
		for (const signal of signals) process.off(signal, leave);
	};
}
