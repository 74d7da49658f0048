import {type ChildProcess, spawn} from 'node:child_process';
import {messageOf} from '../domain/pilot-error.js';

export interface RunOptions {
	readonly cwd: string;
	readonly env: Readonly<Record<string, string>>;
	readonly timeoutMs: number;
	/** Bytes of stdout and stderr kept, the end of each; the rest is read and thrown away. */
	readonly keepBytes?: number;
	readonly input?: string;
	readonly signal?: AbortSignal;
}

export interface RunResult {
	/** null: ended by a signal, or never started. */
	readonly exitCode: number | null;
	readonly stdout: string;
	readonly stderr: string;
	readonly timedOut: boolean;
	readonly durationMs: number;
	/** Set when the program could not be started at all. */
	readonly startError?: string;
}

/** Runs a program to its end, without a shell, without a terminal, in a process group of its own that ends as a whole. */
export type Run = (file: string, args: readonly string[], options: RunOptions) => Promise<RunResult>;

/** Sends a signal to a whole process group; one that is gone is none. */
export function signalGroup(pid: number, signal: NodeJS.Signals) {
	try {
		process.kill(-pid, signal);
	} catch (error) {
		// ESRCH: gone. EPERM: its number is somebody else's by now, or all that is left of it is a zombie.
		if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
	}
}

function keepEnd(bytes: number) {
	let chunks: Buffer[] = [];
	let size = 0;
	return {
		push(chunk: Buffer) {
			chunks.push(chunk);
			size += chunk.length;
			if (size <= bytes * 2) return;
			const all = Buffer.concat(chunks);
			chunks = [all.subarray(all.length - bytes)];
			size = bytes;
		},
		text: () => {
			const all = Buffer.concat(chunks);
			return all.subarray(Math.max(0, all.length - bytes)).toString('utf8');
		},
	};
}

/** TERM to the group, two seconds later KILL; the returned function calls that off. */
function endGroup(child: ChildProcess): NodeJS.Timeout | undefined {
	const {pid} = child;
	if (pid === undefined) return;
	signalGroup(pid, 'SIGTERM');
	return setTimeout(() => signalGroup(pid, 'SIGKILL'), 2000);
}

/** Longer than this setTimeout fires at once. */
const longestTimerMs = 2_147_483_647;

/** A program that has ended may have left a child on its pipes; what it wrote itself is read by then. */
const drainMs = 200;

/** Starts it in a group of its own; a text in place of the process says why it cannot be started. */
function start(file: string, args: readonly string[], {cwd, env, input}: RunOptions): ChildProcess | string {
	try {
		const stdin = input === undefined ? 'ignore' : 'pipe';
		return spawn(file, [...args], {cwd, env, detached: true, stdio: [stdin, 'pipe', 'pipe']});
	} catch (error) {
		// An argument that is too long, or holds a NUL, is thrown and not told as an event.
		return messageOf(error);
	}
}

const never = (startError: string): RunResult => ({
	...{exitCode: null, stdout: '', stderr: '', timedOut: false, durationMs: 0},
	startError,
});

export const run: Run = (file, args, options) =>
	new Promise(resolve => {
		const {timeoutMs, keepBytes = 1_000_000, input, signal} = options;
		const startedMs = Date.now();
		const stdout = keepEnd(keepBytes);
		const stderr = keepEnd(keepBytes);
		const child = start(file, args, options);
		if (typeof child === 'string') return resolve(never(child));
		let timedOut = false;
		let killer: NodeJS.Timeout | undefined;
		let drain: NodeJS.Timeout | undefined;
		const stop = () => {
			killer ??= endGroup(child);
		};
		const tooLong = () => {
			timedOut = true;
			stop();
		};
		const timer = setTimeout(tooLong, Math.min(timeoutMs, longestTimerMs));
		signal?.addEventListener('abort', stop, {once: true});
		if (signal?.aborted) stop();
		let isOver = false;
		const settle = (exitCode: number | null, startError?: string) => {
			if (isOver) return;
			isOver = true;
			for (const running of [timer, killer, drain]) clearTimeout(running);
			signal?.removeEventListener('abort', stop);
			// Whatever the program left in its group has no reader any more, and must not keep this process from ending.
			child.stdout?.destroy();
			child.stderr?.destroy();
			if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
			const result = {
				exitCode,
				stdout: stdout.text(),
				stderr: stderr.text(),
				timedOut,
				durationMs: Date.now() - startedMs,
			};
			resolve(startError === undefined ? result : {...result, startError});
		};
		child.stdout?.on('data', stdout.push);
		child.stderr?.on('data', stderr.push);
		child.on('error', error => settle(null, error.message));
		// 'close' comes when all is read; a daemon that keeps the pipe open must not keep us, so 'exit' sets an end to that.
		child.on('close', code => settle(code));
		child.on('exit', code => {
			// A late timer comes before what lies in the pipes is read, and an immediate after it.
			drain = setTimeout(() => setImmediate(() => settle(code)), drainMs);
		});
		if (input !== undefined) child.stdin?.on('error', () => {}).end(input);
	});
