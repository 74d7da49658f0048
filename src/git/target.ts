import {existsSync, realpathSync, renameSync, rmSync} from 'node:fs';
import path from 'node:path';
import type {Config, TargetConfig} from '../domain/config.js';
import {PilotError} from '../domain/pilot-error.js';
import {makeFolder} from '../kernel/make-folder.js';
import {type Door, openDoor} from './door.js';
import type {GuardedGit} from './guarded.js';

/** A target as it lies on the disk. */
export interface Target {
	readonly name: string;
	/** Absolute path of its work tree. */
	readonly root: string;
	/** Absolute path of the folder that holds its objects and refs. */
	readonly gitDir: string;
	/** Commit that sessions start from. */
	readonly base: string;
	readonly notes: readonly string[];
}

type Look = GuardedGit['try'];

/** git at a target past its own settings. */
const lookThrough =
	(door: Door, root: string, gitDir: string, git: GuardedGit): Look =>
	(args, call) =>
		git.try(['--git-dir', door.path, '--work-tree', root, ...args], {...call, indexFile: path.join(gitDir, 'index')});

const realPath = (place: string) => (existsSync(place) ? realpathSync(place) : place);

const failure = (code: string, what: string, todo: string) => new PilotError(code, {what, todo});

/** Clones under way, by where they go: two missions may want the same target at once. */
const cloning = new Map<string, Promise<void>>();

/** Is there whole, or not at all: one that was killed half way begins anew. */
async function cloneTo(root: string, url: string, git: GuardedGit) {
	const fresh = `${root}.pilot-new`;
	rmSync(fresh, {recursive: true, force: true});
	makeFolder(path.dirname(root));
	// A url is the human's own: their keys may open it, though nothing may ask.
	const ssh = ['-c', 'core.sshCommand=ssh -o BatchMode=yes'];
	const call = {cwd: path.dirname(root), timeoutMs: 600_000};
	try {
		await git([...ssh, 'clone', '--quiet', '--template=', '--', url, fresh], call);
		renameSync(fresh, root);
	} finally {
		rmSync(fresh, {recursive: true, force: true});
	}
}

async function cloneMissing({name, url}: TargetConfig, root: string, git: GuardedGit) {
	if (existsSync(root)) return;
	if (!url)
		throw failure(
			'TARGET_MISSING',
			`The target ${name} is not at ${root}.`,
			'Correct targets[].path in config.yaml, or give a url to clone it from.',
		);
	const under = cloning.get(root) ?? cloneTo(root, url, git).finally(() => cloning.delete(root));
	cloning.set(root, under);
	await under;
}

async function notesOf(root: string, base: string, look: Look): Promise<string[]> {
	const dirty = await look(['status', '--porcelain', '--untracked-files=no'], {cwd: root, timeoutMs: 10_000});
	const notes =
		dirty.stdout.trim() === ''
			? []
			: ['The target has changes that are not committed; the session starts from its last commit.'];
	if (existsSync(path.join(root, '.gitmodules')))
		notes.push('The target has submodules; they are empty in the checkout.');
	const attributes = await look(['cat-file', 'blob', `${base}:.gitattributes`], {cwd: root});
	if (/^[^#\n]*\sfilter=lfs(\s|$)/m.test(attributes.stdout))
		notes.push('Files in Git LFS are pointers in the checkout.');
	return notes;
}

async function baseOf({name, baseBranch}: TargetConfig, root: string, look: Look): Promise<string> {
	const from = baseBranch ? `refs/heads/${baseBranch}` : 'HEAD';
	const base = await look(['rev-parse', '--verify', '--quiet', '--end-of-options', `${from}^{commit}`], {cwd: root});
	if (base.exitCode === 0) return base.stdout.trim();
	throw baseBranch
		? failure(
				'TARGET_BRANCH_MISSING',
				`The target ${name} has no branch ${baseBranch}.`,
				'Correct targets[].baseBranch in config.yaml.',
			)
		: failure(
				'TARGET_EMPTY',
				`The target ${name} has no commit yet.`,
				'Make a first commit there; sessions start from a commit.',
			);
}

/**
 * Finds a target and the commit to start from.
 *
 * @throws {PilotError} TARGET_MISSING, TARGET_NOT_GIT, TARGET_EMPTY, TARGET_IS_WORKSPACE, TARGET_BRANCH_MISSING
 */
export async function openTarget(
	config: TargetConfig,
	workspace: string,
	git: GuardedGit,
	isolation: Config['isolation'] = 'clone',
): Promise<Target> {
	const root = path.resolve(workspace, config.path);
	await cloneMissing(config, root, git);
	const places = await git.try(
		['rev-parse', '--path-format=absolute', '--git-common-dir', '--show-toplevel', '--absolute-git-dir'],
		{
			cwd: root,
		},
	);
	const [gitDir, top, ownGitDir = ''] = places.stdout.trim().split('\n');
	// Also a folder of the workspace that is no repository of its own: git finds the workspace's then.
	const isWorkspace = [root, ...(top ? [top] : [])].some(place => realPath(place) === realPath(workspace));
	if (isWorkspace && !config.allowWorkspace) {
		throw failure(
			'TARGET_IS_WORKSPACE',
			`The target ${config.name} is the workspace itself.`,
			'Name another repository, or set allowWorkspace: true for it.',
		);
	}
	if (places.exitCode !== 0 || !gitDir || !top) {
		const said = /dubious ownership/.test(places.stderr)
			? ' that belongs to you: git says "dubious ownership"'
			: ' with a work tree';
		throw failure(
			'TARGET_NOT_GIT',
			`The target ${config.name} at ${root} is no git repository${said}.`,
			'Run `git init` there and commit, or correct its path in config.yaml.',
		);
	}
	// Sessions with a worktree can write what its settings are.
	using door = isolation === 'worktree' ? openDoor({gitDir: ownGitDir, commonDir: gitDir}) : undefined;
	const look = door ? lookThrough(door, top, ownGitDir, git) : git.try;
	const base = await baseOf(config, top, look);
	return {name: config.name, root: top, gitDir, base, notes: await notesOf(top, base, look)};
}
