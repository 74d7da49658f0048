import {existsSync, readFileSync} from 'node:fs';
import type {MarkerKind, TimedNote} from '../screen/timeline.js';
import type {AgentFact} from '../session/agent.js';
import {parseClaudeLine} from '../session/stream/claude-line.js';

const commits = /\bgit\b.*\bcommit\b/;
const tests = /\b(?:test|tests|vitest|jest|pytest|mocha|rspec|phpunit|ctest)\b/;

function toolKind(name: string, about: string): MarkerKind {
	if (/ask_human$/.test(name)) return 'question';
	if (name !== 'Bash') return 'tool';
	if (commits.test(about)) return 'commit';
	return tests.test(about) ? 'test' : 'tool';
}

function noteOf(fact: AgentFact): Pick<TimedNote, 'kind' | 'label'> | undefined {
	switch (fact.kind) {
		case 'tool':
			return {kind: toolKind(fact.name, fact.about), label: `${fact.name} ${fact.about}`};
		case 'tool-result':
			return fact.ok ? undefined : {kind: 'error', label: fact.text};
		case 'denied':
			return {kind: 'permission', label: `${fact.tool} refused: ${fact.why}`};
		case 'retry':
			return {kind: 'error', label: `try ${fact.attempt} of ${fact.most}: ${fact.why}`};
		case 'trouble':
			return {kind: 'error', label: fact.code};
		default:
			return;
	}
}

const timestamp = /"timestamp":"(\d{4}-\d\d-\d\dT[\d:.]+Z)"/;

/** The tools and errors of a session's stream. A line without a time has that of the one before; before the first time, none. */
export function notesOfStream(file: string): TimedNote[] {
	if (!existsSync(file)) return [];
	let at: string | undefined;
	return readFileSync(file, 'utf8')
		.split('\n')
		.flatMap(line => {
			at = timestamp.exec(line)?.[1] ?? at;
			if (at === undefined || line.includes('"stream_event"')) return [];
			return parseClaudeLine(line).flatMap(fact => {
				const note = noteOf(fact);
				return note && at !== undefined ? [{at, ...note}] : [];
			});
		});
}
