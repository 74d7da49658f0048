// The same programs side by side in panes: in tmux, and in the dashboard.
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {closing} from './closing.mjs';
import {run} from './terminal.mjs';
import {cli, commandOf, envOf, makeWorkspace} from './workspace.mjs';

const size = {cols: 200, rows: 50};
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

export async function openTmux(programs) {
	const home = mkdtempSync(path.join(tmpdir(), 'bench-tmux-'));
	const socket = path.join(home, 's');
	const env = envOf(home);
	const tmux = (...words) => execFileSync('tmux', ['-f', '/dev/null', '-S', socket, ...words], {env, encoding: 'utf8'});
	const close = closing(() => {
		spawnSync('tmux', ['-S', socket, 'kill-server']);
		rmSync(home, {recursive: true, force: true, maxRetries: 5});
	});
	tmux('new-session', '-d', '-x', String(size.cols), '-y', String(size.rows), commandOf(programs[0]));
	tmux('set', '-g', 'escape-time', '0');
	for (const program of programs.slice(1)) {
		tmux('split-window', '-d', '-t', ':0.0', commandOf(program));
		tmux('select-layout', 'tiled');
	}
	tmux('select-pane', '-t', ':0.0');
	const screen = run('tmux', ['-f', '/dev/null', '-S', socket, 'attach'], {...size, cwd: home, env});
	await sleep(400);
	const places = tmux('list-panes', '-F', '#{pane_id} #{pane_left} #{pane_top} #{pane_width} #{pane_height}')
		.trim()
		.split('\n')
		.map(line => line.replace('%', '').split(' ').map(Number))
		.sort((a, b) => a[0] - b[0])
		.map(([, x, y, cols, rows]) => ({x, y, cols, rows}));
	const server = Number(tmux('display-message', '-p', '#{pid}').trim());
	return {
		name: 'tmux',
		screen,
		panes: () => places,
		pids: () => [server, screen.pid],
		close() {
			screen.kill();
			close();
		},
	};
}

const title = /[─━]{2} (?:\d+\/\d+ )?\^(m-\w+)/g;

/** Where the panes of these missions are, read from their title rows; a tall pane has one more row of words. */
function placesOf(lines, ids) {
	const titles = lines.flatMap((line, y) =>
		[...line.matchAll(title)].map(match => ({id: match[1], x: match.index, y})),
	);
	return ids.map((id, index) => {
		const {x, y} = titles.find(one => one.id === id) ?? {};
		if (x === undefined) throw new Error(`no pane of ${id}:\n${lines.join('\n')}`);
		const beside = titles.find(one => one.y === y && one.x > x);
		const below = lines.findIndex((line, row) => row > y && /[─━]{2} (?:\d+\/\d+ \^m-|Activity)/.test(line));
		const first = lines[y + 1].slice(x).startsWith(`bench-program-${index}`) ? y + 2 : y + 1;
		return {x, y: first, cols: (beside ? beside.x - 1 : size.cols) - x, rows: below - first};
	});
}

/** The processes that a launcher has started: the dashboard itself. */
export const childrenOf = pid =>
	spawnSync('ps', ['--ppid', String(pid), '-o', 'pid='], {encoding: 'utf8'})
		.stdout.split(/\s+/)
		.filter(Boolean)
		.map(Number);

/** Waits until every program has its session; gives the pilot's status. */
async function allRunning(world, count) {
	for (let waited = 0; waited < 200; waited++) {
		const status = world.status();
		if (status.sessions.filter(session => session.takesKeys).length === count) return status;
		await sleep(50);
	}
	throw new Error(`the sessions did not come up: ${JSON.stringify(world.status())}`);
}

async function showPilot(world, programs) {
	world.pilot('start');
	const {pid, sessions, missions} = await allRunning(world, programs.length);
	const ids = programs.map((_, index) => missions.find(({title}) => title === `bench-program-${index}`).id);
	const screen = run(process.execPath, [cli], {...size, cwd: world.workspace, env: world.env});
	await screen.seen(lines => lines().some(line => line.includes(`^${ids[0]}`)));
	await sleep(400);
	screen.press(String(sessions.findIndex(({missionId}) => missionId === ids[0]) + 1));
	await sleep(150);
	screen.press('a');
	await screen.seen(lines => lines().some(line => line.includes('you type')));
	const places = placesOf(screen.lines(), ids);
	await sleep(300);
	const dashboards = childrenOf(screen.pid);
	return {
		name: 'pilot-tui',
		screen,
		panes: () => places,
		pids: () => [pid, screen.pid, ...dashboards],
		close() {
			for (const one of [...dashboards, screen.pid]) {
				try {
					process.kill(one, 'SIGKILL');
				} catch {}
			}
			world.close();
		},
	};
}

/** Each program is a session of the agent `command`; the first pane is typed into. */
export async function openPilot(programs) {
	const world = makeWorkspace(programs, {});
	try {
		return await showPilot(world, programs);
	} catch (error) {
		world.close();
		throw error;
	}
}
