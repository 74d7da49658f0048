import type {PilotEvent} from '../domain/event.js';
import {factLine} from '../view/fact-line.js';
import {clockTime} from '../view/format.js';

/** One fact as a line of `start --headless` and of `logs`. */
export function factText(fact: PilotEvent): string | undefined {
	const line = factLine(fact);
	if (!line) return;
	return `${clockTime(fact.at, Date.now())} ${line.missionId ? `^${line.missionId} ` : ''}${line.text}`;
}
