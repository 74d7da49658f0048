import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {notesOfStream} from '../../src/app/stream-notes.js';
import {PilotEvent} from '../../src/domain/event.js';
import {notesOfFacts, timeline} from '../../src/screen/timeline.js';
import {root} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

const startedMs = Date.UTC(2026, 0, 30, 12);
const at = (seconds: number) => new Date(startedMs + seconds * 1000).toISOString();
const run = {missionId: 'm-4k2p9q', attempt: 2};
let seq = 0;
const fact = (seconds: number, type: string, data: object) =>
	PilotEvent.parse({seq: ++seq, at: at(seconds), type, data: {...run, ...data}});
const cast = {
	header: {cols: 80, rows: 24, startedMs},
	events: [
		{atMs: 5000, kind: 'mark', label: 'tool: Bash ls'} as const,
		{atMs: 6000, kind: 'mark', label: 'resumed'} as const,
		{atMs: 60_000, kind: 'output', text: 'x'} as const,
	],
};

test('facts of the attempt become markers at the time of the recording', () => {
	const facts = [
		fact(-1, 'session.started', {sessionId: 's-1', agent: 'claude', resumed: false}),
		fact(10, 'question.asked', {question: 'Which\n\u001b[31mone?\u202e'}),
		fact(11, 'question.asked', {attempt: 1, question: 'of another attempt'}),
		fact(30, 'work.collected', {
			changed: true,
			commits: 2,
			branch: 'pilot/x',
			diffstat: {files: 1, added: 3, removed: 0},
			flags: [],
		}),
		fact(90, 'receipts.recorded', {
			receipts: [
				{kind: 'tests', title: 'npm test', verdict: 'met', why: 'ok', counts: {passed: 3, failed: 0}},
				{kind: 'criterion', title: 'it builds', verdict: 'refuted', why: 'exit code 1'},
				{kind: 'report', title: 'report', verdict: 'met', why: 'there'},
			],
		}),
		fact(91, 'attempt.retried', {nextAttempt: 3, why: 'it does not build'}),
	];
	expect(timeline(cast, notesOfFacts(facts, run))).toEqual([
		{atMs: 0, kind: 'session', label: 'started: claude'},
		{atMs: 5000, kind: 'tool', label: 'Bash ls'},
		{atMs: 6000, kind: 'session', label: 'resumed'},
		{atMs: 10_000, kind: 'question', label: 'Which [31mone?'},
		{atMs: 30_000, kind: 'commit', label: '2 commits on pilot/x (1 file, +3 −0)'},
		{atMs: 60_000, kind: 'test', label: 'npm test: met: 3 passed, 0 failed'},
		{atMs: 60_000, kind: 'error', label: 'it builds: refuted: exit code 1'},
		{atMs: 60_000, kind: 'session', label: 'tried once more: it does not build'},
	]);
});

test('the stream of a real claude gives tools and refusals with their times', () => {
	const stream = (name: string) => notesOfStream(path.join(root, 'test/fixtures/claude-stream', name));
	expect(stream('tool-use.jsonl')).toMatchObject([
		{kind: 'tool', label: expect.stringMatching(/^Write /), at: expect.stringMatching(/^2026-/)},
		{kind: 'tool', label: expect.stringMatching(/^Bash /)},
	]);
	expect(stream('denied-default.jsonl').map(({kind}) => kind)).toEqual(['tool', 'permission', 'error']);
	expect(stream('none.jsonl')).toEqual([]);
});

test('a stream says what a command was for; torn lines are nothing', () => {
	using place = scratch();
	const file = path.join(place.dir, 'stream.jsonl');
	const bash = (command: string) =>
		JSON.stringify({
			type: 'assistant',
			timestamp: at(1),
			message: {content: [{type: 'tool_use', name: 'Bash', input: {command}}]},
		});
	writeFileSync(
		file,
		`${[bash('npm test'), bash('git commit -m x'), bash('ls')].join('\n')}\n${bash('ls').slice(0, 90)}`,
	);
	expect(notesOfStream(file).map(({kind}) => kind)).toEqual(['test', 'commit', 'tool']);
});
