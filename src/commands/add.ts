import path from 'node:path';
import {addToFile} from '../app/add-to-file.js';
import {type CommandContext, defineCommand} from '../app/define-command.js';
import {tellAnswer} from '../app/tell-answer.js';
import {configProblems, loadConfig} from '../config/index.js';
import {Access} from '../domain/mission.js';
import {unknownTarget} from '../domain/never-runs.js';
import {PilotError} from '../domain/pilot-error.js';
import {priorityNames} from '../domain/priority.js';
import {readTitle, type Wished} from '../queue/index.js';

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

function priorityOf(given: string | undefined): number | undefined {
	if (given === undefined) return;
	const index = priorityNames.indexOf(given.toLowerCase() as (typeof priorityNames)[number]);
	const priority = index >= 0 ? index + 1 : Number(given);
	if (Number.isInteger(priority) && priority >= 1 && priority <= 4) return priority;
	throw new PilotError('PRIORITY_INVALID', {
		what: `${given} is no priority.`,
		todo: `Allowed: 1 to 4, or ${priorityNames.join(', ')}.`,
		exitCode: 2,
	});
}

function accessOf(given: string | undefined): Access | undefined {
	if (given === undefined) return;
	const access = Access.safeParse(given);
	if (access.success) return access.data;
	throw new PilotError('ACCESS_INVALID', {
		what: `${given} is no access.`,
		todo: `Allowed: ${Access.options.join(', ')}.`,
		exitCode: 2,
	});
}

/** A name that is nowhere would only be found out in the queue. A broken config.yaml is told by whoever needs it. */
function checkTarget(context: CommandContext, name: string | undefined) {
	const file = path.join(context.workspace(), 'config.yaml');
	if (name === undefined || configProblems(file).length > 0) return;
	const targets = loadConfig(context.workspace(), context.env).targets.map(target => target.name);
	const wrong = unknownTarget(name, targets);
	if (wrong) throw new PilotError('TARGET_UNKNOWN', {what: `There is ${wrong.what}.`, todo: wrong.todo, exitCode: 2});
}

export default defineCommand({
	name: 'add',
	summary: 'Put a mission into the queue; its title may end in attributes, as in missions.md.',
	args: [['<title...>', 'what shall be true afterwards']],
	options: [
		['--description <text>', 'more about it'],
		['--priority <priority>', 'critical, high, medium or low'],
		['--access <access>', 'read (default) or write'],
		['--target <name>', 'a target of config.yaml'],
	],
	example: 'pilot-tui add "Audit the login for weak spots" --priority high',
	async run(context) {
		const {args, options, io, json} = context;
		const access = accessOf(text(options.access));
		const priority = priorityOf(text(options.priority));
		const target = text(options.target);
		const title = args.flat().join(' ').replaceAll(/\s+/g, ' ').trim();
		if (title === '')
			throw new PilotError('TITLE_EMPTY', {
				what: 'The mission has no title.',
				todo: 'Say in one line what shall be true afterwards.',
				exitCode: 2,
			});
		const read = readTitle<Wished>({title, priority, access, target});
		checkTarget(context, read.target);
		const mission = {...read, description: text(options.description) ?? ''};
		const answer = await context
			.control()
			.command({type: 'mission.add', ...mission, after: mission.after && [...mission.after], source: 'cli'})
			.catch(error => {
				if (error instanceof PilotError && error.code === 'PILOT_NOT_RUNNING')
					return addToFile(context.workspace(), mission);
				throw error;
			});
		return tellAnswer(answer, io, json);
	},
});
