// How long a flood takes, and how soon a key is seen meanwhile.
import {
	closeSync,
	existsSync,
	mkdtempSync,
	openSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {median} from '../rounds.mjs';
import {agentLine, end} from '../terminal/child.mjs';
import {closing} from '../terminal/closing.mjs';
import {checkEnd} from '../terminal/picture.mjs';
import {both, typeKeys} from './latency.mjs';

/** What seq prints last. */
export const lastNumbers = count => Array.from({length: 60}, (_, index) => `${count - 59 + index}\r\n`);

/** A file of an agent's lines, made once. Gives also its last lines. */
export function agentFile(folder, megabytes) {
	const file = path.join(folder, `agent-${megabytes}.ansi`);
	const block = Array.from({length: 9700}, (_, n) => agentLine(n)).join('');
	const blocks = Math.ceil((megabytes * 1e6) / Buffer.byteLength(block));
	if (!existsSync(file)) {
		const handle = openSync(`${file}.new`, 'w');
		for (let written = 0; written < blocks; written++) writeSync(handle, block);
		closeSync(handle);
		renameSync(`${file}.new`, file);
	}
	const lastLines = Array.from({length: 60}, (_, n) => agentLine(9640 + n));
	return {file, lastLines, megabytes: statSync(file).size / 1e6};
}

/** Opens the gate of a flood in pane `index`, waits until its end is on the screen, and checks the screen. Gives ms. */
export async function flood(world, {gate, index, lastLines}) {
	const {y, rows} = world.panes()[index];
	const startedMs = performance.now();
	writeFileSync(gate, '');
	const endedMs = await world.screen.seen(lines => lines(y, y + rows).some(line => line.includes(end)), 300_000);
	await checkEnd(world, index, lastLines);
	return endedMs - startedMs;
}

/** A gate that is shut again for each round. */
export function withGate(makeSides) {
	const folder = mkdtempSync(path.join(tmpdir(), 'bench-gate-'));
	const gate = path.join(folder, 'open');
	const shut = side => async () => {
		rmSync(gate, {force: true});
		return side();
	};
	const {ours, peer} = makeSides(gate);
	const close = closing(() => rmSync(folder, {recursive: true, force: true}));
	return {ours: shut(ours), ...(peer ? {peer: shut(peer)} : {}), close};
}

export const numbers = {
	name: 'numbers',
	needs: ['tmux', 'seq'],
	rows: [
		{name: 'key → screen during a flood, p50', peer: 'tmux', key: 'keyMs', reach: 4, aim: 2.5},
		{name: 'seq 1 10000000 in one of 4 panes, time', peer: 'tmux', key: 'floodMs', reach: 1.5, aim: 1.1},
	],
	sides: ({short}) => {
		const count = short ? 1_000_000 : 10_000_000;
		return withGate(gate =>
			both([['echo'], ['seq', gate, String(count)], ['idle'], ['idle']], async world => {
				let isOver = false;
				const flooding = flood(world, {gate, index: 1, lastLines: lastNumbers(count)}).finally(() => {
					isOver = true;
				});
				const [floodMs, keys] = await Promise.all([
					flooding,
					typeKeys(world, {count: Number.POSITIVE_INFINITY, isOver: () => isOver}),
				]);
				return {floodMs, keyMs: median(keys)};
			}),
		);
	},
};

export const agentOutput = {
	name: 'agent',
	needs: ['tmux'],
	rows: [
		{
			name: '48 MB of coloured agent output in one of 4 panes, time',
			peer: 'tmux',
			key: 'floodMs',
			reach: 0.6,
			aim: 0.4,
		},
	],
	sides: ({short, folder}) => {
		const {file, lastLines} = agentFile(folder, short ? 16 : 48);
		return withGate(gate =>
			both([['echo'], ['cat', gate, file, '1'], ['idle'], ['idle']], async world => ({
				floodMs: await flood(world, {gate, index: 1, lastLines}),
			})),
		);
	},
};
