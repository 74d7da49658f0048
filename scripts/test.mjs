// Runs the tests in phases: `node scripts/test.mjs unit|claude|faults|screens|all [--short] [file …]`. Prints the seconds of each phase, lists what could not
// run for want of a tool, and closes with one plain line: N passed, N failed.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {keepFigures} from './figures.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const cache = path.join(root, '.cache');
const notRunFile = path.join(cache, 'not-run.txt');
const figuresFile = path.join(cache, 'figures.ndjson');
const red = text => (process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[31m${text}\u001b[0m` : text);

const node = (script, ...args) => [process.execPath, [path.join(root, script), ...args]];

const checks = [
	['generated files', node('scripts/gen.mjs', '--check')],
	['generated docs', node('scripts/gen-docs.mjs', '--check')],
	['types', node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.test.json')],
	['lint', node('node_modules/@biomejs/biome/bin/biome', 'check', '.')],
	['dead code', node('node_modules/knip/bin/knip.js')],
];

function runChecks() {
	const failed = checks.filter(([, [file, args]]) => spawnSync(file, args, {cwd: root, stdio: 'inherit'}).status !== 0);
	for (const [name] of failed) console.log(red(`${name}: failed`));
	return {passed: checks.length - failed.length, failed: failed.length};
}

function runProject(project, filters) {
	const output = path.join(cache, `tests-${project}.json`);
	rmSync(output, {force: true});
	const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
	const {status} = spawnSync(
		process.execPath,
		[
			vitest,
			'run',
			'--project',
			project,
			'--reporter=default',
			'--reporter=json',
			`--outputFile.json=${output}`,
			`--retry=${retries(project)}`,
			...filters,
		],
		{
			cwd: root,
			stdio: 'inherit',
			env: {
				...process.env,
				PILOT_NOT_RUN: notRunFile,
				PILOT_FIGURES: figuresFile,
				...(short ? {PILOT_SHORT: '1'} : {}),
			},
		},
	);
	if (!existsSync(output)) return {passed: 0, failed: 1};
	const {numPassedTests: passed, numFailedTests: failed, testResults} = JSON.parse(readFileSync(output, 'utf8'));
	for (const {assertionResults} of testResults)
		for (const {status: outcome, failureMessages, fullName} of assertionResults)
			if (outcome === 'passed' && failureMessages.length > 0)
				flaky.push(`${fullName}: ${failureMessages[0].split('\n', 1)[0]}`);
	// A file that cannot even be loaded has no failed test of its own.
	return {passed, failed: failed === 0 && status !== 0 ? 1 : failed};
}

/**
 * Where everything is run, on a machine that may be busy with other things, what waits for programs and screens gets two more tries, and
 * faults one; each one used is listed at the end. Those that look for a loss take none (`retry: 0`): lost once in three times is lost.
 */
function retries(project) {
	if (wanted !== 'all') return 0;
	return project === 'faults' ? 1 : 2;
}

const flaky = [];
const [wanted = 'unit', ...rest] = process.argv.slice(2);
const filters = rest.filter(word => word !== '--short');
const short = wanted === 'all' || rest.includes('--short');
const phases = wanted === 'all' ? ['check', 'unit', 'claude', 'faults', 'screens'] : [wanted];
mkdirSync(cache, {recursive: true});
rmSync(notRunFile, {force: true});
rmSync(figuresFile, {force: true});
const total = {passed: 0, failed: 0};
const times = [];
for (const phase of phases) {
	const startedMs = Date.now();
	const {passed, failed} = phase === 'check' ? runChecks() : runProject(phase, filters);
	total.passed += passed;
	total.failed += failed;
	times.push(`${phase}: ${((Date.now() - startedMs) / 1000).toFixed(0)} s, ${passed} passed, ${failed} failed`);
}
keepFigures({root, told: figuresFile, short});
console.log(`\n${times.join('\n')}`);
if (existsSync(notRunFile))
	for (const line of new Set(readFileSync(notRunFile, 'utf8').trim().split('\n'))) console.log(red(`NOT RUN: ${line}`));
for (const line of flaky) console.log(red(`FLAKY: ${line}`));
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
