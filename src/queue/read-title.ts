import {PilotError} from '../domain/pilot-error.js';
import {attributeWords, type Wished} from './compose-item.js';
import {readItemLine} from './item-line.js';
import {encode} from './lines.js';

const unreadable = (what: string) =>
	new PilotError('TITLE_UNREADABLE', {
		what: `The end of the title cannot be meant so: ${what}.`,
		todo: 'Correct it, or write a backslash before a word that belongs to the title.',
		exitCode: 2,
	});

/**
 * Takes the attributes off the end of a title that a human typed, as they are read in missions.md. What was said beside it counts more.
 *
 * @throws {PilotError} TITLE_UNREADABLE for an attribute that is none, and for an id: a new mission is given one.
 */
export function readTitle<T extends Wished>(wished: T): T {
	const line = readItemLine(`- [ ] ${encode(wished.title)}`);
	if (!line) return wished;
	if (line.problem !== undefined) throw unreadable(line.problem);
	if (line.id) throw unreadable(`^${line.id.value} is an id, and a new mission gets one of its own`);
	const {after, ...named} = line.attributes;
	const beside = Object.entries(wished).filter(([, value]) => value !== undefined);
	return {...named, ...(after.length > 0 ? {after} : {}), ...(Object.fromEntries(beside) as T), title: line.title};
}

/** What was understood, as it stands in missions.md; empty where a mission is but a title. */
export const understood = ({priority, access, target, template, playbook, after}: Wished): string =>
	attributeWords({priority, access, target, template, playbook, after}).join(' ');
