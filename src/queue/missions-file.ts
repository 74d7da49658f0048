import {hash} from 'node:crypto';
import type {Mission, Queue, QueueItem} from '../domain/mission.js';
import {readBody} from './body.js';
import {encode, type Line, viewOf} from './lines.js';
import {type Block, outlineOf} from './outline.js';

/** Reads missions.md. Never throws: what looks like an item and cannot be used is a problem with its line. */
export function parseQueue(bytes: Buffer): Queue {
	const {lines} = viewOf(bytes);
	const {blocks, problems, conflictAt} = outlineOf(lines);
	const items: QueueItem[] = [];
	for (const block of blocks) {
		const item = queueItemOf(block, lines);
		if (item) items.push(item);
	}
	return {items, problems, hash: hash('sha256', bytes), ...(conflictAt === undefined ? {} : {conflictAt})};
}

/** What may make an item of a line none: a code block, a comment, a conflict, an indented heading before it. */
const mayHide = /^(?:[ \t]*(?:`{3}|~{3}|<!--)|<{7}| {1,3}#{1,2}[ \t])/m;
/** What can end an item that stands at the first column. */
const nextBlock = /\n(?=[-*+#\d])/g;

/**
 * The first item with this id, as `parseQueue` finds it. Where its id is written, or its title stands in the file once, only that item is
 * read: of ten thousand missions in a tenth of the time, which a human waits for.
 *
 * @param title As it was when it was last seen; one that is wrong costs time and nothing else.
 */
export function findItem(bytes: Buffer, id: string, title = ''): QueueItem | undefined {
	const text = bytes.toString('latin1');
	const at = placeOf(text, id, encode(title));
	const found = at === undefined ? undefined : itemAround(text, at);
	return found?.mission.id === id ? found : parseQueue(bytes).items.find(({mission}) => mission.id === id);
}

function placeOf(text: string, id: string, title: string): number | undefined {
	const written = text.indexOf(`^${id}`);
	if (written !== -1) return written;
	const at = title === '' ? -1 : text.indexOf(title);
	// Of two with one title, what is derived from it depends on the other.
	return at === -1 || text.includes(title, at + 1) ? undefined : at;
}

/** The item of whose first line this is a part; undefined where only the whole file can tell. */
function itemAround(text: string, at: number): QueueItem | undefined {
	const start = text.lastIndexOf('\n', at) + 1;
	const headingAt = text.lastIndexOf('\n#', start) + 1;
	if (headingAt === 0 || mayHide.test(text.slice(0, start)) || /\s/.test(text.charAt(start))) return;
	nextBlock.lastIndex = at;
	const end = nextBlock.exec(text)?.index ?? text.length;
	const heading = text.slice(headingAt, text.indexOf('\n', headingAt) + 1);
	const [item] = parseQueue(Buffer.from(heading + text.slice(start, end), 'latin1')).items;
	return item?.line === 2 ? {...item, line: text.slice(0, start).split('\n').length} : undefined;
}

function queueItemOf(block: Block, lines: readonly Line[]): QueueItem | undefined {
	const {id, item, start, idWritten, held} = block;
	if (!id || !item.state || item.problem) return undefined;
	const {state, doneOn} = item;
	const read: QueueItem = {mission: missionOf(id, block, lines), state, line: start + 1, idWritten};
	return doneOn === undefined && held === undefined
		? read
		: {...read, ...(doneOn === undefined ? {} : {doneOn}), ...(held === undefined ? {} : {held})};
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
