import {createHash} from 'node:crypto';
import {lstatSync, rmSync} from 'node:fs';
import path from 'node:path';
import {messageOf, PilotError} from '../domain/pilot-error.js';
import {editFile, readIfThere} from '../kernel/files.js';
import {type Calls, firstLine, isOwn, readBlob} from './workspace-calls.js';

/** A path that is not the same in two commits; a mode of zeros says that it is not there. */
interface Change {
	readonly file: string;
	readonly wasMode: string;
	readonly was: string;
	readonly mode: string;
	readonly is: string;
}

const absent = '000000';

async function changesBetween({git}: Calls, from: string, to: string): Promise<Change[]> {
	const told = await git.raw(['diff-tree', '-r', '-z', '--raw', '--no-renames', from, to]);
	const words = told.split('\0');
	const changes: Change[] = [];
	for (let at = 0; at + 1 < words.length; at += 2) {
		const [wasMode = '', mode = '', was = '', is = ''] = (words[at] ?? '').slice(1).split(' ');
		changes.push({file: words[at + 1] ?? '', wasMode, was, mode, is});
	}
	return changes;
}

/** The name git gives these bytes, in a repository whose names are as long as `like`. */
const oidOf = (bytes: Buffer, like: string) =>
	createHash(like.length === 64 ? 'sha256' : 'sha1')
		.update(`blob ${bytes.length}\0`)
		.update(bytes)
		.digest('hex');

/** The bytes in the work tree, when an ordinary file stands there. */
function fileIn({directory}: Calls, {file}: Change): Buffer | undefined {
	const at = path.join(directory, file);
	return lstatSync(at, {throwIfNoEntry: false})?.isFile() ? readIfThere(at) : undefined;
}

const isThere = ({directory}: Calls, {file}: Change) =>
	lstatSync(path.join(directory, file), {throwIfNoEntry: false}) !== undefined;

/** It stands in the work tree as it is to be: put there by a sync that was killed, or by a human who was faster. */
const isDone = (calls: Calls, change: Change) => {
	const bytes = fileIn(calls, change);
	return bytes !== undefined && change.mode !== absent && oidOf(bytes, change.is) === change.is;
};

/** Files of the human's whose open changes would be written over. */
async function inTheWay(calls: Calls, changes: readonly Change[]): Promise<string[]> {
	const told = await calls.git.raw(['diff-index', '-z', '--name-only', 'HEAD']);
	const open = new Set(told.split('\0'));
	return changes
		.filter(change => (change.wasMode === absent ? isThere(calls, change) : open.has(change.file)))
		.map(({file}) => file);
}

const notBegun = (files: readonly string[], refusal: unknown) => {
	const why = files.length > 0 ? `${files.join(', ')} would be overwritten` : firstLine(refusal);
	return new PilotError('SYNC_HELD', {
		what: `The remote's changes cannot be merged into the work tree: ${why}.`,
		todo: `Commit, stash or move away ${files.length > 0 ? 'these files' : 'what you changed'} in the workspace, then \`pilot-tui resume\`.`,
	});
};

/**
 * Brings a file of pilot's to its new content without git, which would write over what a human saves at that moment. What was saved since
 * the commit is merged in: before they saved it, they had seen the file as it was.
 */
async function bring(calls: Calls, change: Change) {
	const {file, was, is, mode, wasMode} = change;
	const at = path.join(calls.directory, file);
	const isOld = (bytes: Buffer) => oidOf(bytes, was) === was;
	if (mode === absent) {
		const bytes = fileIn(calls, change);
		if (bytes && isOld(bytes)) rmSync(at);
		return;
	}
	const [old, fresh] = [wasMode === absent ? Buffer.alloc(0) : await readBlob(calls, was), await readBlob(calls, is)];
	editFile(at, bytes => (!bytes || isOld(bytes) ? fresh : calls.mergeOwn(file, old, fresh, bytes)));
}

const atOnce = 100;

/** Tells the index what these files are in the new commit; git then leaves their bytes in the work tree alone. */
async function settle({git}: Calls, changes: readonly Change[]) {
	for (let from = 0; from < changes.length; from += atOnce) {
		const some = changes.slice(from, from + atOnce);
		const kept = some.filter(({mode}) => mode !== absent);
		const gone = some.filter(({mode}) => mode === absent).map(({file}) => file);
		const entries = kept.flatMap(({mode, is, file}) => ['--cacheinfo', `${mode},${is},${file}`]);
		if (entries.length > 0) await git.raw(['update-index', '--verbose', '--add', ...entries]);
		if (gone.length > 0) await git.raw(['update-index', '--verbose', '--force-remove', '--', ...gone]);
	}
}

/**
 * Takes branch and work tree on to a commit that HEAD is an ancestor of. Every part of it can be done again after a kill.
 *
 * @returns Why git refused, when something was saved meanwhile. Throws SYNC_HELD while open changes of the human's are in the way.
 */
export async function advance(calls: Calls, from: string, to: string): Promise<string | undefined> {
	const {git, identity} = calls;
	const changes = await changesBetween(calls, from, to);
	const own = changes.filter(({file}) => isOwn(file));
	const foreign = changes.filter(({file}) => !isOwn(file));
	const done = foreign.filter(change => isDone(calls, change));
	const files = await inTheWay(
		calls,
		foreign.filter(change => !done.includes(change)),
	);
	if (files.length > 0) throw notBegun(files, '');
	for (const change of own) await bring(calls, change);
	await settle(calls, [...own, ...done]);
	return await git.raw([...identity, 'merge', '--ff-only', to]).then(() => undefined, messageOf);
}

export const cannotAdvance = (refusal: string) => notBegun([], refusal);
