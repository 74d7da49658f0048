import path from 'node:path';
import type {Answer} from '../domain/command.js';
import {editFile} from '../kernel/files.js';
import {editQueue, understood, type Wished} from '../queue/index.js';
import {randomId} from './machine.js';

/** Adds a mission where no pilot runs: the file is all there is then, and is read at the next start. */
export function addToFile(workspace: string, mission: Wished & {readonly description: string}): Answer {
	const id = randomId('m');
	editFile(path.join(workspace, 'missions.md'), bytes =>
		editQueue(bytes ?? Buffer.alloc(0), [{op: 'append', mission: {...mission, id}}]),
	);
	const attributes = understood(mission);
	const as = attributes === '' ? `^${id}` : `^${id}: ${mission.title} ${attributes}`;
	return {
		ok: true,
		say: `Added as ${as}${attributes === '' ? '.' : ''} No pilot is running; it starts with \`pilot-tui\`.`,
		missionId: id,
	};
}
