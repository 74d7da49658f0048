import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {readIfThere} from '../../src/kernel/files.js';
import {taggedPids} from '../../src/kernel/process-tree.js';
import {goneWithin, startAgain, tagOf} from '../support/after-a-kill.js';
import {demoConfig} from '../support/demo-world.js';
import {tellFigure} from '../support/figures.js';
import {notRun} from '../support/not-run.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {canTrace} from '../support/strace.js';
import {makeWorld, scratch} from '../support/workspace.js';

const id = 'm-write1';
const missions = `## Pending\n- [ ] Add a farewell access:write ^${id}\n  demo: writes bye.js\n`;

const endIfThere = (pid: number) => {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// it has ended, as it should
	}
};

/** Where the log is when no write of it succeeds any more: how fast the session is, the first write that fails, and what is waited for. */
const scenes = [
	{
		name: 'a session has ended, and its outcome cannot be written',
		pace: '60',
		first: 13,
		seen: /cannot be written: EIO/,
	},
	{name: 'a session runs, and that it is to end cannot be written', pace: '1', first: 12, seen: /session.started/},
];

test.for(scenes)(
	'told to end while nothing can be written any more: it ends within 20 s, with all that it started ($name)',
	{
		timeout: 90_000,
	},
	async ({name, pace, first, seen}) => {
		if (!canTrace()) return notRun('failing system calls: needs strace');
		using place = scratch('pilot-io');
		const world = makeWorld(place.dir, {config: demoConfig().replace('60', pace), missions});
		const log = path.join(world.workspace, '.pilot/events.ndjson');
		const running = startPilot(['start', '--headless'], {
			cwd: world.workspace,
			env: childEnv(world.home),
			under: [
				...['strace', '-o', '/dev/null', '-P', log, '-e', 'trace=write'],
				...['-e', `inject=write:error=EIO:when=${first}+`],
			],
		});
		onTestFinished(() => void running.child.kill('SIGKILL'));
		const told = path.join(world.workspace, '.pilot/logs/pilot.log');
		await expect.poll(() => readIfThere(told)?.toString(), {timeout: 20_000}).toMatch(seen);
		const tag = tagOf(world) ?? 'none';
		const started = taggedPids(tag);
		// strace is deaf to it while its child runs.
		const own = Number(/pilot started \(pid (\d+)\)/.exec(running.said())?.[1]);
		onTestFinished(() => endIfThere(own));
		const startedMs = performance.now();
		process.kill(own, 'SIGTERM');
		const end = await running.finished;
		const tookMs = performance.now() - startedMs;
		expect([130, 143], end.out + end.err).toContain(end.code);
		expect(tookMs).toBeLessThan(20_000);
		expect(await goneWithin([...started, ...taggedPids(tag)], 5000)).toEqual([]);
		const {troubles, said} = await startAgain(world, [id], childEnv(world.home));
		expect(troubles, said).toEqual([]);
		tellFigure({
			name: `told to end: ${name}`,
			n: 1,
			failures: 0,
			figure: `ended after ${(tookMs / 1000).toFixed(1)} s with ${started.length} processes of its session`,
		});
	},
);
