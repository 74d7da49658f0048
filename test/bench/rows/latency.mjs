// How soon a key and a program's output are on the screen.

import {median} from '../rounds.mjs';
import {openPilot, openTmux} from '../terminal/peers.mjs';
import {checkStream, checkText} from '../terminal/picture.mjs';

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/** Types into the first pane, which echoes; gives the time (ms) of each key. Ends after `count`, or when `isOver`. */
export async function typeKeys(world, {count, isOver = () => false}) {
	const {y, x} = world.panes()[0];
	const times = [];
	for (let key = 1; key <= count && !isOver(); key++) {
		const pressedMs = performance.now();
		world.screen.press('x');
		const marker = `<key${key}>`;
		const shown = lines => lines(y, y + 2).some(line => line.includes(marker, x));
		times.push((await world.screen.seen(shown, 10_000)) - pressedMs);
		// Not in step with anybody's timer.
		await sleep(25 + (key % 17));
	}
	await checkText(world, 0, `<key${times.length}>`);
	return times;
}

/** From the program's own clock to the screen, ms, for every new time it printed. */
function watchTicks(world, index) {
	const {y} = world.panes()[index];
	const times = [];
	let seen = 0;
	const off = world.screen.watch(() => {
		const now = process.hrtime.bigint();
		for (const line of world.screen.lines(y, y + 1)) {
			const [, tick, at] = /<tick(\d+)@(\d+)>/.exec(line) ?? [];
			if (tick === undefined || Number(tick) <= seen) continue;
			seen = Number(tick);
			times.push(Number(now - BigInt(at)) / 1e6);
		}
	});
	return () => {
		off();
		if (times.length < 20) throw new Error(`${world.name}: only ${times.length} ticks were seen`);
		return times;
	};
}

export const both = (programs, measure) => {
	const one = open => async () => {
		const world = await open(programs);
		try {
			return await measure(world);
		} finally {
			await world.close();
		}
	};
	return {ours: one(openPilot), peer: one(openTmux)};
};

export const quiet = {
	name: 'quiet',
	needs: ['tmux'],
	rows: [{name: 'key → screen, quiet, p50', peer: 'tmux', key: 'keyMs', reach: 5, aim: 3.5}],
	sides: ({short}) =>
		both([['echo']], async world => ({keyMs: median(await typeKeys(world, {count: short ? 25 : 60}))})),
};

export const streams = {
	name: 'streams',
	needs: ['tmux'],
	rows: [
		{name: 'key → screen, 4 live panes (60 KB/s), p50', peer: 'tmux', key: 'keyMs', reach: 7, aim: 5},
		{name: 'program → screen, 4 live panes, p50', peer: 'tmux', key: 'tickMs', reach: 14, aim: 6},
	],
	sides: ({short}) =>
		both([['echo'], ['ticker', '23'], ['stream', '30000'], ['stream', '30000']], async world => {
			const ticks = watchTicks(world, 1);
			const keyMs = median(await typeKeys(world, {count: short ? 25 : 60}));
			const tickMs = median(ticks());
			for (const index of [2, 3]) await checkStream(world, index);
			return {keyMs, tickMs};
		}),
};
