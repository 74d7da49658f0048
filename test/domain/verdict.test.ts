import {describe, expect, test} from 'vitest';
import {reportKindOf, verdictOf} from '../../src/domain/decide/verdict.js';
import type {SessionOutcome} from '../../src/domain/event.js';
import type {Receipt} from '../../src/domain/receipt.js';
import {initialState, type Run} from '../../src/domain/state.js';
import {endOf, idOf, makeMission, runAt} from './situations.js';

const receipt = (kind: Receipt['kind'], verdict: Receipt['verdict'], why = 'exit 1'): Receipt => ({
	kind,
	title: kind,
	verdict,
	why,
});
const report = {summary: 'Greets.', report: '# x', learnings: [], preferences: [], decisions: []};

function runWith(more: Partial<Run>, outcome: SessionOutcome = 'completed'): Run {
	const run = runAt('conclude', initialState('a1'), makeMission(1)).runs[idOf(1)];
	if (!run) throw new Error('no run');
	const {missionId: _m, attempt: _a, sessionId: _s, ...ended} = endOf(idOf(1), 1, {outcome, why: `it ${outcome}`});
	return {...run, ended, ...more};
}

const judged = (more: Partial<Run>, outcome?: SessionOutcome) => {
	const verdict = verdictOf(runWith(more, outcome));
	return verdict.kind === 'retry' ? 'retry' : verdict.state;
};

describe('receipts', () => {
	test.each([
		['done: all met', ['met', 'met'], 'done'],
		['done: nothing required', ['not-required'], 'done'],
		['unproven: one is missing', ['met', 'missing'], 'unproven'],
		['tried again: one refutes', ['met', 'refuted'], 'retry'],
		['refuting weighs more than missing', ['missing', 'refuted'], 'retry'],
	] as const)('%s', (_name, verdicts, to) => {
		expect(judged({report, receipts: verdicts.map(verdict => receipt('criterion', verdict))})).toBe(to);
	});

	test('tried once more only, then failed, with every refutation named', () => {
		const receipts = [
			receipt('tests', 'refuted', '2 tests fail'),
			receipt('criterion', 'refuted'),
			receipt('report', 'met'),
		];
		expect(verdictOf(runWith({report, receipts}))).toEqual({
			kind: 'retry',
			why: 'tests: 2 tests fail; criterion: exit 1',
		});
		expect(verdictOf(runWith({report, receipts, tries: 2}))).toEqual({
			kind: 'end',
			state: 'failed',
			why: 'tests: 2 tests fail; criterion: exit 1',
			summary: 'Greets.',
			reportKind: 'reported',
		});
	});

	test('nothing checked is nothing proven', () => {
		const {receipts: _none, ...run} = runWith({report});
		expect(verdictOf(run)).toMatchObject({state: 'unproven', why: 'nothing was checked'});
	});

	test('a read mission that changed its checkout is blocked at once, also when it was stopped', () => {
		const receipts = [receipt('unchanged', 'refuted', 'a read mission changed its checkout')];
		expect(judged({report, receipts})).toBe('blocked');
		expect(judged({receipts, stopAsked: 'park'}, 'stopped')).toBe('blocked');
		expect(judged({receipts, stopAsked: 'skip'}, 'stopped')).toBe('pending');
	});
});

describe('how the session ended', () => {
	const receipts = [receipt('criterion', 'met')];

	test.each([
		['failed', {}, 'retry'],
		['failed', {tries: 2}, 'failed'],
		['failed', {report}, 'retry'],
		['overran', {}, 'retry'],
		['overran', {tries: 2}, 'failed'],
		['overran', {report}, 'done'],
		['lost', {}, 'failed'],
		['lost', {report}, 'done'],
		['limit', {report}, 'done'],
		['stopped', {stopAsked: 'park'}, 'parked'],
		['stopped', {stopAsked: 'skip'}, 'pending'],
		['completed', {blockedReason: 'no password'}, 'blocked'],
		['failed', {blockedReason: 'no password'}, 'blocked'],
		['completed', {questions: ['Which?']}, 'parked'],
		['completed', {questions: ['Which?'], report}, 'done'],
		['completed', {stepFailure: {step: 'prepare', code: 'X', why: 'No target.', todo: 'Add one.'}}, 'blocked'],
	] as const)('%s with %j: %s', (outcome, more, to) => {
		expect(judged({receipts, ...(more as Partial<Run>)}, outcome)).toBe(to);
	});

	test('a failed step says what to do; a stopped run says where its work is; a question is quoted', () => {
		const stepFailure = {step: 'prepare' as const, code: 'X', why: 'No target.', todo: 'Add one.'};
		expect(verdictOf(runWith({stepFailure}))).toMatchObject({why: 'No target. Add one.'});
		const collected = {changed: true, commits: 2, branch: 'pilot/m-1', flags: []};
		expect(verdictOf(runWith({stopAsked: 'park', collected}))).toMatchObject({
			why: 'stopped; its work is kept on pilot/m-1',
		});
		expect(verdictOf(runWith({receipts, questions: ['A?', 'B?']}))).toMatchObject({why: 'needs an answer: B?'});
	});
});

test('what stands in for a report is told apart', () => {
	expect(reportKindOf(runWith({report}))).toBe('reported');
	expect(reportKindOf(runWith({}))).toBe('last-words');
	const silent = runWith({receipts: [receipt('report', 'missing')]});
	expect(reportKindOf({...silent, ended: {...endOf(idOf(1), 1), lastWords: ''}})).toBe('none');
	expect(verdictOf({...silent, ended: {...endOf(idOf(1), 1), lastWords: '\n\n  Done with it. \nmore'}})).toMatchObject({
		summary: 'Done with it.',
	});
});
