import {expect, test} from 'vitest';
import type {PilotState} from '../../src/domain/state.js';
import {reviewMarks} from '../../src/supervisor/remark.js';
import {idOf, makeItem} from '../domain/situations.js';

const nowMs = Date.parse('2026-11-20T12:00:00Z');
const outcome = (state: string) => ({
	state,
	recorded: true,
	attempt: 1,
	at: '2026-11-20T09:00:00Z',
	title: 'x',
	why: '',
	summary: '',
});
const stateOf = (outcomes: object, runs: object = {}) => ({outcomes, runs}) as unknown as PilotState;
const review = (
	items: Parameters<typeof reviewMarks>[0],
	state: PilotState,
	writtenAgoMs: Record<string, number> = {},
) =>
	reviewMarks(items, state, {
		nowMs,
		writtenMs: new Map(Object.entries(writtenAgoMs).map(([id, ago]) => [id, nowMs - ago])),
		dayOf: () => '2026-11-20',
	});

const ended = {[idOf(1)]: outcome('done'), [idOf(2)]: outcome('failed')};

test('one that a human made pending again, long after its end, is requeued', () => {
	const {lost, requeued} = review([makeItem(1), makeItem(2, 'failed')], stateOf(ended), {[idOf(1)]: 60_000});
	expect([[...lost.keys()], requeued]).toEqual([[], [idOf(1)]]);
});

test('a mark that was written just now and is gone is set again', () => {
	const {lost, requeued} = review([makeItem(1), makeItem(2, 'failed')], stateOf(ended), {[idOf(1)]: 5000});
	expect([...lost.values()]).toEqual([{op: 'mark', id: idOf(1), state: 'done', doneOn: '2026-11-20'}]);
	expect(requeued).toEqual([]);
});

test.for([
	['a mark of just now', stateOf(ended), {[idOf(2)]: 5000}],
	['the mark of what runs', stateOf({[idOf(1)]: outcome('done')}, {[idOf(2)]: {step: 'work'}}), {}],
] as const)(
	'text that lacks %s is old: what else it has as pending again is set again, not run again',
	([, state, written]) => {
		const {lost, requeued} = review([makeItem(1), makeItem(2)], state, written);
		expect([...lost.keys()].sort()).toEqual([idOf(1), idOf(2)].sort());
		expect(lost.get(idOf(1))).toMatchObject({state: 'done'});
		expect(requeued).toEqual([]);
	},
);
