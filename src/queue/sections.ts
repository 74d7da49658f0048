import type {MissionState} from '../domain/mission.js';
import {trimmed} from './lines.js';

/** The five headings, in the order in which missing ones are created. */
export const sectionNames = ['Pending', 'In Progress', 'Blocked', 'Failed', 'Done'] as const;
export type SectionName = (typeof sectionNames)[number];

/** Where a mission in this state belongs. */
export const sectionOf: Readonly<Record<MissionState, SectionName>> = {
	pending: 'Pending',
	'in-progress': 'In Progress',
	blocked: 'Blocked',
	parked: 'Blocked',
	failed: 'Failed',
	unproven: 'Failed',
	done: 'Done',
};

/** A heading of level 1 or 2: the ones that start and end sections. Deeper ones group missions inside a section. */
export interface Heading {
	readonly level: 1 | 2;
	/** Set for one of the five, which are of level 2. */
	readonly name?: SectionName;
}

const opening = /^ {0,3}(##?)(?![^ \t\r])/;
const longestName = 40;
const byLowerName = new Map<string, SectionName>(sectionNames.map(name => [name.toLowerCase(), name]));

export function headingOf(text: string): Heading | undefined {
	const found = opening.exec(text);
	if (!found) return undefined;
	const level = found[1] === '#' ? 1 : 2;
	const name = level === 2 ? byLowerName.get(plainName(trimmed(text.slice(found[0].length)))) : undefined;
	return name ? {level, name} : {level};
}

/** `In-Progress: ##` → `in progress` */
function plainName(text: string): string {
	if (text.length > longestName) return '';
	return text
		.replace(/(?:^|[ \t]+)#+$/, '')
		.replace(/ ?:$/, '')
		.replaceAll(/[ \t-]+/g, ' ')
		.toLowerCase();
}
