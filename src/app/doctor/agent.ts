import type {Config} from '../../domain/config.js';
import {findProgram} from '../../kernel/find-program.js';
import {run} from '../../kernel/spawn.js';
import {
	allowedEnvironment,
	bypassTrouble,
	detectIsolation,
	isTrusted,
	sandboxTrouble,
	wantsBypass,
} from '../../session/index.js';
import {ask, type Env, type Finding, failed, firstLine, ok, warning} from './finding.js';

async function claudeFindings(config: Config, env: Env, workspace: string): Promise<Finding[]> {
	const program = findProgram(config.claude.command, env.PATH, workspace);
	if (!program)
		return [
			failed(
				'claude',
				`${config.claude.command} was not found`,
				'npm install -g @anthropic-ai/claude-code, or set claude.command in config.yaml.',
			),
		];
	const version = await ask(program, ['--version'], env);
	if (version.exitCode !== 0)
		return [failed('claude', `${program} does not run: ${firstLine(version.stderr)}`, 'Install it again.')];
	const found = ok('claude', `${firstLine(version.stdout)} (${program})`);
	if (config.claude.auth === 'api-key')
		return [
			found,
			env.ANTHROPIC_API_KEY
				? ok('login', 'ANTHROPIC_API_KEY is set')
				: failed('login', 'ANTHROPIC_API_KEY is not set', 'Put it into .env, or set claude.auth to subscription.'),
		];
	const login = await run(program, ['auth', 'status'], {
		cwd: '/',
		env: {...allowedEnvironment(env), ...config.claude.env},
		timeoutMs: 15_000,
		keepBytes: 20_000,
	});
	return [
		found,
		login.exitCode === 0
			? ok('login', 'logged in')
			: failed('login', 'claude is not logged in', 'Run `claude` once by hand and log in.'),
	];
}

/** The sandbox around what a session of Claude Code runs. */
function sandbox({claude}: Config, env: Env): Finding {
	if (claude.sandbox === 'off')
		return warning(
			'sandbox',
			'off: commands of sessions may read and write what you may',
			'Set claude.sandbox to auto.',
		);
	const trouble = sandboxTrouble(env);
	const fix = 'apt install bubblewrap socat (or what your system calls them).';
	if (!trouble) return ok('sandbox', 'Claude Code runs its commands in bubblewrap');
	return claude.sandbox === 'required'
		? failed('sandbox', `required, and ${trouble}`, fix)
		: warning('sandbox', `none: ${trouble}; commands of sessions may read and write what you may`, fix);
}

/** Whether sessions that are asked for no permission are held in by something. */
function isolation(config: Config, env: Env): Finding[] {
	if (!wantsBypass(config)) return [];
	const trouble = bypassTrouble(config, env);
	if (trouble) return [failed('permissions', trouble.message, trouble.todo)];
	const found = detectIsolation(config, env);
	const by =
		found.kind === 'container'
			? `a container (${found.mark}): what you mounted into it is open to sessions`
			: 'the sandbox: sessions change files by commands alone';
	return [warning('permissions', `bypassPermissions, held in by ${by}`, 'Set claude.permissionMode to acceptEdits.')];
}

/** With its own screen Claude Code asks whether it may trust a folder; a checkout is a repository of its own, and asked about anew. */
function trust(config: Config, env: Env, workspace: string): Finding[] {
	if (config.claude.style !== 'interactive') return [];
	const fix = 'Attach (a) when a session says so, and answer; with claude.style: headless it does not ask.';
	if (config.targets.length > 0)
		return [warning('trust', 'claude asks once in every new checkout whether it may trust it', fix)];
	return [
		isTrusted(workspace, {...env, ...config.claude.env})
			? ok('trust', workspace)
			: warning('trust', `claude has not been told to trust ${workspace}`, 'Run `claude` there once and answer.'),
	];
}

function commandFinding(config: Config, env: Env, workspace: string): Finding {
	const file = config.command?.argv[0] ?? '';
	const program = findProgram(file, env.PATH, workspace);
	return program
		? ok('agent', program)
		: failed('agent', `${file} was not found`, 'Install it, or correct command.argv in config.yaml.');
}

/** What the agent needs: its program, its login, its trust. */
export async function agentFindings(config: Config, env: Env, workspace: string): Promise<Finding[]> {
	if (config.agent === 'command') return [commandFinding(config, env, workspace)];
	if (config.agent !== 'claude') return [ok('claude', `not needed: the agent is ${config.agent}`)];
	return [
		...(await claudeFindings(config, env, workspace)),
		sandbox(config, env),
		...isolation(config, env),
		...trust(config, env, workspace),
	];
}
