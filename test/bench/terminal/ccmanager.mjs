// ccmanager, the neighbour on the same foundations, with a program of the bench as its session. It shows one at a time.
// 2.11.6: of later versions (4.2.3) the binary packages for this platform were not in the registry, 2026-11-20.
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {closing} from './closing.mjs';
import {run} from './terminal.mjs';
import {childFile, envOf, root} from './workspace.mjs';

const size = {cols: 200, rows: 50};
const folder = path.join(root, '.cache', 'ccmanager');
const cli = path.join(folder, 'node_modules/ccmanager/dist/cli.js');

/** Its node-pty is ours: the one it names has to be compiled. */
const manifest = {
	private: true,
	dependencies: {ccmanager: '2.11.6'},
	overrides: {'node-pty': 'npm:@lydell/node-pty@^1.1.0'},
};

/** Fetches it once; false where it cannot be had. */
export function hasCcmanager() {
	if (existsSync(cli)) return true;
	mkdirSync(folder, {recursive: true});
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
	spawnSync('npm', ['install', '--no-audit', '--no-fund'], {cwd: folder, stdio: 'ignore', timeout: 120_000});
	return existsSync(cli);
}

/** A repository to work in, and a config in which the program is the agent. */
function makeHome(program) {
	const home = mkdtempSync(path.join(tmpdir(), 'bench-ccmanager-'));
	const env = envOf(home);
	const app = path.join(home, 'app');
	const git = (...words) =>
		execFileSync('git', ['-c', 'user.name=b', '-c', 'user.email=b@b', '-C', app, ...words], {env});
	mkdirSync(app);
	git('init', '-q');
	git('commit', '-q', '--allow-empty', '-m', 'first');
	const config = path.join(home, '.config/ccmanager');
	mkdirSync(config, {recursive: true});
	const preset = {id: '1', name: 'Bench', command: process.execPath, args: [childFile, ...program]};
	const commandPresets = {presets: [preset], defaultPresetId: '1', selectPresetOnStart: false};
	writeFileSync(path.join(config, 'config.json'), JSON.stringify({commandPresets}));
	return {home, app, env};
}

export async function openCcmanager([program]) {
	const {home, app, env} = makeHome(program);
	const screen = run(process.execPath, [cli], {...size, cwd: app, env});
	await screen.seen(lines => lines().some(line => line.includes('Enter Select')));
	// Its menu is drawn before it listens.
	await new Promise(resolve => setTimeout(resolve, 700));
	screen.press('\r');
	await screen.seen(lines => lines().some(line => line.startsWith('ready')));
	return {
		name: 'ccmanager',
		screen,
		panes: () => [{x: 0, y: 0, ...size}],
		close: closing(() => {
			screen.kill();
			rmSync(home, {recursive: true, force: true, maxRetries: 5});
		}),
	};
}
