import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {windowsFromRateLimitEvent} from '../../src/budget/index.js';
import type {AgentFact} from '../../src/session/agent.js';
import {createEars} from '../../src/session/ears.js';
import {judgeClaude} from '../../src/session/stream/claude-ending.js';
import {parseClaudeLine} from '../../src/session/stream/claude-line.js';
import {createLineReader} from '../../src/session/stream/line-reader.js';
import {createTranscript} from '../../src/session/transcript.js';
import {root} from '../support/pilot-process.js';

const folder = path.join(root, 'test/fixtures/claude-stream');
const bytesOf = (name: string) => readFileSync(path.join(folder, name));

function linesOf(...chunks: readonly Uint8Array[]): string[] {
	const reader = createLineReader();
	return [...chunks.flatMap(chunk => reader.push(chunk)), ...reader.end()];
}

const factsOf = (bytes: Uint8Array): AgentFact[] => linesOf(bytes).flatMap(parseClaudeLine);

/** What listening to a capture comes to, and how its process ended. */
function judged(name: string, exitCode: number) {
	const ears = createEars(info => {
		const {status, resetsAt} = windowsFromRateLimitEvent(info, '2026-11-20T10:00:00Z');
		return {refused: status === 'rejected', ...(resetsAt ? {resetsAt} : {})};
	});
	for (const fact of factsOf(bytesOf(name))) ears.hear(fact);
	return {...judgeClaude({exitCode, stopped: false, ...ears.heard}), heard: ears.heard};
}

const index = readFileSync(path.join(folder, 'INDEX.tsv'), 'utf8')
	.trim()
	.split('\n')
	.slice(1)
	.map(line => line.split('\t'))
	.map(([file = '', exit = '', lines = '']) => ({file, exitCode: Number(exit), lines: Number(lines)}));

/** What each capture means. Neither exit code nor subtype tells it alone. */
const outcomes: Readonly<Record<string, string>> = {
	'control-get_usage.jsonl': 'failed',
	'denied-default.jsonl': 'completed',
	'err-401.jsonl': 'login',
	'err-529.jsonl': 'failed',
	'fallback.jsonl': 'completed',
	'json-schema.jsonl': 'completed',
	'max-turns.jsonl': 'overran',
	'ok-text.jsonl': 'completed',
	'parallel-tools.jsonl': 'completed',
	'partial.jsonl': 'completed',
	'rl-oauth-allowed.jsonl': 'completed',
	'rl-oauth-rejected5h.jsonl': 'limit',
	'session-first.jsonl': 'completed',
	'session-resumed.jsonl': 'completed',
	'sig-int.jsonl': 'failed',
	'sig-tool-term.jsonl': 'failed',
	'stdio-control.jsonl': 'completed',
	'tool-use.jsonl': 'completed',
};

describe('captures of claude 2.1.328', () => {
	test('all of them are looked at', () => {
		expect(index.map(({file}) => file).sort()).toEqual(
			readdirSync(folder)
				.filter(name => name.endsWith('.jsonl'))
				.sort(),
		);
		expect(Object.keys(outcomes).sort()).toEqual(index.map(({file}) => file).sort());
	});

	test.each(index)('$file (exit $exitCode)', ({file, exitCode, lines}) => {
		const read = linesOf(bytesOf(file));
		expect(read.length).toBe(lines);
		expect(read.flatMap(parseClaudeLine).filter(fact => fact.kind === 'noise')).toEqual([]);
		expect(judged(file, exitCode).outcome).toBe(outcomes[file]);
	});

	test('a limit says until when; an interrupted run that exits 0 is no success; too many turns say so', () => {
		expect(judged('rl-oauth-rejected5h.jsonl', 1)).toMatchObject({
			outcome: 'limit',
			why: expect.stringContaining("You've hit your 5-hour limit"),
		});
		expect(judged('rl-oauth-rejected5h.jsonl', 1).resetsAt).toBe('2026-11-20T11:56:36.000Z');
		expect(judged('sig-int.jsonl', 0).outcome).toBe('failed');
		expect(judged('max-turns.jsonl', 1).why).toBe('Reached maximum number of turns (2)');
		expect(judged('err-401.jsonl', 1).why).toContain('run `claude` by hand');
		expect(judged('sig-tool-term.jsonl', 143).why).toBe('claude ended with exit code 143 without a result');
	});

	test('several results: the last one counts, cost and tokens are never summed', () => {
		const results = factsOf(bytesOf('stdio-control.jsonl')).flatMap(fact =>
			fact.kind === 'result' ? [fact.result] : [],
		);
		expect(results.length).toBe(2);
		const {heard} = judged('stdio-control.jsonl', 0);
		expect(heard.lastResult).toEqual(results[1]);
		expect(results[1]?.costUsd).toBeGreaterThan(results[0]?.costUsd ?? 0);
	});

	test('tokens are the final ones, not those of the first chunk', () => {
		expect(judged('tool-use.jsonl', 0).heard.lastResult).toMatchObject({turns: 3, tokens: {output: 126, input: 360}});
	});

	test('what was refused, tried again and called is told', () => {
		const kindsIn = (name: string) => new Set(factsOf(bytesOf(name)).map(fact => fact.kind));
		expect(kindsIn('denied-default.jsonl')).toContain('denied');
		expect(kindsIn('err-529.jsonl')).toContain('retry');
		expect(kindsIn('partial.jsonl')).toContain('delta');
		expect(factsOf(bytesOf('err-529.jsonl')).find(fact => fact.kind === 'retry')).toMatchObject({
			attempt: 1,
			why: 'overloaded (529)',
		});
	});

	test.each(index)('$file, split anywhere: the same lines', ({file}) => {
		const bytes = bytesOf(file);
		const whole = linesOf(bytes);
		expect(linesOf(...Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)))).toEqual(whole);
		const step = Math.ceil(bytes.length / 3000);
		for (let at = 0; at < bytes.length; at += step) {
			const parts = linesOf(bytes.subarray(0, at), bytes.subarray(at));
			if (parts.join('\n') !== whole.join('\n')) expect.fail(`differs when split at byte ${at}`);
		}
	});

	test.each(index)('$file, cut off anywhere: never an error, always an ending', ({file}) => {
		const bytes = bytesOf(file);
		let start = 0;
		const step = bytes.length > 20_000 ? 3 : 1;
		for (let at = 1; at <= bytes.length; at++) {
			const isCut = at % step === 0 || bytes[at - 1] === 0x0a;
			if (isCut) for (const line of linesOf(bytes.subarray(start, at))) parseClaudeLine(line);
			if (bytes[at - 1] === 0x0a) start = at;
		}
		const half = createEars(() => ({refused: false}));
		for (const fact of factsOf(bytes.subarray(0, bytes.length >> 1))) half.hear(fact);
		expect(judgeClaude({exitCode: null, signal: 9, stopped: false, ...half.heard}).outcome).toBe('failed');
	});
});

describe('endings that no capture has', () => {
	const result = parseClaudeLine('{"type":"result","subtype":"success","is_error":false,"result":"Done."}');
	const base = {...createEars(() => ({refused: false})).heard, exitCode: 0, stopped: false};
	const lastResult = result[0]?.kind === 'result' ? result[0].result : undefined;

	test('a process that dies after its first result was in a further turn', () => {
		expect(judgeClaude({...base, lastResult}).outcome).toBe('completed');
		expect(judgeClaude({...base, lastResult, exitCode: null, signal: 9})).toEqual({
			outcome: 'failed',
			why: 'claude ended by signal 9 after its result',
		});
		expect(judgeClaude({...base, lastResult, exitCode: 143, stopped: true}).outcome).toBe('completed');
	});

	test('without any result: what it said on its way out', () => {
		expect(judgeClaude({...base, exitCode: 1, noise: 'x\nError: Session ID is already in use.\n'}).why).toBe(
			'claude ended with exit code 1 without a result: Error: Session ID is already in use.',
		);
		expect(judgeClaude({...base, exitCode: 127, noise: 'sh: claude: not found'})).toMatchObject({outcome: 'missing'});
		expect(judgeClaude({...base, exitCode: null, signal: 9}).why).toContain('out of memory');
	});

	test.each([
		['{"is_error":true,"api_error_status":403,"result":"no"}', 'login'],
		['{"is_error":true,"terminal_reason":"budget_exhausted"}', 'overran'],
		['{"is_error":true,"api_error":"usage_limit_reached"}', 'limit'],
		['{"subtype":"success"}', 'failed'],
	])('%s: %s', (text, outcome) => {
		const [fact] = parseClaudeLine(JSON.stringify({type: 'result', ...JSON.parse(text)}));
		if (fact?.kind !== 'result') throw new Error('no result');
		expect(judgeClaude({...base, exitCode: 1, lastResult: fact.result}).outcome).toBe(outcome);
	});

	test('no credit is for the owner of the account to mend', () => {
		const [fact] = parseClaudeLine(
			'{"type":"result","is_error":true,"result":"Credit balance is too low","api_error_status":400}',
		);
		if (fact?.kind !== 'result') throw new Error('no result');
		expect(judgeClaude({...base, exitCode: 1, lastResult: fact.result, troubles: ['billing_error']}).outcome).toBe(
			'login',
		);
	});
});

describe('whatever comes', () => {
	const transcript = createTranscript();
	const heard = createEars(() => ({refused: false}));
	/** Parses, listens, renders: what a session does with each line. */
	const digest = (line: string) => {
		for (const fact of parseClaudeLine(line)) {
			heard.hear(fact);
			transcript.render(fact);
		}
	};

	test('20,000 lines of anything that looks like the stream', () => {
		const types = ['system', 'assistant', 'user', 'result', 'stream_event', 'rate_limit_event', 'odd'];
		const real = index.flatMap(({file}) => linesOf(bytesOf(file)));
		const json = fc.dictionary(
			fc.constantFrom(
				'type',
				'subtype',
				'message',
				'content',
				'event',
				'delta',
				'usage',
				'modelUsage',
				'errors',
				'is_error',
				'error',
			),
			fc.jsonValue({maxDepth: 3}),
		);
		const line = fc.oneof(
			{
				weight: 3,
				arbitrary: fc.tuple(fc.constantFrom(...types), json).map(([type, value]) => JSON.stringify({...value, type})),
			},
			{weight: 1, arbitrary: fc.string({unit: 'binary', maxLength: 60})},
			{
				weight: 2,
				arbitrary: fc
					.tuple(
						fc.constantFrom(...real.filter(text => text.length < 3000)),
						fc.nat(),
						fc.nat(),
						fc.string({maxLength: 5}),
					)
					.map(
						([text, at, length, put]) =>
							text.slice(0, at % text.length) + put + text.slice((at % text.length) + (length % 20)),
					),
			},
		);
		fc.assert(fc.property(line, digest), {numRuns: 20_000});
	}, 60_000);

	test('JSON that is nested without end is noise', () => {
		const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
		const line = `{"type":"assistant","message":{"content":[{"type":"tool_use","name":"x","input":{"a":${deep}}}]}}`;
		expect(() => digest(line)).not.toThrow();
	});

	test('a line of 50 MB is passed over, the next one is read', () => {
		const reader = createLineReader();
		const before = process.memoryUsage().rss;
		const chunk = Buffer.alloc(1_000_000, 'x');
		const lines: string[] = [];
		for (let n = 0; n < 50; n++) lines.push(...reader.push(chunk));
		lines.push(...reader.push(Buffer.from('\n{"type":"result"}\n')));
		expect(lines).toEqual(['{"type":"result"}']);
		expect(reader.dropped).toBe(1);
		expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
	});
});

describe('lines from a terminal', () => {
	test.each([
		['carriage returns and blank lines', '{"a":1}\r\n\r\n  \r\n{"b":2}\r\n', ['{"a":1}', '{"b":2}']],
		['cursor on after the last line', '{"a":1}\n\u001b[?25h', ['{"a":1}']],
		[
			'title, colour, hyperlink',
			'\u001b]0;t\u0007\u001b[1;31m{"a":1}\u001b[0m\u001b]8;;http://x\u001b\\\n',
			['{"a":1}'],
		],
		['no end of line', 'one\ntwo', ['one', 'two']],
	])('%s', (_name, text, lines) => {
		const bytes = Buffer.from(text);
		for (let at = 0; at <= bytes.length; at++)
			expect(linesOf(bytes.subarray(0, at), bytes.subarray(at))).toEqual(lines);
	});

	test('bytes that are no UTF-8 become a mark, and no line is lost', () => {
		expect(linesOf(Buffer.from([0xff, 0xfe, 0x0a, 0x61, 0x0a, 0xe2, 0x82]))).toEqual(['��', 'a', '�']);
	});
});
