import {existsSync, readFileSync, realpathSync} from 'node:fs';
import path from 'node:path';
import {readPlain} from '../../kernel/safe-read.js';
import {object} from '../stream/json.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Claude Code's own settings file, which pilot reads and never writes: running sessions rewrite it. */
const settingsFile = ({CLAUDE_CONFIG_DIR: folder, HOME: home = '/'}: Env) => path.join(folder || home, '.claude.json');

function real(folder: string): string {
	try {
		return realpathSync(folder);
	} catch {
		return path.resolve(folder);
	}
}

/** The main checkout that a worktree belongs to; its `.git` is a file that says where. */
function mainCheckoutOf(folder: string): string | undefined {
	const told = readPlain(path.join(folder, '.git'), {follow: true})?.toString('utf8') ?? '';
	return /^gitdir: (.+)\/\.git\/worktrees\//.exec(told)?.[1];
}

/** Where trust in a folder may stand: in it, and in those above it up to the root of its repository, but none beyond. */
function placesOf(folder: string): string[] {
	const parent = path.dirname(folder);
	if (existsSync(path.join(folder, '.git'))) {
		const main = mainCheckoutOf(folder);
		return main === undefined ? [folder] : [folder, main];
	}
	return parent === folder ? [folder] : [folder, ...placesOf(parent)];
}

/**
 * Whether Claude Code will start in a folder without asking. Measured with 2.1.328: trust covers what lies below, but a repository needs
 * its own, so that a fresh clone is asked about wherever it lies; a worktree is covered by its main checkout.
 */
export function isTrusted(folder: string, env: Env): boolean {
	try {
		const projects = object(object(JSON.parse(readFileSync(settingsFile(env), 'utf8'))).projects);
		return placesOf(real(folder)).some(name => object(projects[name]).hasTrustDialogAccepted === true);
	} catch {
		return false;
	}
}

/** What a human has to do about a folder that is not trusted. */
export const trustWanted = (folder: string) =>
	`claude asks whether it may trust ${folder}: attach (a) and answer once, or run \`claude\` there once`;
