// Takes the pictures in docs/screens/ from real runs of the demo: `npm run screens`.
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import unicode from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';
import {spawn} from 'node-pty';
import {loadSource} from './load-source.mjs';

const {screenSvg} = await loadSource('src/screen/screen-svg.ts');
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const goal = path.join(root, 'docs', 'screens');

const sizes = [
	[80, 24],
	[120, 40],
];

/** Starts the demo in a terminal without a window. */
function openDemo(cols, rows, home) {
	const terminal = new xterm.Terminal({cols, rows, allowProposedApi: true, logLevel: 'off'});
	terminal.loadAddon(new unicode.Unicode11Addon());
	terminal.unicode.activeVersion = '11';
	const env = {
		PATH: `${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
		HOME: home,
		TMPDIR: home,
		LANG: 'C.UTF-8',
		TERM: 'xterm-256color',
		COLORTERM: 'truecolor',
	};
	const pty = spawn(process.execPath, [path.join(root, 'dist/src/cli.js'), 'demo'], {
		name: 'xterm-256color',
		cols,
		rows,
		cwd: home,
		env,
	});
	pty.onData(data => terminal.write(data));
	terminal.onData(data => pty.write(data));
	const text = () =>
		Array.from(
			{length: rows},
			(_, y) => terminal.buffer.active.getLine(terminal.buffer.active.baseY + y)?.translateToString(true) ?? '',
		).join('\n');
	const ended = new Promise(resolve => pty.onExit(resolve));
	const see = async (pattern, longestMs = 120_000) => {
		for (let waitedMs = 0; waitedMs < longestMs; waitedMs += 50) {
			if (pattern.test(text())) return;
			await new Promise(resolve => setTimeout(resolve, 50));
		}
		throw new Error(`never saw ${pattern}:\n${text()}`);
	};
	return {terminal, press: keys => pty.write(keys), see, ended};
}

mkdirSync(goal, {recursive: true});
for (const [cols, rows] of sizes) {
	const home = mkdtempSync(path.join(tmpdir(), 'pilot-screens-'));
	const demo = openDemo(cols, rows, home);
	const take = name => {
		writeFileSync(
			path.join(goal, `${name}-${cols}x${rows}.svg`),
			screenSvg(demo.terminal, `pilot-tui: ${name}, ${cols} by ${rows}`),
		);
		console.log(`docs/screens/${name}-${cols}x${rows}.svg`);
	};
	// Far enough into the third mission to show what was done and what is going on.
	await demo.see(/m-demo03 .*busy/);
	await demo.see(/Read README/);
	take('dashboard');
	demo.press('?');
	await demo.see(/closes this/);
	await new Promise(resolve => setTimeout(resolve, 300));
	take('help');
	demo.press('\u001b');
	await new Promise(resolve => setTimeout(resolve, 300));
	demo.press('q');
	await demo.see(/leave running/i);
	demo.press('s');
	await demo.ended;
	rmSync(home, {recursive: true, force: true, maxRetries: 5});
}
