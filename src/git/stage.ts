import {existsSync} from 'node:fs';
import path from 'node:path';
import type {Checkout} from './checkout.js';
import type {GuardedGit} from './guarded.js';

/** Pilot's own view of a session's work tree: its repository, the session's files. */
export const looking = ({shadow, path: workTree}: Checkout) => ['--git-dir', shadow, '--work-tree', workTree];

const isLink = (entry: string) => entry.startsWith('160000 ');
const nameOf = (entry: string) => entry.slice(entry.indexOf('\t') + 1);
const lines = (entries: readonly string[]) => entries.map(entry => `${entry}\0`).join('');

/** Stands in the index for a moment only; no such file is ever on the disk. */
const standIn = '.pilot-tui-stand-in';

export interface Staged {
	readonly tree: string;
	/** Repositories that the session made within its own, whose files were taken as plain ones. */
	readonly nested: readonly string[];
}

function viewOf(checkout: Checkout, git: GuardedGit) {
	const call = {cwd: path.dirname(checkout.path), timeoutMs: 300_000, keepBytes: 200_000_000};
	const look = (args: readonly string[], input?: string) =>
		git([...looking(checkout), ...args], input === undefined ? call : {...call, input});
	const entries = async (...args: string[]) => (await look(args)).split('\0').filter(Boolean);
	const links = async (commit: string) => (await entries('ls-tree', '-r', '-z', commit)).filter(isLink);
	return {look, entries, links, staged: () => entries('ls-files', '--stage', '-z')};
}

type View = ReturnType<typeof viewOf>;

/**
 * Has `git add` take the files of repositories within as plain ones: their commits are nowhere else, and a link to them would lead nowhere.
 *
 * git walks into a folder that it knows a file of, also where that folder is a repository (git 2.39); so each gets an entry in the index.
 */
async function openNested({look, entries}: View, submodules: ReadonlySet<string>): Promise<string[]> {
	const all = new Set<string>();
	const empty = await look(['hash-object', '-t', 'blob', '-w', '--stdin'], '');
	for (;;) {
		const others = await entries('ls-files', '--others', '--exclude-standard', '-z');
		const found = others.filter(name => name.endsWith('/')).map(name => name.slice(0, -1));
		const fresh = found.filter(name => !submodules.has(name) && !all.has(name));
		if (fresh.length === 0) return [...all].sort();
		for (const name of fresh) all.add(name);
		await look(['update-index', '-z', '--index-info'], lines(fresh.map(name => `100644 ${empty}\t${name}/${standIn}`)));
	}
}

/**
 * Puts the whole work tree into pilot's own index and gives its tree.
 *
 * A submodule's link is taken out before: for one that is in the index, `git add` runs `git status` inside it under its own config, which
 * can start any program (git 2.39). It is put back after, as it is in `reference`.
 */
export async function stageAll(checkout: Checkout, reference: string, git: GuardedGit): Promise<Staged> {
	const view = viewOf(checkout, git);
	const {look, staged} = view;
	const links = (await staged()).filter(isLink).map(nameOf);
	if (links.length > 0) await look(['update-index', '--force-remove', '-z', '--stdin'], lines(links));
	const submodules = new Set((await view.links(checkout.base)).map(nameOf));
	const filled = [...submodules].filter(name => existsSync(path.join(checkout.path, name, '.git')));
	const nested = await openNested(view, submodules);
	await look(['add', '--all', '--', ':(top)', ...filled.map(name => `:(top,exclude,literal)${name}`)]);
	const known = (await view.links(reference)).filter(entry => submodules.has(nameOf(entry)));
	if (known.length > 0) {
		const now = (await staged()).map(nameOf);
		const isTaken = (name: string) => now.some(other => other === name || other.startsWith(`${name}/`));
		await look(['update-index', '-z', '--index-info'], lines(known.filter(entry => !isTaken(nameOf(entry)))));
	}
	const tree = await look(['write-tree']);
	// Out of the index again, so that the next look finds them as repositories once more.
	const isWithin = (name: string) => nested.some(folder => name.startsWith(`${folder}/`));
	const within = nested.length > 0 ? (await staged()).map(nameOf).filter(isWithin) : [];
	if (within.length > 0) await look(['update-index', '--force-remove', '-z', '--stdin'], lines(within));
	return {tree, nested};
}
