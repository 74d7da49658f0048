import {type ChildProcess, spawn} from 'node:child_process';
import {constants} from 'node:os';
import {wantsPlainLines} from './plain-lines.js';
import {restoreAnywaySequence} from './terminal-modes.js';
import {splitVerb} from './verb.js';

/** Long enough for the dashboard to leave by itself. */
const graceMs = 3000;

const passedOn = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTSTP'] as const;

/** Verbs that take the whole terminal, and so need somebody who gives it back. */
const screenVerbs = new Set(['dashboard', 'attach', 'demo', 'replay']);

/** True for a call that opens a screen: only then is there anything to restore. */
export function opensScreen(argv: readonly string[], env: NodeJS.ProcessEnv): boolean {
	const plain = ['--help', '-h', '--json', '--headless', '--export', '--version', '-V', '--screen-reader'];
	const {verb} = splitVerb(argv);
	return (
		!(verb === 'dashboard' && wantsPlainLines(false, env)) &&
		screenVerbs.has(verb) &&
		env.PILOT_LAUNCHER === undefined &&
		Boolean(process.stdin.isTTY && process.stdout.isTTY) &&
		!argv.some(word => plain.includes(word.split('=')[0] ?? ''))
	);
}

/** What a process that ended by a signal is told by: as shells say it. */
const codeOf = (signal: NodeJS.Signals) => 128 + (constants.signals[signal] ?? 0);

/** A terminal that is gone by now takes nothing any more, and needs nothing. */
function write(stream: NodeJS.WriteStream, text: string) {
	stream.on('error', () => {});
	stream.write(text);
}

/** Hands the signals that are sent to us on, and ends what does not end by itself. */
function passSignals(child: ChildProcess): () => void {
	let last: NodeJS.Timeout | undefined;
	const pass = (signal: NodeJS.Signals) => {
		child.kill(signal);
		if (signal === 'SIGTERM' || signal === 'SIGHUP') last ??= setTimeout(() => child.kill('SIGKILL'), graceMs);
	};
	const goOn = () => child.kill('SIGCONT');
	for (const signal of passedOn) process.on(signal, pass);
	process.on('SIGCONT', goOn);
	return () => {
		clearTimeout(last);
		for (const signal of passedOn) process.off(signal, pass);
		process.off('SIGCONT', goOn);
	};
}

/**
 * Runs the program once more as a child that draws the screen, and gives the terminal back however that child ends: its
 * screen and modes here, its line settings as Node does at every exit for what it found at its start.
 *
 * @see node.cc, ResetStdio (Node 24).
 * @returns The child's exit code, or 128 and its signal's number.
 */
export function launch(program: string, argv: readonly string[]): Promise<number> {
	const env = {...process.env, PILOT_LAUNCHER: String(process.pid)};
	const child = spawn(process.execPath, [program, ...argv], {stdio: 'inherit', env});
	const settle = passSignals(child);
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('exit', (code, signal) => {
			settle();
			// Only one that ended well is known to have restored the screen.
			if (code !== 0) write(process.stdout, restoreAnywaySequence);
			if (signal === null) return resolve(code ?? 0);
			write(process.stderr, `The dashboard ended by ${signal}. The pilot goes on: pilot-tui attach looks again.\n`);
			return resolve(codeOf(signal));
		});
	});
}
