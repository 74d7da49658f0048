import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {mergeOwn} from '../../../src/app/merge-own.js';
import {openWorkspaceGit, type Sync} from '../../../src/git/index.js';
import {run} from '../../../src/kernel/spawn.js';
import {childEnv, root} from '../pilot-process.js';
import {git, makeRepository} from '../workspace.js';
import type {Fleet} from './play.js';

const program = path.join(root, 'test/fakes/sync-once.mjs');
const longestSyncMs = 500;

/** A lock that a killed git left is old enough at once to be cleared away. */
const now = () => Date.now() + 120_000;

const openAt = (directory: string, home: string) =>
	openWorkspaceGit({
		directory,
		env: childEnv(home),
		remote: 'origin',
		branch: undefined,
		push: true,
		now,
		run,
		backOff: async () => {},
		mergeOwn,
	});

/** Starts a sync in a process of its own and kills it with every git it started. */
async function killedSyncIn(directory: string, home: string, moment: number) {
	const child = spawn(process.execPath, [program, directory], {
		env: childEnv(home),
		detached: true,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const ended = once(child, 'exit');
	await Promise.race([once(child.stdout, 'data'), ended]);
	await Promise.race([new Promise(resolve => setTimeout(resolve, moment * longestSyncMs)), ended]);
	if (child.exitCode === null) process.kill(-(child.pid ?? 0), 'SIGKILL');
	await ended;
}

/** Machines that are real clones of a real bare repository, synced by pilot's own git. */
export async function createGitFleet(at: string, count: number, start: string): Promise<Fleet> {
	const remote = path.join(at, 'remote.git');
	const home = path.join(at, 'home');
	mkdirSync(home);
	git(at, 'init', '-q', '--bare', '-b', 'main', remote);
	const first = makeRepository(path.join(at, 'first'), {'missions.md': start});
	git(first, 'push', '-q', remote, 'main');
	const machines = Array.from({length: count}, (_, n) => path.join(at, `machine-${n}`));
	for (const machine of machines) git(at, 'clone', '-q', remote, machine);
	const gits = await Promise.all(machines.map(machine => openAt(machine, home)));
	const workspace = (machine: number) => machines[machine] as string;
	const gitOf = (machine: number) => gits[machine] as (typeof gits)[number];
	const fileOf = (machine: number) => path.join(workspace(machine), 'missions.md');
	const held = (sync: Sync) => {
		if (sync.kind !== 'synced') throw new Error(`${sync.kind}: ${sync.why}`);
	};
	const commit = async (machine: number) => void (await gitOf(machine).commit(['missions.md'], `By ${machine}`));
	return {
		count,
		read: machine => readFileSync(fileOf(machine), 'utf8'),
		write: (machine, text) => writeFileSync(fileOf(machine), text),
		commit,
		begin: commit,
		push: async machine => held(await gitOf(machine).push()),
		async sync(machine) {
			await commit(machine);
			held(await gitOf(machine).sync());
		},
		killedSync: (machine, moment) => killedSyncIn(workspace(machine), home, moment),
		remote: () => `${git(remote, 'show', 'main:missions.md')}\n`,
	};
}
