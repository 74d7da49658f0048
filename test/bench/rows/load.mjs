// What the processes take: time of the processor, memory.
import {readFileSync} from 'node:fs';
import {openPilot} from '../terminal/peers.mjs';
import {checkStream} from '../terminal/picture.mjs';
import {agentFile, flood, withGate} from './flood.mjs';
import {both} from './latency.mjs';

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
/** Linux counts in hundredths of a second, whatever the kernel's own ticks are. */
const msPerTick = 10;

/** Time that a process has had, ms; its children are not in it. @see proc(5), fields 14 and 15 of stat */
export function spentMs(pid) {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
	return (Number(fields[11]) + Number(fields[12])) * msPerTick;
}

const total = (pids, of) => pids.map(of).reduce((sum, value) => sum + value, 0);

export const nine = {
	name: 'nine',
	needs: ['tmux', 'proc'],
	rows: [{name: 'CPU, 9 panes at 200 KB/s', peer: 'tmux', key: 'percent', measure: '%', reach: 1.5, aim: 1}],
	sides: ({short}) =>
		both(
			Array.from({length: 9}, () => ['stream', '200000']),
			async world => {
				// Until the histories are full and the code is warm: what a long night costs, not its first seconds.
				await sleep(short ? 500 : 10_000);
				const pids = world.pids();
				const [fromMs, before] = [performance.now(), total(pids, spentMs)];
				await sleep(short ? 3000 : 6000);
				const percent = ((total(pids, spentMs) - before) / (performance.now() - fromMs)) * 100;
				for (let index = 0; index < 9; index++) await checkStream(world, index);
				return {percent};
			},
		),
};

/** Resident memory, MB. */
export const residentMb = pid => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

export const memory = {
	name: 'memory',
	needs: ['proc'],
	rounds: 1,
	rows: [
		{name: 'memory after a 1 GB flood, growth', key: 'grownMb', unit: 'MB', reach: 50, aim: 30},
		{name: 'memory during a 1 GB flood, highest growth', key: 'highestMb', unit: 'MB'},
	],
	sides({short, folder}) {
		const {file, lastLines, megabytes} = agentFile(folder, 48);
		const times = Math.ceil((short ? 100 : 1000) / megabytes);
		return withGate(gate => ({
			async ours() {
				const world = await openPilot([['echo'], ['cat', gate, file, String(times)]]);
				try {
					await sleep(1000);
					const before = total(world.pids(), residentMb);
					let highest = before;
					const timer = setInterval(() => {
						highest = Math.max(highest, total(world.pids(), residentMb));
					}, 500);
					await flood(world, {gate, index: 1, lastLines}).finally(() => clearInterval(timer));
					await sleep(2000);
					return {grownMb: total(world.pids(), residentMb) - before, highestMb: highest - before};
				} finally {
					await world.close();
				}
			},
		}));
	},
};
