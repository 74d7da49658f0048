import path from 'node:path';
import {type MorningReport, morningOf, morningTypes} from '../domain/morning.js';
import {readIfThere} from '../kernel/files.js';
import {pickFacts} from '../kernel/pick-facts.js';
import {parseQueue} from '../queue/index.js';

/** A question may still be open, a session may still run. */
const isWantedBefore = (type: string) => /^(?:approval|session)\./.test(type);

/** Reads what happened since then, or since there was anything, from the log of facts; no pilot needs to run. */
export function readMorning(workspace: string, sinceMs: number, nowMs: number): MorningReport {
	let firstMs = Number.POSITIVE_INFINITY;
	const facts = ['events.ndjson.1', 'events.ndjson'].flatMap(name =>
		pickFacts(path.join(workspace, '.pilot', name), ({at, type}) => {
			const atMs = Date.parse(at);
			firstMs = Math.min(firstMs, Number.isNaN(atMs) ? nowMs : atMs);
			return morningTypes.has(type) && (isWantedBefore(type) || atMs >= sinceMs);
		}),
	);
	return morningOf(facts, Math.max(sinceMs, Math.min(firstMs, nowMs)), nowMs);
}

/** What comes next where no pilot says it. */
export function nextFromFile(workspace: string): string {
	const {items} = parseQueue(readIfThere(path.join(workspace, 'missions.md')) ?? Buffer.alloc(0));
	const waiting = items.filter(({state}) => state === 'pending');
	const [first] = waiting.toSorted((a, b) => a.mission.priority - b.mission.priority || a.line - b.line);
	if (!first) return 'nothing waits, and no pilot runs';
	return `${first.mission.title}${waiting.length > 1 ? ` and ${waiting.length - 1} more` : ''}, once a pilot runs: pilot-tui starts it`;
}
