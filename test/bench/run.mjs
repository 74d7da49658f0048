// The bench: pilot-tui beside its peers, in turns, on this machine. `npm run bench -- [--rounds N] [--only name,…] [--short]`
// Writes .bench/latest.json and the table of docs/benchmarks.md (not with --short or --only); exit code 1 when a row does not hold.
import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {missingTool} from './needs.mjs';
import {lineOf, writeReport} from './report.mjs';
import {judge, playRounds} from './rounds.mjs';
import {crowd, idle} from './rows/crowd.mjs';
import {agentOutput, numbers} from './rows/flood.mjs';
import {frame} from './rows/frame.mjs';
import {sessions} from './rows/growth.mjs';
import {quiet, streams} from './rows/latency.mjs';
import {memory, nine} from './rows/load.mjs';
import {bare, neighbour} from './rows/single.mjs';
import {first, status} from './rows/start.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const folder = path.join(root, '.bench');
const benches = [
	quiet,
	streams,
	numbers,
	agentOutput,
	bare,
	neighbour,
	nine,
	frame,
	first,
	status,
	memory,
	sessions,
	crowd,
	idle,
];

const {values} = parseArgs({
	options: {
		rounds: {type: 'string'},
		only: {type: 'string'},
		short: {type: 'boolean', default: false},
	},
});
const wanted = values.only?.split(',');
const count = bench => bench.rounds ?? Number(values.rounds ?? (values.short ? 2 : 5));

async function play(bench) {
	const missing = missingTool(bench.needs);
	if (missing) return bench.rows.map(row => ({...row, holds: true, notRun: `needs ${missing}`}));
	if (bench.isLong && values.short)
		return bench.rows.map(row => ({...row, holds: true, notRun: 'takes a run without --short'}));
	let sides;
	try {
		sides = await bench.sides({short: values.short, folder});
		const rounds = await playRounds(sides, count(bench), () => process.stderr.write('.'));
		return bench.rows.map(row => judge(row, rounds));
	} catch (error) {
		// A wrong screen is no figure.
		return bench.rows.map(row => ({...row, holds: false, failed: error.message}));
	} finally {
		await sides?.close?.();
	}
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
mkdirSync(folder, {recursive: true});
const rows = [];
for (const bench of benches) {
	if (wanted && !wanted.includes(bench.name)) continue;
	const startedMs = performance.now();
	const played = await play(bench);
	process.stderr.write(`\r${bench.name}: ${Math.round((performance.now() - startedMs) / 1000)} s\n`);
	for (const row of played) console.log(lineOf(row));
	rows.push(...played);
}
if (values.short) console.log('Short: few rounds, floods a tenth or a third as long. Too little to judge by.');
writeReport({root, folder, rows, isShort: values.short, isWhole: !values.short && !wanted});
process.exit(rows.every(row => row.holds) ? 0 : 1);
