import {spawn} from 'node:child_process';
import {closeSync, mkdirSync, openSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {createControlClient} from '../control/client.js';
import {PilotError} from '../domain/pilot-error.js';

const cli = fileURLToPath(new URL('./cli.js', import.meta.url));
const longestStartMs = 15_000;

/** The last words of a supervisor that did not come up, in its own words and with its own exit code. */
function startFailed(output: string, exitCode: number | null) {
	const said = output.trim().split('\n').slice(-4);
	return new PilotError('START_FAILED', {
		what: said.slice(0, -1).join('\n') || 'The pilot did not come up.',
		todo: said.at(-1) || 'Look into .pilot/logs/.',
		exitCode: exitCode ?? 70,
	});
}

/**
 * Makes sure that a supervisor runs in the workspace, in a session of its own, so that it outlives this terminal.
 *
 * @throws {PilotError} with what the supervisor said when it does not come up within 15 s.
 */
export async function ensureSupervisor(
	workspace: string,
	env: Readonly<Record<string, string | undefined>>,
	{untilIdle}: {untilIdle: boolean},
): Promise<{pid: number; started: boolean}> {
	const pilotDir = path.join(workspace, '.pilot');
	const client = createControlClient(pilotDir, env);
	const running = await client.health().catch(() => undefined);
	if (running) return {pid: running.pid, started: false};
	mkdirSync(path.join(pilotDir, 'logs'), {recursive: true, mode: 0o700});
	const output = path.join(pilotDir, 'logs', 'start.log');
	const handle = openSync(output, 'w', 0o600);
	const args = [cli, 'start', '--headless', '--workspace', workspace, ...(untilIdle ? ['--until-idle'] : [])];
	const child = spawn(process.execPath, args, {
		cwd: workspace,
		env: {...env, INIT_CWD: workspace},
		detached: true,
		stdio: ['ignore', handle, handle],
	});
	closeSync(handle);
	let exit: {code: number | null} | undefined;
	child.on('exit', code => {
		exit = {code};
	});
	child.unref();
	for (let waitedMs = 0; waitedMs < longestStartMs; waitedMs += 25) {
		const up = await client.health().catch(() => undefined);
		if (up) return {pid: up.pid, started: true};
		if (exit) throw startFailed(readFileSync(output, 'utf8'), exit.code);
		await new Promise(resolve => setTimeout(resolve, 25));
	}
	throw startFailed(readFileSync(output, 'utf8'), null);
}
