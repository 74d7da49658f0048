import path from 'node:path';
import {type CommandContext, defineCommand} from '../app/define-command.js';
import {randomId} from '../app/machine.js';
import {tellAnswer} from '../app/tell-answer.js';
import type {Answer} from '../domain/command.js';
import {Access} from '../domain/mission.js';
import {PilotError} from '../domain/pilot-error.js';
import {priorityNames} from '../domain/priority.js';
import {editFile} from '../kernel/files.js';
import {editQueue} from '../queue/index.js';

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

function priorityOf(given: string | undefined): number {
	if (given === undefined) return 3;
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

/** Without a pilot the file is all there is: it is read at the next start. */
function addToFile(
	context: CommandContext,
	mission: {title: string; description: string; priority: number; access?: Access; target?: string},
): Answer {
	const id = randomId('m');
	editFile(path.join(context.workspace(), 'missions.md'), bytes =>
		editQueue(bytes ?? Buffer.alloc(0), [{op: 'append', mission: {...mission, id}}]),
	);
	return {ok: true, say: `Added as ^${id}. No pilot is running; it starts with \`pilot-tui\`.`, missionId: id};
}

export default defineCommand({
	name: 'add',
	summary: 'Put a mission into the queue.',
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
		const target = text(options.target);
		const mission = {
			title: args.flat().join(' ').replaceAll(/\s+/g, ' ').trim(),
			description: text(options.description) ?? '',
			priority: priorityOf(text(options.priority)),
			...(access ? {access} : {}),
			...(target ? {target} : {}),
		};
		if (mission.title === '')
			throw new PilotError('TITLE_EMPTY', {
				what: 'The mission has no title.',
				todo: 'Say in one line what shall be true afterwards.',
				exitCode: 2,
			});
		const answer = await context
			.control()
			.command({type: 'mission.add', ...mission, source: 'cli'})
			.catch(error => {
				if (error instanceof PilotError && error.code === 'PILOT_NOT_RUNNING') return addToFile(context, mission);
				throw error;
			});
		return tellAnswer(answer, io, json);
	},
});
