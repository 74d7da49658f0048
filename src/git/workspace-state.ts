import {existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync} from 'node:fs';
import path from 'node:path';

/** The folder of a work tree's own git files, following a `.git` file to where it points. */
export function gitDirOf(directory: string): string | undefined {
	const dot = path.join(directory, '.git');
	if (!existsSync(dot)) return;
	if (statSync(dot).isDirectory()) return dot;
	const pointed = /^gitdir: (.+)$/m.exec(readFileSync(dot, 'utf8'))?.[1];
	return pointed ? path.resolve(directory, pointed.trim()) : undefined;
}

/** Why pilot must not commit in the workspace now: somebody is in the middle of something. */
export function gitTrouble(directory: string): {why: string; todo: string} | undefined {
	const gitDir = gitDirOf(directory);
	if (!gitDir) return {why: 'the workspace is no git repository', todo: 'Run `git init` in it.'};
	const busy: readonly (readonly [string, string, string])[] = [
		['rebase-merge', 'a rebase is under way', '`git rebase --continue` or `--abort`'],
		['rebase-apply', 'a rebase is under way', '`git rebase --continue` or `--abort`'],
		['MERGE_HEAD', 'a merge is under way', '`git commit` or `git merge --abort`'],
		['CHERRY_PICK_HEAD', 'a cherry-pick is under way', '`git cherry-pick --continue` or `--abort`'],
		['BISECT_LOG', 'a bisect is under way', '`git bisect reset`'],
	];
	const found = busy.find(([name]) => existsSync(path.join(gitDir, name)));
	if (found) return {why: `${found[1]} in the workspace.`, todo: `Finish it: ${found[2]}.`};
	if (!readFileSync(path.join(gitDir, 'HEAD'), 'utf8').startsWith('ref: '))
		return {why: 'the workspace has no branch checked out.', todo: 'Run `git switch main` in it.'};
	return;
}

/** An index beside the human's, for merges that are being made. */
export const stagingIndexOf = (directory: string) => path.join(gitDirOf(directory) ?? directory, 'pilot-index');

/** The branch checked out, '' for none. */
export function currentBranch(directory: string): string {
	const gitDir = gitDirOf(directory);
	return gitDir ? (/^ref: refs\/heads\/(.+)$/m.exec(readFileSync(path.join(gitDir, 'HEAD'), 'utf8'))?.[1] ?? '') : '';
}

const staleMs = 60_000;

const namesIn = (folder: string) => {
	try {
		return readdirSync(folder);
	} catch {
		return []; // gone meanwhile, or another user's
	}
};

const goalOf = (link: string) => {
	try {
		return readlinkSync(link);
	} catch {
		return;
	}
};

const isWithin = (folder: string, place = '') => place === folder || place.startsWith(`${folder}${path.sep}`);

const isGit = (pid: string) => {
	try {
		return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'git';
	} catch {
		return false; // gone meanwhile
	}
};

/**
 * The process that has the file open, or a git that works in the folder, as far as /proc tells: while a `git commit` waits for the human's
 * editor its lock is there and open in nobody.
 */
function holderOf(file: string, directory: string): string | undefined {
	const [real, here] = [realpathSync(file), realpathSync(directory)];
	const folders = namesIn('/proc').filter(name => /^\d+$/.test(name));
	return folders.find(
		pid =>
			(isWithin(here, goalOf(`/proc/${pid}/cwd`)) && isGit(pid)) ||
			namesIn(`/proc/${pid}/fd`).some(fd => goalOf(`/proc/${pid}/fd/${fd}`) === real),
	);
}

/**
 * Locks that a killed git left behind: older than a minute, open in no process, and no git is at work here. The caller makes sure that no git of its own runs.
 *
 * @param refs Branches that pilot moves, by their whole names.
 */
export function staleLocks(directory: string, refs: readonly string[], nowMs: number): string[] {
	const gitDir = gitDirOf(directory) ?? directory;
	return ['index', 'HEAD', 'ORIG_HEAD', 'packed-refs', ...refs]
		.map(name => path.join(gitDir, `${name}.lock`))
		.filter(file => {
			const stat = statSync(file, {throwIfNoEntry: false});
			return stat !== undefined && nowMs - stat.mtimeMs > staleMs && holderOf(file, directory) === undefined;
		});
}

const lockInWords = /Unable to create '([^']+\.lock)': File exists/;

/** What git says in seven lines when somebody else is at work in the repository, in one; undefined when it said something else. */
export function lockTrouble(directory: string, said: string, nowMs: number): {why: string; todo: string} | undefined {
	const file = lockInWords.exec(said)?.[1];
	if (file === undefined) return;
	const stat = statSync(file, {throwIfNoEntry: false});
	const holder = stat && holderOf(file, directory);
	const age = stat ? `${Math.max(0, Math.round((nowMs - stat.mtimeMs) / 1000))} s old` : 'gone by now';
	const name = path.join('.git', path.relative(gitDirOf(directory) ?? directory, file));
	return {
		why: `another git is at work in the workspace: ${name} is there (${age}${holder ? `, held by pid ${holder}` : ''}).`,
		todo: `It is tried again by itself; a lock that nobody holds is removed when it is ${staleMs / 1000} s old.`,
	};
}
