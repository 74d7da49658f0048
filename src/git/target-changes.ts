import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {z} from 'zod';
import {messageOf} from '../domain/pilot-error.js';
import {readIfThere, writeDurably} from '../kernel/files.js';
import {openDoor} from './door.js';
import type {GuardedGit} from './guarded.js';
import {repositoryOf, shadowOf} from './repository.js';
import {settingsOf} from './worktree.js';

const State = z.object({refs: z.record(z.string(), z.string()), settings: z.record(z.string(), z.string())});
type State = z.infer<typeof State>;

/** More are neither counted nor told: nobody would read it. */
const changesTold = 10;

const stateFile = (at: string) => path.join(shadowOf(at), 'target-before.json');

async function stateOf(commonDir: string, git: GuardedGit): Promise<State> {
	using door = openDoor({gitDir: commonDir, commonDir});
	const call = {cwd: commonDir, keepBytes: 50_000_000};
	const listed = await git(['--git-dir', door.path, 'for-each-ref', '--format=%(refname) %(objectname)'], call);
	const refs = listed.split('\n').filter(Boolean);
	return {
		refs: Object.fromEntries(refs.map(line => line.split(' ') as [string, string])),
		settings: settingsOf(commonDir),
	};
}

/** Keeps how a target is that a session shares, for `changesOfTarget`. */
export async function keepState(at: string, git: GuardedGit) {
	const {commonDir} = repositoryOf(at);
	writeDurably(stateFile(at), JSON.stringify(await stateOf(commonDir, git)), {mode: 0o600});
}

/** Commits that pilot itself has put on branches, in files below this folder. */
function deliveredIn(headsFolder: string): Set<string> {
	const files = existsSync(headsFolder) ? readdirSync(headsFolder) : [];
	return new Set(files.flatMap(name => readFileSync(path.join(headsFolder, name), 'utf8').split('\n')));
}

const differing = (before: Record<string, string>, now: Record<string, string>) =>
	[...new Set([...Object.keys(before), ...Object.keys(now)])].filter(name => before[name] !== now[name]).sort();

/**
 * What became different in a target while a session shared it, whoever did it: branches, and settings that start programs. Empty for a
 * checkout that shares nothing.
 *
 * @param headsFolder Where pilot keeps what it has itself put on branches of missions.
 */
export async function changesOfTarget(at: string, headsFolder: string, git: GuardedGit): Promise<string[]> {
	const {commonDir, isShared} = repositoryOf(at);
	const bytes = isShared ? readIfThere(stateFile(at)) : undefined;
	if (!bytes) return [];
	const before = State.parse(JSON.parse(bytes.toString('utf8')));
	const now = await stateOf(commonDir, git).catch(messageOf);
	// Its work is not to be lost with that.
	if (typeof now === 'string')
		return [`the target could not be looked at (${now}): look at it before you use git there`];
	const delivered = deliveredIn(headsFolder);
	const isPilots = (ref: string) => ref.startsWith('refs/heads/pilot/') && delivered.has(now.refs[ref] ?? '');
	const refs = differing(before.refs, now.refs).filter(ref => !isPilots(ref));
	const verb = (was: unknown, is: unknown) => (was === undefined ? 'made' : is === undefined ? 'removed' : 'changed');
	return [
		...differing(before.settings, now.settings).map(
			name =>
				`the target's .git/${name} was ${verb(before.settings[name], now.settings[name])} while this was worked on: look at it before you use git there`,
		),
		...refs
			.slice(0, changesTold)
			.map(ref => `the target's ${ref} was ${verb(before.refs[ref], now.refs[ref])} while this was worked on`),
	];
}
