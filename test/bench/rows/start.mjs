// How soon the first picture and the answer of a verb are there.
import {execFileSync} from 'node:child_process';
import {median} from '../rounds.mjs';
import {run} from '../terminal/terminal.mjs';
import {cli, makeWorkspace} from '../terminal/workspace.mjs';

const size = {cols: 120, rows: 40};

/** From the start of an empty program to its end, ms. */
async function nodeAlone({env, workspace}) {
	const startedMs = performance.now();
	return (await run(process.execPath, ['-e', '0'], {...size, cwd: workspace, env}).ended) - startedMs;
}

/** From the start in a terminal until the queue's title is on the screen, ms. The pilot behind it is started by it, too. */
async function firstFrame(world) {
	const startedMs = performance.now();
	const screen = run(process.execPath, [cli], {...size, cwd: world.workspace, env: world.env});
	const ms = (await screen.seen(lines => lines().some(line => line.includes(' Queue ')))) - startedMs;
	await screen.seen(lines => lines().some(line => line.includes(' Activity ')));
	// Away first, so that the stop is not watched.
	screen.press('q');
	await Promise.race([screen.ended, new Promise(resolve => setTimeout(resolve, 1000))]);
	screen.kill();
	await world.stop();
	return ms;
}

const several = async (count, measure) => {
	const times = [];
	for (let done = 0; done < count; done++) times.push(await measure());
	return median(times);
};

export const first = {
	name: 'first',
	needs: [],
	rows: [{name: 'first frame in a 120×40 terminal', peer: 'node -e 0', key: 'ms', reach: 9, aim: 6}],
	async sides() {
		const world = makeWorkspace([['idle']], {missions: []});
		// The second start is measured, as most starts are: Node keeps compiled code from the first.
		await firstFrame(world);
		return {
			ours: async () => ({ms: await firstFrame(world)}),
			peer: async () => ({ms: await several(5, () => nodeAlone(world))}),
			close: () => world.close(),
		};
	},
};

const timeOf = (world, words) => {
	const startedMs = performance.now();
	const said = execFileSync(process.execPath, words, {cwd: world.workspace, env: world.env, encoding: 'utf8'});
	return {ms: performance.now() - startedMs, said};
};

function statusMs(world) {
	const {ms, said} = timeOf(world, [cli, 'status']);
	if (!said.toLowerCase().includes('idle') && !said.includes('running')) throw new Error(`status said: ${said}`);
	return ms;
}

export const status = {
	name: 'status',
	needs: [],
	rows: [{name: '`status` of a running pilot', peer: 'node -e 0', key: 'ms', reach: 4, aim: 2.5}],
	async sides({short}) {
		const count = short ? 3 : 7;
		const world = makeWorkspace([['idle']], {missions: []});
		world.pilot('start');
		statusMs(world);
		return {
			ours: async () => ({ms: await several(count, () => statusMs(world))}),
			peer: async () => ({ms: await several(count, () => timeOf(world, ['-e', '0']).ms)}),
			close: () => world.close(),
		};
	},
};
