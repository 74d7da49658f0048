// One picture of four panes in which every row is new: the compositor, and the same rows as text in Ink.

import {loadSource} from '../../../scripts/load-source.mjs';
import {openTerminal} from '../terminal/terminal.mjs';

const window = {cols: 200, rows: 50};
const pane = {cols: 83, rows: 22};
const ids = ['s-0', 's-1', 's-2', 's-3'];
const holeOf = index => ({x: (index % 2) * 100, y: 1 + Math.floor(index / 2) * 24, ...pane});
const colours = [31, 32, 33, 34, 35, 36];
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/** Row `y` of pane `index` in frame `n`: plain words, then coloured ones, as wide as the pane. */
const words = (n, index, y) => `frame ${n} pane ${index} row ${y} `;
const rest = (n, y) => 'abcdefghij'.repeat(9).slice((n + y) % 7);
const rowText = (n, index, y) => {
	const plain = words(n, index, y);
	const tail = rest(n, y).slice(0, pane.cols - plain.length);
	return `\u001b[1m${plain}\u001b[0m\u001b[${colours[(n + y) % 6]}m${tail}\u001b[0m`;
};

/** What the terminal shows at the end is what was drawn last: all of it, from the first row of each pane to its last. */
function check(name, bytes, n) {
	const screen = openTerminal({...window, convertEol: true});
	screen.write(bytes);
	for (const index of ids.keys()) {
		const hole = holeOf(index);
		for (let y = 0; y < pane.rows; y++) {
			const shown = screen.lines()[hole.y + y].slice(hole.x, hole.x + pane.cols);
			const wanted = (words(n, index, y) + rest(n, y)).slice(0, pane.cols);
			if (shown !== wanted) throw new Error(`${name} shows "${shown}" where "${wanted}" belongs`);
		}
	}
}

const warmUp = 15;

/** Work of the process for each of these calls and what follows from it, ms of the processor. */
async function workOf(count, call) {
	let before = process.cpuUsage();
	for (let n = 0; n < warmUp + count; n++) {
		if (n === warmUp) before = process.cpuUsage();
		call(n);
		await sleep(12);
	}
	const {user, system} = process.cpuUsage(before);
	return (user + system) / 1000 / count;
}

/** Draws so many frames; gives what one takes more than none. All of them are made beforehand. */
async function drawAll(name, {count, draw, output}) {
	const content = n => ids.map((_, index) => Array.from({length: pane.rows}, (_, y) => rowText(n, index, y)));
	const frames = Array.from({length: warmUp + count}, (_, n) => content(n));
	const nothing = await workOf(count, () => {});
	const each = await workOf(count, n => draw(frames[n]));
	check(name, output.join(''), frames.length - 1);
	return each - nothing;
}

async function ours(createCompositor, count) {
	const output = [];
	const write = text => output.push(text) > 0;
	const compositor = createCompositor({...window, depth: 'true', write, onDrain() {}});
	for (const [index, id] of ids.entries()) compositor.place(id, holeOf(index));
	await sleep(50);
	const draw = rows => {
		for (const [index, sessionId] of ids.entries()) {
			const changed = rows[index].map((text, y) => [y, text, pane.cols]);
			compositor.show({type: 'frame', sessionId, ...pane, whole: false, cursor: null, changed});
		}
	};
	const ms = await drawAll('the compositor', {count, draw, output});
	compositor.end();
	return ms;
}

/** The same rows as a program made of Ink's own parts would draw them. */
function panesOf({react: {createElement: h}, ink: {Box, Text}}, rows) {
	const pane = lines =>
		h(
			Box,
			{flexDirection: 'column', width: 100, height: 24},
			...lines.map((text, y) => h(Text, {key: y, wrap: 'truncate'}, text)),
		);
	const [a, b, c, d] = rows.map(pane);
	return h(
		Box,
		{flexDirection: 'column', width: window.cols, height: 49},
		h(Text, null, ' '),
		h(Box, {height: 24}, a, b),
		h(Box, {height: 24}, c, d),
	);
}

async function ink(parts, count) {
	const output = [];
	const stdout = parts.createStdout(text => output.push(text));
	const app = parts.ink.render(panesOf(parts, [[], [], [], []]), {
		stdout,
		patchConsole: false,
		incrementalRendering: true,
		maxFps: 1000,
		exitOnCtrlC: false,
	});
	await sleep(50);
	const ms = await drawAll('Ink', {count, draw: rows => app.rerender(panesOf(parts, rows)), output});
	app.unmount();
	return ms;
}

export const frame = {
	name: 'frame',
	needs: [],
	rows: [{name: 'frame, 4 panes all changed', peer: 'Ink <Text> panes', key: 'ms', reach: 0.1, aim: 0.05}],
	async sides({short}) {
		// React's own checks cost most of a frame; the program itself is built without them.
		process.env.NODE_ENV = 'production';
		const [{createCompositor}, {VirtualStdout}] = await Promise.all([
			loadSource('src/screen/compositor.ts'),
			loadSource('src/screen/virtual-stdout.ts'),
		]);
		const {default: react} = await import('react');
		const createStdout = take => new VirtualStdout(window.cols, window.rows, take);
		const parts = {react, ink: await import('ink'), createStdout};
		const count = short ? 40 : 120;
		return {
			ours: async () => ({ms: await ours(createCompositor, count)}),
			peer: async () => ({ms: await ink(parts, count)}),
		};
	},
};
