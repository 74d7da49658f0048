import path from 'node:path';
import {PilotError} from '../domain/pilot-error.js';
import {readIfThere} from '../kernel/files.js';
import type {CommandContext} from './define-command.js';
import {wantsPlainLines} from './plain-lines.js';

/** The config is read here only if it says something of this: otherwise nothing may keep the screen waiting. */
async function wantedByConfig(workspace: string, env: CommandContext['env']): Promise<boolean> {
	const text = readIfThere(path.join(workspace, 'config.yaml'))?.toString('utf8') ?? '';
	if (!text.includes('screenReader')) return false;
	const {loadConfig} = await import('../config/index.js');
	return loadConfig(workspace, env).screenReader;
}

/** Opens the dashboard of a workspace, or its lines for a screen reader; the pilot is started if it does not run. Throws NO_TERMINAL. */
export async function openWorkspace(context: CommandContext, workspace: string): Promise<number> {
	const start = async () => {
		const {ensureSupervisor} = await import('./launch-supervisor.js');
		return ensureSupervisor(workspace, context.env, {untilIdle: false});
	};
	const isAsked = wantsPlainLines(context.options.screenReader === true, context.env);
	if (isAsked || (await wantedByConfig(workspace, context.env))) {
		const {openPlainDashboard} = await import('./plain-dashboard.js');
		return openPlainDashboard(context, workspace, start);
	}
	if (!context.io.isTerminal) {
		throw new PilotError('NO_TERMINAL', {
			what: 'The dashboard needs a terminal.',
			todo: 'Without one: `pilot-tui start --headless`.',
			exitCode: 2,
		});
	}
	const {openDashboard} = await import('./dashboard.js');
	return openDashboard(context, workspace, {start});
}
