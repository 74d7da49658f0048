import {spawn} from 'node:child_process';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {createControlClient} from '../control/client.js';
import {ExitCode} from '../domain/pilot-error.js';
import {statusText} from '../view/format.js';
import type {CommandContext} from './define-command.js';
import {factText} from './fact-text.js';
import {ownProgram} from './own-program.js';
import {createPlainKeys} from './plain-keys.js';

const lookAgainMs = 500;

/** `add "Fix the door" --write` as a shell would take it, without anything else that a shell does. */
export const wordsOf = (line: string) =>
	[...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare ?? '');

const first = `Each thing that happens is a line. Type a verb of pilot-tui, such as: status, add "Fix the door", queue, approve ID, report.
"help" lists them, "quit" leaves; the pilot goes on. Keys of the dashboard work too, each with Enter: "?" tells them.`;

/** Tells each fact as a line, however often the pilot goes and comes back; returns the way out. */
function tellFacts({io, env}: CommandContext, pilotDir: string): () => void {
	const client = createControlClient(pilotDir, env);
	let isOver = false;
	let isGone = false;
	let timer: NodeJS.Timeout | undefined;
	let hangUp = () => {};
	const call = () => {
		hangUp = client.follow(
			{
				fact(fact) {
					const line = factText(fact);
					if (line !== undefined) io.out(line);
				},
				status() {
					if (isGone) io.out('The pilot answers again.');
					isGone = false;
				},
				end() {
					if (isOver) return;
					if (!isGone) io.out('The pilot does not answer; looking again.');
					isGone = true;
					timer = setTimeout(call, lookAgainMs);
				},
			},
			{watch: true, status: true},
		);
	};
	call();
	return () => {
		isOver = true;
		clearTimeout(timer);
		hangUp();
	};
}

/** Runs a verb as a shell would, its words between the lines of what happens. */
function runVerb(words: readonly string[], {env, io}: CommandContext, workspace: string): Promise<void> {
	const {promise, resolve} = Promise.withResolvers<void>();
	const [program = process.execPath, ...args] = ownProgram();
	const child = spawn(program, [...args, ...words, '--workspace', workspace, '--no-color'], {
		stdio: ['ignore', 'inherit', 'inherit'],
		env: {...env, PILOT_LAUNCHER: String(process.pid)},
	});
	child.on('error', error => {
		io.err(error.message);
		resolve();
	});
	child.on('exit', () => resolve());
	return promise;
}

/**
 * The dashboard for a screen reader, or for whoever wants lines: what happens is told as it happens, nothing is drawn over, and
 * verbs are typed as in a shell.
 *
 * @returns The exit code.
 */
export async function openPlainDashboard(
	context: CommandContext,
	workspace: string,
	start: () => Promise<unknown>,
): Promise<number> {
	const {io, env} = context;
	const pilotDir = path.join(workspace, '.pilot');
	await start();
	const status = await createControlClient(pilotDir, env).status();
	io.out(statusText(status, Date.now()));
	io.out(first);
	const end = tellFacts(context, pilotDir);
	const keys = createPlainKeys();
	/** A key that cannot be asked about is taken for a verb, which says why. */
	const effectOf = async (line: string) => {
		if (!/^\s*\S(?:\s|$)/u.test(line)) return undefined;
		const now = await createControlClient(pilotDir, env)
			.status()
			.catch(() => status);
		return keys(line, now, Date.now());
	};
	// Not as a terminal: what is typed is the terminal's own affair, and no sequence is ever written.
	const lines = createInterface({input: process.stdin, terminal: false});
	try {
		for await (const line of lines) {
			const effect = await effectOf(line);
			if (effect === 'leave') break;
			if (effect && 'say' in effect) io.out(effect.say);
			const words = effect ? ('run' in effect ? effect.run : []) : wordsOf(line);
			if (words[0] === 'quit' || words[0] === 'exit') break;
			if (words[0] === 'help') await runVerb(['--help'], context, workspace);
			else if (words.length > 0) await runVerb(words, context, workspace);
		}
	} finally {
		lines.close();
		end();
	}
	io.out('The pilot goes on. pilot-tui stop ends it.');
	return ExitCode.fine;
}
