import {expect, test} from 'vitest';
import type {ChannelCall} from '../../src/control/index.js';
import {createRedactor} from '../../src/kernel/redact.js';
import {createReportChannel} from '../../src/supervisor/channel.js';

/** A channel with one session, and the facts that come of what it says. */
function channelOf() {
	const open: {kind: string}[] = [];
	const facts: [type: string, data: Record<string, unknown>][] = [];
	const permissions = {arrived() {}, ask: async () => ({behavior: 'deny', message: 'no'}) as const};
	const sessions = [{id: 's-1', missionId: 'm-000001', attempt: 1}];
	const channel = createReportChannel(
		{
			redact: createRedactor(['hush-hush "x"']),
			randomId: () => `m-${String(facts.length).padStart(6, '0')}`,
			queueFile: {edit: () => {}},
			store: {
				emit: (type: string, data: Record<string, unknown>) => facts.push([type, data]),
				state: {runs: {}, approvals: open},
			},
			live: {byToken: (token: string) => (token === 'good' ? sessions[0] : undefined)},
		} as unknown as Parameters<typeof createReportChannel>[0],
		permissions,
	);
	return {facts, open, say: (call: ChannelCall, token = 'good') => channel.call(token, call)};
}

test('every text in what a session says is without secrets, also those that JSON writes differently', async () => {
	const {facts, say} = channelOf();
	await say({
		tool: 'report',
		input: {summary: 'hush-hush "x"', report: 'a\nhush-hush \\"x\\" b', learnings: ['hush-hush "x"!']},
	});
	expect(facts).toEqual([
		[
			'report.received',
			{
				missionId: 'm-000001',
				attempt: 1,
				report: {
					summary: '[secret]',
					report: 'a\n[secret] b',
					learnings: ['[secret]!'],
					preferences: [],
					decisions: [],
				},
			},
		],
	]);
});

test('a session that proposes without end is told that it is enough', async () => {
	const {facts, say} = channelOf();
	const answers: string[] = [];
	for (let n = 0; n < 50; n++) answers.push(await say({tool: 'propose_mission', input: {title: `More ${n}`}}));
	expect(facts.filter(([type]) => type === 'mission.proposed')).toHaveLength(20);
	expect(answers.at(-1)).toMatch(/^Not taken: 20 /);
	expect(await say({tool: 'progress', input: {note: 'half'}})).toBe('Noted.');
});

test('a proposal is asked about with its words, at most so many; beyond that it is parked and no more', async () => {
	const {facts, say, open} = channelOf();
	await say({tool: 'propose_mission', input: {title: 'More', description: 'x'.repeat(3000)}});
	const [, asked] = facts.find(([type]) => type === 'approval.asked') ?? [];
	expect(asked).toMatchObject({kind: 'proposal', what: 'More', onTimeout: 'deny'});
	expect(asked?.why).toMatch(/^Proposed by \^m-000001\.\nx{2000}\n… and 1000 characters more, in missions\.md$/);
	expect(asked).not.toHaveProperty('deadline');
	open.push(...Array.from({length: 100}, () => ({kind: 'proposal'})));
	expect(await say({tool: 'propose_mission', input: {title: 'One more'}})).toContain('many proposals wait already');
	expect(facts.filter(([type]) => type === 'approval.asked')).toHaveLength(1);
	expect(facts.filter(([type]) => type === 'mission.proposed')).toHaveLength(2);
});

test('a token of no session is not heard', async () => {
	const {facts, say} = channelOf();
	expect(await say({tool: 'progress', input: {note: 'x'}}, 'bad')).toBe('This session has ended.');
	expect(facts).toEqual([]);
});
