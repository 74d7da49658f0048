import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {realpathSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {folderOf} from '../../src/kernel/process-facts.js';
import {findStrays, isAbove, mayBeHumans} from '../../src/kernel/strays.js';
import {notRun} from '../support/not-run.js';
import {scratch} from '../support/workspace.js';

const bare = {PATH: '/usr/local/bin:/usr/bin:/bin'};
const conversation = randomUUID();

function folder(): string {
	const place = scratch('pilot-strays');
	onTestFinished(() => place[Symbol.dispose]());
	return realpathSync(place.dir);
}

const endLater = (pid: number) =>
	onTestFinished(() => {
		try {
			process.kill(pid, 'SIGKILL');
		} catch {
			// it has ended
		}
	});

/** Starts a program that is nobody's child. */
async function detach(script: string, cwd: string, env: Record<string, string> = bare): Promise<number> {
	const starter = spawn('setsid', ['sh', '-c', `(${script}) </dev/null >/dev/null 2>&1 & echo $!`], {cwd, env});
	const pid = await new Promise<number>(resolve => starter.stdout.once('data', data => resolve(Number(data))));
	endLater(pid);
	return pid;
}

/** A shell with a terminal of its own, as an editor or a human has one. */
function terminal(script: string, cwd: string): ChildProcess {
	const child = spawn('script', ['-qec', script, '/dev/null'], {
		cwd,
		env: {...bare, TERM: 'xterm'},
		stdio: ['pipe', 'pipe', 'ignore'],
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	return child;
}

const foundIn = (dir: string, startedMs = 0) =>
	findStrays([{tag: 'none/s-1', agentSessionId: conversation, folder: dir, startedMs}]).map(({pid}) => pid);

test('what is detached in the folder of a session is its own when it is younger than the session, and a human’s when older', async () => {
	const dir = folder();
	const startedMs = Date.now();
	const pid = await detach('exec sleep 300', dir);
	await expect.poll(() => foundIn(dir, startedMs - 1000)).toEqual([pid]);
	expect(foundIn(dir, Date.now() + 1000)).toEqual([]);
});

test('a tmux server that a human has started in the folder of a session is not its own, nor is what runs in it', async () => {
	const dir = folder();
	const socket = path.join(dir, 'tmux');
	onTestFinished(() => void spawnSync('tmux', ['-S', socket, 'kill-server'], {env: bare}));
	const tmux = (...args: string[]) =>
		spawnSync('tmux', ['-f', '/dev/null', '-S', socket, ...args], {
			cwd: dir,
			env: bare,
			encoding: 'utf8',
		}).stdout.trim();
	tmux('new-session', '-d', '-c', dir, 'sleep 300');
	const server = Number(tmux('display-message', '-p', '#{pid}'));
	expect(folderOf(server)).toBe(dir);
	const other = await detach('exec sleep 300', dir);
	await expect.poll(() => foundIn(dir)).toContain(other);
	expect(foundIn(dir)).toEqual([other]);
	expect(mayBeHumans(server)).toBe(true);
});

test('what was started from a desk or over ssh is a human’s', async () => {
	const dir = folder();
	const pid = await detach('exec sleep 300', dir, {...bare, DISPLAY: ':0'});
	const other = await detach('exec sleep 300', dir);
	await expect.poll(() => foundIn(dir)).toContain(other);
	expect(foundIn(dir)).not.toContain(pid);
});

test('what names a conversation is a human’s also without a terminal, when it was started from one', async () => {
	const dir = folder();
	if (spawnSync('script', ['--version']).status !== 0) return notRun('a program in a terminal: needs script');
	const child = terminal(`CLAUDE_CODE_SESSION_ID=${conversation} setsid -w sleep 300 & echo pid $!; wait`, folder());
	const said = await new Promise<string>(resolve => child.stdout?.once('data', data => resolve(String(data))));
	const pid = Number(/pid (\d+)/.exec(said)?.[1]);
	endLater(pid);
	const left = await detach('exec sleep 300', dir, {...bare, CLAUDE_CODE_SESSION_ID: conversation});
	await expect.poll(() => foundIn(dir)).toContain(left);
	expect(foundIn(dir)).toEqual([left]);
	expect(mayBeHumans(pid)).toBe(true);
});

test('whoever has started this process is above it, and nobody else is', async () => {
	expect(isAbove(process.ppid)).toBe(true);
	expect(isAbove(await detach('exec sleep 300', folder()))).toBe(false);
});
