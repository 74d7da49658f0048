// What a supervisor keeps of sessions that are over.
import {readdirSync} from 'node:fs';
import {makeWorkspace} from '../terminal/workspace.mjs';
import {residentMb} from './load.mjs';

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const files = pid => readdirSync(`/proc/${pid}/fd`).length;

/** Waits until at least `count` of the missions are over. */
async function over(world, count, total) {
	for (let waited = 0; waited < 600; waited++) {
		const {pending, inProgress, done} = world.status().queue;
		if (total - pending - inProgress >= count) {
			if (count === total && done !== total) throw new Error(`${done} of ${total} missions were done`);
			return;
		}
		await sleep(250);
	}
	throw new Error(`not over: ${JSON.stringify(world.status().queue)}`);
}

const first = 20;

export const sessions = {
	name: 'sessions',
	needs: ['proc'],
	rounds: 1,
	isLong: true,
	rows: [
		{name: 'open files of the supervisor after 200 sessions, growth', key: 'files', unit: 'files', reach: 3, aim: 0},
		{name: 'memory of the supervisor after 200 sessions, growth since 20', key: 'grownMb', unit: 'MB'},
	],
	sides: () => ({
		async ours() {
			const count = 200;
			const missions = Array.from({length: count}, (_, n) => `Session ${n}`);
			const argv = ['/bin/sh', '-c', 'echo done', '{prompt}'];
			const world = makeWorkspace([], {missions, argv, sessions: 2});
			try {
				world.pilot('start');
				const {pid} = world.status();
				await sleep(1500);
				const before = files(pid);
				await over(world, first, count);
				const memory = residentMb(pid);
				await over(world, count, count);
				await sleep(1500);
				return {files: files(pid) - before, grownMb: residentMb(pid) - memory};
			} finally {
				world.close();
			}
		},
	}),
};
