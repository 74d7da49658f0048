import {expect, test} from 'vitest';
import type {OpenApproval} from '../../src/domain/approval.js';
import type {Status} from '../../src/domain/status.js';
import {heldBy, thenText} from '../../src/view/next-words.js';
import {stateSign} from '../../src/view/status-line.js';
import {aMission, aStatus, at, nowMs} from './a-status.js';

const running = aMission('m-run001', {state: 'in-progress', title: 'Find it', why: 'stream: writing'});
const other = aMission('m-run002', {state: 'in-progress', title: 'Other', why: 'stream: writing'});
const waiting = aMission('m-wait01', {title: 'Write it up', why: 'next, when a session ends'});
const next = {what: '^m-run001', why: 'Find it'};
const session = {
	...({id: 's-1', missionId: 'm-run001', agent: 'claude', takesKeys: false, simulated: false, phase: 'busy'} as const),
	...{startedAt: at(-4), why: '', turns: 1, costUsd: 0, tokens: 0, taken: false},
};
const asks = (missionId: string, deadline?: string): OpenApproval => ({
	...({approvalId: `a-${missionId}`, kind: 'permission', missionId, what: 'wants to run a command', why: ''} as const),
	...({consequences: '', onTimeout: 'deny', askedAt: at(-1)} as const),
	...(deadline ? {deadline} : {}),
});
const spread = (p50: number, p90: number) => ({n: 9, p50, p90});
const takes = (p50: number, p90: number): Partial<Status> => ({
	estimates: {kinds: {}, all: {of: 'all', minutes: spread(p50, p90)}} as unknown as NonNullable<Status['estimates']>,
});
const then = (status: Partial<Status>) =>
	thenText(aStatus({missions: [running, waiting], sessions: [session], next, ...status}), nowMs);

test.each([
	['nothing is known of how long it takes', {}, 'next, when a session ends: Write it up'],
	['half of such missions take longer', takes(9, 20), 'next, about 12:05: Write it up'],
	['it takes longer than half of them', takes(3, 20), 'next, about 12:16: Write it up'],
	['it takes longer than nearly all', takes(1, 2), 'next, when a session ends: Write it up'],
	['less than a minute is left', takes(4.5, 20), 'next, in under a minute: Write it up'],
	[
		'all stands still for an answer',
		{approvals: [asks('m-run001', at(30))]},
		'next, at 12:30 or once you answer: Write it up',
	],
	['it may wait for ever', {approvals: [asks('m-run001')]}, 'next, once you answer: Write it up'],
	['nothing else waits', {missions: [running]}, 'next: nothing is pending'],
	[
		'what waits for another is not next',
		{missions: [running, {...waiting, why: 'waits for “Other” ^m-run002'}]},
		'next: Write it up, waits for “Other” ^m-run002',
	],
] as const)('%s', (_, status, words) => {
	expect(then(status)).toBe(words);
});

test('one that goes on is enough to say that it runs; the first answer to run out is told', () => {
	const both = {missions: [running, other]};
	expect(heldBy({...both, approvals: [asks('m-run001')]})).toBeUndefined();
	const all = {...both, approvals: [asks('m-run001', at(30)), asks('m-run002', at(20))]};
	expect(heldBy(all)?.missionId).toBe('m-run002');
	expect(stateSign({...all, state: 'running'}).word).toBe('waits for you');
	expect(stateSign({...all, state: 'paused'}).word).toBe('paused');
});
