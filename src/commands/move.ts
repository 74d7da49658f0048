import path from 'node:path';
import {type CommandContext, defineCommand} from '../app/define-command.js';
import {tellAnswer} from '../app/tell-answer.js';
import type {Answer} from '../domain/command.js';
import {type MoveStep, moveSteps, planMove, standsAt, whyNotWaiting} from '../domain/move.js';
import {nearestOf} from '../domain/nearest.js';
import {PilotError} from '../domain/pilot-error.js';
import {priorityNames} from '../domain/priority.js';
import {editFile} from '../kernel/files.js';
import {type Edit, editQueue, parseQueue} from '../queue/index.js';

type Goal = {readonly step: MoveStep} | {readonly priority: number};

function goalOf(given: string): Goal {
	const word = given.toLowerCase();
	const step = moveSteps.find(one => one === word);
	if (step) return {step};
	const priority = priorityNames.indexOf(word as (typeof priorityNames)[number]) + 1;
	if (priority > 0) return {priority};
	const words = [...moveSteps, ...priorityNames];
	const like = nearestOf(word, words);
	throw new PilotError('PLACE_INVALID', {
		what: `${given} is no place in the queue.`,
		todo: `Allowed: ${words.join(', ')}.${like ? ` Did you mean ${like}?` : ''}`,
		exitCode: 2,
	});
}

const no = (say: string, todo: string): Answer => ({ok: false, code: 'CANNOT_MOVE', say, todo});
const taken = () => false;

/** Without a pilot the file is all there is: nothing runs, and nothing was skipped. */
function moveInFile(context: CommandContext, given: string, goal: Goal): Answer {
	const id = given.replace(/^\^/, '');
	let answer = no(`There is no mission ${given} in missions.md.`, 'See `pilot-tui queue` for the ids.');
	editFile(path.join(context.workspace(), 'missions.md'), read => {
		const bytes = read ?? Buffer.alloc(0);
		const {items} = parseQueue(bytes);
		const item = items.find(({mission}) => mission.id === id);
		if (!item) return bytes;
		const plan = 'step' in goal ? planMove({items, skipped: {}, taken}, item, goal.step) : whyNotWaiting(item, taken);
		if (plan && 'refused' in plan) {
			answer = no(plan.refused, plan.todo);
			return bytes;
		}
		const edit: Edit = plan
			? {op: 'place', id, side: plan.place.side, beside: plan.place.beside}
			: {op: 'priority', id, priority: 'priority' in goal ? goal.priority : item.mission.priority};
		const moved = editQueue(bytes, [edit]);
		const now = parseQueue(moved).items;
		const isThere = plan
			? standsAt(now, id, plan.place)
			: now.some(({mission}) => mission.id === id && 'priority' in goal && mission.priority === goal.priority);
		answer = isThere
			? {ok: true, say: `^${id} is moved. No pilot is running; it starts with \`pilot-tui\`.`, missionId: id}
			: no(`^${id} stays where it is: its neighbours would not stay what they are.`, 'Move its lines by hand.');
		return isThere ? moved : bytes;
	});
	return answer;
}

export default defineCommand({
	name: 'move',
	summary: 'Have a waiting mission run sooner or later: within its priority, or with another one.',
	args: [
		['<id>', 'the mission, such as ^m-4k2p9q'],
		['<where>', 'up, down, top or bottom of its priority; or critical, high, medium, low'],
	],
	example: 'pilot-tui move m-4k2p9q top',
	async run(context) {
		const {args, io, json} = context;
		const [id = '', where = ''] = args.flat();
		const goal = goalOf(where);
		const answer = await context
			.control()
			.command(
				'step' in goal
					? {type: 'mission.move', id, to: goal.step}
					: {type: 'mission.reprioritise', id, priority: goal.priority},
			)
			.catch(error => {
				if (error instanceof PilotError && error.code === 'PILOT_NOT_RUNNING') return moveInFile(context, id, goal);
				throw error;
			});
		return tellAnswer(answer, io, json);
	},
});
