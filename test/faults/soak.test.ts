import {readdirSync, readFileSync} from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import type {Status} from '../../src/domain/status.js';
import {watchLoopLag} from '../../src/kernel/loop-lag.js';
import {demoConfig, pilot} from '../support/demo-world.js';
import {howMany, tellFigure} from '../support/figures.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {makeWorld, scratch} from '../support/workspace.js';

const missions = howMany({full: 500, short: 40});
const lanes = 4;
const lookEveryMs = 20;
/** Of the missions: what is measured before is the program warming up. */
const warmPart = 0.25;

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

interface Look {
	readonly done: number;
	readonly files: number;
	readonly residentMb: number;
	readonly zombies: number;
}

function lookAt(pid: number, workspace: string): Look {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
	const isZombie = (child: string) => {
		try {
			return / Z /.test(readFileSync(`/proc/${child}/stat`, 'utf8'));
		} catch {
			return false;
		}
	};
	return {
		done: readFileSync(path.join(workspace, 'missions.md'), 'utf8').match(/^- \[x\]/gm)?.length ?? 0,
		files: readdirSync(`/proc/${pid}/fd`).length,
		residentMb: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024,
		zombies: children.filter(isZombie).length,
	};
}

/** How long the pilot takes to say that it is well, ms: as long as its event loop is held up, and the way there and back. */
const healthMs = (socketPath: string) =>
	new Promise<number>((resolve, reject) => {
		const startedMs = performance.now();
		const call = http.get({socketPath, path: '/health'}, response => {
			response.resume();
			response.on('end', () => resolve(performance.now() - startedMs));
		});
		call.on('error', reject);
	});

const at = (sorted: readonly number[], part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;

test(`${missions} missions, ${lanes} side by side: no descriptor, process or memory is left behind, and it answers at once`, {
	timeout: 60 * 60_000,
}, async () => {
	using place = scratch('soak');
	const lines = Array.from({length: missions}, (_, n) => `- [ ] Look at part ${n} of the greeting\n`);
	// The full form at a pace nearer to life: what a second of it asks of the pilot is still that of an hour.
	const pace = howMany({full: 10, short: 60});
	const more = `sessions: {max: ${lanes}}\nlimits: {runsPerDay: none}\n`;
	const config = demoConfig(more).replace(/pace: \d+/, `pace: ${pace}`);
	const world = makeWorld(place.dir, {config, missions: `## Pending\n${lines.join('')}`});
	const running = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});
	await running.see('pilot started');
	const pid = running.child.pid ?? 0;
	// This process does little: how late it is itself is the machine's doing.
	const own = watchLoopLag();
	onTestFinished(own.end);
	const socket = path.join(world.workspace, '.pilot/pilot.sock');
	const lagsMs: number[] = [];
	const looks: Look[] = [];
	while ((looks.at(-1)?.done ?? 0) < missions) {
		for (let n = 0; n < 25; n++) {
			await pause(lookEveryMs);
			lagsMs.push(await healthMs(socket));
		}
		looks.push(lookAt(pid, world.workspace));
		expect(running.child.exitCode, 'the pilot is still there').toBeNull();
	}
	// At rest, as at the first rest of its life.
	await pause(3000);
	const end = lookAt(pid, world.workspace);
	const {lag} = JSON.parse((await pilot(world, ['status', '--json'])).out) as Status;
	expect((await pilot(world, ['doctor'])).out).toMatch(/lag +event loop late by p50/);
	await pilot(world, ['stop', '--now']);
	await running.finished;
	lagsMs.sort((a, b) => a - b);
	const warm = looks.filter(({done}) => done >= missions * warmPart);
	const half = Math.ceil(warm.length / 2);
	const mean = (of: readonly Look[]) => of.reduce((sum, {residentMb}) => sum + residentMb, 0) / Math.max(1, of.length);
	const growthMb = mean(warm.slice(half)) - mean(warm.slice(0, half));
	const most = Math.max(...looks.map(({residentMb}) => residentMb));
	tellFigure({
		name: 'a long run',
		n: missions,
		failures: missions - end.done,
		figure: `${end.files} descriptors at the end, ${looks[0]?.files} at the start; memory at most ${most.toFixed(0)} MB, ${growthMb.toFixed(1)} MB more in the second half; event loop late by p50 ${lag?.p50Ms} ms, p99 ${lag?.p99Ms} ms, at most ${lag?.maxMs} ms (an idle process beside it p99 ${own.read().p99Ms} ms); answers p50 ${at(lagsMs, 0.5).toFixed(1)} ms, p99 ${at(lagsMs, 0.99).toFixed(1)} ms; ${end.zombies} zombies`,
	});
	expect(end.done).toBe(missions);
	expect(end.zombies).toBe(0);
	expect(end.files - (looks[0]?.files ?? 0)).toBeLessThanOrEqual(2);
	expect(most).toBeLessThan(250);
	// Of the loop itself, at two missions a second, which nobody has. The goal is 50 ms; what a busy machine adds an idle process sees too,
	// if less of it.
	expect(lag?.p99Ms).toBeLessThanOrEqual(own.read().p99Ms + howMany({full: 75, short: 250}));
	expect(at(lagsMs, 0.99)).toBeLessThan(process.env.CI ? 500 : 200);
});
