import {expect, test} from 'vitest';
import {Config} from '../../src/domain/config.js';
import type {OtherMachine} from '../../src/domain/lease.js';
import type {MissionState} from '../../src/domain/mission.js';
import type {Run} from '../../src/domain/state.js';
import type {Context} from '../../src/supervisor/context.js';
import {obeyCommand} from '../../src/supervisor/obey.js';
import {claim} from '../../src/supervisor/perform/claim.js';

const missionId = 'm-000001';
const nowMs = Date.parse('2026-11-21T12:00:00Z');
const at = (minutes: number) => nowMs + minutes * 60_000;
const other = (untilMs: number): OtherMachine => ({
	machine: 'h-other1',
	aliveMs: nowMs,
	untilMs,
	runs: {[missionId]: 1},
});

interface Scene {
	readonly state: MissionState;
	/** As this machine knows them before it looks, and after. */
	readonly others: readonly OtherMachine[];
	readonly trouble?: Run['trouble'];
	/** Begun by a pilot that has ended since. */
	readonly interrupted?: boolean;
}

/** A machine with a remote that takes every push, and what it records. */
function machineIn({state, others, trouble, interrupted = true}: Scene) {
	const facts: string[] = [];
	const marks: string[] = [];
	const machines = {
		others: [] as readonly OtherMachine[],
		refresh() {
			machines.others = others;
		},
	};
	const mission = {id: missionId, title: 'Add it', priority: 3, access: 'write', after: []};
	const claimedAt = new Date(at(-20)).toISOString();
	const run = {missionId, attempt: 1, mission, claimedAt, trouble, interrupted} as unknown as Run;
	const context = {
		machine: 'h-this01',
		workspace: '/w',
		stateFile: '/w/state/h-this01.json',
		config: Config.parse({}),
		clock: {now: () => nowMs},
		log: {warn() {}},
		machines,
		queueFile: {
			refresh() {},
			queue: {items: [{mission, state}], problems: []},
			edit: (edits: readonly {op: string; state: string}[]) => void marks.push(...edits.map(edit => edit.state)),
		},
		store: {
			state: {runs: {}, lease: undefined},
			emit: (type: string, {why}: {why?: string}) => void facts.push(why ? `${type}: ${why}` : type),
			save: async () => {},
		},
		git: {
			remote: 'origin',
			commit: async () => 'abc',
			push: async () => ({kind: 'synced', pulled: 0, pushed: true}),
			async claim({change}: {change: () => string | undefined}) {
				const lost = change();
				return lost ? {lost} : {commit: 'abc', sync: {kind: 'synced', pulled: 0, pushed: true}};
			},
		},
		live: {running: () => []},
	} as unknown as Context;
	return {context, run, facts, marks};
}

test('a claim that goes on after a crash does not take what another machine has claimed meanwhile', async () => {
	const {context, run, facts, marks} = machineIn({state: 'in-progress', others: [other(at(10))]});
	await claim(context, run);
	expect(facts).toContain('claim.lost: h-other1 has it by now');
	expect(facts).not.toContain('claim.published');
	expect(marks).toEqual([]);
});

test('so does one whose push was held up', async () => {
	const trouble = {code: 'SYNC_HELD', why: 'a conflict', todo: ''};
	const {context, run, facts} = machineIn({state: 'in-progress', others: [other(at(10))], trouble});
	await claim(context, run);
	expect(facts).toContain('claim.lost: h-other1 has it by now');
});

test.each([
	['its own mark', 'in-progress', []],
	['what a machine has left whose lease is over', 'in-progress', [other(at(-10))]],
	['what waits, though another’s state still names it', 'pending', [other(at(10))]],
] as const)('it takes %s', async (_what, state, others) => {
	const {context, run, facts} = machineIn({state, others});
	await claim(context, run);
	expect(facts).toContain('claim.published');
});

test('a mark that was there before the claim was begun is not its own', async () => {
	const {context, run, facts} = machineIn({state: 'in-progress', others: [], interrupted: false});
	await claim(context, run);
	expect(facts).toEqual(['lease.written', 'claim.lost: it is in-progress in missions.md by now']);
});

test('what another machine works on is not requeued here', async () => {
	const {context, facts, marks} = machineIn({state: 'in-progress', others: [other(at(10))]});
	context.machines.refresh();
	const answer = await obeyCommand(context, {type: 'mission.requeue', id: missionId, by: 'cli'});
	expect(answer).toMatchObject({ok: false, code: 'MISSION_RUNNING', say: `h-other1 works on ^${missionId}.`});
	expect([facts, marks]).toEqual([[], []]);
});
