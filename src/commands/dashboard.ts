import {type CommandContext, defineCommand} from '../app/define-command.js';
import {openWorkspace} from '../app/open-workspace.js';
import {ExitCode} from '../domain/pilot-error.js';

/** A folder without a workspace, and somebody who can be asked. */
async function begin(context: CommandContext): Promise<number> {
	const {firstChoice} = await import('../app/first-choice.js');
	const choice = await firstChoice(context.io);
	if (choice === undefined) return ExitCode.usage;
	const {default: command} = choice === 'demo' ? await import('./demo.js') : await import('./init.js');
	return command.run({...context, args: [], options: {}});
}

export default defineCommand({
	name: 'dashboard',
	summary: 'Open the dashboard; the pilot is started if it does not run.',
	options: [
		['--screen-reader', 'lines as things happen and verbs to type, nothing drawn; also INK_SCREEN_READER=true'],
	],
	example: 'pilot-tui',
	async run(context) {
		const workspace = context.findWorkspace();
		if (!workspace) {
			if (context.io.isTerminal) return begin(context);
			context.io.err('There is no workspace here.');
			context.io.err('Make one in this folder:      pilot-tui init --target ../my-app');
			context.io.err('Or look at it first (2 min):  pilot-tui demo');
			return 2;
		}
		return openWorkspace(context, workspace);
	},
});
