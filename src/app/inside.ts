import path from 'node:path';
import {createControlClient} from '../control/client.js';
import type {CommandContext} from './define-command.js';

/** The same command line, as if it had been typed in this workspace. */
export const inside = (context: CommandContext, workspace: string): CommandContext => ({
	...context,
	cwd: workspace,
	workspace: () => workspace,
	findWorkspace: () => workspace,
	control: () => createControlClient(path.join(workspace, '.pilot'), context.env),
});
