import {hash} from 'node:crypto';
import type {Mission, Queue, QueueItem} from '../domain/mission.js';
import {readBody} from './body.js';
import {type Line, viewOf} from './lines.js';
import {type Block, outlineOf} from './outline.js';

/** Reads missions.md. Never throws: what looks like an item and cannot be used is a problem with its line. */
export function parseQueue(bytes: Buffer): Queue {
	const {lines} = viewOf(bytes);
	const {blocks, problems} = outlineOf(lines);
	const items: QueueItem[] = [];
	for (const block of blocks) {
		const item = queueItemOf(block, lines);
		if (item) items.push(item);
	}
	return {items, problems, hash: hash('sha256', bytes)};
}

function queueItemOf(block: Block, lines: readonly Line[]): QueueItem | undefined {
	const {id, item, start, idWritten} = block;
	if (!id || !item.state || item.problem) return undefined;
	const {state, doneOn} = item;
	const mission = missionOf(id, block, lines);
	return doneOn === undefined
		? {mission, state, line: start + 1, idWritten}
		: {mission, state, doneOn, line: start + 1, idWritten};
}

const noLines: readonly Line[] = [];

function missionOf(id: string, {item, start, end}: Block, lines: readonly Line[]): Mission {
	const {attributes} = item;
	const {description, criteria, testSteps} = readBody(end === start + 1 ? noLines : lines.slice(start + 1, end));
	const mission: Mission = {
		id,
		title: item.title,
		description,
		criteria,
		testSteps,
		priority: attributes.priority ?? 3,
		access: attributes.access ?? 'read',
		after: attributes.after,
		source: attributes.source ?? 'file',
	};
	if (attributes.template !== undefined) mission.template = attributes.template;
	if (attributes.target !== undefined) mission.target = attributes.target;
	if (attributes.playbook !== undefined) mission.playbook = attributes.playbook;
	return mission;
}
