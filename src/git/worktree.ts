import {createHash} from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readlinkSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {PilotError} from '../domain/pilot-error.js';
import {makeFolder} from '../kernel/make-folder.js';
import {readPlain} from '../kernel/safe-read.js';
import {textOf} from './by-hand.js';
import type {GuardedGit} from './guarded.js';
import {recordShared, repositoryOf, shadowOf} from './repository.js';
import type {Target} from './target.js';

const entryStart = 'pilot-';

/** Names the entry in the target: the same each time, and not that of another workspace's mission. */
const entryOf = (commonDir: string, at: string) => {
	const place = createHash('sha256').update(at).digest('hex').slice(0, 8);
	return path.join(commonDir, 'worktrees', `${entryStart}${path.basename(at)}-${place}`);
};

/** Removes the entries of worktrees below a folder that are no longer there: what a kill, or a human's `rm`, left. */
function sweepEntries(target: Target, below: string) {
	const entries = path.join(target.gitDir, 'worktrees');
	for (const name of existsSync(entries) ? readdirSync(entries) : []) {
		const place = textOf(path.join(entries, name, 'gitdir'));
		const isOurs = name.startsWith(entryStart) && place.startsWith(`${below}${path.sep}`);
		if (isOurs && !existsSync(place)) rmSync(path.join(entries, name), {recursive: true, force: true});
	}
}

/** Says where a worktree is, to git's own commands, and keeps a human's `git worktree prune` from it. */
function writePlaces(entry: string, at: string) {
	const texts = {locked: `pilot-tui works in ${at}\n`, gitdir: `${path.join(at, '.git')}\n`};
	for (const [name, text] of Object.entries(texts)) {
		// A session can have put a link there, or a FIFO, which to write to would wait for ever.
		rmSync(path.join(entry, name), {recursive: true, force: true});
		writeFileSync(path.join(entry, name), text, {flag: 'wx'});
	}
}

const tellEntry = (at: string, entry: string) => writeFileSync(path.join(at, '.git'), `gitdir: ${entry}\n`);

/** Before a worktree is moved to another place, with its shadow: the old one's entry is the next one's. */
export function moveEntry(at: string, to: string) {
	const {gitDir, commonDir, isShared} = repositoryOf(at);
	if (!isShared) return;
	const entry = entryOf(commonDir, to);
	if (existsSync(gitDir)) renameSync(gitDir, entry);
	if (existsSync(entry)) writePlaces(entry, to);
	recordShared(at, {gitDir: entry, commonDir});
	if (lstatSync(path.join(at, '.git'), {throwIfNoEntry: false})?.isFile()) tellEntry(at, entry);
}

/** Before anything is made in the target, by hand, so that a kill at any moment leaves what the next attempt finds. */
export function beginWorktree(target: Target, at: string) {
	if (existsSync(path.join(target.gitDir, 'reftable')))
		throw new PilotError('TARGET_REFTABLE', {
			what: `The target ${target.name} keeps its branches as reftables, which isolation: worktree does not read.`,
			todo: 'Set isolation: clone in config.yaml.',
		});
	sweepEntries(target, path.dirname(at));
	recordShared(at, {gitDir: entryOf(target.gitDir, at), commonDir: target.gitDir});
}

/**
 * Fills a worktree of the target, with a detached HEAD: no branch moves while the session commits. By way of the shadow, for
 * `git worktree add` would run the filters that the target's settings name, and those a session of before can have written.
 */
export async function makeWorktree(target: Target, at: string, git: GuardedGit) {
	const shadow = shadowOf(at);
	const entry = entryOf(target.gitDir, at);
	makeFolder(at, 0o700);
	// Before its entry: one that leads nowhere is swept away by whoever makes the next.
	tellEntry(at, entry);
	mkdirSync(entry, {recursive: true});
	writePlaces(entry, at);
	writeFileSync(path.join(entry, 'commondir'), '../..\n');
	writeFileSync(path.join(entry, 'HEAD'), `${target.base}\n`);
	const look = ['--git-dir', shadow, '--work-tree', at];
	const call = {cwd: at, timeoutMs: 600_000};
	await git([...look, 'read-tree', target.base], call);
	await git([...look, 'checkout-index', '--quiet', '--all', '--force', '--index'], call);
	copyFileSync(path.join(shadow, 'index'), path.join(entry, 'index'));
}

/** False when somebody has removed its entry from the target: then git does not work in it any more. */
export function isWhole(at: string): boolean {
	const {gitDir, isShared} = repositoryOf(at);
	return existsSync(path.join(at, '.git')) && (!isShared || existsSync(path.join(gitDir, 'HEAD')));
}

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** What a place holds, in a form to be compared: for a file its digest, for anything else what it is. */
function contentOf(file: string): string | undefined {
	try {
		const stat = lstatSync(file, {throwIfNoEntry: false});
		if (!stat) return;
		if (stat.isDirectory()) return 'a folder';
		const bytes = readPlain(file, {follow: true});
		// Claude Code's sandbox leaves empty files where it held its hand over a place.
		const within = bytes && (bytes.length > 0 ? digest(bytes) : undefined);
		if (stat.isSymbolicLink()) return `a link to ${readlinkSync(file)}, ${within ?? 'with nothing to read'}`;
		return bytes ? within : `unreadable, of type ${stat.mode >> 12}`;
	} catch {
		return 'unreadable';
	}
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

/** What of a repository decides which programs git starts. */
export function settingsOf(commonDir: string): Record<string, string> {
	const hooks = namesIn(path.join(commonDir, 'hooks')).map(name => `hooks/${name}`);
	const names = ['config', 'config.worktree', 'info/attributes', 'objects/info/alternates', ...hooks];
	const contents = names.map(name => [name, contentOf(path.join(commonDir, name))] as const);
	return Object.fromEntries(contents.flatMap(([name, content]) => (content ? [[name, content]] : [])));
}
