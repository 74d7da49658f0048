import {readFileSync} from 'node:fs';
import path from 'node:path';
import {type MorningReport, morningOf, morningTypes} from '../domain/morning.js';
import {pickFacts} from '../kernel/pick-facts.js';
import {parseQueue} from '../queue/index.js';

/** A question may still be open, a session may still run. */
const isWantedBefore = (type: string) => /^(?:approval|session)\./.test(type);

/** Reads what happened since then from the log of facts; no pilot needs to run. */
export function readMorning(workspace: string, sinceMs: number, nowMs: number): MorningReport {
	const facts = ['events.ndjson.1', 'events.ndjson'].flatMap(name =>
		pickFacts(
			path.join(workspace, '.pilot', name),
			({at, type}) => morningTypes.has(type) && (isWantedBefore(type) || Date.parse(at) >= sinceMs),
		),
	);
	return morningOf(facts, sinceMs, nowMs);
}

/** What comes next where no pilot says it. */
export function nextFromFile(workspace: string): string {
	const {items} = parseQueue(readFileSync(path.join(workspace, 'missions.md')));
	const waiting = items.filter(({state}) => state === 'pending');
	const [first] = waiting.toSorted((a, b) => a.mission.priority - b.mission.priority || a.line - b.line);
	if (!first) return 'nothing waits, and no pilot runs';
	return `${first.mission.title}${waiting.length > 1 ? ` and ${waiting.length - 1} more` : ''}, once a pilot runs: pilot-tui starts it`;
}
