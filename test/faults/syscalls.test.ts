import path from 'node:path';
import {expect, test} from 'vitest';
import {startAgain} from '../support/after-a-kill.js';
import {demoConfig} from '../support/demo-world.js';
import {isShort, tellFigure} from '../support/figures.js';
import {notRun} from '../support/not-run.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {canTrace, changesIn, changingCalls, type TracedCall} from '../support/strace.js';
import {makeWorld, scratch} from '../support/workspace.js';

const id = 'm-write1';
const missions = `## Pending\n- [ ] Add a farewell access:write ^${id}\n  demo: writes bye.js\n`;
const lanes = 2;
const inShort = 8;

/** Node's own cache of compiled code would be other writes in each run. */
const envOf = (home: string) => childEnv(home, {NODE_DISABLE_COMPILE_CACHE: '1'});

/**
 * Runs the mission under strace, which looks at the supervisor's main thread only: all that pilot writes for good is written
 * there, and its children are left alone.
 */
async function runTraced(root: string, inject: readonly string[]) {
	const world = makeWorld(root, {config: demoConfig().replace('60', '1000'), missions});
	const trace = path.join(root, 'trace');
	const {finished} = startPilot(['start', '--headless', '--until-idle'], {
		cwd: world.workspace,
		env: envOf(world.home),
		under: ['strace', '-y', '-o', trace, '-e', `trace=${changingCalls.join(',')}`, ...inject],
	});
	return {world, trace, end: await finished};
}

async function callsOfOneRun(): Promise<TracedCall[]> {
	using place = scratch('pilot-syscalls');
	const {world, trace, end} = await runTraced(place.dir, []);
	expect(end.code, end.out + end.err).toBe(0);
	return changesIn(trace, world.workspace);
}

async function killAt({syscall, nth}: TracedCall): Promise<{wasKilled: boolean; troubles: string[]}> {
	using place = scratch('pilot-syscalls');
	const {world, end} = await runTraced(place.dir, ['-e', `inject=${syscall}:signal=SIGKILL:when=${nth}`]);
	const {troubles, said} = await startAgain(world, [id], envOf(world.home));
	if (troubles.length > 0) console.log(`killed at ${syscall} ${nth}: ${troubles.join('; ')}\n${end.out}\n--\n${said}`);
	return {wasKilled: end.code === null, troubles};
}

/** Every one, or so many spread over all of them. */
const sample = <T>(all: readonly T[], count: number) =>
	all.filter((_, index) => Math.floor((index * count) / all.length) !== Math.floor(((index - 1) * count) / all.length));

test('kill -9 at each call that changes a file: nothing lost, nothing done twice', {
	timeout: 60 * 60_000,
	retry: 0,
}, async () => {
	if (!canTrace()) return notRun('kills at each system call: needs strace');
	const calls = await callsOfOneRun();
	const points = isShort ? sample(calls, inShort) : calls;
	const todo = points.toReversed();
	const outcomes: Awaited<ReturnType<typeof killAt>>[] = [];
	await Promise.all(
		Array.from({length: lanes}, async () => {
			for (let call = todo.pop(); call; call = todo.pop()) outcomes.push(await killAt(call));
		}),
	);
	const killed = outcomes.filter(outcome => outcome.wasKilled).length;
	tellFigure({
		name: 'kill -9 at each write, sync, rename, create, remove',
		n: points.length,
		failures: outcomes.filter(outcome => outcome.troubles.length > 0).length,
		figure: `${calls.length} such calls in a mission; ${killed} runs were killed, the others came to their end first`,
	});
	expect(outcomes.flatMap(outcome => outcome.troubles)).toEqual([]);
	expect(killed).toBeGreaterThan(points.length * 0.8);
});
