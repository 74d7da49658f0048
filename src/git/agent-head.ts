import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {Checkout} from './checkout.js';
import type {GuardedGit} from './guarded.js';

const commitId = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const branchRef = /^ref: (refs\/heads\/[^\s~^:?*[\\]+)$/;

/** A small file of a session's repository; '' when it cannot be read. */
export function textOf(file: string): string {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch {
		return '';
	}
}

/** The commit that a session's HEAD names, read by hand: git itself would heed a config that the session may have written. */
export function headOf(gitDir: string): string | undefined {
	const head = textOf(path.join(gitDir, 'HEAD'));
	if (commitId.test(head)) return head;
	const ref = branchRef.exec(head)?.[1];
	if (!ref || ref.split('/').includes('..')) return;
	const packed = textOf(path.join(gitDir, 'packed-refs')).split('\n');
	const found = [textOf(path.join(gitDir, ref)), packed.find(line => line.endsWith(` ${ref}`))?.split(' ')[0] ?? ''];
	return found.find(id => commitId.test(id));
}

/** A repository of pilot's own that shows a session's objects and one ref: what is looked at, so that the session's config is not heeded. */
export function makeView(at: string, objects: readonly string[], head: string) {
	const view = `${at}.view`;
	const remove = () => rmSync(view, {recursive: true, force: true});
	remove();
	for (const folder of ['objects/info', 'refs/heads']) mkdirSync(path.join(view, folder), {recursive: true});
	writeFileSync(path.join(view, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
	writeFileSync(path.join(view, 'HEAD'), 'ref: refs/heads/agent\n');
	writeFileSync(path.join(view, 'refs/heads/agent'), `${head}\n`);
	writeFileSync(path.join(view, 'objects/info/alternates'), objects.map(folder => `${folder}\n`).join(''));
	return {path: view, remove};
}

/**
 * Takes the session's last commit, and what it rests on, into pilot's own repository, every object checked on its way.
 *
 * @returns undefined when there is none that could be taken: the session damaged its repository, or wrote what is no sound object.
 */
export async function fetchHead({path: at, shadow}: Checkout, git: GuardedGit): Promise<string | undefined> {
	const head = headOf(path.join(at, '.git'));
	if (!head) return;
	const view = makeView(at, [path.join(at, '.git/objects')], head);
	try {
		const refs = '+refs/heads/agent:refs/heads/agent';
		const quietly = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-gc', '--no-recurse-submodules'];
		const call = {cwd: path.dirname(at), timeoutMs: 300_000};
		const {exitCode} = await git.try(['--git-dir', shadow, 'fetch', ...quietly, '--', view.path, refs], call);
		return exitCode === 0 ? head : undefined;
	} finally {
		view.remove();
	}
}
