// A workspace of missions whose agent is a program of the bench, and the environment that everything measured runs in.
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {closing} from './closing.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
export const cli = process.env.BENCH_CLI ?? path.join(root, 'dist/src/cli.js');
export const childFile = path.join(root, 'test/bench/terminal/child.mjs');

export const envOf = home => ({
	PATH: `${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
	HOME: home,
	TMPDIR: home,
	USER: 'bench',
	LANG: 'C.UTF-8',
	TERM: 'xterm-256color',
	COLORTERM: 'truecolor',
	// What is measured is what a second start finds.
	NODE_COMPILE_CACHE: path.join(root, '.bench', 'compiled'),
});

/** A program of the bench as a line for sh. */
export const commandOf = program => [process.execPath, childFile, ...program].map(word => `'${word}'`).join(' ');

/** The prompt names the program: one command serves all missions. */
const runnerOf = programs => `#!/bin/sh
n=$(printf '%s' "$1" | sed -n 's/.*bench-program-\\([0-9]*\\).*/\\1/p' | head -1)
case "$n" in
${programs.map((program, index) => `${index}) exec ${commandOf(program)};;`).join('\n')}
esac
`;

const configOf = (argv, sessions) => `agent: command
command:
  argv: ${JSON.stringify(argv)}
sessions: {max: ${sessions}}
limits: {runsPerDay: none, sessionMegabytes: none, missionMinutes: none}
git: {push: false}
targets:
  - {name: app, path: ../app}
`;

/** Mission `n` runs program `n`, or all of them `argv`. */
export function makeWorkspace(
	programs,
	{missions = programs.map((_, index) => `bench-program-${index}`), argv, sessions},
) {
	const home = mkdtempSync(path.join(tmpdir(), 'bench-pilot-'));
	const workspace = path.join(home, 'w');
	const env = envOf(home);
	const git = (where, ...words) =>
		execFileSync('git', ['-C', where, '-c', 'user.name=b', '-c', 'user.email=b@b', ...words], {env});
	for (const name of ['app', 'w']) {
		mkdirSync(path.join(home, name));
		git(path.join(home, name), 'init', '-q');
	}
	git(path.join(home, 'app'), 'commit', '-q', '--allow-empty', '-m', 'first');
	const runner = path.join(home, 'run.sh');
	writeFileSync(runner, runnerOf(programs), {mode: 0o755});
	const config = configOf(argv ?? [runner, '{prompt}'], sessions ?? programs.length);
	writeFileSync(path.join(workspace, 'config.yaml'), config);
	writeFileSync(path.join(workspace, 'missions.md'), `## Pending\n${missions.map(one => `- [ ] ${one}\n`).join('')}`);
	const options = {cwd: workspace, env, encoding: 'utf8', stdio: 'pipe', maxBuffer: 64_000_000};
	const pilot = (...words) => execFileSync(process.execPath, [cli, ...words], options);
	const stop = () => {
		try {
			pilot('stop', '--now');
		} catch {}
	};
	return {
		env,
		workspace,
		pilot,
		status: () => JSON.parse(pilot('status', '--json')),
		stop,
		close: closing(() => {
			stop();
			rmSync(home, {recursive: true, force: true, maxRetries: 5});
		}),
	};
}
