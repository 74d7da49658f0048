import {existsSync} from 'node:fs';
import path from 'node:path';
import {PilotError} from '../domain/pilot-error.js';
import {createGuardedGit} from '../git/index.js';
import {run} from '../kernel/spawn.js';
import {agentNames} from '../session/index.js';
import type {CommandContext} from './define-command.js';
import type {LayoutChoice} from './workspace-files.js';

export type {LayoutChoice} from './workspace-files.js';

const nameOf = (target: string) =>
	path
		.basename(target)
		.replaceAll(/[^\w.-]+/g, '-')
		.replace(/^[^A-Za-z0-9]+/, '') || 'app';

/**
 * What is wished for a workspace, looked at: `target` is a path from `cwd`, '' for none yet. Throws AGENT_UNKNOWN, TARGET_MISSING,
 * TARGET_NOT_GIT, TARGET_EMPTY, TARGET_IS_WORKSPACE.
 */
export async function layoutChoice(
	wish: {readonly target: string; readonly agent: string},
	{directory, cwd, env}: {readonly directory: string} & Pick<CommandContext, 'cwd' | 'env'>,
): Promise<LayoutChoice> {
	const {agent} = wish;
	const target = wish.target.trim() === '' ? '' : path.resolve(cwd, wish.target.trim());
	if (!agentNames.includes(agent))
		throw new PilotError('AGENT_UNKNOWN', {
			what: `There is no agent ${agent}.`,
			todo: `Known: ${agentNames.join(', ')}.`,
			exitCode: 2,
		});
	if (target === '') return {targetPath: undefined, targetName: undefined, agent};
	if (!existsSync(target)) {
		throw new PilotError('TARGET_MISSING', {
			what: `${target} is not there.`,
			todo: 'Name a git repository of yours that has a commit, or leave --target out for now.',
			exitCode: 2,
		});
	}
	if (!existsSync(path.join(target, '.git'))) {
		throw new PilotError('TARGET_NOT_GIT', {
			what: `${target} is no git repository.`,
			todo: 'Name one that is; sessions start from its last commit.',
			exitCode: 2,
		});
	}
	const git = createGuardedGit(run, env.PATH);
	const head = await git.try(['rev-parse', '--verify', '--quiet', 'HEAD'], {cwd: target});
	if (head.exitCode !== 0) {
		throw new PilotError('TARGET_EMPTY', {
			what: `${target} has no commit yet.`,
			todo: 'Make one there; sessions start from the last.',
			exitCode: 2,
		});
	}
	if (path.resolve(target) === path.resolve(directory)) {
		throw new PilotError('TARGET_IS_WORKSPACE', {
			what: 'The target would be the workspace itself.',
			todo: 'Make the workspace in a folder of its own, beside the target.',
			exitCode: 2,
		});
	}
	return {targetPath: path.relative(directory, target) || '.', targetName: nameOf(target), agent};
}
