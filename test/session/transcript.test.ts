import {describe, expect, test} from 'vitest';
import type {AgentFact} from '../../src/session/agent.js';
import {parseClaudeLine} from '../../src/session/stream/claude-line.js';
import {createTranscript} from '../../src/session/transcript.js';

const plain = (text: string) => text.replaceAll(/\u001b\[\d+m/g, '');
const rendered = (...facts: readonly AgentFact[]) => {
	const transcript = createTranscript();
	return plain(facts.map(fact => transcript.render(fact)).join(''));
};

test('a text that came piece by piece is not told twice', () => {
	const pieces: AgentFact[] = [
		{kind: 'delta', text: 'Hello '},
		{kind: 'delta', text: 'you\nthere'},
		{kind: 'text', text: 'Hello you\nthere'},
	];
	expect(rendered(...pieces)).toBe('● Hello you\n  there\n\n');
	expect(rendered({kind: 'text', text: 'Hello\nyou'})).toBe('● Hello\n  you\n\n');
});

test('a tool in the middle of a text starts on a line of its own', () => {
	expect(rendered({kind: 'delta', text: 'So'}, {kind: 'tool', name: 'Bash', about: 'npm test\nls'})).toBe(
		'● So\n\n▸ Bash npm test ⏎ ls\n',
	);
	expect(rendered({kind: 'tool', name: 'mcp__pilot__report', about: ''})).toBe('▸ pilot: report \n');
});

describe('results are folded', () => {
	test.each([
		['', '  └ (no output)\n\n'],
		['one', '  └ one\n\n'],
		['1\n2\n3\n4\n5\n', '  └ 1\n    2\n    3\n    … 2 more lines\n\n'],
	])('%j', (text, shown) => {
		expect(rendered({kind: 'tool-result', ok: true, text})).toBe(shown);
	});

	test('long lines are cut, failures say so', () => {
		expect(rendered({kind: 'tool-result', ok: false, text: 'x'.repeat(1000)})).toBe(
			`  └ failed ${'x'.repeat(299)}…\n\n`,
		);
	});
});

test('what holds it up is told', () => {
	expect(rendered({kind: 'retry', attempt: 2, most: 10, delayMs: 1600, why: 'overloaded (529)'})).toBe(
		'↻ overloaded (529): try 2 of 10 in 2 s\n',
	);
	expect(rendered({kind: 'denied', tool: 'Bash', why: 'needs approval'})).toBe('⊘ Bash refused: needs approval\n');
	expect(rendered({kind: 'trouble', code: 'rate_limit'})).toBe('✗ rate_limit\n');
	expect(rendered({kind: 'quota', info: {}})).toBe('');
});

test('no control character of an agent gets through, whichever field it stands in', () => {
	const bad = 'a\u001b]52;c;aGk=\u0007\u001b[2J\u009b31m\u0090q\u009c\u0000\u0008\rb\tc';
	const result = {
		isError: true,
		subtype: bad,
		terminalReason: bad,
		apiError: bad,
		apiStatus: 1,
		turns: 1,
		tokens: {input: 0, output: 0, cacheRead: 0, cacheWrite: 0},
		costUsd: 0,
		text: bad,
	};
	const facts: AgentFact[] = [
		{kind: 'init', agentSessionId: bad, model: bad, paidBy: bad},
		{kind: 'delta', text: bad},
		{kind: 'text', text: bad},
		{kind: 'tool', name: bad, about: bad},
		{kind: 'tool', name: `mcp__pilot__${bad}`, about: bad},
		{kind: 'tool-result', ok: true, text: bad},
		{kind: 'tool-result', ok: false, text: bad},
		{kind: 'denied', tool: bad, why: bad},
		{kind: 'retry', attempt: 1, most: 2, delayMs: 3, why: bad},
		{kind: 'quota', info: bad},
		{kind: 'trouble', code: bad},
		{kind: 'result', result},
		{kind: 'noise', text: bad},
	];
	const transcript = createTranscript();
	for (const fact of facts) {
		const text = plain(transcript.render(fact));
		expect(text, fact.kind).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
	}
});

test('one line of noise stays one bounded line', () => {
	const text = rendered(...parseClaudeLine('z'.repeat(5_000_000)));
	expect(text.length).toBeLessThanOrEqual(501);
});
