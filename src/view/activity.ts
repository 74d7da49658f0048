import type {PilotEvent} from '../domain/event.js';
import {type FactLine, factLine} from './fact-line.js';
import {clockTime} from './format.js';
import {plainText} from './plain-text.js';

export interface ActivityLine {
	readonly seq: number;
	readonly tone: FactLine['tone'];
	readonly text: string;
	/** The mission that it is about. */
	readonly missionId?: string | undefined;
}

/** The newest facts that mean something to a human, newest last, each with its time and mission. */
export function activityLines(facts: readonly PilotEvent[], count: number, nowMs: number): ActivityLine[] {
	const lines: ActivityLine[] = [];
	for (let index = facts.length - 1; index >= 0 && lines.length < count; index--) {
		const fact = facts[index];
		const line = fact && factLine(fact);
		if (!line) continue;
		const about = line.missionId ? `^${line.missionId} ` : '';
		lines.unshift({
			seq: fact.seq,
			tone: line.tone,
			missionId: line.missionId,
			text: plainText(`${clockTime(fact.at, nowMs)} ${about}${line.text}`),
		});
	}
	return lines;
}
