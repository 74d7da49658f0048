import {lstatSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {readPlain} from '../kernel/safe-read.js';
import {makeView} from './agent-head.js';
import {commitId, textOf} from './by-hand.js';
import type {Checkout} from './checkout.js';
import type {GuardedGit} from './guarded.js';
import {repositoryOf} from './repository.js';

interface Tip {
	readonly name: string;
	readonly commit: string;
}

/** More are neither counted nor told: nobody would read it. */
const tipsTold = 10;

/** Names of the files below a folder, which itself may not be a link: one could lead to the whole disk. */
function filesBelow(folder: string): string[] {
	try {
		if (!lstatSync(folder).isDirectory()) return [];
		return readdirSync(folder, {recursive: true, withFileTypes: true})
			.filter(entry => !entry.isDirectory())
			.map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)));
	} catch {
		return [];
	}
}

/** Places of a repository that name commits, and are there, and cannot be read: what git itself would never have left so. */
function unreadable(gitDir: string, files: readonly string[], folders: readonly string[]): string[] {
	const statOf = (name: string) => lstatSync(path.join(gitDir, name), {throwIfNoEntry: false});
	return [
		...folders.filter(name => statOf(name)?.isDirectory() === false),
		...files.filter(name => statOf(name) && !readPlain(path.join(gitDir, name))),
	];
}

interface Found {
	readonly tips: readonly Tip[];
	/** Places that name commits and cannot be read. */
	readonly unread: readonly string[];
}

const logOfHead = 'logs/HEAD';

/** Every ref of a session's repository and the HEADs of its other work trees, read by hand: its config is not to be heeded. */
function tipsOf(gitDir: string): Found {
	const packed = textOf(path.join(gitDir, 'packed-refs'))
		.split('\n')
		.map(line => line.split(' '))
		.map(([commit = '', name = '']) => ({name, commit}));
	const refs = filesBelow(path.join(gitDir, 'refs'));
	const heads = filesBelow(path.join(gitDir, 'worktrees')).filter(file => /^[^/]+\/HEAD$/.test(file));
	const loose = refs.map(file => ({name: `refs/${file}`, commit: textOf(path.join(gitDir, 'refs', file))}));
	const trees = heads.map(file => ({
		name: `work tree ${path.dirname(file)}`,
		commit: textOf(path.join(gitDir, 'worktrees', file)),
	}));
	const looseNames = new Set(loose.map(({name}) => name));
	const tips = [...loose, ...packed.filter(({name}) => !looseNames.has(name)), ...trees];
	const files = ['packed-refs', ...refs.map(file => `refs/${file}`), ...heads.map(file => `worktrees/${file}`)];
	return {
		tips: tips.filter(({commit}) => commitId.test(commit)),
		unread: unreadable(gitDir, files, ['refs', 'worktrees']),
	};
}

/** What its HEAD once was, newest first: where commits are that a reset threw away. */
const onceHead = (gitDir: string): Tip[] =>
	textOf(path.join(gitDir, logOfHead))
		.split('\n')
		.map(line => ({name: 'no branch any more', commit: line.split(' ')[1] ?? ''}))
		.filter(({commit}) => commitId.test(commit))
		.reverse();

const tellUnread = (names: readonly string[], at: string) =>
	names.length === 0
		? []
		: [
				`.git/${names[0]}${names.length > 1 ? ` and ${names.length - 1} more` : ''} could not be read: what only they name was not looked for; kept in ${at}`,
			];

const shortName = (name: string) => name.replace(/^refs\/(heads\/|tags\/)?/, '');

/**
 * Tells which of a session's commits are not in what was collected: on another branch, stashed, in another work tree; and, when nothing
 * at all was collected, what a reset threw away.
 */
export async function findElsewhere(checkout: Checkout, head: string, git: GuardedGit): Promise<string[]> {
	const {path: at, shadow, base} = checkout;
	const {gitDir, commonDir, isShared} = repositoryOf(at);
	// What is on a branch or stashed in a shared repository is in the target already.
	const {tips, unread} = isShared ? {tips: [], unread: []} : tipsOf(gitDir);
	const unreadLog = head === base ? unreadable(gitDir, [logOfHead], []) : [];
	const flags = tellUnread([...unread, ...unreadLog], at);
	// The clone made these; nothing of the session's is on them.
	const seen = new Set([head, base, ...tips.filter(isRemote).map(({commit}) => commit)]);
	const candidates = [...tips.filter(tip => !isRemote(tip)), ...(head === base ? onceHead(gitDir) : [])];
	if (candidates.every(({commit}) => seen.has(commit))) return flags;
	const view = makeView(at, [path.join(commonDir, 'objects'), path.join(shadow, 'objects')], head);
	for (const {name, commit} of candidates) {
		if (seen.has(commit) || flags.length === tipsTold) continue;
		const input = [commit, ...[...seen].map(id => `^${id}`)].join('\n');
		const count = ['-c', 'core.commitGraph=false', '--git-dir', view.path, 'rev-list', '--count', '--ignore-missing'];
		const told = await git.try([...count, '--stdin'], {cwd: path.dirname(at), input: `${input}\n`});
		seen.add(commit);
		const commits = told.exitCode === 0 ? Number(told.stdout) : 0;
		if (commits > 0)
			flags.push(
				`${commits} ${commits === 1 ? 'commit' : 'commits'} on ${shortName(name)}, not collected; kept in ${at}`,
			);
	}
	view.remove();
	return flags;
}

const isRemote = ({name}: Tip) => name.startsWith('refs/remotes/');
