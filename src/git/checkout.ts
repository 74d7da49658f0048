import {copyFileSync, cpSync, existsSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {Config, TargetConfig} from '../domain/config.js';
import {PilotError} from '../domain/pilot-error.js';
import {readIfThere} from '../kernel/files.js';
import {makeFolder} from '../kernel/make-folder.js';
import {commitId} from './by-hand.js';
import {mustStay, removeMarks} from './checkout-marks.js';
import type {GuardedGit} from './guarded.js';
import {removeRepository, shadowOf} from './repository.js';
import type {Target} from './target.js';
import {keepState} from './target-changes.js';
import {beginWorktree, isWhole, makeWorktree, moveEntry} from './worktree.js';

/** A private copy of a target, and the git folder of pilot's own through which pilot looks at it. */
export interface Checkout {
	readonly path: string;
	/** Pilot's own view: a repository that no agent can write to, over the target's objects. */
	readonly shadow: string;
	readonly base: string;
	readonly branch: string | undefined;
}

const plainConfig = '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n';

/** A repository by hand: it borrows the target's objects, and has a config that nobody else wrote. */
function beginShadow(shadow: string, target: Target) {
	rmSync(shadow, {recursive: true, force: true});
	for (const folder of ['objects/info', 'refs/heads']) makeFolder(path.join(shadow, folder));
	writeFileSync(path.join(shadow, 'config'), plainConfig);
	writeFileSync(path.join(shadow, 'objects/info/alternates'), `${path.join(target.gitDir, 'objects')}\n`);
	writeFileSync(path.join(shadow, 'HEAD'), 'ref: refs/heads/unfinished\n');
}

const headOfShadow = (shadow: string) => readIfThere(path.join(shadow, 'HEAD'))?.toString('utf8').trim() ?? '';

/** Last: by the commit in its HEAD a later attempt knows that all of it is there. */
const finishShadow = (shadow: string, target: Target) => writeFileSync(path.join(shadow, 'HEAD'), `${target.base}\n`);

function copyIgnored(config: TargetConfig, target: Target, checkoutPath: string) {
	for (const name of config.copy) {
		const from = path.resolve(target.root, name);
		if (!from.startsWith(`${target.root}${path.sep}`)) {
			throw new PilotError('COPY_OUTSIDE', {
				what: `targets[].copy names ${name}, which is not in the target.`,
				todo: 'Name files below the target in config.yaml.',
			});
		}
		if (existsSync(from)) cpSync(from, path.join(checkoutPath, name), {recursive: true, errorOnExist: false});
	}
}

/** Makes way for a new checkout. What is nowhere else is moved aside; the place it has then is given back. */
async function clearAway(checkoutPath: string): Promise<string | undefined> {
	if (!(await mustStay(checkoutPath))) {
		await removeCheckout(checkoutPath);
		return;
	}
	let n = 1;
	while (existsSync(`${checkoutPath}.old-${n}`)) n++;
	const aside = `${checkoutPath}.old-${n}`;
	moveEntry(checkoutPath, aside);
	renameSync(checkoutPath, aside);
	if (existsSync(shadowOf(checkoutPath))) renameSync(shadowOf(checkoutPath), shadowOf(aside));
	removeMarks(checkoutPath);
	return aside;
}

export interface CheckoutRequest {
	readonly target: Target;
	readonly config: TargetConfig;
	readonly branch: string | undefined;
	readonly path: string;
	/** Go on in the checkout that is there, with what an earlier attempt did in it. Only where a branch is made. */
	readonly keep: boolean;
	readonly isolation: Config['isolation'];
}

export interface MadeCheckout {
	readonly checkout: Checkout;
	readonly fresh: boolean;
	/** Where an earlier checkout was moved to that held what is nowhere else. */
	readonly aside?: string;
}

/** A clone that shares no object with the target and has no remote to push to. */
async function makeClone(target: Target, at: string, branch: string | undefined, git: GuardedGit) {
	makeFolder(path.dirname(at), 0o700);
	await git(
		['clone', '--quiet', '--no-hardlinks', '--no-checkout', '--no-tags', '--template=', '--', target.gitDir, at],
		{cwd: path.dirname(at), timeoutMs: 600_000},
	);
	writeFileSync(path.join(at, '.git/config'), plainConfig);
	const start = branch ? ['--no-track', '-B', branch, target.base] : ['--detach', target.base];
	await git(['checkout', '--quiet', ...start], {cwd: at, timeoutMs: 600_000});
	// The fresh index knows the files' times: comparing later reads only what was touched.
	copyFileSync(path.join(at, '.git/index'), path.join(shadowOf(at), 'index'));
}

/**
 * Makes the private copy that a session works in: a clone, or a worktree where the config says so. One that is there already may be kept
 * where a branch is made; for reading it is always made anew, since an earlier attempt may have changed what was to stay as it was.
 */
export async function makeCheckout(
	{target, config, branch, path: at, keep, isolation}: CheckoutRequest,
	git: GuardedGit,
): Promise<MadeCheckout> {
	const checkout = {path: at, shadow: shadowOf(at), base: target.base, branch};
	const known = headOfShadow(checkout.shadow);
	if (keep && branch && isWhole(at) && commitId.test(known)) {
		return {checkout: {...checkout, base: known}, fresh: false};
	}
	const aside = await clearAway(at);
	beginShadow(checkout.shadow, target);
	if (isolation === 'worktree') {
		beginWorktree(target, at);
		await makeWorktree(target, at, git);
		await keepState(at, git);
	} else await makeClone(target, at, branch, git);
	copyIgnored(config, target, at);
	finishShadow(checkout.shadow, target);
	return {checkout, fresh: true, ...(aside ? {aside} : {})};
}

/**
 * Puts a checkout's files back as they are in its base, and takes away what is new and not ignored. Through pilot's own view: setup and
 * tests have run in the checkout by then, and its config may be theirs.
 */
export async function putBack({path: at, shadow}: Checkout, git: GuardedGit) {
	const call = {cwd: at, timeoutMs: 300_000};
	const look = ['--git-dir', shadow, '--work-tree', at];
	await git([...look, 'checkout-index', '--quiet', '--all', '--force', '--index'], call);
	await git([...look, 'clean', '--quiet', '-d', '--force'], call);
}

/** Not all at once: of a large checkout that would hold up whatever else the pilot does. */
export async function removeCheckout(checkoutPath: string) {
	await removeRepository(checkoutPath);
	removeMarks(checkoutPath);
}
