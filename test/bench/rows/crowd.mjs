// A dashboard with far more before it than anybody has: ten thousand missions, nine live panes, fifty facts a second.
import http from 'node:http';
import path from 'node:path';
import {childrenOf} from '../terminal/peers.mjs';
import {run} from '../terminal/terminal.mjs';
import {cli, makeWorkspace} from '../terminal/workspace.mjs';
import {spentMs} from './load.mjs';

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const panes = 9;
const factsPerSecond = 50;
const size = {cols: 200, rows: 50};

const at = (values, part) => [...values].sort((a, b) => a - b)[Math.ceil(values.length * part) - 1];

async function command(world, body) {
	const text = JSON.stringify(body);
	await new Promise((resolve, reject) => {
		const headers = {'content-type': 'application/json', 'content-length': Buffer.byteLength(text)};
		const socketPath = path.join(world.workspace, '.pilot/pilot.sock');
		const call = http.request({socketPath, method: 'POST', path: '/command', headers}, response => {
			response.resume();
			response.on('end', resolve);
		});
		call.on('error', reject);
		call.end(text);
	});
}

/** Quota read anew, and every tenth time a mission put off: what changes the order of all the others. */
function keepHappening(world, waiting) {
	let isOver = false;
	let count = 0;
	const startedMs = performance.now();
	const going = (async () => {
		while (!isOver) {
			const n = count++;
			const paste = {type: 'usage.paste', text: `Current session\n${n % 90}% used\nResets 11pm (UTC)\n`};
			await command(world, n % 10 === 9 ? {type: 'mission.skip', id: waiting[n]} : paste);
			await sleep(Math.max(0, startedMs + (count * 1000) / factsPerSecond - performance.now()));
		}
	})();
	return async () => {
		isOver = true;
		await going;
		return (count * 1000) / (performance.now() - startedMs);
	};
}

async function open(total) {
	const programs = Array.from({length: panes}, () => ['stream', '3000']);
	const named = programs.map((_, index) => `bench-program-${index}`);
	const missions = [...named, ...Array.from({length: total - panes}, (_, n) => `Look at part ${n} of the greeting`)];
	const world = makeWorkspace(programs, {missions});
	try {
		world.pilot('start');
		const ready = () => world.status().sessions.filter(({takesKeys}) => takesKeys).length === panes;
		for (let waited = 0; !ready(); waited++) {
			if (waited > 200) throw new Error('the sessions did not come up');
			await sleep(100);
		}
		const screen = run(process.execPath, [cli], {...size, cwd: world.workspace, env: world.env});
		await screen.seen(lines => lines().some(line => line.includes(`${panes} running`)));
		await sleep(1000);
		const pids = [screen.pid, ...childrenOf(screen.pid)];
		const close = () => {
			for (const pid of pids.toReversed()) process.kill(pid, 'SIGKILL');
			world.close();
		};
		return {world, screen, pids, close};
	} catch (error) {
		world.close();
		throw error;
	}
}

/** Time of the processor that the dashboard takes, percent. */
async function percentOf({pids}, ms) {
	const spent = () => pids.reduce((sum, pid) => sum + spentMs(pid), 0);
	const [fromMs, before] = [performance.now(), spent()];
	await sleep(ms);
	return ((spent() - before) / (performance.now() - fromMs)) * 100;
}

const selected = lines =>
	lines()
		.find(line => line.includes('❯'))
		?.slice(0, 40);

/** From a key to the cursor's next line, ms, for so many keys. */
async function moves({screen}, count) {
	const times = [];
	for (let n = 0; n < count; n++) {
		const before = selected(screen.lines);
		const pressedMs = performance.now();
		screen.press(n % 40 < 20 ? 'j' : 'k');
		times.push((await screen.seen(lines => selected(lines) !== before, 5000)) - pressedMs);
		await sleep(30 + (n % 17));
	}
	return times;
}

/** From a key to what it opens, ms, for each. */
async function overlays({screen}) {
	const times = [];
	for (const [key, title] of [
		['?', ' Keys '],
		[':', ' Commands '],
		['n', 'New mission'],
		['q', 'Leave?'],
		['J', ' Journal'],
		['\r', 'of missions.md'],
	]) {
		const pressedMs = performance.now();
		screen.press(key);
		const isOpen = lines => lines().some(line => line.includes(title));
		const openMs = await screen.seen(isOpen, 5000).catch(error => {
			throw new Error(`${JSON.stringify(key)} opens no "${title}": ${error.message}`);
		});
		times.push(openMs - pressedMs);
		await sleep(150);
		screen.press('\u001b');
		await screen.seen(lines => !isOpen(lines), 5000);
		await sleep(150);
	}
	return times;
}

export const crowd = {
	name: 'crowd',
	needs: ['proc'],
	rows: [
		{name: '10,000 missions, 9 panes, 50 facts/s: key → queue, p95', key: 'keyMs', unit: 'ms', reach: 50},
		{name: 'the same: key → overlay, slowest of six', key: 'overlayMs', unit: 'ms', reach: 100},
		{name: 'the same: CPU of the dashboard beyond 9 panes alone', key: 'beyondPercent', unit: '%', reach: 10},
	],
	sides: ({short}) => ({
		async ours() {
			const alone = await open(panes);
			const panesPercent = await percentOf(alone, short ? 3000 : 8000).finally(alone.close);
			const all = await open(short ? 2000 : 10_000);
			try {
				const waiting = all.world.status().missions.flatMap(({id, state}) => (state === 'pending' ? [id] : []));
				const stop = keepHappening(all.world, waiting);
				await sleep(1000);
				const percent = await percentOf(all, short ? 3000 : 8000);
				const keys = await moves(all, short ? 30 : 120);
				const opened = await overlays(all);
				const rate = await stop();
				if (rate < factsPerSecond * 0.9) throw new Error(`only ${rate.toFixed(1)} facts a second`);
				return {keyMs: at(keys, 0.95), overlayMs: Math.max(...opened), beyondPercent: percent - panesPercent};
			} finally {
				all.close();
			}
		},
	}),
};

/** A dashboard that somebody has left open on a pilot with nothing to do but wait. */
export const idle = {
	name: 'idle',
	needs: ['proc'],
	rounds: 1,
	rows: [
		{name: 'idle dashboard: bytes written a second', key: 'bytes', unit: 'B', reach: 2048},
		{name: 'idle dashboard: CPU', key: 'percent', unit: '%'},
	],
	sides: ({short}) => ({
		async ours() {
			const missions = Array.from({length: 30}, (_, n) => `Look at part ${n} of the greeting`);
			const world = makeWorkspace([], {missions, argv: ['/bin/true', '{prompt}'], sessions: 1});
			try {
				world.pilot('start');
				world.pilot('pause');
				const screen = run(process.execPath, [cli], {...size, cwd: world.workspace, env: world.env});
				await screen.seen(lines => lines().some(line => line.includes('paused')));
				await sleep(3000);
				const pids = [screen.pid, ...childrenOf(screen.pid)];
				const seconds = short ? 5 : 60;
				const before = screen.bytes();
				const percent = await percentOf({pids}, seconds * 1000);
				if (!screen.lines().some(line => line.includes('Look at part'))) throw new Error('nothing is shown');
				screen.kill();
				return {bytes: (screen.bytes() - before) / seconds, percent};
			} finally {
				world.close();
			}
		},
	}),
};
