import type {Run} from '../kernel/spawn.js';
import {settingArgs} from './workspace-client.js';

interface Where {
	readonly run: Run;
	readonly directory: string;
	readonly env: Readonly<Record<string, string>>;
	readonly timeoutMs: number;
}

/**
 * git calls that talk to the remote. A remote that hangs keeps nobody waiting for longer than `timeoutMs`: git then ends with the ssh
 * or http helper that it started. They run in a session of their own, where no helper finds a terminal to ask on.
 */
export const createNetwork =
	({run, directory, env, timeoutMs}: Where) =>
	async (...args: string[]): Promise<string> => {
		const result = await run('git', [...settingArgs, ...args], {cwd: directory, env, timeoutMs});
		if (result.exitCode === 0) return result.stdout.trim();
		if (result.timedOut) throw new Error(`git ${args[0]}: the remote did not answer within ${timeoutMs / 1000} s`);
		throw new Error(result.startError ?? `${result.stderr}${result.stdout}`);
	};
