import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {DataOf, EventType, PilotEvent} from '../../src/domain/event.js';
import {foldQuotaUse, noQuotaUse, type QuotaUse, type Rise} from '../../src/domain/quota-use.js';
import {endOf, idOf, iso, nowMs} from './situations.js';

const minutes = (count: number) => iso(nowMs + count * 60_000);

/** Facts at minutes of a clock, folded one by one. */
function readings() {
	let use: QuotaUse = noQuotaUse;
	const rises: Rise[] = [];
	const add = <T extends EventType>(at: number, type: T, data: object) => {
		const folded = foldQuotaUse(use, {seq: 1, at: minutes(at), type, data: data as DataOf<T>} as PilotEvent);
		use = folded.use;
		rises.push(...folded.rises);
	};
	const told = {
		rises,
		start(at: number, n = 1) {
			add(at, 'session.started', {missionId: idOf(n)});
			return told;
		},
		end(at: number, n = 1) {
			add(at, 'session.ended', endOf(idOf(n), 1));
			return told;
		},
		restart(at: number) {
			add(at, 'pilot.started', {});
			return told;
		},
		read(at: number, usedPercent: number | undefined, resets: number | undefined = 300, kind = 'five_hour') {
			const resetsAt = resets === undefined || Number.isNaN(resets) ? {} : {resetsAt: minutes(resets)};
			const used = usedPercent === undefined ? {} : {usedPercent};
			add(at, 'quota.read', {windows: [{kind, ...used, ...resetsAt, source: 's', measuredAt: minutes(at)}]});
			return told;
		},
		pilot: (kind = 'five_hour') => use.windows.find(window => window.kind === kind)?.pilotPercent,
		use: () => use,
	};
	return told;
}

test('what a window rose by between two readings counts when a session ran in that time, and only then', () => {
	expect(readings().read(0, 10).read(10, 30).pilot()).toBe(0);
	expect(readings().read(0, 10).start(1).read(10, 30).pilot()).toBe(20);
	expect(readings().start(1).read(2, 40).pilot()).toBe(0);
	const short = readings().read(0, 10).start(1).end(2).read(10, 30);
	expect(short.pilot()).toBe(20);
	expect(short.read(20, 45).pilot()).toBe(20);
	expect(readings().read(0, 10).start(1).read(5, 12.34).read(9, 15.5).end(10).read(11, 15.6).pilot()).toBe(5.6);
});

test('a new window begins at 0; what ended before it used nothing of it', () => {
	const before = () => readings().read(0, 50, 60).start(1).read(30, 70, 60);
	expect(before().pilot()).toBe(20);
	expect(before().read(90, 8, 360).pilot()).toBe(8);
	expect(before().end(40).read(90, 8, 360).pilot()).toBe(0);
	expect(before().end(65).read(90, 8, 360).pilot()).toBe(8);
});

test('a reading that falls counts nothing, and neither does the way back', () => {
	const fallen = readings().start(-1).read(0, 42.4).read(1, 42).read(2, 42.4);
	expect(fallen.pilot()).toBe(0);
	expect(fallen.read(3, 43).pilot()).toBe(0.6);
});

test('the reset of one window told to the minute and to the second is one reset', () => {
	expect(readings().start(-1).read(0, 10, 300).read(1, 15, 300.5).pilot()).toBe(5);
});

test('without a known reset a window goes on, until it falls to less than half', () => {
	const unknown = Number.NaN;
	expect(readings().start(-1).read(0, 40, unknown).read(1, 44, unknown).pilot()).toBe(4);
	expect(readings().start(-1).read(0, 40, unknown).read(1, 3, unknown).pilot()).toBe(3);
	expect(readings().start(-1).read(0, 40, 5).read(9, 44, unknown).pilot()).toBe(44);
});

test('a reading that is kept beside a new one, or an older one, is no news; one without a figure tells nothing', () => {
	const weekly = readings().read(0, 20, 9000, 'weekly').start(1).read(0, 20, 9000, 'weekly');
	expect(weekly.rises).toEqual([]);
	expect(weekly.read(-5, 90, 9000, 'weekly').pilot('weekly')).toBe(0);
	expect(readings().start(1).read(2, undefined).use().windows).toEqual([]);
});

test('a rise names the missions whose sessions ran, each once', () => {
	const {rises} = readings()
		.read(0, 10)
		.start(1, 1)
		.end(2, 1)
		.start(3, 1)
		.start(4, 2)
		.read(5, 16)
		.end(6, 2)
		.read(7, 20);
	expect(rises).toEqual([
		{kind: 'five_hour', points: 6, missionIds: [idOf(1), idOf(2)]},
		{kind: 'five_hour', points: 4, missionIds: [idOf(1), idOf(2)]},
	]);
});

test('what ran under a pilot that died has ended when the next one starts', () => {
	const next = readings().read(0, 10).start(1).restart(2).read(3, 12).read(4, 50);
	expect(next.pilot()).toBe(2);
	expect(next.use().sessions).toEqual([]);
});

test('sessions are forgotten once no reading can be theirs, and are never many', () => {
	const used = readings().start(0).end(1);
	expect(used.use().sessions).toEqual([]);
	used.read(2, 1);
	for (let n = 1; n < 200; n++) used.start(3, n).end(4, n);
	expect(used.use().sessions).toHaveLength(50);
	expect(used.read(5, 2).use().sessions).toEqual([]);
});

test('pilot never used more of a window than anybody did, nor less than nothing', () => {
	const step = fc.oneof(
		fc.record({
			do: fc.constant('read' as const),
			used: fc.integer({min: 0, max: 100}),
			resets: fc.constantFrom(60, 400),
		}),
		fc.record({do: fc.constantFrom('start' as const, 'end' as const), n: fc.integer({min: 1, max: 3})}),
	);
	fc.assert(
		fc.property(fc.array(step, {maxLength: 40}), steps => {
			const all = readings();
			for (const [at, one] of steps.entries())
				if (one.do === 'read') all.read(at, one.used, one.resets);
				else all[one.do](at, one.n);
			for (const {pilotPercent, usedPercent} of all.use().windows) {
				expect(pilotPercent).toBeGreaterThanOrEqual(0);
				expect(pilotPercent).toBeLessThanOrEqual(usedPercent);
			}
		}),
	);
});
