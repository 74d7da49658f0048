import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {MissionStatus, Status} from '../../src/domain/status.js';
import {statusChange, withChange} from '../../src/domain/status-change.js';
import {aFact, aMission, aStatus} from '../view/a-status.js';

const missionsOf = (ids: readonly string[]): MissionStatus[] =>
	ids.map((id, index) => aMission(`m-${id}`, {line: index + 2}));

/** A mission that may differ in everything a status tells of it. */
const arbitraryMission = fc.record({
	id: fc.integer({min: 0, max: 12}).map(n => `m-${String(n).padStart(6, '0')}`),
	state: fc.constantFrom('pending' as const, 'in-progress' as const, 'done' as const),
	why: fc.constantFrom('waits', 'its turn comes after those above', ''),
	startsAt: fc.option(fc.constant('2026-03-10T12:00:00.000Z'), {nil: undefined}),
	line: fc.integer({min: 1, max: 40}),
});
const arbitraryMissions = fc
	.uniqueArray(arbitraryMission, {selector: ({id}) => id, maxLength: 12})
	.map(missions => missions.map(({id, startsAt, ...more}) => aMission(id, {...more, ...(startsAt ? {startsAt} : {})})));

const told = (before: Status, now: Status): Status => {
	const change = statusChange(before, now);
	// As it comes: through JSON.
	return change ? withChange(before, JSON.parse(JSON.stringify(change))) : before;
};

describe('what changed in a status', () => {
	test('leads from any status to any other; facts are told elsewhere', () => {
		fc.assert(
			fc.property(arbitraryMissions, arbitraryMissions, fc.boolean(), fc.boolean(), (first, second, had, has) => {
				const lag = {p50Ms: 1, p99Ms: 2, maxMs: 3};
				const before = aStatus({missions: first, ...(had ? {lag} : {})});
				const now = aStatus({missions: second, watchers: 2, recent: [aFact(1, 'x')], ...(has ? {lag} : {})});
				expect(told(before, now)).toEqual({...now, recent: before.recent});
			}),
			{numRuns: 2000},
		);
	});

	test('nothing, when nothing did', () => {
		expect(statusChange(aStatus({missions: missionsOf(['a', 'b'])}), aStatus({missions: missionsOf(['a', 'b'])}))).toBe(
			undefined,
		);
	});

	test('of ten thousand missions one that starts is told alone, and the others stay the same objects', () => {
		const ids = Array.from({length: 10_000}, (_, n) => String(n).padStart(6, '0'));
		const before = aStatus({missions: missionsOf(ids)});
		const [next, ...rest] = missionsOf(ids);
		const now = aStatus({missions: [{...(next as MissionStatus), state: 'in-progress'}, ...rest]});
		const change = statusChange(before, now);
		expect(JSON.stringify(change).length).toBeLessThan(1000);
		const after = withChange(before, change ?? {parts: {}});
		expect(after).toEqual(now);
		expect(after.missions[5000]).toBe(before.missions[5000]);
		expect(after.sessions).toBe(before.sessions);
	});

	test('so is one that is put off, and one that comes forward', () => {
		const ids = Array.from({length: 1000}, (_, n) => String(n).padStart(6, '0'));
		const missions = missionsOf(ids);
		const [first, ...rest] = missions;
		const later = aStatus({missions: [...rest.slice(0, 600), first as MissionStatus, ...rest.slice(600)]});
		const before = aStatus({missions});
		for (const [from, to] of [
			[before, later],
			[later, before],
		] as const) {
			expect(JSON.stringify(statusChange(from, to)).length).toBeLessThan(1000);
			expect(told(from, to)).toEqual(to);
		}
	});

	test('a mission that ends goes to its place among the done; lines that moved come with it', () => {
		const before = aStatus({missions: missionsOf(['000001', '000002', '000003', '000004'])});
		const [first, ...others] = before.missions.map(mission => ({...mission, line: mission.line - 1}));
		const now = aStatus({missions: [...others, {...(first as MissionStatus), state: 'done', line: 9}]});
		expect(statusChange(before, now)?.missions).toMatchObject({
			gone: [],
			put: [[3, {state: 'done'}]],
			lines: [2, 3, 4, 9],
		});
		expect(told(before, now)).toEqual(now);
	});
});
