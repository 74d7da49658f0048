import {type ChildProcess, spawn} from 'node:child_process';
import {chmodSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {findStrays} from '../../src/kernel/strays.js';
import {goneWithin} from '../support/after-a-kill.js';
import {pilot} from '../support/demo-world.js';
import {tellFigure} from '../support/figures.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {factsIn} from '../support/real-claude.js';
import {makeWorld, scratch} from '../support/workspace.js';

const bare = {PATH: '/usr/local/bin:/usr/bin:/bin'};

/** Starts a program that is nobody's child, without any tag; gives the pid that it has in the end. */
function detach(script: string, cwd: string, env: Record<string, string> = bare): Promise<number> {
	const starter = spawn('setsid', ['sh', '-c', `(${script}) </dev/null >/dev/null 2>&1 & echo $!`], {
		cwd,
		env,
		detached: true,
	});
	onTestFinished(() => void starter.kill('SIGKILL'));
	return new Promise(resolve => starter.stdout.once('data', pid => resolve(Number(pid))));
}

const endLater = (pid: number) =>
	onTestFinished(() => {
		try {
			process.kill(pid, 'SIGKILL');
		} catch {
			// it has ended, as it should
		}
	});

/** A session that has ended, in a pilot that goes on. */
async function afterSession(dir: string) {
	const world = makeWorld(dir, {
		config: 'agent: command\ncommand: {argv: [./agent.sh, "{prompt}"]}\ntargets:\n  - {name: app, path: ../app}\n',
		missions: '## Pending\n- [ ] Look ^m-look01\n',
	});
	const agent = path.join(world.workspace, 'agent.sh');
	writeFileSync(agent, '#!/bin/sh\nenv -i setsid sleep 300 &\necho Done.\n');
	chmodSync(agent, 0o755);
	const running = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});
	onTestFinished(() => void running.child.kill('SIGKILL'));
	await running.see('session ended');
	const started = factsIn(world.workspace).find(({type}) => type === 'session.started');
	return {world, running, agentSessionId: String(started?.data.agentSessionId)};
}

test('what somebody’s background starts anew of an ended session is ended; what a human has before them is not', {
	timeout: 60_000,
}, async () => {
	using place = scratch('pilot-aftermath');
	const {world, agentSessionId} = await afterSession(place.dir);
	const again = await detach(`exec bash -c 'exec -a "claude --resume ${agentSessionId}" sleep 300'`, place.dir);
	const named = await detach('exec sleep 300', place.dir, {...bare, CLAUDE_CODE_SESSION_ID: agentSessionId});
	const deaf = await detach(`trap "" TERM; while :; do sleep 0.1; done; : ${agentSessionId}`, place.dir);
	const other = await detach('exec sleep 300', place.dir);
	const byHand = path.join(place.dir, 'by-hand.sh');
	writeFileSync(byHand, `exec -a "claude --resume ${agentSessionId}" sleep 300\n`);
	const human: ChildProcess = spawn('script', ['-qec', 'bash by-hand.sh', '/dev/null'], {
		cwd: place.dir,
		env: {...bare, TERM: 'xterm'},
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	onTestFinished(() => void human.kill('SIGKILL'));
	for (const pid of [again, named, deaf, other]) endLater(pid);
	const startedMs = performance.now();
	expect(await goneWithin([again, named, deaf], 15_000)).toEqual([]);
	const tookMs = performance.now() - startedMs;
	expect(await goneWithin([other], 0)).toEqual([other]);
	expect(human.exitCode).toBeNull();
	expect(factsIn(world.workspace).some(({type}) => type === 'orphans.swept')).toBe(true);
	tellFigure({
		name: 'sessions that a background starts anew after their end',
		n: 3,
		failures: 0,
		figure: `ended ${(tookMs / 1000).toFixed(1)} s after they came`,
	});
	await pilot(world, ['stop', '--now']);
});

test('one that dropped its environment and left its session is ended with it', async () => {
	using place = scratch('pilot-aftermath');
	const {world, running} = await afterSession(place.dir);
	await running.see('done:');
	expect((await pilot(world, ['doctor', '--orphans'])).out).toContain('No session has left anything.');
	await pilot(world, ['stop', '--now']);
});

test('the doctor lists what names a session that has ended, and ends it on demand', async () => {
	using place = scratch('pilot-aftermath');
	const {world, running, agentSessionId} = await afterSession(place.dir);
	running.child.kill('SIGKILL');
	await running.finished;
	const left = await detach('exec sleep 300', place.dir, {...bare, CLAUDE_CODE_SESSION_ID: agentSessionId});
	endLater(left);
	const listed = await pilot(world, ['doctor', '--orphans', '--json']);
	expect(JSON.parse(listed.out).orphans).toMatchObject([{pid: left, session: expect.stringMatching(/^s-/)}]);
	expect((await pilot(world, ['doctor', '--orphans', '--kill'])).out).toContain('1 ended.');
	expect(await goneWithin([left], 1000)).toEqual([]);
});

test('one look at all processes takes little, however many sessions are followed', () => {
	const trails = Array.from({length: 500}, (_, n) => ({
		tag: `none/s-${n}`,
		agentSessionId: `none-${n}`,
		folder: `/none/${n}`,
		startedMs: 0,
	}));
	const startedMs = performance.now();
	for (let n = 0; n < 20; n++) expect(findStrays(trails)).toEqual([]);
	expect((performance.now() - startedMs) / 20).toBeLessThan(100);
});
