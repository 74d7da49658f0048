import {existsSync} from 'node:fs';
import {messageOf, PilotError} from '../domain/pilot-error.js';
import {findProgram} from '../kernel/find-program.js';
import {wrapped} from '../view/page.js';
import {addToFile} from './add-to-file.js';
import {askLine} from './ask.js';
import type {CommandContext} from './define-command.js';
import {type LayoutChoice, layoutChoice} from './layout-choice.js';

/** Reads only, and says something worth reading of any project. */
const firstMission = (hasTarget: boolean) =>
	hasTarget
		? 'Say what this project does and what it lacks'
		: 'Say what you could do for me here, and how I ask for it';

/** Says and asks in the terminal's own width. */
function speaker({io}: CommandContext) {
	return {
		tell: (text: string) => io.out(wrapped(text, io.columns)),
		ask: (question: string) => askLine(`${wrapped(question, io.columns)} `),
	};
}

/** Who does the work, and whether anything is made at all; undefined for no. */
async function askAgent(context: CommandContext, directory: string): Promise<string | undefined> {
	const {tell, ask} = speaker(context);
	const isNew = existsSync(`${directory}/.git`) ? '' : 'a git repository, ';
	tell(`\nA workspace of your own in ${directory}:`);
	tell(`${isNew}with your queue, config and journal. No file that is there is touched.\n`);
	if (findProgram('claude', context.env.PATH, '/') === undefined) {
		tell('  Enter  with simulated agents: Claude Code is not installed here');
		tell('  n      nothing is made');
		return /^n/i.test(await ask('\nMake it? [Enter/n]')) ? undefined : 'demo';
	}
	tell('  Enter  with your Claude Code');
	tell('  d      with simulated agents, to try it: no account, nothing spent');
	tell('  n      nothing is made');
	const answer = await ask('\nMake it? [Enter/d/n]');
	if (/^n/i.test(answer)) return;
	return /^d/i.test(answer) ? 'demo' : 'claude';
}

/** Asks until there is a repository that missions can work on, or none is wanted. */
async function askTarget(context: CommandContext, directory: string, agent: string): Promise<LayoutChoice> {
	const {cwd, env} = context;
	const {tell, ask} = speaker(context);
	for (;;) {
		const target = await ask(
			'\nWhich repository shall missions work on? A path, or Enter for none yet (then they can only read; targets in config.yaml adds one):',
		);
		try {
			return await layoutChoice({target, agent}, {directory, cwd, env});
		} catch (error) {
			if (!(error instanceof PilotError)) throw error;
			tell(`${messageOf(error)} ${error.todo}`);
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
	context: CommandContext,
	workspace: string,
	{targetPath}: LayoutChoice,
): Promise<boolean> {
	const {tell, ask} = speaker(context);
	const title = firstMission(targetPath !== undefined);
	tell(`\nA first mission, which only reads:\n\n  - [ ] ${title}`);
	if (/^n/i.test(await ask('\nAdd it, start, and watch? [Enter/n]'))) return false;
	addToFile(workspace, {title, description: ''});
	return true;
}
