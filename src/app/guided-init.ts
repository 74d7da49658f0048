import {existsSync} from 'node:fs';
import {messageOf, PilotError} from '../domain/pilot-error.js';
import {findProgram} from '../kernel/find-program.js';
import {addToFile} from './add-to-file.js';
import {askLine} from './ask.js';
import type {CommandContext} from './define-command.js';
import {type LayoutChoice, layoutChoice} from './layout-choice.js';

/** Reads only, and says something worth reading of any project. */
const firstMission = (hasTarget: boolean) =>
	hasTarget
		? 'Say what this project does and what it lacks'
		: 'Say what you could do for me here, and how I ask for it';

/** Who does the work, and whether anything is made at all; undefined for no. */
async function askAgent({io, env}: CommandContext, directory: string): Promise<string | undefined> {
	const isNew = existsSync(`${directory}/.git`) ? '' : 'a git repository, ';
	io.out(`\nA workspace of your own in ${directory}:`);
	io.out(`${isNew}with your queue, config and journal. No file that is there is touched.\n`);
	if (findProgram('claude', env.PATH, '/') === undefined) {
		io.out('  Enter  with simulated agents: Claude Code is not installed here');
		io.out('  n      nothing is made');
		return /^n/i.test(await askLine('\nMake it? [Enter/n] ')) ? undefined : 'demo';
	}
	io.out('  Enter  with your Claude Code');
	io.out('  d      with simulated agents, to try it: no account, nothing spent');
	io.out('  n      nothing is made');
	const answer = await askLine('\nMake it? [Enter/d/n] ');
	if (/^n/i.test(answer)) return;
	return /^d/i.test(answer) ? 'demo' : 'claude';
}

/** Asks until there is a repository that missions can work on, or none is wanted. */
async function askTarget({io, cwd, env}: CommandContext, directory: string, agent: string): Promise<LayoutChoice> {
	for (;;) {
		const target = await askLine(
			'\nWhich repository shall missions work on? A path, or Enter for none yet\n(then they can only read; targets in config.yaml adds one): ',
		);
		try {
			return await layoutChoice({target, agent}, {directory, cwd, env});
		} catch (error) {
			if (!(error instanceof PilotError)) throw error;
			io.out(`${messageOf(error)} ${error.todo}`);
		}
	}
}

/** What `init` asks on a terminal where its options do not say it. Throws INIT_DECLINED. */
export async function askForLayout(context: CommandContext, directory: string): Promise<LayoutChoice> {
	const {options, cwd, env} = context;
	const agent = typeof options.agent === 'string' ? options.agent : await askAgent(context, directory);
	if (agent === undefined)
		throw new PilotError('INIT_DECLINED', {
			what: 'Nothing was made.',
			todo: 'When you like: `pilot-tui init`.',
		});
	if (typeof options.target === 'string') return layoutChoice({target: options.target, agent}, {directory, cwd, env});
	return askTarget(context, directory, agent);
}

/** Offers to begin with a mission that does no harm; true when it is in the queue. */
export async function offerFirstMission(
	{io}: CommandContext,
	workspace: string,
	{targetPath}: LayoutChoice,
): Promise<boolean> {
	const title = firstMission(targetPath !== undefined);
	io.out(`\nA first mission, which only reads:\n\n  - [ ] ${title}\n`);
	if (/^n/i.test(await askLine('Add it, start, and watch? [Enter/n] '))) return false;
	addToFile(workspace, {title, description: ''});
	return true;
}
