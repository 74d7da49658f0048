import {type ChildProcess, spawn} from 'node:child_process';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const cli = path.join(root, 'dist/src/cli.js');

export interface Finished {
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
	readonly ms: number;
}

export interface Running {
	readonly child: ChildProcess;
	readonly finished: Promise<Finished>;
	/** Resolves when the output so far contains this. */
	see(text: string | RegExp): Promise<void>;
	/** The output so far. */
	said(): string;
}

/** The environment of a child: nothing of this process's own but a path and what is given. */
export const childEnv = (home: string, more: Readonly<Record<string, string>> = {}) => ({
	PATH: `${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
	HOME: home,
	LANG: 'C.UTF-8',
	TZ: 'UTC',
	TERM: 'xterm-256color',
	...more,
});

const longestMs = 25_000;

/** Starts the built program, as its users do; `under` is a program that runs it, such as strace. */
export function startPilot(
	args: readonly string[],
	{cwd, env, input, under = []}: {cwd: string; env: Record<string, string>; input?: string; under?: readonly string[]},
): Running {
	const startedMs = performance.now();
	const [file = '', ...rest] = [...under, process.execPath, cli, ...args];
	const child = spawn(file, rest, {cwd, env, stdio: ['pipe', 'pipe', 'pipe']});
	let out = '';
	let err = '';
	const watchers = new Set<() => void>();
	child.stdout?.on('data', chunk => {
		out += chunk;
		for (const look of watchers) look();
	});
	child.stderr?.on('data', chunk => {
		err += chunk;
		for (const look of watchers) look();
	});
	child.stdin?.end(input ?? '');
	const finished = new Promise<Finished>(resolve =>
		child.on('close', code => resolve({code, out, err, ms: performance.now() - startedMs})),
	);
	return {
		child,
		finished,
		said: () => out + err,
		see: text =>
			new Promise((resolve, reject) => {
				const look = () => {
					const found = typeof text === 'string' ? (out + err).includes(text) : text.test(out + err);
					if (!found) return;
					watchers.delete(look);
					clearTimeout(timer);
					resolve();
				};
				watchers.add(look);
				const timer = setTimeout(() => reject(new Error(`never saw ${String(text)}:\n${out}\n${err}`)), longestMs);
				look();
				void finished.then(() => {
					look();
					if (watchers.has(look)) reject(new Error(`ended without ${String(text)}:\n${out}\n${err}`));
				});
			}),
	};
}

export const runPilot = (
	args: readonly string[],
	options: {cwd: string; env: Record<string, string>; input?: string},
) => startPilot(args, options).finished;
