import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {messageOf, PilotError} from '../domain/pilot-error.js';
import {editFile} from '../kernel/files.js';
import {type Calls, commitPaths, firstLine, ownPaths} from './workspace-calls.js';
import {gitDirOf} from './workspace-state.js';

/** A file as it stands in a commit, byte for byte; empty when it is not in it. */
async function blob({git}: Calls, commit: string, file: string): Promise<Buffer> {
	const there = await git.raw(['ls-tree', '--name-only', commit, '--', file]);
	if (there === '') return Buffer.alloc(0);
	return Buffer.from(await git.binaryCatFile(['blob', `${commit}:${file}`]));
}

/** Keeps the lines of both sides; order of ours first. */
async function union(calls: Calls, base: string, file: string): Promise<Buffer> {
	const folder = mkdtempSync(path.join(tmpdir(), 'pilot-merge-'));
	try {
		const versions = await Promise.all([
			blob(calls, 'HEAD', file),
			blob(calls, base, file),
			blob(calls, 'FETCH_HEAD', file),
		]);
		const names = ['ours', 'base', 'theirs'].map(name => path.join(folder, name));
		for (const [index, name] of names.entries()) writeFileSync(name, versions[index] ?? '');
		await calls.git.raw(['merge-file', '--union', '--quiet', ...names]);
		return readFileSync(path.join(folder, 'ours'));
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

const byLine = (file: string) =>
	file.startsWith('journal/') || file.startsWith('memory/') || file === 'outbox.md' || file === 'usage.md';

async function resolve(calls: Calls, base: string, conflicts: readonly string[]) {
	for (const file of conflicts) {
		if (byLine(file)) writeFileSync(path.join(calls.directory, file), await union(calls, base, file));
		else if (file.startsWith('state/')) await calls.git.raw(['checkout', '--theirs', '--', file]);
		else if (file !== 'missions.md')
			throw new PilotError('SYNC_HELD', {
				what: `${file} was changed here and on the remote.`,
				todo: 'Merge it by hand: `git pull`, then `pilot-tui resume`.',
			});
	}
}

/** The files that git names, each on a line of its own behind a tab, when it does not begin a merge. */
const inTheWay = (refusal: unknown) => messageOf(refusal).match(/(?<=^\t).+/gm) ?? [];

const isOwn = (file: string) => ownPaths.some(own => file === own || file.startsWith(`${own}/`));

function notBegun(refusal: unknown): PilotError {
	const files = inTheWay(refusal);
	const why = files.length > 0 ? `${files.join(', ')} would be overwritten` : firstLine(refusal);
	return new PilotError('SYNC_HELD', {
		what: `The remote's changes cannot be merged into the work tree: ${why}.`,
		todo: `Commit, stash or move away ${files.length > 0 ? 'these files' : 'what you changed'} in the workspace, then \`pilot-tui resume\`.`,
	});
}

const beginRounds = 3;

/** Begins the merge. False when there is nothing to merge any more. */
async function begin(calls: Calls): Promise<boolean> {
	const {git, directory} = calls;
	for (let round = 1; ; round++) {
		await commitPaths(calls, ownPaths, 'Keep what was edited here');
		const merge = [...calls.identity, 'merge', '--no-commit', '--no-ff', '--no-verify', 'FETCH_HEAD'];
		// A conflict fails as well, and is seen to later; a merge that did not even begin is not.
		const refusal = await git.raw(merge).then(
			() => undefined,
			(error: unknown) => error,
		);
		if (existsSync(path.join(gitDirOf(directory) ?? '', 'MERGE_HEAD'))) return true;
		const missing = await git.raw(['rev-list', '--count', 'HEAD..FETCH_HEAD']);
		if (missing === '0') return false;
		const files = inTheWay(refusal);
		// Saved by a human since the commit above: it is committed, and tried again.
		if (round >= beginRounds || files.length === 0 || !files.every(isOwn)) throw notBegun(refusal);
	}
}

/**
 * Writes the merged missions.md over what git wrote, and merges in what a human saved in between: before they did, they had seen the
 * file as it was here.
 */
async function writeMissions({git, directory, mergeMissions}: Calls, ours: Buffer, merged: Buffer) {
	const written = await git.binaryCatFile(['blob', ':0:missions.md']).then(Buffer.from, () => undefined);
	const isGits = (bytes: Buffer) => (written ? bytes.equals(written) : /^<{7} /m.test(bytes.toString('utf8')));
	editFile(path.join(directory, 'missions.md'), bytes =>
		!bytes || bytes.equals(ours) || isGits(bytes) ? merged : mergeMissions(ours, merged, bytes),
	);
}

/**
 * Merges what was fetched into the workspace. missions.md is merged by mission whether or not git sees a conflict; journal and memory by
 * line. Any other conflict undoes the merge and throws SYNC_HELD, as does a merge that git refuses.
 */
export async function mergeFetched(calls: Calls): Promise<void> {
	const {git} = calls;
	const base = await git.raw(['merge-base', 'HEAD', 'FETCH_HEAD']).catch(() => '');
	if (base === '')
		throw new PilotError('SYNC_HELD', {
			what: 'Workspace and remote have no common history.',
			todo: 'Check git.remote and git.branch in config.yaml.',
		});
	if (!(await begin(calls))) return;
	try {
		const [ours, old, theirs] = await Promise.all([
			blob(calls, 'HEAD', 'missions.md'),
			blob(calls, base, 'missions.md'),
			blob(calls, 'FETCH_HEAD', 'missions.md'),
		]);
		const conflicts = (await git.raw(['diff', '--name-only', '--diff-filter=U'])).split('\n').filter(Boolean);
		await resolve(calls, base, conflicts);
		await writeMissions(calls, ours, calls.mergeMissions(old, ours, theirs));
		await git.raw(['add', '--verbose', '--', 'missions.md', ...conflicts]);
		await git.raw([...calls.identity, 'commit', '--no-verify', '--message', 'Merge what others did']);
	} catch (error) {
		await git.raw(['merge', '--abort']).catch(() => '');
		throw error;
	}
}
