import {copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {TargetConfig} from '../domain/config.js';
import {PilotError} from '../domain/pilot-error.js';
import {writePrivately} from '../kernel/files.js';
import type {GuardedGit} from './guarded.js';
import type {Target} from './target.js';

/** A private copy of a target, and the git folder of pilot's own through which pilot looks at it. */
export interface Checkout {
	readonly path: string;
	/** Pilot's own view: a repository that no agent can write to, over the target's objects. */
	readonly shadow: string;
	readonly base: string;
	readonly branch: string | undefined;
}

export const shadowOf = (checkoutPath: string) => `${checkoutPath}.git`;

const plainConfig = '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n';

/** A repository by hand: it borrows the target's objects, knows one commit, and has a config that nobody else wrote. */
function makeShadow(shadow: string, target: Target, checkoutPath: string) {
	rmSync(shadow, {recursive: true, force: true});
	for (const folder of ['objects/info', 'refs/heads']) mkdirSync(path.join(shadow, folder), {recursive: true});
	writeFileSync(path.join(shadow, 'config'), plainConfig);
	writeFileSync(path.join(shadow, 'objects/info/alternates'), `${path.join(target.gitDir, 'objects')}\n`);
	// The fresh index knows the files' times: comparing later reads only what was touched.
	copyFileSync(path.join(checkoutPath, '.git/index'), path.join(shadow, 'index'));
	// Last: by its HEAD a later attempt knows that all of it is there.
	writeFileSync(path.join(shadow, 'HEAD'), `${target.base}\n`);
}

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

/** Stands beside a checkout from when a session may work in it until what it left is collected. */
const openMark = (checkoutPath: string) => `${checkoutPath}.open`;

export const markOpen = (checkoutPath: string) => writePrivately(openMark(checkoutPath), '');

export const markCollected = (checkoutPath: string) => rmSync(openMark(checkoutPath), {force: true});

/** Makes way for a new checkout. What was never collected is moved aside; the place it has then is given back. */
function clearAway(checkoutPath: string): string | undefined {
	if (!existsSync(openMark(checkoutPath)) || !existsSync(checkoutPath)) {
		removeCheckout(checkoutPath);
		return;
	}
	let n = 1;
	while (existsSync(`${checkoutPath}.old-${n}`)) n++;
	const aside = `${checkoutPath}.old-${n}`;
	renameSync(checkoutPath, aside);
	if (existsSync(shadowOf(checkoutPath))) renameSync(shadowOf(checkoutPath), shadowOf(aside));
	markCollected(checkoutPath);
	return aside;
}

export interface CheckoutRequest {
	readonly target: Target;
	readonly config: TargetConfig;
	readonly branch: string | undefined;
	readonly path: string;
	/** Go on in the checkout that is there, with what an earlier attempt did in it. Only where a branch is made. */
	readonly keep: boolean;
}

export interface MadeCheckout {
	readonly checkout: Checkout;
	readonly fresh: boolean;
	/** Where an earlier checkout, whose work was not collected, was moved to. */
	readonly aside?: string;
}

/**
 * Makes the private copy that a session works in: a clone that shares no object with the target and has no remote to push to. One that
 * is there already may be kept where a branch is made; for reading it is always made anew, since an earlier attempt may have changed
 * what was to stay as it was.
 */
export async function makeCheckout(
	{target, config, branch, path: at, keep}: CheckoutRequest,
	git: GuardedGit,
): Promise<MadeCheckout> {
	const checkout = {path: at, shadow: shadowOf(at), base: target.base, branch};
	const headFile = path.join(checkout.shadow, 'HEAD');
	if (keep && branch && existsSync(path.join(at, '.git')) && existsSync(headFile)) {
		return {checkout: {...checkout, base: readFileSync(headFile, 'utf8').trim()}, fresh: false};
	}
	const aside = clearAway(at);
	mkdirSync(path.dirname(at), {recursive: true, mode: 0o700});
	await git(
		['clone', '--quiet', '--no-hardlinks', '--no-checkout', '--no-tags', '--template=', '--', target.gitDir, at],
		{cwd: path.dirname(at), timeoutMs: 600_000},
	);
	writeFileSync(path.join(at, '.git/config'), plainConfig);
	const start = branch ? ['-B', branch, target.base] : ['--detach', target.base];
	await git(
		['checkout', '--quiet', '--no-track', ...start].filter(word => branch || word !== '--no-track'),
		{cwd: at, timeoutMs: 600_000},
	);
	copyIgnored(config, target, at);
	makeShadow(checkout.shadow, target, at);
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

/** The project's own notes for agents, as they stand in the base commit. */
export function projectNotes(checkoutPath: string): string {
	const file = ['CLAUDE.md', 'AGENTS.md'].map(name => path.join(checkoutPath, name)).find(existsSync);
	return file ? readFileSync(file, 'utf8') : '';
}

export function removeCheckout(checkoutPath: string) {
	rmSync(checkoutPath, {recursive: true, force: true, maxRetries: 3});
	rmSync(shadowOf(checkoutPath), {recursive: true, force: true});
	markCollected(checkoutPath);
}
