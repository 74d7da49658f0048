// Records the demo as it looks, as one picture that moves: docs/screens/recording.svg. `npm run screens:movie`, after a build.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import unicode from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';
import {spawn} from 'node-pty';
import {loadSource} from './load-source.mjs';

const {screenSvg} = await loadSource('src/screen/screen-svg.ts');
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const size = {cols: 100, rows: 28};
const lookEveryMs = 400;
const shownMs = 900;
const mostFrames = 36;
const longestMs = 60_000;

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const home = mkdtempSync(path.join(tmpdir(), 'pilot-movie-'));
const terminal = new xterm.Terminal({...size, allowProposedApi: true, logLevel: 'off'});
terminal.loadAddon(new unicode.Unicode11Addon());
terminal.unicode.activeVersion = '11';
const pty = spawn(process.execPath, [path.join(root, 'dist/src/cli.js'), 'demo', '--no-tour'], {
	...{name: 'xterm-256color', ...size, cwd: home},
	env: {
		...{PATH: `${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`, HOME: home, TMPDIR: home},
		...{LANG: 'C.UTF-8', TERM: 'xterm-256color', COLORTERM: 'truecolor'},
	},
});
let isOver = false;
pty.onData(data => terminal.write(data));
pty.onExit(() => {
	isOver = true;
});
terminal.onData(data => pty.write(data));

const text = () =>
	Array.from({length: size.rows}, (_, y) => terminal.buffer.active.getLine(y)?.translateToString(true) ?? '').join(
		'\n',
	);
const pictures = [];
let last = '';
/** What is told in steps of a second makes no picture of its own. */
const worth = () => text().replaceAll(/\d+[smh]\b|\d\d:\d\d/g, '');
/** What is done on the way: looks, opens, reads. */
const strokes = new Map([
	[22, '\u001b[B'],
	[30, '\r'],
	[31, '2'],
	[32, '\u001b'],
]);
while (!isOver && pictures.length < mostFrames && performance.now() < longestMs) {
	await sleep(lookEveryMs);
	if (worth() === last || (pictures.length === 0 && !text().includes('Queue'))) continue;
	last = worth();
	pictures.push(screenSvg(terminal, 'pilot-tui demo'));
	const key = strokes.get(pictures.length);
	if (key) pty.write(key);
}
pty.kill('SIGKILL');
rmSync(home, {recursive: true, force: true, maxRetries: 5});

const [head = ''] = /^<svg[^>]*>/.exec(pictures[0]) ?? [];
const bodyOf = svg => svg.slice(svg.indexOf('</title>') + 8, svg.lastIndexOf('</svg>'));
const seconds = (pictures.length * shownMs) / 1000;
const share = (100 / pictures.length).toFixed(4);
const style = `<style>g.f{visibility:hidden;animation:f ${seconds}s step-end infinite}@keyframes f{0%{visibility:visible}${share}%{visibility:hidden}}@media (prefers-reduced-motion:reduce){g.f{animation:none}g.f:last-of-type{visibility:visible}}</style>`;
const frames = pictures.map(
	(svg, index) => `<g class="f" style="animation-delay:${((index * shownMs) / 1000).toFixed(1)}s">${bodyOf(svg)}</g>`,
);
const file = path.join(root, 'docs/screens/recording.svg');
writeFileSync(file, `${head}<title>pilot-tui demo, recorded</title>${style}${frames.join('\n')}</svg>\n`);
console.log(`docs/screens/recording.svg: ${pictures.length} pictures, ${seconds} s`);
process.exit(0);
