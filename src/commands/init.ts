import {existsSync} from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline/promises';
import {type CommandContext, defineCommand} from '../app/define-command.js';
import {layOut} from '../app/lay-out.js';
import type {LayoutChoice} from '../app/workspace-files.js';
import {PilotError} from '../domain/pilot-error.js';
import {agentNames} from '../session/index.js';

const nameOf = (target: string) =>
	path
		.basename(target)
		.replaceAll(/[^\w.-]+/g, '-')
		.replace(/^[^A-Za-z0-9]+/, '') || 'app';

async function ask({options, cwd}: CommandContext, directory: string): Promise<{target: string; agent: string}> {
	const lines = createInterface({input: process.stdin, output: process.stdout});
	try {
		const target =
			typeof options.target === 'string'
				? options.target
				: await lines.question('Which repository shall missions work on? (path, empty for none yet) ');
		const agent =
			typeof options.agent === 'string'
				? options.agent
				: await lines.question('Who does the work: claude, or demo (simulated, no account)? [claude] ');
		const sure = existsSync(path.join(directory, '.git'))
			? ''
			: await lines.question(`Make ${directory} a git repository and a workspace? [Y/n] `);
		if (/^n/i.test(sure))
			throw new PilotError('INIT_DECLINED', {
				what: 'Nothing was changed.',
				todo: 'Run `pilot-tui init` again when you like.',
			});
		return {target: target.trim() === '' ? '' : path.resolve(cwd, target.trim()), agent: agent.trim() || 'claude'};
	} finally {
		lines.close();
	}
}

function checked({target, agent}: {target: string; agent: string}, directory: string): LayoutChoice {
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
	if (path.resolve(target) === path.resolve(directory)) {
		throw new PilotError('TARGET_IS_WORKSPACE', {
			what: 'The target would be the workspace itself.',
			todo: 'Make the workspace in a folder of its own, beside the target.',
			exitCode: 2,
		});
	}
	return {targetPath: path.relative(directory, target) || '.', targetName: nameOf(target), agent};
}

export default defineCommand({
	name: 'init',
	summary: 'Lay out a workspace: queue, config, soul, memory, journal. Never overwrites.',
	args: [['[dir]', 'where (default: here)']],
	options: [
		['--target <path>', 'the repository that missions work on'],
		['--agent <name>', 'claude or demo'],
		['--yes', 'ask nothing'],
	],
	example: 'pilot-tui init my-missions --target ../my-app --yes',
	async run(context) {
		const {args, options, io, json, cwd, env} = context;
		const directory = path.resolve(cwd, args[0] ?? '.');
		const given = {
			target: typeof options.target === 'string' ? path.resolve(cwd, options.target) : '',
			agent: typeof options.agent === 'string' ? options.agent : 'claude',
		};
		const choice = checked(options.yes === true || !io.isTerminal ? given : await ask(context, directory), directory);
		const {made, kept} = await layOut(directory, choice, env);
		if (json) {
			io.out(JSON.stringify({v: 1, workspace: directory, made, kept}));
			return 0;
		}
		const cd = directory === cwd ? '' : `cd ${path.relative(cwd, directory) || '.'} && `;
		io.out(
			made.length > 0
				? `Made ${made.filter(name => !name.startsWith('templates/')).join(', ')} and templates/.`
				: 'Everything was there already.',
		);
		if (kept.length > 0) io.out(`Left as they are: ${kept.join(', ')}.`);
		io.out(
			`\nNext:\n  ${cd}pilot-tui add "Say what this project does and what it lacks"   (it may only look)\n  ${cd}pilot-tui doctor    (is everything in place?)\n  ${cd}pilot-tui           (start, and watch)`,
		);
		return 0;
	},
});
