// Records the night that the pictures in docs/screens/ are drawn from: a real run with simulated agents, kept with its workspace in
// test/pictures/night/. `node scripts/record-night.mjs`, after a build; rarely needed, the pictures follow the code by themselves.
import {execFileSync, spawn} from 'node:child_process';
import {cpSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const goal = path.join(root, 'test/pictures/night');
const cli = path.join(root, 'dist/src/cli.js');
// Its name is in the log, whose lines have checksums: it stays what it is.
const place = '/tmp/pilot-night';
// Stands for where this checkout lies, which is nobody's business.
const installed = '/opt/pilot-tui';
const workspace = path.join(place, 'missions');
const app = path.join(place, 'shop');

const missions = `## Pending
- [ ] Say what this project does ^m-lq0k3a
- [ ] Write a greeting card (high) access:write ^m-8f2c1d
  demo: writes greeting.md

  ### Acceptance Criteria
  - [ ] \`test -s greeting.md\`
- [ ] Make the greeting faster access:write ^m-3x7p0v
  demo: claims
- [ ] Greet politely access:write ^m-p5d9ne
  demo: fails greet.txt

  ### Acceptance Criteria
  - [ ] \`grep -q please greet.js\`
- [ ] Choose a language for the greeting ^m-w1u6sb
  demo: asks
- [ ] Remove what nobody needs access:write ^m-c4h8ty
  demo: wants rm -rf build
- [ ] Find out why the first page is slow ^m-z9m2jr
- [ ] 挨拶を日本語でも出せるようにする 🎌 ^m-j6e3kd
- [ ] Audit the routes for missing checks ^m-t0b5ga
- [ ] Review the greeting after the card (low) after:^m-8f2c1d ^m-n7y4fq
- [ ] Write down how a release is made (low) after:^m-t0b5ga ^m-r2i8ow

## In Progress

## Blocked

## Failed

## Done
- [x] 2026-11-20 - Set up the project ^m-d00001
`;

const config = `agent: demo
demo: {pace: 4}
sessions: {max: 2}
timezone: UTC
approvals: {permissions: always}
targets:
  - {name: shop, path: ../shop}
`;

const target = {
	'README.md': '# Shop\n\nA small shop that greets.\n',
	'package.json': '{"name": "shop", "version": "1.0.0", "type": "module", "scripts": {"test": "node --test"}}\n',
	'greet.js': "export const greet = name => 'Hello, ' + name + '!';\n",
	'greet.test.js':
		"import assert from 'node:assert';\nimport {test} from 'node:test';\nimport {greet} from './greet.js';\n\ntest('greets by name', () => assert.equal(greet('you'), 'Hello, you!'));\n",
};

const env = {
	PATH: `${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
	HOME: place,
	TZ: 'UTC',
	LANG: 'C.UTF-8',
	TERM: 'xterm-256color',
};
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const git = (cwd, ...args) =>
	execFileSync('git', ['-c', 'user.name=you', '-c', 'user.email=you@home', ...args], {cwd, env, stdio: 'ignore'});
const pilot = (args, input) =>
	execFileSync(process.execPath, [cli, ...args], {cwd: workspace, env, input, encoding: 'utf8', maxBuffer: 50_000_000});
const status = () => JSON.parse(pilot(['status', '--json']));

function layOut() {
	rmSync(place, {recursive: true, force: true});
	for (const folder of [app, workspace]) {
		mkdirSync(folder, {recursive: true});
		git(folder, 'init', '-q', '-b', 'main');
	}
	for (const [name, text] of Object.entries(target)) writeFileSync(path.join(app, name), text);
	git(app, 'add', '.');
	git(app, 'commit', '-q', '-m', 'A small shop');
	pilot(['init', '--target', '../shop', '--agent', 'demo', '--yes']);
	writeFileSync(path.join(workspace, 'missions.md'), missions);
	writeFileSync(path.join(workspace, 'config.yaml'), config);
	git(workspace, 'add', '.');
	git(workspace, 'commit', '-q', '-m', 'The missions of a night');
	git(place, 'init', '-q', '--bare', 'hub.git');
	git(workspace, 'remote', 'add', 'origin', path.join(place, 'hub.git'));
	git(workspace, 'push', '-q', '-u', 'origin', 'main');
}

/** Keeps the status of this moment, and the workspace as it is. */
function keep(name) {
	const now = status();
	const {commands} = JSON.parse(pilot(['logs', '--commands', '--tail', '200', '--json']));
	mkdirSync(goal, {recursive: true});
	writeFileSync(
		path.join(goal, `${name}.json`),
		`${JSON.stringify({nowMs: Date.now(), status: now, commands}, null, '\t').replaceAll(root, installed)}\n`,
	);
	const folder = path.join(goal, name);
	rmSync(folder, {recursive: true, force: true});
	const isTold = from =>
		!/\/(?:\.git|checkouts|snapshots|baselines|logs|heads)(?:\/|$)|\.sock$|owner\.json|config\.schema\.json|stream\.jsonl|reserve/.test(
			from,
		);
	// git would not keep a folder of this name.
	cpSync(path.join(workspace, '.pilot'), path.join(folder, 'dot-pilot'), {recursive: true, filter: isTold});
	for (const entry of ['missions.md', 'journal', 'memory', 'soul.md'])
		cpSync(path.join(workspace, entry), path.join(folder, entry), {recursive: true});
	console.log(
		`${name}: ${JSON.stringify(now.queue)}, ${now.sessions.length} sessions, ${now.approvals.length} questions`,
	);
}

async function until(what, isSo) {
	for (let waited = 0; waited < 1200; waited++) {
		if (isSo(status())) return;
		await sleep(250);
	}
	throw new Error(`never ${what}: ${JSON.stringify(status().queue)}`);
}

const inTwoHours = () =>
	`${new Date(Date.now() + 2 * 3_600_000).getUTCHours() % 12 || 12}${new Date(Date.now() + 2 * 3_600_000).getUTCHours() < 12 ? 'am' : 'pm'}`;

layOut();
const supervisor = spawn(process.execPath, [cli, 'start', '--headless'], {cwd: workspace, env, stdio: 'ignore'});
try {
	await sleep(1500);
	const resets = inTwoHours();
	const readQuota = (session, week) =>
		pilot(
			['usage', '-'],
			`Current session\n${session}% used\nResets ${resets} (UTC)\n\nCurrent week (all models)\n${week}% used\nResets Nov 24, 9am (UTC)\n`,
		);
	readQuota(29, 58);
	const runs = ({sessions}) => sessions.filter(({phase}) => phase === 'busy').length;
	await until('a night with everything in it', now => {
		const {failed, unproven, done} = now.queue;
		return failed >= 1 && unproven >= 1 && done >= 3 && now.approvals.length >= 1 && runs(now) >= 1;
	});
	readQuota(42, 61);
	await sleep(1500);
	keep('night');
	pilot(['deny', status().approvals[0].approvalId]);
	await until('over', ({queue}) => queue.pending + queue.inProgress === 0);
	await sleep(2000);
	keep('morning');
} finally {
	try {
		pilot(['stop', '--now']);
	} catch {
		supervisor.kill('SIGKILL');
	}
	rmSync(place, {recursive: true, force: true, maxRetries: 5});
}
