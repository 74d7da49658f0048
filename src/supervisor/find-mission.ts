import type {Answer} from '../domain/command.js';
import type {QueueItem} from '../domain/mission.js';
import {nearestOf} from '../domain/nearest.js';
import {refused} from './answer.js';
import type {Context} from './context.js';

/** Finds a mission by its id (with or without `^`, or the id of its session), or says which one may have been meant. */
export function findMission({queueFile, live}: Context, given: string): QueueItem | Answer {
	const id = given.replace(/^\^/, '');
	const missionId = live.running().find(session => session.id === id)?.missionId ?? id;
	const {items} = queueFile.queue;
	const item = items.find(candidate => candidate.mission.id === missionId);
	if (item) return item;
	const like = nearestOf(
		id,
		items.map(candidate => candidate.mission.id),
	);
	return refused(
		'MISSION_UNKNOWN',
		`There is no mission ${given} in missions.md.`,
		like ? `Did you mean ^${like}?` : 'See `pilot-tui queue` for the ids.',
	);
}

export const isAnswer = (value: object): value is Answer => 'ok' in value;
