// Draws new examples for the property tests until the time is over: `npm run soak [-- --minutes N]`. Prints the seed of each red run;
// `FC_SEED=<seed> npm test -- <file>` draws the same examples again.
import {spawnSync} from 'node:child_process';
import {globSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const {values} = parseArgs({options: {minutes: {type: 'string', default: '30'}}});
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
	console.error(`--minutes ${values.minutes}: give a number above 0`);
	process.exit(2);
}
const files = globSync('test/**/*.test.{ts,tsx}', {cwd: root}).filter(file =>
	readFileSync(path.join(root, file), 'utf8').includes('fc.assert'),
);
const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
const untilMs = Date.now() + minutes * 60_000;
const red = [];
let rounds = 0;
do {
	const seed = Math.floor(Math.random() * 2 ** 31);
	const {status, stdout, stderr} = spawnSync(
		process.execPath,
		[vitest, 'run', '--project', 'unit', '--reporter=dot', '--testTimeout=120000', ...files],
		{cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, env: {...process.env, FC_SEED: String(seed)}},
	);
	rounds++;
	if (status === 0) continue;
	red.push(seed);
	console.log(`${stdout}${stderr}\nFC_SEED=${seed}: failed`);
} while (Date.now() < untilMs);
console.log(`${rounds - red.length} passed, ${red.length} failed${red.map(seed => `\nFC_SEED=${seed}`).join('')}`);
process.exit(red.length === 0 ? 0 : 1);
