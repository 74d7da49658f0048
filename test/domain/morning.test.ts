import {expect, test} from 'vitest';
import type {DataOf, EventType, PilotEvent} from '../../src/domain/event.js';
import {isEventful, morningOf} from '../../src/domain/morning.js';

const startMs = Date.parse('2026-11-20T22:00:00.000Z');
const at = (minutes: number) => new Date(startMs + minutes * 60_000).toISOString();

function log() {
	const facts: PilotEvent[] = [];
	return {
		facts,
		add<T extends EventType>(minutes: number, type: T, data: Partial<DataOf<T>>) {
			facts.push({seq: facts.length + 1, at: at(minutes), type, data} as unknown as PilotEvent);
			return this;
		},
		report: () => morningOf(facts, startMs, startMs + 480 * 60_000),
	};
}

const tokens = {input: 10, output: 5, cacheRead: 0, cacheWrite: 0};
const session = (missionId: string, costUsd: number) => ({missionId, costUsd, tokens, durationMs: 60_000});
const ended = (missionId: string, state: 'done' | 'failed' | 'unproven' | 'parked' | 'blocked') => ({
	...{missionId, state, title: `Title ${missionId}`, attempt: 1, why: `why ${state}`, summary: 'said'},
});
const receipt = (verdict: 'met' | 'refuted' | 'not-required') =>
	({kind: 'tests', title: 't', verdict, why: ''}) as const;

test('failures come first, then unproven, blocked, parked; what is done has its receipts, branch, size and cost', () => {
	const {needsYou, done} = log()
		.add(1, 'mission.concluded', ended('m-park', 'parked'))
		.add(2, 'mission.concluded', ended('m-unpr', 'unproven'))
		.add(3, 'session.ended', session('m-done', 0.25))
		.add(4, 'session.ended', session('m-done', 0.5))
		.add(5, 'work.collected', {
			...{missionId: 'm-done', branch: 'pilot/x'},
			diffstat: {files: 1, added: 3, removed: 2},
		})
		.add(6, 'receipts.recorded', {missionId: 'm-done', receipts: [receipt('met'), receipt('not-required')]})
		.add(7, 'mission.concluded', ended('m-done', 'done'))
		.add(8, 'mission.concluded', ended('m-bloc', 'blocked'))
		.add(9, 'mission.concluded', ended('m-fail', 'failed'))
		.report();
	expect(needsYou.map(({id}) => id)).toEqual(['m-fail', 'm-unpr', 'm-bloc', 'm-park']);
	expect(done).toEqual([
		expect.objectContaining({
			...{
				id: 'm-done',
				costUsd: 0.75,
				receipts: {met: 1, wanted: 1, by: [{kind: 'tests', count: 1}]},
				branch: 'pilot/x',
			},
			diffstat: {files: 1, added: 3, removed: 2},
		}),
	]);
});

test('what was requeued, taken anew or removed since needs nobody', () => {
	const {needsYou, spent} = log()
		.add(1, 'session.ended', session('m-again', 1))
		.add(2, 'mission.concluded', ended('m-again', 'failed'))
		.add(3, 'mission.requeued', {missionId: 'm-again'})
		.add(4, 'mission.concluded', ended('m-anew', 'failed'))
		.add(5, 'mission.claimed', {missionId: 'm-anew', mission: {title: 'x'} as never})
		.add(6, 'mission.concluded', ended('m-gone', 'failed'))
		.add(7, 'mission.removed', {missionId: 'm-gone'})
		.report();
	expect(needsYou).toEqual([]);
	expect(spent).toMatchObject({sessions: 1, costUsd: 1, tokens: 15, durationMs: 60_000});
});

test('a mission that is parked for its question is told once, by the question; one that was done asks no more', () => {
	const {needsYou, questions} = log()
		.add(1, 'question.asked', {missionId: 'm-ask', question: 'English or German?'})
		.add(2, 'mission.concluded', ended('m-ask', 'parked'))
		.add(3, 'question.asked', {missionId: 'm-ok', question: 'Really?'})
		.add(4, 'mission.concluded', ended('m-ok', 'done'))
		.report();
	expect(needsYou).toEqual([]);
	expect(questions).toEqual([{missionId: 'm-ask', title: 'Title m-ask', text: 'English or German?'}]);
});

test('an approval is asked until it is settled, also one from before', () => {
	const asked = (approvalId: string) => ({
		approvalId,
		missionId: 'm-a',
		what: 'wants to run a command',
		command: 'rm -rf x\ny',
	});
	const {questions} = log()
		.add(-600, 'approval.asked', asked('a-old2'))
		.add(1, 'approval.asked', asked('a-new2'))
		.add(2, 'approval.settled', {approvalId: 'a-new2'})
		.report();
	expect(questions).toEqual([
		{missionId: 'm-a', title: '', text: 'wants to run a command: rm -rf x', approvalId: 'a-old2'},
	]);
});

test('quota: from the first reading to the last; a window that began anew starts there', () => {
	const read = (usedPercent: number, kind = 'weekly') => ({
		windows: [{kind, usedPercent, source: 's', measuredAt: at(0), resetsAt: at(600)}],
	});
	const {spent} = log()
		.add(1, 'quota.read', read(40))
		.add(2, 'quota.read', read(80, 'five_hour'))
		.add(3, 'quota.read', read(55))
		.add(4, 'quota.read', read(3, 'five_hour'))
		.add(5, 'quota.read', read(9, 'five_hour'))
		.report();
	expect(spent.windows).toEqual([
		{kind: 'weekly', usedPercent: 55, fromPercent: 40, resetsAt: at(600)},
		{kind: 'five_hour', usedPercent: 9, fromPercent: 3, resetsAt: at(600)},
	]);
});

test('quota: what rose while a session ran is pilot’s, over resets, also of a session from before; the rest is not', () => {
	const read = (minutes: number, usedPercent: number, resets: number) => ({
		windows: [{kind: 'five_hour', usedPercent, source: 's', measuredAt: at(minutes), resetsAt: at(resets)}],
	});
	const {spent} = log()
		.add(-20, 'session.started', {missionId: 'm-early'})
		.add(-10, 'quota.read', read(-10, 1, 200))
		.add(-5, 'quota.read', read(-5, 10, 200))
		.add(5, 'quota.read', read(5, 14, 200))
		.add(6, 'session.ended', session('m-early', 0))
		.add(7, 'quota.read', read(7, 15, 200))
		.add(100, 'quota.read', read(100, 60, 200))
		.add(210, 'session.started', {missionId: 'm-late'})
		.add(230, 'quota.read', read(230, 9, 500))
		.report();
	expect(spent.windows).toEqual([{kind: 'five_hour', usedPercent: 9, pilotPoints: 14, resetsAt: at(500)}]);
	const alone = log()
		.add(1, 'quota.read', read(1, 14, 200))
		.add(7, 'quota.read', read(7, 15, 200))
		.report();
	expect(alone.spent.windows[0]).not.toHaveProperty('pilotPoints');
});

test('what missions took is told against what was expected when they were taken, of those alone', () => {
	const spread = (p50: number) => ({p50, p90: p50 * 2, n: 4});
	const estimate = {of: 'kind' as const, minutes: spread(3), tokens: spread(40)};
	const mission = {title: 'x'} as never;
	const {spent} = log()
		.add(1, 'mission.claimed', {missionId: 'm-known', mission, estimate})
		.add(2, 'mission.claimed', {missionId: 'm-runs', mission, estimate})
		.add(3, 'session.ended', session('m-known', 0.25))
		.add(4, 'session.ended', session('m-known', 0.25))
		.add(5, 'mission.concluded', ended('m-known', 'failed'))
		.add(6, 'session.ended', session('m-runs', 0.25))
		.add(7, 'mission.claimed', {missionId: 'm-new', mission})
		.add(8, 'session.ended', session('m-new', 0.25))
		.add(9, 'mission.concluded', ended('m-new', 'done'))
		.report();
	expect(spent.against).toEqual({
		...{missions: 1, ended: 2, minutes: 2, tokens: 30, expectedMinutes: 3, expectedTokens: 40},
	});
	expect(log().add(9, 'mission.concluded', ended('m-new', 'done')).report().spent).not.toHaveProperty('against');
});

test('when it stood still, and for how long', () => {
	const {halts} = log()
		.add(1, 'account.parked', {kind: 'limit', why: 'the limit is reached'})
		.add(2, 'account.parked', {kind: 'limit', why: 'still'})
		.add(90, 'account.unparked', {why: 'reset'})
		.add(100, 'account.parked', {kind: 'login', why: 'not logged in'})
		.report();
	expect(halts).toEqual([
		{why: 'the limit is reached', from: at(1), until: at(90)},
		{why: 'not logged in', from: at(100)},
	]);
});

test('what happened before is not told, and a night in which nothing happened is nothing to tell', () => {
	const early = log()
		.add(-1, 'mission.concluded', ended('m-old', 'failed'))
		.add(-1, 'session.ended', session('m-old', 9));
	expect(isEventful(early.report())).toBe(false);
	expect(isEventful(early.add(1, 'mission.concluded', ended('m-new', 'done')).report())).toBe(true);
});
