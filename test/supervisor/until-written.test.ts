import {expect, test} from 'vitest';
import {PilotError} from '../../src/domain/pilot-error.js';
import type {Run} from '../../src/domain/state.js';
import {storageError} from '../../src/kernel/files.js';
import type {Context} from '../../src/supervisor/context.js';
import {createStepRunner} from '../../src/supervisor/steps.js';

const full = () => storageError('events.ndjson', Object.assign(new Error('full'), {code: 'ENOSPC'}));

/** The end of a session that has reported, told to a store that refuses it some times. */
function scene(refusals: number, error: () => unknown = full, backMs = 0) {
	const time = {nowMs: 1_000_000};
	const stops = {isOver: false};
	const triedAt: number[] = [];
	let slept = 0;
	const facts: string[] = [];
	const run = {missionId: 'm-000001', attempt: 1, spentUsd: 0, report: {kind: 'report'}, noted: []};
	const context = {
		workspace: '/none',
		stops,
		clock: {
			now: () => time.nowMs,
			async sleep(ms: number) {
				time.nowMs += ms;
				slept += ms;
				// Set back once, in the middle of the first wait.
				if (slept === 400) time.nowMs -= backMs;
			},
		},
		log: {error: () => {}},
		commands: {during: <T>(_: unknown, work: () => T) => work()},
		store: {
			state: {runs: {'m-000001': run as unknown as Run}},
			emit(type: string) {
				if (type === 'session.ended') triedAt.push(slept);
				if (type === 'session.ended' && triedAt.length <= refusals) throw error();
				facts.push(type);
			},
		},
	};
	const storage = {isClosed: false, failed: () => expect.unreachable(), notice: () => {}};
	const steps = createStepRunner(context as unknown as Context, storage, () => {});
	return {facts, triedAt, stops, work: () => steps.run('m-000001', 1, 'work')};
}

test('the end of a session is written again until it can be; its step does not fail, and the session is not run again', async () => {
	const {facts, triedAt, work} = scene(4);
	await work();
	expect(facts).toEqual(['step.begun', 'session.ended']);
	expect(triedAt).toEqual([0, 2000, 7000, 17_000, 47_000]);
});

test('a pilot that ends now is kept waiting for one try at most', async () => {
	const {facts, triedAt, stops, work} = scene(4);
	stops.isOver = true;
	await work();
	expect(triedAt).toEqual([0]);
	expect(facts).toEqual(['step.begun', 'step.failed']);
});

test('what no waiting mends is not waited for', async () => {
	const lost = () => new PilotError('WORKSPACE_LOST', {what: 'lost', todo: 'look'});
	const {triedAt, work} = scene(1, lost);
	await work();
	expect(triedAt).toEqual([0]);
});

test('a clock that is set back by a day meanwhile makes nobody wait for a day', async () => {
	const {facts, triedAt, work} = scene(1, full, 86_400_000);
	await work();
	expect(facts).toEqual(['step.begun', 'session.ended']);
	expect(triedAt[1]).toBeLessThan(2500);
});
