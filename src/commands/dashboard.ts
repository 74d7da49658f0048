import path from 'node:path';
import {type CommandContext, defineCommand} from '../app/define-command.js';
import {wantsPlainLines} from '../app/plain-lines.js';
import {ExitCode, PilotError} from '../domain/pilot-error.js';
import {readIfThere} from '../kernel/files.js';

/** The config is read here only if it says something of this: otherwise nothing may keep the screen waiting. */
async function wantedByConfig(workspace: string, env: CommandContext['env']): Promise<boolean> {
	const text = readIfThere(path.join(workspace, 'config.yaml'))?.toString('utf8') ?? '';
	if (!text.includes('screenReader')) return false;
	const {loadConfig} = await import('../config/index.js');
	return loadConfig(workspace, env).screenReader;
}

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
		const start = async () => {
			const {ensureSupervisor} = await import('../app/launch-supervisor.js');
			return ensureSupervisor(workspace, context.env, {untilIdle: false});
		};
		const isAsked = wantsPlainLines(context.options.screenReader === true, context.env);
		if (isAsked || (await wantedByConfig(workspace, context.env))) {
			const {openPlainDashboard} = await import('../app/plain-dashboard.js');
			return openPlainDashboard(context, workspace, start);
		}
		if (!context.io.isTerminal) {
			throw new PilotError('NO_TERMINAL', {
				what: 'The dashboard needs a terminal.',
				todo: 'Without one: `pilot-tui start --headless`.',
				exitCode: 2,
			});
		}
		const {openDashboard} = await import('../app/dashboard.js');
		return openDashboard(context, workspace, {start});
	},
});
