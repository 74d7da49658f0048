import {appendFileSync} from 'node:fs';
import path from 'node:path';
import {PilotError} from '../domain/pilot-error.js';
import {readIfThere} from '../kernel/files.js';
import {makeFolder} from '../kernel/make-folder.js';
import type {GuardedGit} from './guarded.js';

export interface Delivery {
	readonly shadow: string;
	/** Commit of the shadow that becomes the branch. */
	readonly head: string;
	readonly branch: string;
	readonly targetRoot: string;
	/** Where pilot keeps the commits that it has put on this mission's branches, one a line. */
	readonly headsFile: string;
	/** A repository of pilot's own through which the target is written, where its settings are not to be heeded. */
	readonly door?: string;
}

const into = ({door}: Delivery) => (door ? ['--git-dir', door] : []);

/** More names than this are not tried: then it is not the name that is in the way. */
const namesTried = 20;

const none = '0'.repeat(40);

const quietly = [
	'--quiet',
	'--no-tags',
	'--no-write-fetch-head',
	'--no-auto-gc',
	'--no-recurse-submodules',
	'--no-prune',
];

/** Branches that a work tree of the target has checked out, and where. */
async function checkedOut(delivery: Delivery, git: GuardedGit): Promise<Map<string, string>> {
	const {targetRoot, door} = delivery;
	const listed = await git([...into(delivery), 'worktree', 'list', '--porcelain'], {cwd: targetRoot});
	const placeOf = (name = '') => (name === door ? targetRoot : name);
	const trees = listed.split('\n\n').map(tree => ({
		place: placeOf(/^worktree (.+)$/m.exec(tree)?.[1]),
		ref: /^branch (.+)$/m.exec(tree)?.[1],
	}));
	return new Map(trees.flatMap(({ref, place}) => (ref ? [[ref, place] as const] : [])));
}

const knownHeads = (headsFile: string) => new Set(readIfThere(headsFile)?.toString('utf8').split('\n') ?? []);

/** Why a branch is not pilot's to move; undefined when it is. */
async function inTheWay(delivery: Delivery, branch: string, current: string, git: GuardedGit) {
	const {head, targetRoot, headsFile} = delivery;
	const place = (await checkedOut(delivery, git)).get(`refs/heads/${branch}`);
	if (place && current !== head) {
		return `${branch} is checked out in ${place}, and was left as it is: switch that to another branch, or merge this one there`;
	}
	if (current === '' || knownHeads(headsFile).has(current)) return;
	const goesOn = await git.try([...into(delivery), 'merge-base', '--is-ancestor', current, head], {
		cwd: targetRoot,
	});
	return goesOn.exitCode === 0 ? undefined : `${branch} has commits of somebody else, and was left as it is`;
}

function remember(headsFile: string, head: string) {
	makeFolder(path.dirname(headsFile), 0o700);
	if (!knownHeads(headsFile).has(head)) appendFileSync(headsFile, `${head}\n`, {mode: 0o600});
}

/**
 * Puts a commit into the target as a branch, without ever taking one from somebody else: a branch is moved only when nothing would be
 * lost, or when what would be lost is what pilot itself had put there. Else the commit goes to the first free `…-2`, `…-3`.
 */
export async function deliver(delivery: Delivery, git: GuardedGit): Promise<{branch: string; flags: string[]}> {
	const {shadow, head, branch, targetRoot, headsFile} = delivery;
	const call = {cwd: targetRoot, timeoutMs: 300_000};
	await git([...into(delivery), 'fetch', ...quietly, '--', shadow, `refs/heads/${branch}`], call);
	// Before, not after: a crash in between must not make pilot's own commit look like somebody else's.
	remember(headsFile, head);
	const flags: string[] = [];
	let refused = '';
	for (let n = 1; n <= namesTried; n++) {
		const name = n === 1 ? branch : `${branch}-${n}`;
		const ref = `refs/heads/${name}`;
		const current = (await git.try([...into(delivery), 'rev-parse', '--verify', '--quiet', ref], call)).stdout.trim();
		const why = await inTheWay(delivery, name, current, git);
		// Only from the commit that was looked at: a human may be committing at this moment.
		const moved = why ? undefined : await git.try([...into(delivery), 'update-ref', ref, head, current || none], call);
		if (moved?.exitCode === 0) {
			return {branch: name, flags: flags.map(flag => `${flag}; this attempt is on ${name}`)};
		}
		refused = moved?.stderr.trim() ?? refused;
		flags.push(why ?? `${name} could not be written`);
	}
	throw new PilotError('BRANCH_REFUSED', {
		what: `The work could not be put into ${targetRoot} as ${branch}: ${refused || flags[0]}`,
		todo: `Rename the branch that is in its way, then take the work: \`git fetch '${shadow}' '${branch}:${branch}'\`.`,
	});
}
