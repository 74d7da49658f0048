import {existsSync} from 'node:fs';
import path from 'node:path';
import {configProblems, loadConfig, loadSecrets, problemLine} from '../../config/index.js';
import type {Config} from '../../domain/config.js';
import {messageOf, PilotError} from '../../domain/pilot-error.js';
import {createGuardedGit, gitTrouble, openTarget} from '../../git/index.js';
import {systemClock} from '../../kernel/clock.js';
import {gauges, isScarce} from '../../kernel/headroom.js';
import {isOwnerAlive, readOwner} from '../../kernel/lock.js';
import {allTaggedPids} from '../../kernel/process-tree.js';
import {run} from '../../kernel/spawn.js';
import {agentFindings} from './agent.js';
import {ask, type Env, type Finding, failed, firstLine, ok, warning} from './finding.js';
import {folderFindings} from './folder.js';
import {keptCheckouts} from './kept.js';

async function tools(env: Env): Promise<Finding[]> {
	const [git, tmux] = await Promise.all([ask('git', ['--version'], env), ask('tmux', ['-V'], env)]);
	return [
		ok('node', process.versions.node),
		git.exitCode === 0 ? ok('git', firstLine(git.stdout)) : failed('git', 'not found', 'Install git 2.30 or newer.'),
		tmux.exitCode === 0
			? ok('tmux', firstLine(tmux.stdout))
			: warning('tmux', 'not found', 'Not needed; with it the dashboard survives a lost connection.'),
	];
}

const sharing = warning(
	'isolation',
	'worktree: a session shares the objects, branches and settings of its target, and may change them',
	'Set isolation: clone, unless the target is too large for it; receipts tell what was changed.',
);

async function targets(config: Config, workspace: string, env: Env): Promise<Finding[]> {
	if (config.targets.length === 0)
		return [
			warning(
				'targets',
				'config.yaml names none',
				'Add one under targets; without one sessions work in an empty folder.',
			),
		];
	const git = createGuardedGit(run, env.PATH);
	return Promise.all([
		...(config.isolation === 'worktree' ? [sharing] : []),
		...config.targets.map(async target => {
			const name = `target ${target.name}`;
			try {
				const {root, notes} = await openTarget(target, workspace, git, config.isolation);
				return notes.length > 0 ? warning(name, notes.join(' '), 'Commit what a session shall see.') : ok(name, root);
			} catch (error) {
				return failed(name, messageOf(error), error instanceof PilotError ? error.todo : 'Correct it in config.yaml.');
			}
		}),
	]);
}

async function remote(config: Config, workspace: string, env: Env): Promise<Finding[]> {
	const trouble = gitTrouble(workspace);
	if (trouble) return [failed('workspace', trouble.why, trouble.todo)];
	if (!config.git.push) return [ok('remote', 'git.push is off: nothing is pushed')];
	const known = await ask('git', ['remote', 'get-url', config.git.remote], env, workspace);
	if (known.exitCode !== 0)
		return [
			warning(
				'remote',
				`the workspace has no remote ${config.git.remote}`,
				`git remote add ${config.git.remote} URL: then every machine, and your phone, sees the queue.`,
			),
		];
	const reached = await ask('git', ['ls-remote', '--heads', config.git.remote], env, workspace, 20_000);
	return [
		reached.exitCode === 0
			? ok('remote', firstLine(known.stdout))
			: failed(
					'remote',
					firstLine(reached.stderr) || 'cannot be reached',
					'Check the URL and your credentials: git ls-remote.',
				),
	];
}

function telegram(config: Config, env: Env): Finding {
	const {TELEGRAM_BOT_TOKEN: token, TELEGRAM_CHAT_ID: chat} = env;
	if (chat !== undefined && !Number.isInteger(Number(chat)))
		return failed(
			'telegram',
			`TELEGRAM_CHAT_ID is ${JSON.stringify(chat)}`,
			'It is a whole number; @userinfobot tells yours.',
		);
	const hasChat = config.telegram.chatIds.length > 0 || Boolean(chat);
	if (!token) {
		if (!hasChat) return ok('telegram', 'off');
		return failed('telegram', 'a chat is named, TELEGRAM_BOT_TOKEN is not set', 'Put the token into .env (chmod 600).');
	}
	if (!/^\d+:[\w-]{20,}$/.test(token))
		return failed('telegram', 'TELEGRAM_BOT_TOKEN is not of the form 123456:ABC…', 'Copy it again from @BotFather.');
	if (!hasChat)
		return failed(
			'telegram',
			'a token is set, no chat is named',
			'Add telegram.chatIds to config.yaml: nobody else is heard.',
		);
	return ok('telegram', 'token and chat are set; `pilot-tui status` says whether it connects');
}

function terminal(env: Env, isTerminal: boolean): Finding {
	if (!isTerminal) return ok('terminal', 'none here; `pilot-tui start --headless` needs none');
	const colours = env.NO_COLOR
		? 'no colours (NO_COLOR)'
		: env.COLORTERM === 'truecolor'
			? 'true colour'
			: env.TERM?.includes('256')
				? '256 colours'
				: '16 colours';
	return ok('terminal', `${env.TERM ?? 'unknown'}, ${colours}`);
}

function leftovers(): Finding {
	const pids = allTaggedPids();
	return pids.length === 0
		? ok('sessions', 'none runs on this machine')
		: ok(
				'sessions',
				`some run on this machine, with ${pids.length === 1 ? '1 process' : `${pids.length} processes`}; \`doctor --orphans\` tells those that lost their pilot`,
			);
}

function orError<T>(read: () => T): T | PilotError {
	try {
		return read();
	} catch (error) {
		if (error instanceof PilotError) return error;
		throw error;
	}
}

/** Of the pilot that runs here, or of this process. */
function headroom(workspace: string | undefined): Finding[] {
	const owner = workspace === undefined ? undefined : readOwner(path.join(workspace, '.pilot'));
	return gauges(owner && isOwnerAlive(owner) ? owner.pid : 'self').map(gauge => {
		const what = `${gauge.used} of ${gauge.limit} in use`;
		return isScarce(gauge)
			? warning(gauge.what, what, 'No session starts above four fifths: end something, or raise the limit.')
			: ok(gauge.what, what);
	});
}

/** Everything that a first run needs, each with how it is and the fix. */
export async function examine(workspace: string | undefined, env: Env, isTerminal: boolean): Promise<Finding[]> {
	const base = [...(await tools(env)), terminal(env, isTerminal), leftovers(), ...headroom(workspace)];
	if (!workspace) return [...base, warning('workspace', 'none here or above', 'pilot-tui init --target ../my-app')];
	const problems = orError(() => configProblems(path.join(workspace, 'config.yaml')));
	if (problems instanceof PilotError) return [...base, failed('config', problems.message, problems.todo)];
	if (problems.length > 0)
		return [...base, ...problems.map(problem => failed('config', problemLine(problem), 'Correct config.yaml.'))];
	const secrets = orError(() => loadSecrets(workspace, env));
	if (secrets instanceof PilotError) return [...base, failed('.env', secrets.message, secrets.todo)];
	const config = loadConfig(workspace, secrets.env);
	const parts = await Promise.all([
		agentFindings(config, secrets.env, workspace),
		targets(config, workspace, secrets.env),
		remote(config, workspace, secrets.env),
		folderFindings(workspace, config),
		keptCheckouts(workspace, systemClock.now()),
	]);
	const soul = existsSync(path.join(workspace, 'soul.md'))
		? ok('workspace', workspace)
		: warning('workspace', 'soul.md is missing', 'pilot-tui init writes one; nothing else is touched.');
	return [...base, soul, ok('config', 'fine'), ...parts.flat(), telegram(config, secrets.env)];
}
