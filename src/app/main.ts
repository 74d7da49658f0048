import path from 'node:path';
import {commandNames, loadCommand} from '../commands/_registry.js';
import {findWorkspace, isWorkspace} from '../config/locate.js';
import {createControlClient} from '../control/client.js';
import {nearestOf} from '../domain/nearest.js';
import {ExitCode, PilotError} from '../domain/pilot-error.js';
import type {CommandContext, CommandSpec, Io} from './define-command.js';
import {processIo} from './io.js';
import {splitVerb} from './verb.js';

const noWorkspace = (where: string) =>
	new PilotError('NO_WORKSPACE', {
		what: `There is no workspace in ${where} or above it.`,
		todo: 'Run `pilot-tui init` in the folder that shall be one, or name it with --workspace DIR.',
		exitCode: ExitCode.usage,
	});

/** npm changes into the package's folder; INIT_CWD is where the human was. */
const startingPlace = (env: NodeJS.ProcessEnv) =>
	env.npm_package_name === 'pilot-tui' && env.INIT_CWD ? env.INIT_CWD : process.cwd();

function contextFor(args: readonly string[], options: CommandContext['options'], io: Io): CommandContext {
	const cwd = startingPlace(process.env);
	const named = typeof options.workspace === 'string' ? path.resolve(cwd, options.workspace) : undefined;
	const find = () => (named ? (isWorkspace(named) ? named : undefined) : findWorkspace(cwd));
	const workspace = () => {
		const found = find();
		if (found) return found;
		throw noWorkspace(named ?? cwd);
	};
	return {
		args,
		options,
		json: options.json === true,
		io,
		env: process.env,
		cwd: options.workspace === undefined ? cwd : (named ?? cwd),
		workspace,
		findWorkspace: find,
		control: () => createControlClient(path.join(workspace(), '.pilot'), process.env),
	};
}

/** An error of the user's in words and what to do; anything else is ours, and says where to look. */
export function tellError(error: unknown, io: Io, json: boolean): number {
	const known = error instanceof PilotError ? error : undefined;
	const say = known?.message ?? `Internal error: ${error instanceof Error ? error.message : String(error)}`;
	const todo =
		known?.todo ?? 'This is a fault of pilot-tui. PILOT_DEBUG=1 shows where; .pilot/logs/pilot.log has more.';
	const exitCode = known?.exitCode ?? ExitCode.internal;
	if (json) io.out(JSON.stringify({v: 1, error: known?.code ?? 'INTERNAL', what: say, todo}));
	else {
		io.err(say);
		io.err(todo);
	}
	if (process.env.PILOT_DEBUG) io.err(String((error as Error)?.stack ?? error));
	return exitCode;
}

/** Who asks for a format of its own that is JSON gets JSON for an error, too. */
const wantsJson = ({json, format}: CommandContext['options']) => json === true || format === 'json';

async function build(spec: CommandSpec, done: (code: number) => void) {
	const {Command} = await import('commander');
	const command = new Command(`pilot-tui${spec.name === 'dashboard' ? '' : ` ${spec.name}`}`)
		.description(spec.summary)
		.option('--workspace <dir>', 'the workspace (default: the nearest folder upward that is one)')
		.option('--json', 'one JSON document instead of words')
		.option('--no-color', 'no colours')
		.showHelpAfterError(`(${allowed(spec)})`)
		.addHelpText('after', `\nExample:\n  $ ${spec.example}`)
		.exitOverride();
	for (const [name, about] of spec.args ?? []) command.argument(name, about);
	for (const [flags, about] of spec.options ?? []) command.option(flags, about);
	command.action(async () => {
		const options = command.opts<CommandContext['options']>();
		const json = wantsJson(options);
		const io = processIo({noColour: options.color === false, json});
		try {
			done(await spec.run(contextFor(command.args, options, io)));
		} catch (error) {
			done(tellError(error, io, json));
		}
	});
	return command;
}

/** What to do about a line that could not be understood. */
const allowed = ({args = []}: CommandSpec) =>
	`add --help for what is allowed${args.some(([name]) => name.includes('...')) ? '; a text that begins with - goes behind a --' : ''}`;

async function runCommand(spec: CommandSpec, argv: readonly string[]): Promise<number> {
	let code: number = ExitCode.fine;
	const command = await build(spec, result => {
		code = result;
	});
	const isJson = argv.includes('--json');
	if (isJson) command.configureOutput({writeErr() {}});
	try {
		await command.parseAsync(argv, {from: 'user'});
		return code;
	} catch (error) {
		// Commander has said what was wrong, or printed the help that was asked for.
		if ((error as {exitCode?: number}).exitCode === 0) return ExitCode.fine;
		if (!isJson) return ExitCode.usage;
		const what = String((error as Error).message).replace(/^error: /, '');
		const wrong = new PilotError('USAGE', {what, todo: `${allowed(spec)}.`, exitCode: ExitCode.usage});
		return tellError(wrong, processIo({json: true}), true);
	}
}

async function help(io: Io): Promise<number> {
	const specs = (await Promise.all(commandNames.map(loadCommand))).filter(
		spec => spec && !spec.hidden,
	) as CommandSpec[];
	const width = Math.max(...specs.map(spec => spec.name.length));
	io.out('Mission control for unattended coding agents.\n\nUsage: pilot-tui [verb] [options]\n');
	for (const spec of specs)
		io.out(`  ${(spec.name === 'dashboard' ? '(none)' : spec.name).padEnd(width + 2)}${spec.summary}`);
	io.out('\nEvery verb has --help, --json and --workspace DIR. A first look without an account: pilot-tui demo');
	return ExitCode.fine;
}

/** Picks a verb and imports only that. */
export async function main(argv: readonly string[]): Promise<number> {
	const {verb, rest} = splitVerb(argv);
	const [first] = argv;
	if (first === '--version' || first === '-V') {
		const {readVersion} = await import('./version.js');
		processIo().out(readVersion());
		return ExitCode.fine;
	}
	if (first === '--help' || first === '-h' || first === 'help') return help(processIo());
	const spec = await loadCommand(verb);
	if (spec) return runCommand(spec, rest);
	const json = argv.includes('--json');
	const like = nearestOf(verb, commandNames);
	return tellError(
		new PilotError('VERB_UNKNOWN', {
			what: `There is no verb ${verb}.`,
			todo: like ? `Did you mean \`pilot-tui ${like}\`?` : 'See `pilot-tui --help`.',
			exitCode: ExitCode.usage,
		}),
		processIo({json}),
		json,
	);
}
