import {execFileSync, spawnSync} from 'node:child_process';
import path from 'node:path';
import {cli} from '../support/pilot-process.js';

export const hasTmux = () => spawnSync('tmux', ['-V']).status === 0;

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

export interface Terminal {
	/** What is on the screen now. */
	screen(): string;
	/** Waits until the screen shows it. */
	see(what: string | RegExp): Promise<string>;
	/** Waits until the screen does not show it any more. */
	miss(what: string | RegExp): Promise<string>;
	press(...keys: string[]): void;
	/** The left button goes down at the first cell, moves over the others, and comes up at the last; cells from 0. */
	drag(...cells: (readonly [x: number, y: number])[]): void;
	/** True while the program hears of the mouse. */
	hearsMouse(): boolean;
	/** What the program says that its window is called. */
	title(): string;
	/** What the program last put into the clipboard. */
	clipboard(): string;
	resize(cols: number, rows: number): void;
	[Symbol.dispose](): void;
}

export interface TmuxOptions {
	readonly cols: number;
	readonly rows: number;
	readonly cwd: string;
	readonly home: string;
	readonly args: readonly string[];
	/** What the arguments are for. @default this project's program */
	readonly program?: readonly string[];
	/** More variables for the program. */
	readonly env?: Readonly<Record<string, string>>;
	/** The program knows that it is in tmux, which is set up as it comes; otherwise tmux is like any other terminal. @default false */
	readonly knowsTmux?: boolean;
}

const longestMs = 30_000;

/** The program in a tmux server of its own. The shell around it prints `[exited N]` when it ends. */
export function openTmux(
	dir: string,
	{cols, rows, cwd, home, args, program = [process.execPath, cli], env: more = {}, knowsTmux = false}: TmuxOptions,
): Terminal {
	const socket = path.join(dir, 'tmux.sock');
	const tmux = (...words: string[]) =>
		execFileSync('tmux', ['-f', '/dev/null', '-S', socket, ...words], {
			encoding: 'utf8',
			env: {PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', TERM: 'xterm-256color'},
		});
	const env = `env -i HOME=${quoted(home)} TMPDIR=${quoted(home)} PATH=${quoted(`${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`)} LANG=C.UTF-8 TERM=xterm-256color ${Object.entries(
		more,
	)
		.map(([name, value]) => `${name}=${quoted(value)}`)
		.join(' ')}`;
	const inTmux = knowsTmux ? 'TMUX="$TMUX" TMUX_PANE="$TMUX_PANE"' : '';
	const command = `cd ${quoted(cwd)}; ${env} ${inTmux} ${[...program, ...args].map(quoted).join(' ')}; echo "[exited $?]"; exec sleep 600`;
	tmux('new-session', '-d', '-x', String(cols), '-y', String(rows), command);
	// Otherwise tmux keeps what programs copy from the clipboard.
	if (!knowsTmux) tmux('set-option', '-s', 'set-clipboard', 'on');
	const screen = () => tmux('capture-pane', '-p');
	const sgr = (code: number, [x, y]: readonly [number, number], end: 'M' | 'm') =>
		`\u001b[<${code};${x + 1};${y + 1}${end}`;
	const shows = (what: string | RegExp) => (typeof what === 'string' ? screen().includes(what) : what.test(screen()));
	const until = async (what: string | RegExp, wanted: boolean) => {
		for (let waitedMs = 0; waitedMs < longestMs; waitedMs += 100) {
			if (shows(what) === wanted) return screen();
			await new Promise(resolve => setTimeout(resolve, 100));
		}
		throw new Error(`${wanted ? 'never saw' : 'still see'} ${what}:\n${screen()}`);
	};
	return {
		screen,
		see: what => until(what, true),
		miss: what => until(what, false),
		press: (...keys) => void tmux('send-keys', ...keys),
		drag(...cells) {
			const [first = [0, 0] as const, ...others] = cells;
			const last = others.at(-1) ?? first;
			tmux('send-keys', '-l', sgr(0, first, 'M') + others.map(cell => sgr(32, cell, 'M')).join('') + sgr(0, last, 'm'));
		},
		hearsMouse: () => tmux('display-message', '-p', '#{mouse_any_flag}').trim() === '1',
		title: () => tmux('display-message', '-p', '#{pane_title}').trim(),
		clipboard: () => tmux('show-buffer'),
		resize: (newCols, newRows) => void tmux('resize-window', '-x', String(newCols), '-y', String(newRows)),
		[Symbol.dispose]() {
			spawnSync('tmux', ['-S', socket, 'kill-server']);
		},
	};
}
