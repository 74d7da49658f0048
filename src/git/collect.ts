import path from 'node:path';
import type {Diffstat} from '../domain/receipt.js';
import {writePrivately} from '../kernel/files.js';
import {fetchHead} from './agent-head.js';
import {textOf} from './by-hand.js';
import type {Checkout} from './checkout.js';
import {type Delivery, deliver} from './deliver.js';
import {openDoor} from './door.js';
import {findElsewhere} from './elsewhere.js';
import {pastFifos} from './fifos.js';
import type {GuardedGit} from './guarded.js';
import {repositoryOf} from './repository.js';
import {looking, stageAll} from './stage.js';

export interface Collected {
	/** Whether anything differs from the base commit. */
	readonly changed: boolean;
	readonly commits: number;
	readonly head?: string;
	readonly branch?: string;
	readonly diffstat?: Diffstat;
	readonly diffPath?: string;
	/** Changes a human should look at twice. */
	readonly flags: readonly string[];
	/** True when the checkout holds what is nowhere else, and so must stay. */
	readonly keep?: boolean;
}

const largestDiff = 5_000_000;

/** Files that decide what runs unasked on the human's machine or in CI. */
const sensitive =
	/(^|\/)(\.claude\/|\.mcp\.json$|CLAUDE\.md$|\.husky\/|\.github\/|\.gitlab-ci\.yml$|\.gitattributes$|\.gitmodules$|package\.json$|Makefile$)/;

function parseShortstat(text: string): Diffstat {
	const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 0);
	return {
		files: number(/(\d+) files? changed/),
		added: number(/(\d+) insertions?/),
		removed: number(/(\d+) deletions?/),
	};
}

/** What is looked at, and where a human can read the difference. */
interface Compared {
	readonly checkout: Checkout;
	readonly diffPath: string;
	readonly redact: (text: string) => string;
}

async function describe({checkout, diffPath, redact}: Compared, head: string, git: GuardedGit) {
	const call = {cwd: path.dirname(checkout.path)};
	const range = [checkout.base, head, '--'];
	const differ = [...looking(checkout), 'diff', '--no-ext-diff', '--no-textconv', '--ignore-submodules=dirty'];
	const [stat, raw, diff] = await Promise.all([
		git([...differ, '--shortstat', ...range], call),
		git([...differ, '--raw', '--no-renames', '-z', ...range], call),
		git([...differ, ...range], {...call, keepBytes: largestDiff}),
	]);
	writePrivately(diffPath, `${redact(diff)}\n`);
	return {diffstat: parseShortstat(stat), diffPath, flags: flagsOf(raw)};
}

/** What a human should look at twice, from `diff --raw -z`: modes and names take turns. */
function flagsOf(raw: string): string[] {
	const parts = raw.split('\0');
	const changes = parts.flatMap((modes, index) =>
		index % 2 === 0 && modes ? [{modes, name: parts[index + 1] ?? ''}] : [],
	);
	const nested = changes.filter(({modes}) => /^:\d{6} 160000/.test(modes)).map(({name}) => name);
	const touchy = changes.map(({name}) => name).filter(name => sensitive.test(name));
	return [...touchy, ...nested.map(name => `${name} is a repository of its own: its files are not in the branch`)];
}

/** What differs in a session's checkout that was to stay as it was. Ignored files do not count. */
export async function compareUnchanged(compared: Compared, git: GuardedGit): Promise<Collected> {
	const {checkout} = compared;
	const call = {cwd: path.dirname(checkout.path)};
	const ask = ['status', '--porcelain', '--untracked-files=all', '--ignore-submodules=all'];
	const {result: status, flags} = await pastFifos(checkout, () => git([...looking(checkout), ...ask], call));
	const head = textOf(path.join(repositoryOf(checkout.path).gitDir, 'HEAD'));
	if (status === '' && head === checkout.base) return {changed: false, commits: 0, flags};
	const {tree} = await stageAll(checkout, checkout.base, git);
	const told = await describe(compared, tree, git);
	return {
		changed: true,
		commits: 0,
		...told,
		flags: [...told.flags, ...flags, ...(head === checkout.base ? [] : ['HEAD was moved'])],
	};
}

/** Commits what the agent left in the work tree on top of its own last commit; gives the commit that has it all. */
async function commitLeftovers(
	checkout: Checkout,
	agentHead: string,
	message: string,
	git: GuardedGit,
): Promise<{head: string; flags: string[]}> {
	const call = {cwd: path.dirname(checkout.path), timeoutMs: 300_000};
	const {result, flags: fifos} = await pastFifos(checkout, () => stageAll(checkout, agentHead, git));
	const {tree, nested} = result;
	const within = nested.map(
		name => `${name} was a repository of its own: its files are in the branch, its commits are not`,
	);
	const flags = [...within, ...fifos];
	const agentTree = await git(['--git-dir', checkout.shadow, 'rev-parse', `${agentHead}^{tree}`], call);
	if (tree === agentTree) return {head: agentHead, flags};
	const commit = ['commit-tree', tree, '-p', agentHead, '-m', message];
	return {head: await git(['--git-dir', checkout.shadow, ...commit], call), flags};
}

export interface BranchRequest extends Compared {
	readonly targetRoot: string;
	/** Of the commit that takes what the session left uncommitted. */
	readonly message: string;
	/** Where pilot keeps what it has put on the mission's branches. */
	readonly headsFile: string;
}

/** Into a target that the session could write to itself, past its settings. */
async function deliverFrom(checkout: Checkout, delivery: Delivery, git: GuardedGit) {
	const {commonDir, isShared} = repositoryOf(checkout.path);
	if (!isShared) return deliver(delivery, git);
	using door = openDoor({gitDir: commonDir, commonDir});
	return await deliver({...delivery, door: door.path}, git);
}

/**
 * Gathers a write session's work as branch `pilot/…` of the target: the agent's commits, and one more for what it left uncommitted.
 * Nothing is merged or pushed; objects are checked (fsck) on their way; no other ref of the target is touched.
 */
export async function collectBranch(request: BranchRequest, git: GuardedGit): Promise<Collected> {
	const {checkout, targetRoot, message, headsFile} = request;
	const {shadow, base, branch} = checkout;
	const call = {cwd: path.dirname(checkout.path)};
	const agentHead = await fetchHead(checkout, git);
	const {head, flags: nested} = await commitLeftovers(checkout, agentHead ?? base, message, git);
	const elsewhere = await findElsewhere(checkout, head, git);
	const kept = elsewhere.length > 0 || !agentHead ? {keep: true} : {};
	const lost = agentHead ? [] : ['its repository could not be read: only its files were taken, not its commits'];
	if (head === base || !branch) return {changed: false, commits: 0, flags: [...lost, ...nested, ...elsewhere], ...kept};
	await git(['--git-dir', shadow, 'update-ref', `refs/heads/${branch}`, head], call);
	const [told, commits, keepsBase, delivered] = await Promise.all([
		describe(request, head, git),
		git(['--git-dir', shadow, 'rev-list', '--count', `${base}..${head}`], call),
		git.try(['--git-dir', shadow, 'merge-base', '--is-ancestor', base, head], call),
		deliverFrom(checkout, {shadow, head, branch, targetRoot, headsFile}, git),
	]);
	const rewritten = keepsBase.exitCode === 0 ? [] : ['history was rewritten: the base commit is not in it'];
	const flags = [...told.flags, ...lost, ...nested, ...rewritten, ...elsewhere, ...delivered.flags];
	return {changed: true, commits: Number(commits), head, branch: delivered.branch, ...told, flags, ...kept};
}
