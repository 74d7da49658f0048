import path from 'node:path';
import {z} from 'zod';
import {type CommandConfig, Config} from '../domain/config.js';
import {PilotError} from '../domain/pilot-error.js';
import {readIfThere} from '../kernel/files.js';
import {keyProblems} from './keys.js';
import {type ConfigProblem, checkYaml, type Locate, problemLine} from './problems.js';

/** Environment variables that stand over a key of config.yaml. */
const overrides: Readonly<Record<string, (config: Config, value: string) => unknown>> = {
	PILOT_AGENT: (config, value) => ({...config, agent: value}),
	PILOT_MODE: (config, value) => ({...config, mode: value}),
	PILOT_TIMEZONE: (config, value) => ({...config, timezone: value}),
	PILOT_CLAUDE_COMMAND: (config, value) => ({...config, claude: {...config.claude, command: value}}),
	PILOT_INTERVAL_SECONDS: (config, value) => ({...config, intervalSeconds: Number(value)}),
	PILOT_RUNS_PER_DAY: (config, value) => ({
		...config,
		limits: {...config.limits, runsPerDay: value === 'none' ? value : Number(value)},
	}),
	PILOT_TELEGRAM_API_ROOT: (config, value) => ({...config, telegram: {...config.telegram, apiRoot: value}}),
};

const invalid = (problems: readonly ConfigProblem[]) =>
	new PilotError('CONFIG_INVALID', {
		what: problems.map(problemLine).join('\n'),
		todo: 'Correct config.yaml; `pilot-tui config check` says whether it is right, `pilot-tui config schema` what is allowed.',
		exitCode: 2,
	});

const isTimezone = (name: string) => {
	try {
		new Intl.DateTimeFormat('en', {timeZone: name});
		return true;
	} catch {
		return false;
	}
};

/** Settings that have their name already and their meaning later: refused, so that nobody relies on what does not happen. */
function notYet(config: Config): {name: string; allowed: string}[] {
	return [
		...(config.mode === 'interactive' ? [{name: 'mode: interactive', allowed: 'mode: autonomous or supervised'}] : []),
		...(config.slack ? [{name: 'slack', allowed: 'telegram'}] : []),
		...(config.discord ? [{name: 'discord', allowed: 'telegram'}] : []),
	];
}

const isPattern = (text: string) => {
	try {
		new RegExp(text);
		return true;
	} catch {
		return false;
	}
};

function commandProblems({argv, prompt, doneWhen}: CommandConfig): {at: string; what: string; allowed: string}[] {
	const named = argv.some(word => word.includes('{prompt}'));
	return [
		...(prompt === 'argument' && !named
			? [{at: 'argv', what: 'command.argv has no "{prompt}"', allowed: '"{prompt}" in it, or prompt: stdin or paste'}]
			: []),
		...(prompt !== 'argument' && named
			? [{at: 'argv', what: `command.argv has "{prompt}", and prompt is ${prompt}`, allowed: 'one of the two'}]
			: []),
		...(isPattern(doneWhen)
			? []
			: [
					{
						at: 'doneWhen',
						what: `command.doneWhen is ${JSON.stringify(doneWhen)}`,
						allowed: 'exit, idle or a regular expression',
					},
				]),
	];
}

/** What the schema cannot say: names that must be unique, zones that must exist. */
function semanticProblems(config: Config, file: string, locate: Locate): ConfigProblem[] {
	const problems: ConfigProblem[] = [];
	const say = (at: readonly PropertyKey[], what: string, allowed: string) =>
		problems.push({file, ...locate(at), what, allowed});
	for (const {name, allowed} of notYet(config)) {
		const key = /^[\w.]+/.exec(name)?.[0] ?? '';
		say(key.split('.'), `${name} is not in this version`, allowed);
	}
	const names = config.targets.map(target => target.name);
	for (const [index, name] of names.entries()) {
		if (names.indexOf(name) !== index)
			say(['targets', index, 'name'], `two targets have the name ${JSON.stringify(name)}`, 'one name each');
	}
	if (config.timezone && !isTimezone(config.timezone))
		say(['timezone'], `timezone is ${JSON.stringify(config.timezone)}`, 'an IANA name such as "Europe/Vienna"');
	if (config.agent === 'command' && !config.command)
		say(['agent'], 'agent is "command" and there is no command section', 'command: {argv: ["tool", "{prompt}"]}');
	for (const {at, what, allowed} of config.command ? commandProblems(config.command) : [])
		say(['command', at], what, allowed);
	for (const {at, what, allowed} of keyProblems(config.keys)) say(['keys', ...at], what, allowed);
	return problems;
}

const nowhere: Locate = () => ({line: 1, column: 1});

function withEnvironment(config: Config, env: Readonly<Record<string, string | undefined>>): Config {
	let result = config;
	for (const [name, apply] of Object.entries(overrides)) {
		const value = env[name];
		if (value === undefined || value === '') continue;
		const parsed = Config.safeParse(apply(result, value));
		if (!parsed.success) {
			const [issue] = parsed.error.issues;
			throw invalid([
				{
					file: `environment ${name}`,
					line: 1,
					column: 1,
					what: `${name} is ${JSON.stringify(value)}`,
					allowed: issue?.message ?? 'another value',
				},
			]);
		}
		result = parsed.data;
		const problems = semanticProblems(result, `environment ${name}`, nowhere);
		if (problems.length > 0) throw invalid(problems);
	}
	return result;
}

const textOf = (file: string) => readIfThere(file)?.toString('utf8');

/** Everything wrong in a workspace's config.yaml; empty when all is well. */
export function configProblems(file: string): ConfigProblem[] {
	const {value, problems, locate} = checkYaml(file, textOf(file) ?? '', Config);
	return value ? semanticProblems(value, file, locate) : problems;
}

/**
 * Reads config.yaml and the environment.
 *
 * @throws {PilotError} CONFIG_MISSING, CONFIG_INVALID (exit code 2): nothing starts on a bad config.
 */
export function loadConfig(workspace: string, env: Readonly<Record<string, string | undefined>>): Config {
	const file = path.join(workspace, 'config.yaml');
	const text = textOf(file);
	if (text === undefined) {
		throw new PilotError('CONFIG_MISSING', {
			what: `${file} is not there.`,
			todo: 'Run `pilot-tui init` in the folder that shall be the workspace.',
			exitCode: 2,
		});
	}
	const {value, problems, locate} = checkYaml(file, text, Config);
	const all = value ? semanticProblems(value, file, locate) : problems;
	if (!value || all.length > 0) throw invalid(all);
	return withEnvironment(value, env);
}

/** The JSON Schema (draft 2020-12) that editors complete config.yaml with. */
export const configJsonSchema = () => ({
	$id: 'pilot-tui-config',
	title: 'pilot-tui config.yaml',
	...z.toJSONSchema(Config, {io: 'input'}),
});
