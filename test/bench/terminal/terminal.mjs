// A terminal without a window for the bench: what a program writes is parsed at once, and its cells are looked at.
import unicode from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';
import {spawn} from 'node-pty';

/** `convertEol`: for output that has not been through a terminal's line settings. */
export const openTerminal = ({cols, rows, scrollback = 0, convertEol = false}) => {
	const terminal = new xterm.Terminal({cols, rows, scrollback, convertEol, allowProposedApi: true, logLevel: 'off'});
	terminal.loadAddon(new unicode.Unicode11Addon());
	terminal.unicode.activeVersion = '11';
	const line = y => terminal.buffer.active.getLine(terminal.buffer.active.baseY + y);
	return {
		terminal,
		/** Parsed at once, as what follows a key is; otherwise a timer of the parser's would be measured. */
		write(data) {
			terminal.input('', true);
			terminal.write(data);
		},
		line,
		/** Rows as text, all by default. */
		lines: (from = 0, to = terminal.rows) =>
			Array.from({length: to - from}, (_, y) => line(from + y)?.translateToString(true) ?? ''),
	};
};

/** Runs a program in a terminal; `seen` waits for something on its screen and says when it came. */
export function run(file, args, {cols, rows, cwd, env}) {
	const screen = openTerminal({cols, rows});
	const pty = spawn(file, args, {name: 'xterm-256color', cols, rows, cwd, env, encoding: null});
	const watchers = new Set();
	let bytes = 0;
	pty.onData(data => {
		bytes += data.length;
		screen.write(data);
		for (const watcher of watchers) watcher();
	});
	// The outer terminal answers what it is asked, as a real one does.
	screen.terminal.onData(text => text !== '' && pty.write(text));
	const ended = new Promise(resolve => pty.onExit(() => resolve(performance.now())));
	/** Calls after every piece of output; gives back how to stop it. */
	const watch = look => {
		watchers.add(look);
		return () => watchers.delete(look);
	};
	return {
		pid: pty.pid,
		ended,
		lines: screen.lines,
		line: screen.line,
		bytes: () => bytes,
		press: keys => pty.write(keys),
		watch,
		/** Resolves with the time (ms) at which `find(lines)` first gave something; `lines(from, to)` reads the screen. */
		seen(find, longestMs = 60_000) {
			return new Promise((resolve, reject) => {
				const timer = setTimeout(() => {
					off();
					reject(new Error(`never seen:\n${screen.lines().join('\n')}`));
				}, longestMs);
				const look = () => {
					if (!find(screen.lines)) return;
					clearTimeout(timer);
					off();
					resolve(performance.now());
				};
				const off = watch(look);
				look();
			});
		},
		kill() {
			try {
				process.kill(pty.pid, 'SIGKILL');
			} catch {}
		},
	};
}
