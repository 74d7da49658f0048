import type {Answer, Command} from '../domain/command.js';
import {holderOf} from '../domain/lease.js';
import type {QueueItem} from '../domain/mission.js';
import {type PlaceBeside, planMove, standsAt, whyNotWaiting} from '../domain/move.js';
import {priorityName} from '../domain/priority.js';
import {done, refused} from './answer.js';
import {commitQueue} from './commit-queue.js';
import type {Context} from './context.js';
import {findMission, isAnswer} from './find-mission.js';

type Of<T extends Command['type']> = Extract<Command, {type: T}>;

const isTaken =
	({store}: Context) =>
	(id: string) =>
		store.state.runs[id] !== undefined;

/** The mission, while it waits; or why it cannot be moved. */
function waiting(context: Context, given: string): QueueItem | Answer {
	const item = findMission(context, given);
	if (isAnswer(item)) return item;
	const why = whyNotWaiting(item, isTaken(context));
	return why ? refused('NOT_PENDING', why.refused, why.todo) : item;
}

const stuck = (id: string) =>
	refused(
		'CANNOT_MOVE',
		`^${id} stays where it is: in missions.md its neighbours would not stay what they are.`,
		'Move its lines by hand.',
	);

/** Puts it there in the file, and in the order of those that were skipped; false when the file does not allow it. */
function put(context: Context, {mission}: QueueItem, place: PlaceBeside, by: string): boolean {
	const {queueFile, store} = context;
	const {side, beside, turn} = place;
	queueFile.edit([{op: 'place', id: mission.id, side, beside}]);
	if (!standsAt(queueFile.queue.items, mission.id, place)) return false;
	store.emit('mission.moved', {missionId: mission.id, turn, by});
	commitQueue(context, `Move: ${mission.title} ^${mission.id}`);
	return true;
}

export function move(context: Context, {id, to, by}: Of<'mission.move'>): Answer {
	const item = findMission(context, id);
	if (isAnswer(item)) return item;
	const missionId = item.mission.id;
	const {items} = context.queueFile.queue;
	const plan = planMove({items, skipped: context.store.state.skipped, taken: isTaken(context)}, item, to);
	if ('refused' in plan) return refused('CANNOT_MOVE', plan.refused, plan.todo);
	if (!put(context, item, plan.place, by)) return stuck(missionId);
	const undo = plan.was && {
		type: 'mission.restore' as const,
		id: missionId,
		to: {kind: 'place' as const, ...plan.was},
		by,
	};
	return done(`^${missionId} goes ${plan.place.side} ^${plan.place.beside}.`, {missionId, ...(undo ? {undo} : {})});
}

export function reprioritise(context: Context, {id, priority, by}: Of<'mission.reprioritise'>): Answer {
	const item = waiting(context, id);
	if (isAnswer(item)) return item;
	const {id: missionId, title, priority: was} = item.mission;
	const name = priorityName(priority);
	if (was === priority)
		return refused('CANNOT_MOVE', `^${missionId} has ${name} priority already.`, 'Give it another.');
	context.queueFile.edit([{op: 'priority', id: missionId, priority}]);
	const now = context.queueFile.queue.items.find(({mission}) => mission.id === missionId);
	if (now?.mission.priority !== priority) return stuck(missionId);
	context.store.emit('mission.reprioritised', {missionId, priority, by});
	commitQueue(context, `Priority ${name}: ${title} ^${missionId}`);
	const undo = {type: 'mission.reprioritise' as const, id: missionId, priority: was, by};
	return done(`^${missionId} has ${name} priority.`, {missionId, undo});
}

/** Back to how it had ended, if it was not taken since. */
function endAgain(context: Context, item: QueueItem, {to, by}: Of<'mission.restore'>): Answer {
	if (to.kind !== 'state') return stuck(item.mission.id);
	const {id: missionId, title} = item.mission;
	const {state, why, doneOn} = to;
	if (holderOf(context.machines.others, missionId, context.clock.now()))
		return refused('MISSION_RUNNING', `Another machine works on ^${missionId} by now.`, 'Stop it there first.');
	context.queueFile.edit([{op: 'mark', id: missionId, state, ...(doneOn ? {doneOn} : {})}]);
	context.store.emit('mission.restored', {missionId, title, state, why, by});
	commitQueue(context, `Not requeued: ${title} ^${missionId}`);
	return done(`^${missionId} is ${state} again.`, {missionId});
}

function takeOut(context: Context, {mission}: QueueItem, by: string): Answer {
	const {id: missionId, title} = mission;
	if ((context.store.state.attempts[missionId] ?? 0) > 0)
		return refused('MISSION_STARTED', `^${missionId} has been worked on.`, 'Take it out of missions.md by hand.');
	context.queueFile.edit([{op: 'remove', id: missionId}]);
	if (context.queueFile.queue.items.some(item => item.mission.id === missionId)) return stuck(missionId);
	context.store.emit('mission.removed', {missionId, title, by});
	commitQueue(context, `Remove: ${title} ^${missionId}`);
	return done(`^${missionId} is out of the queue again: ${title}`, {missionId});
}

/** Takes back what a command did, unless the mission was taken meanwhile. */
export function restore(context: Context, command: Of<'mission.restore'>): Answer {
	const item = waiting(context, command.id);
	if (isAnswer(item)) return item;
	const {to, by} = command;
	const missionId = item.mission.id;
	switch (to.kind) {
		case 'place':
			return put(context, item, to, by) ? done(`^${missionId} is back in its place.`, {missionId}) : stuck(missionId);
		case 'turn':
			context.store.emit('mission.moved', {missionId, turn: to.turn, by});
			return done(`^${missionId} has its turn again.`, {missionId});
		case 'state':
			return endAgain(context, item, command);
		case 'gone':
			return takeOut(context, item, by);
	}
}
