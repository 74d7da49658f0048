import {spawn} from 'node-pty';
import {createTerminalScreen} from '../../src/screen/index.js';
import {childEnv} from '../support/pilot-process.js';

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** What a shell expects of its terminal, and what a program on the whole screen changes. */
export interface TerminalState {
	/** As `stty -g` prints it. */
	readonly line: string;
	readonly alternate: boolean;
	readonly cursor: boolean;
	readonly mouse: string;
	readonly paste: boolean;
	readonly focus: boolean;
	readonly kitty: number;
	readonly wraps: boolean;
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A shell in a terminal, in which a program is run and may die. */
export function openShell({
	cwd,
	home,
	cols = 100,
	rows = 30,
}: {
	cwd: string;
	home: string;
	cols?: number;
	rows?: number;
}) {
	const terminal = createTerminalScreen({cols, rows, scrollback: 200});
	const pty = spawn('/bin/bash', ['--norc', '--noprofile', '-i'], {
		...{name: 'xterm-256color', cols, rows, cwd, encoding: null},
		env: childEnv(home, {PS1: '$ ', TERM: 'xterm-256color'}),
	});
	pty.onData(data => terminal.write(data as unknown as Uint8Array));
	terminal.onReply(text => pty.write(text));
	const text = () =>
		terminal
			.visibleRows()
			.map(row => row.replaceAll(/\u001b\[[\d;]*m/g, ''))
			.join('\n');
	const see = async (what: string | RegExp, longestMs = 20_000) => {
		const started = performance.now();
		while (!(typeof what === 'string' ? text().includes(what) : what.test(text()))) {
			if (performance.now() - started > longestMs) throw new Error(`never saw ${what}:\n${text()}`);
			await pause(10);
		}
		return performance.now() - started;
	};
	let asked = 0;
	return {
		pid: pty.pid,
		text,
		see,
		press: (keys: string) => pty.write(keys),
		resize(newCols: number, newRows: number) {
			terminal.resize(newCols, newRows);
			pty.resize(newCols, newRows);
		},
		run: (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
			pty.write(
				`${Object.entries(env)
					.map(([name, value]) => `${name}=${quoted(value)} `)
					.join('')}${words.map(quoted).join(' ')}; echo "[exited $?]"\r`,
			),
		/** Asks the shell, and the terminal itself. */
		async state(): Promise<TerminalState> {
			asked++;
			pty.write(`clear; echo "<${asked}:$(stty -g)>"; printf 'x%.0s' {1..${cols + 5}}; echo\r`);
			await see(new RegExp(`<${asked}:[0-9a-f:]+>`));
			// Up to the next prompt: the shell sets its own modes only there, and what the terminal tells is of the moment it is asked.
			await see(/x{5}\n\$/);
			const {modes, cursor} = terminal;
			return {
				line: new RegExp(`<${asked}:([0-9a-f:]+)>`).exec(text())?.[1] ?? '',
				alternate: modes.alternate,
				cursor: cursor !== null,
				mouse: modes.mouse,
				paste: modes.bracketedPaste,
				focus: modes.focusEvents,
				kitty: modes.kitty,
				// Behind the last column it goes on in the next row only where the terminal wraps.
				wraps: new RegExp(`x{${cols}}\\nx{5}`).test(text()),
			};
		},
		clear: () => pty.write('clear\r'),
		[Symbol.dispose]() {
			try {
				process.kill(pty.pid, 'SIGKILL');
			} catch {
				// It has ended by itself.
			}
			terminal.dispose();
		},
	};
}
