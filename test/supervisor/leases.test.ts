import {expect, test} from 'vitest';
import {Config} from '../../src/domain/config.js';
import type {Run} from '../../src/domain/state.js';
import type {Context} from '../../src/supervisor/context.js';
import {syncWithLease} from '../../src/supervisor/leases.js';

/** A machine that was not heard of for longer than its lease, and sees the remote again. */
async function backAfterSilence(queue: object): Promise<string[]> {
	const missionId = 'm-000001';
	const facts: string[] = [];
	const run = {missionId, attempt: 1, step: 'work'} as unknown as Run;
	const context = {
		machine: 'h-this01',
		workspace: '/w',
		stateFile: '/w/state/h-this01.json',
		config: Config.parse({}),
		clock: {now: () => Date.parse('2026-03-10T12:00:00Z')},
		machines: {others: []},
		queueFile: {queue: {items: [], problems: [], hash: 'x', ...queue}},
		stops: {stop() {}},
		live: {byMission: () => undefined},
		store: {
			state: {runs: {[missionId]: run}, lease: undefined},
			emit: (type: string, {why}: {why?: string}) => void facts.push(why ? `${type}: ${why}` : type),
			save: async () => {},
		},
		git: {
			commit: async () => 'abc',
			sync: async () => ({kind: 'synced', pulled: 1, pushed: false, merged: true}),
			push: async () => ({kind: 'synced', pulled: 0, pushed: true, merged: false}),
		},
	} as unknown as Context;
	await syncWithLease(context, () => {});
	return facts.filter(fact => fact.startsWith('claim.lost'));
}

test('a mission that is gone from missions.md after a silence is given up', async () => {
	expect(await backAfterSilence({})).toEqual([
		'claim.lost: it is gone in missions.md by now while this machine was not heard of',
	]);
});

test('one whose lines may be in a conflict is not', async () => {
	expect(await backAfterSilence({conflictAt: 7})).toEqual([]);
});
