import {existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {PilotError} from '../domain/pilot-error.js';
import {doorStart} from './door.js';
import {type Calls, isOwn, readBlob} from './workspace-calls.js';
import {stagingIndexOf} from './workspace-state.js';

/** Three commits: what both sides come from, this side, the other. */
export interface Sides {
	readonly base: string;
	readonly ours: string;
	readonly theirs: string;
}

interface Version {
	readonly mode: string;
	readonly oid: string;
}

/** A file that both sides changed, each in its own way; a version is missing where it was deleted or not yet there. */
interface Conflict {
	readonly file: string;
	readonly base?: Version;
	readonly ours?: Version;
	readonly theirs?: Version;
}

const stages = ['base', 'ours', 'theirs'] as const;

async function conflictsOf({staging}: Calls): Promise<Conflict[]> {
	const listed = await staging.raw(['ls-files', '--unmerged', '-z']);
	const conflicts = new Map<string, Conflict>();
	for (const entry of listed.split('\0').filter(Boolean)) {
		const [told = '', file = ''] = entry.split(/\t(.*)/s);
		const [mode = '', oid = '', stage = ''] = told.split(' ');
		const side = stages[Number(stage) - 1] ?? 'base';
		conflicts.set(file, {...conflicts.get(file), file, [side]: {mode, oid}});
	}
	return [...conflicts.values()];
}

const cannotMerge = (file: string) =>
	new PilotError('SYNC_HELD', {
		what: `${file} was changed here and on the remote.`,
		todo: 'Merge it by hand: `git pull`, then `pilot-tui resume`.',
	});

/** Longer than any that could stand in a file. */
const markerSize = 60;

/** Merges a file of the human's as git does. Throws SYNC_HELD where the same lines were changed, or one side deleted it. */
async function mergeForeign(calls: Calls, {file, base, ours, theirs}: Conflict, folder: string): Promise<Buffer> {
	const isText = (version: Version | undefined) => version?.mode.startsWith('100');
	if (!ours || !theirs || !isText(ours) || !isText(theirs)) throw cannotMerge(file);
	const names = ['ours', 'base', 'theirs'].map(name => path.join(folder, name)) as [string, string, string];
	for (const [index, version] of [ours, base, theirs].entries())
		writeFileSync(names[index] ?? '', version ? await readBlob(calls, version.oid) : '');
	await calls.git.raw(['merge-file', '--quiet', `--marker-size=${markerSize}`, ...names]).catch(() => {
		throw cannotMerge(file);
	});
	const merged = readFileSync(names[0]);
	if (merged.includes('<'.repeat(markerSize))) throw cannotMerge(file);
	return merged;
}

/** Merges a file of pilot's. Where one side deleted what the other changed, the change is kept. */
async function mergeByMeaning(calls: Calls, {file, base, ours, theirs}: Conflict): Promise<Buffer> {
	const read = async (version: Version | undefined) => (version ? await readBlob(calls, version.oid) : undefined);
	const [was, one, other] = [await read(base), await read(ours), await read(theirs)];
	if (!one || !other) return one ?? other ?? Buffer.alloc(0);
	return calls.mergeOwn(file, was ?? Buffer.alloc(0), one, other);
}

async function resolve(calls: Calls, conflict: Conflict, folder: string) {
	const {file, ours, theirs} = conflict;
	const merged = isOwn(file) ? await mergeByMeaning(calls, conflict) : await mergeForeign(calls, conflict, folder);
	const written = path.join(folder, 'merged');
	writeFileSync(written, merged);
	const oid = await calls.git.raw(['hash-object', '-w', '--no-filters', '--', written]);
	const mode = (ours ?? theirs)?.mode ?? '100644';
	await calls.staging.raw(['update-index', '--verbose', '--add', '--cacheinfo', `${mode},${oid},${file}`]);
}

/** An index that a merge begins with; one that a killed git left is of no use. */
function emptyStaging(directory: string) {
	const index = stagingIndexOf(directory);
	for (const left of [index, `${index}.lock`]) rmSync(left, {force: true});
}

const folderStart = 'pilot-merge-';
/** Neither a merge nor a look at a target takes this long. */
const abandonedMs = 3_600_000;

/** Removes what merges, and looks at targets, that were killed left in the folder for temporary files: this user's own, and old. */
export function removeAbandonedMerges(within: string, nowMs: number) {
	if (!existsSync(within)) return;
	for (const name of readdirSync(within).filter(each =>
		[folderStart, doorStart].some(start => each.startsWith(start)),
	)) {
		const folder = path.join(within, name);
		const stat = lstatSync(folder, {throwIfNoEntry: false});
		const isOld = stat?.isDirectory() && stat.uid === process.getuid?.() && nowMs - stat.mtimeMs > abandonedMs;
		if (isOld) rmSync(folder, {recursive: true, force: true});
	}
}

/**
 * Merges two commits without touching the work tree or the human's index, so that a kill at any moment leaves nothing half done.
 * Pilot's own files are merged by meaning, the others as git does it.
 *
 * @returns The merge commit. Throws SYNC_HELD for a file of the human's that cannot be merged.
 */
export async function makeMerge(calls: Calls, {base, ours, theirs}: Sides): Promise<string> {
	const {staging, identity} = calls;
	const folder = mkdtempSync(path.join(tmpdir(), folderStart));
	emptyStaging(calls.directory);
	try {
		await staging.raw(['read-tree', '-i', '-m', '--aggressive', base, ours, theirs]);
		for (const conflict of await conflictsOf(calls)) await resolve(calls, conflict, folder);
		const tree = await staging.raw(['write-tree']);
		const parents = ['-p', ours, '-p', theirs];
		return await staging.raw([...identity, 'commit-tree', tree, ...parents, '-m', 'Merge what others did']);
	} finally {
		rmSync(folder, {recursive: true, force: true});
		emptyStaging(calls.directory);
	}
}
