import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {makeFolder} from '../kernel/make-folder.js';
import {commitId, textOf} from './by-hand.js';
import type {Checkout} from './checkout.js';
import type {GuardedGit} from './guarded.js';
import {type Repository, repositoryOf} from './repository.js';

const branchRef = /^ref: (refs\/heads\/[^\s~^:?*[\\]+)$/;

/** The commit that a session's HEAD names, read by hand: git itself would heed a config that the session may have written. */
export function headOf({gitDir, commonDir}: Omit<Repository, 'isShared'>): string | undefined {
	const head = textOf(path.join(gitDir, 'HEAD'));
	if (commitId.test(head)) return head;
	const ref = branchRef.exec(head)?.[1];
	if (!ref || ref.split('/').includes('..')) return;
	const packed = textOf(path.join(commonDir, 'packed-refs')).split('\n');
	const found = [textOf(path.join(commonDir, ref)), packed.find(line => line.endsWith(` ${ref}`))?.split(' ')[0] ?? ''];
	return found.find(id => commitId.test(id));
}

/** A repository of pilot's own that shows a session's objects and one ref: what is looked at, so that the session's config is not heeded. */
export function makeView(at: string, objects: readonly string[], head: string) {
	const view = `${at}.view`;
	const remove = () => rmSync(view, {recursive: true, force: true});
	remove();
	for (const folder of ['objects/info', 'refs/heads']) makeFolder(path.join(view, folder));
	writeFileSync(path.join(view, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
	writeFileSync(path.join(view, 'HEAD'), 'ref: refs/heads/agent\n');
	writeFileSync(path.join(view, 'refs/heads/agent'), `${head}\n`);
	writeFileSync(path.join(view, 'objects/info/alternates'), objects.map(folder => `${folder}\n`).join(''));
	return {path: view, remove};
}

const quietly = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-gc', '--no-recurse-submodules'];

/**
 * Checks what a session has put among the target's own objects, which no fetch would look at again: packed anew, read with fsck, and the
 * names that its content gives compared with those it had.
 */
async function isSound({shadow, base}: Checkout, view: string, head: string, git: GuardedGit): Promise<boolean> {
	const call = {cwd: path.dirname(view), timeoutMs: 300_000};
	const start = path.join(view, 'made');
	const revs = `${head}\n^${base}\n`;
	const packed = await git.try(['--git-dir', view, 'pack-objects', '--quiet', '--revs', start], {...call, input: revs});
	if (packed.exitCode !== 0) return false;
	const pack = `${start}-${packed.stdout.trim()}`;
	const index = path.join(view, 'read.idx');
	const read = await git.try(['--git-dir', shadow, 'index-pack', '--strict', '-o', index, `${pack}.pack`], call);
	return read.exitCode === 0 && readFileSync(index).equals(readFileSync(`${pack}.idx`));
}

/**
 * Takes the session's last commit, and what it rests on, into pilot's own repository, every object checked on its way.
 *
 * @returns undefined when there is none that could be taken: the session damaged its repository, or wrote what is no sound object.
 */
export async function fetchHead(checkout: Checkout, git: GuardedGit): Promise<string | undefined> {
	const {path: at, shadow, base} = checkout;
	const repository = repositoryOf(at);
	const head = headOf(repository);
	if (!head || (repository.isShared && head === base)) return head;
	const view = makeView(at, [path.join(repository.commonDir, 'objects')], head);
	try {
		if (repository.isShared) return (await isSound(checkout, view.path, head, git)) ? head : undefined;
		const refs = '+refs/heads/agent:refs/heads/agent';
		const call = {cwd: path.dirname(at), timeoutMs: 300_000};
		const {exitCode} = await git.try(['--git-dir', shadow, 'fetch', ...quietly, '--', view.path, refs], call);
		return exitCode === 0 ? head : undefined;
	} finally {
		view.remove();
	}
}
