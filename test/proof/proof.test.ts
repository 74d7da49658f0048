import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {run} from '../../src/kernel/spawn.js';
import {parseCounts} from '../../src/proof/counts.js';
import type {GatherInput} from '../../src/proof/gather.js';
import {detectTests, gatherReceipts} from '../../src/proof/index.js';
import {judgeTests, type SuiteRun} from '../../src/proof/judge-tests.js';
import {scratch} from '../support/workspace.js';

describe('how suites close', () => {
	test.each([
		['vitest', ' Test Files  1 failed | 2 passed (3)\n      Tests  2 failed | 31 passed | 1 skipped (34)\n', 31, 2],
		[
			'vitest in colour',
			'\u001b[2m      Tests \u001b[22m \u001b[1m\u001b[32m95 passed\u001b[39m\u001b[22m\u001b[90m (95)\u001b[39m\n',
			95,
			0,
		],
		['jest', 'Test Suites: 1 failed, 1 total\nTests:       1 failed, 12 passed, 13 total\n', 12, 1],
		['node:test, spec', 'ℹ tests 3\nℹ pass 2\nℹ fail 1\n', 2, 1],
		['node:test, tap', 'ok 1 - a\n# tests 3\n# pass 3\n# fail 0\n', 3, 0],
		['pytest', '=== 3 failed, 110 passed, 1 warning in 61.20s (0:01:01) ===\n', 110, 3],
		['pytest -q', '10 passed in 0.12s\n', 10, 0],
		['pytest, none passed', '2 failed in 0.10s\n', 0, 2],
		[
			'cargo, several',
			'test result: ok. 5 passed; 0 failed; 0 ignored\ntest result: FAILED. 7 passed; 2 failed; 0 ignored\n',
			12,
			2,
		],
		['mocha', '  12 passing (20ms)\n  1 failing\n', 12, 1],
		['go', '--- PASS: TestA (0.00s)\n    --- PASS: TestA/b (0.00s)\n--- FAIL: TestC (0.00s)\nFAIL\n', 2, 1],
		['tap', 'TAP version 13\nok 1 - a\nnot ok 2 - b\nok 3 - c\n', 2, 1],
		['plain', 'total: 3 passed, 1 failed\n', 3, 1],
	])('%s', (_name, output, passed, failed) => {
		expect(parseCounts(output)).toEqual({passed, failed});
	});

	test.each(['', 'all good', 'passed', 'I passed the salt'])('%j tells nothing', output => {
		expect(parseCounts(output)).toBeUndefined();
	});

	test('lines are not counted one by one when some are missing', () => {
		expect(parseCounts('--- PASS: TestA\n', false)).toBeUndefined();
		expect(parseCounts('# pass 3\n', false)).toEqual({passed: 3, failed: 0});
	});
});

describe('which command runs them', () => {
	const detect = (files: Readonly<Record<string, string>>) => detectTests(name => files[name]);
	const npm = (test: string) => JSON.stringify({scripts: {test}});

	test.each([
		[{'package.json': npm('vitest run')}, 'npm test --silent'],
		[{'package.json': npm('x'), 'pnpm-lock.yaml': ''}, 'pnpm test'],
		[{'package.json': npm('x'), 'yarn.lock': ''}, 'yarn test'],
		[{'package.json': npm('echo "Error: no test specified" && exit 1')}, undefined],
		[{'package.json': npm(' ')}, undefined],
		[{'package.json': '{broken'}, undefined],
		[{'package.json': '{}', 'Cargo.toml': ''}, 'cargo test'],
		[{'go.mod': ''}, 'go test -v ./...'],
		[{'pytest.ini': ''}, 'python3 -m pytest -q'],
		[{'pyproject.toml': '[tool.pytest.ini_options]\n'}, 'python3 -m pytest -q'],
		[{'pyproject.toml': '[project]\n'}, undefined],
		[{Makefile: 'all:\n\techo\ntest:\n\techo\n'}, 'make test'],
		[{Makefile: 'latest:\n'}, undefined],
		[{}, undefined],
	] as [Record<string, string>, string | undefined][])('%j: %s', (files, command) => {
		expect(detect(files)).toBe(command);
	});
});

describe('after against before', () => {
	const suite = (exitCode: number | null, passed?: number, failed = 0): SuiteRun => ({
		exitCode,
		timedOut: false,
		counts: passed === undefined ? undefined : {passed, failed},
	});
	const red = suite(1, 5, 2);

	test.each([
		['green, not run before', suite(0, 5), undefined, 'met'],
		['green, no counts', suite(0), undefined, 'met'],
		['green, as many', suite(0, 5), suite(0, 5), 'met'],
		['green, fewer', suite(0, 4), suite(0, 5), 'refuted'],
		['green, but the counts have gone', suite(0), suite(0, 5), 'missing'],
		['red, not run before', suite(1, 5, 1), undefined, 'refuted'],
		['red, green before', suite(1, 9, 1), suite(0, 5), 'refuted'],
		['red as before', suite(1, 5, 2), red, 'met'],
		['red, fewer than before', suite(1, 4, 3), red, 'refuted'],
		['red before and after, nothing known', suite(127), suite(127), 'missing'],
		['ended by a signal', suite(null), undefined, 'refuted'],
		['out of time', {...suite(null), timedOut: true}, undefined, 'missing'],
		['not started', {...suite(null), startError: 'ENOENT'}, undefined, 'missing'],
	] as const)('%s: %s', (_name, after, before, verdict) => {
		expect(judgeTests(after, before).verdict).toBe(verdict);
	});

	test('in words', () => {
		expect(judgeTests(suite(0, 6), suite(0, 5)).why).toBe('6 tests pass, 5 before');
		expect(judgeTests(suite(1, 6, 2), suite(0, 5)).why).toBe('exit 1, 2 tests fail');
		expect(judgeTests(suite(0, 4), suite(0, 5)).why).toBe('4 tests pass, 5 did before');
	});
});

describe('receipts', () => {
	function gather(more: Partial<GatherInput>) {
		const folder = scratch();
		onTestFinished(() => folder[Symbol.dispose]());
		writeFileSync(path.join(folder.dir, 'suite.sh'), 'echo "# pass 2"; echo "# fail 0"\n');
		const input: GatherInput = {
			access: 'write',
			criteria: [],
			cwd: folder.dir,
			env: {PATH: process.env.PATH ?? '', CI: '1'},
			gateMs: 10_000,
			testCommand: undefined,
			testsBefore: undefined,
			hasReport: true,
			collected: {changed: true, commits: 1, diffstat: {files: 1, added: 2, removed: 3}},
			signal: new AbortController().signal,
			...more,
		};
		return gatherReceipts(input, {run, redact: text => text.replaceAll('hunter2hunter2', '[secret]')});
	}
	const command = (text: string) => ({text: `\`${text}\``, command: text});

	test('a write mission: report, change, each criterion in order, tests', async () => {
		const receipts = await gather({
			criteria: [command('echo "$CI-$HOME"'), {text: 'reads well'}, command('exit 7')],
			testCommand: 'sh suite.sh',
			testsBefore: {exitCode: 0, timedOut: false, counts: {passed: 3, failed: 0}},
		});
		expect(receipts).toMatchObject([
			{kind: 'report', verdict: 'met'},
			{kind: 'diff', verdict: 'met', why: '1 commit, 1 file, +2 -3'},
			{kind: 'criterion', verdict: 'met', exitCode: 0, tail: '1-\n', command: 'echo "$CI-$HOME"'},
			{kind: 'criterion', verdict: 'not-required', title: 'reads well'},
			{kind: 'criterion', verdict: 'refuted', exitCode: 7, why: 'exit 7'},
			{kind: 'tests', verdict: 'refuted', counts: {passed: 2, failed: 0}, countsBefore: {passed: 3, failed: 0}},
		]);
	});

	test('a read mission: a report and nothing changed, no tests', async () => {
		const collected = {changed: true, commits: 0, diffPath: '/d'};
		expect(await gather({access: 'read', collected, hasReport: false, testCommand: 'exit 1'})).toMatchObject([
			{kind: 'report', verdict: 'missing'},
			{kind: 'unchanged', verdict: 'refuted', why: expect.stringContaining('/d')},
		]);
		expect(await gather({access: 'read', collected: {changed: false, commits: 0}})).toMatchObject([
			{},
			{kind: 'unchanged', verdict: 'met'},
		]);
	});

	test('commits that change no file are no change', async () => {
		const [, diff] = await gather({collected: {changed: true, commits: 2, diffstat: {files: 0, added: 0, removed: 0}}});
		expect(diff).toMatchObject({kind: 'diff', verdict: 'missing', why: 'its 2 commits change no file'});
	});

	test('no change and no suite: the one is missing, the other not required', async () => {
		const receipts = await gather({collected: {changed: false, commits: 0}});
		expect(receipts.map(({kind, verdict}) => [kind, verdict])).toEqual([
			['report', 'met'],
			['diff', 'missing'],
			['tests', 'not-required'],
		]);
	});

	test('out of time, or called off: missing, never refuting', async () => {
		const [, , late] = await gather({criteria: [command('sleep 30')], gateMs: 200});
		expect(late).toMatchObject({verdict: 'missing', exitCode: null});
		const [, , off] = await gather({criteria: [command('sleep 30')], signal: AbortSignal.timeout(200)});
		expect(off).toMatchObject({verdict: 'missing', why: 'the pilot was stopped while it ran'});
	});

	test('what it printed is kept: the end of it, bounded, without secrets, also where a secret is cut', async () => {
		const script =
			'i=0; while [ $i -lt 3000 ]; do echo "line $i"; i=$((i+1)); done; printf hunter2hunter2; printf "%3990s" end';
		const [, , receipt] = await gather({criteria: [command(script)]});
		expect(receipt?.tail?.length).toBe(4000);
		expect(receipt?.tail).toMatch(/^[^h]* {3}/);
		expect(receipt?.tail).not.toMatch(/unter2/);
		expect(receipt?.tail?.endsWith('end')).toBe(true);
	});
});
