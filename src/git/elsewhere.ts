import {readdirSync} from 'node:fs';
import path from 'node:path';
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

function filesBelow(folder: string): string[] {
	try {
		return readdirSync(folder, {recursive: true, withFileTypes: true})
			.filter(entry => entry.isFile())
			.map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)));
	} catch {
		return [];
	}
}

/** Every ref of a session's repository and the HEADs of its other work trees, read by hand: its config is not to be heeded. */
function tipsOf(gitDir: string): Tip[] {
	const packed = textOf(path.join(gitDir, 'packed-refs'))
		.split('\n')
		.map(line => line.split(' '))
		.map(([commit = '', name = '']) => ({name, commit}));
	const loose = filesBelow(path.join(gitDir, 'refs')).map(file => ({
		name: `refs/${file}`,
		commit: textOf(path.join(gitDir, 'refs', file)),
	}));
	const trees = filesBelow(path.join(gitDir, 'worktrees'))
		.filter(file => /^[^/]+\/HEAD$/.test(file))
		.map(file => ({name: `work tree ${path.dirname(file)}`, commit: textOf(path.join(gitDir, 'worktrees', file))}));
	const looseNames = new Set(loose.map(({name}) => name));
	return [...loose, ...packed.filter(({name}) => !looseNames.has(name)), ...trees].filter(({commit}) =>
		commitId.test(commit),
	);
}

/** What its HEAD once was, newest first: where commits are that a reset threw away. */
const onceHead = (gitDir: string): Tip[] =>
	textOf(path.join(gitDir, 'logs/HEAD'))
		.split('\n')
		.map(line => ({name: 'no branch any more', commit: line.split(' ')[1] ?? ''}))
		.filter(({commit}) => commitId.test(commit))
		.reverse();

const shortName = (name: string) => name.replace(/^refs\/(heads\/|tags\/)?/, '');

/**
 * Tells which of a session's commits are not in what was collected: on another branch, stashed, in another work tree; and, when nothing
 * at all was collected, what a reset threw away.
 */
export async function findElsewhere(checkout: Checkout, head: string, git: GuardedGit): Promise<string[]> {
	const {path: at, shadow, base} = checkout;
	const {gitDir, commonDir, isShared} = repositoryOf(at);
	// What is on a branch or stashed in a shared repository is in the target already.
	const tips = isShared ? [] : tipsOf(gitDir);
	// The clone made these; nothing of the session's is on them.
	const seen = new Set([head, base, ...tips.filter(isRemote).map(({commit}) => commit)]);
	const candidates = [...tips.filter(tip => !isRemote(tip)), ...(head === base ? onceHead(gitDir) : [])];
	if (candidates.every(({commit}) => seen.has(commit))) return [];
	const view = makeView(at, [path.join(commonDir, 'objects'), path.join(shadow, 'objects')], head);
	const flags: string[] = [];
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
