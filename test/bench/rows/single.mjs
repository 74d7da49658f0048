// A flood in a single pane, beside the least that a reader of a terminal can do, and beside a neighbour.
import {execFileSync} from 'node:child_process';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {openCcmanager} from '../terminal/ccmanager.mjs';
import {openPilot} from '../terminal/peers.mjs';
import {flood, lastNumbers, withGate} from './flood.mjs';

const source = fileURLToPath(new URL('../pty-reader.c', import.meta.url));

/** What `seq 1 count` prints, every line with the carriage return that a terminal adds. */
const bytesOf = count => {
	let bytes = 0;
	for (let from = 1, digits = 1; from <= count; from *= 10, digits++) {
		bytes += (Math.min(count, from * 10 - 1) - from + 1) * (digits + 2);
	}
	return bytes;
};

function bareMs(reader, count) {
	const [bytes, ms] = execFileSync(reader, ['seq', '1', String(count)], {encoding: 'utf8'})
		.split(' ')
		.map(Number);
	if (bytes !== bytesOf(count)) throw new Error(`the bare reader got ${bytes} bytes of ${bytesOf(count)}`);
	return ms;
}

/** `seq 1 count` in the only pane. */
const onePane = (open, gate, count) => async () => {
	const world = await open([['seq', gate, String(count)]]);
	try {
		return {ms: await flood(world, {gate, index: 0, lastLines: lastNumbers(count)})};
	} finally {
		await world.close();
	}
};

export const bare = {
	name: 'bare',
	needs: ['cc', 'seq'],
	isLong: true,
	rows: [{name: 'seq 1 10000000, one pane, time', peer: 'bare reader in C', key: 'ms', reach: 2, aim: 1.4}],
	sides({short, folder}) {
		const count = short ? 1_000_000 : 10_000_000;
		const reader = path.join(folder, 'pty-reader');
		execFileSync('cc', ['-O2', '-o', reader, source, '-lutil']);
		return withGate(gate => ({
			ours: onePane(openPilot, gate, count),
			peer: async () => ({ms: bareMs(reader, count)}),
		}));
	},
};

export const neighbour = {
	name: 'neighbour',
	needs: ['seq', 'ccmanager'],
	isLong: true,
	rows: [{name: 'seq 1 10000000, one pane, time', peer: 'ccmanager 2.11.6', key: 'ms', reach: 0.7, aim: 0.45}],
	sides: ({short}) => {
		const count = short ? 1_000_000 : 10_000_000;
		return withGate(gate => ({
			ours: onePane(openPilot, gate, count),
			peer: onePane(openCcmanager, gate, count),
		}));
	},
};
