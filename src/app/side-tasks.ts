import {messageOf} from '../domain/pilot-error.js';
import {createWorkspaceClient, type WorkspaceClient, type WorkspaceGitCall} from '../git/index.js';
import type {CommandLog} from '../kernel/command-log.js';
import {openSideThread, type Task} from '../kernel/side-thread.js';
import {type Run, type RunOptions, type RunResult, run} from '../kernel/spawn.js';

interface RunCall {
	readonly file: string;
	readonly args: readonly string[];
	readonly options: Omit<RunOptions, 'signal'>;
}

const runTask: Task<RunCall, RunResult> = ({file, args, options}, signal) =>
	run(file, args, signal ? {...options, signal} : options);

const clients = new Map<string, WorkspaceClient>();

/** git in the workspace; one client for each index, as simple-git puts its calls in a row. */
const gitTask: Task<WorkspaceGitCall, string | Uint8Array> = async ({directory, env, method, args}) => {
	const key = JSON.stringify([directory, env]);
	const client = clients.get(key) ?? createWorkspaceClient(directory, env);
	clients.set(key, client);
	return client[method](args);
};

/** What the side thread does. */
export const sideTasks = {run: runTask, git: gitTask};

/** The same two hands as without the thread; what they do is kept. */
export function openSideHands(commands: Pick<CommandLog, 'run' | 'of'>) {
	const call = openSideThread(new URL('./side-program.js', import.meta.url), sideTasks);
	const runThere: Run = async (file, args, {signal, ...options}) => {
		try {
			return await call('run', {file, args, options}, signal);
		} catch (error) {
			const nothing = {exitCode: null, stdout: '', stderr: '', timedOut: false, durationMs: 0};
			return {...nothing, startError: messageOf(error)};
		}
	};
	const clientThere = (directory: string, env: Readonly<Record<string, string>>): WorkspaceClient => ({
		raw: async args =>
			(await commands.of(['git', ...args], () => call('git', {directory, env, method: 'raw', args}))) as string,
		binaryCatFile: async args =>
			Buffer.from((await call('git', {directory, env, method: 'binaryCatFile', args})) as Uint8Array),
	});
	return {run: commands.run(runThere), workspaceClient: clientThere};
}
