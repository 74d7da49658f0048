import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import type {PilotEvent} from '../../src/domain/event.js';
import {readLog} from '../../src/kernel/event-log.js';
import {demoConfig, makeDemoWorld} from '../support/demo-world.js';
import {howMany, tellFigure} from '../support/figures.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {git, scratch, type World} from '../support/workspace.js';

const id = 'm-lease1';
const missions = `## Pending\n- [ ] Say what it does ^${id}\n`;
/** A lease of six seconds, and an agent that is at work for longer. */
const config = demoConfig('git: {leaseMinutes: 0.1, syncSeconds: 1}\n').replace('pace: 60', 'pace: 1');

const rounds = howMany({full: 10, short: 1});

/** Another machine: a clone beside the first workspace, with the same target. */
function machine(world: World, name: string): string {
	const at = path.join(world.root, name);
	git(world.root, 'clone', '-q', world.remote, at);
	return at;
}

const start = (world: World, workspace: string, ...more: string[]) => {
	const pilot = startPilot(['start', '--headless', ...more], {cwd: workspace, env: childEnv(world.home)});
	onTestFinished(() => void pilot.child.kill('SIGKILL'));
	return pilot;
};

const factsOf = (workspace: string): PilotEvent[] => {
	const log = path.join(workspace, '.pilot/events.ndjson');
	return existsSync(log) ? readLog(log).events : [];
};
const countOf = (workspace: string, type: PilotEvent['type']) =>
	factsOf(workspace).filter(fact => fact.type === type && 'missionId' in fact.data && fact.data.missionId === id)
		.length;

async function until(what: string, holds: () => boolean, longestMs: number) {
	const endMs = Date.now() + longestMs;
	while (!holds()) {
		if (Date.now() > endMs) throw new Error(`not within ${longestMs / 1000} s: ${what}`);
		await new Promise(resolve => setTimeout(resolve, 100));
	}
}

/** The journal's entries of the mission, as the remote has them. */
function entriesIn({remote}: World): number {
	const files = git(remote, 'ls-tree', '-r', '--name-only', 'main', 'journal').split('\n').filter(Boolean);
	const text = files.map(file => git(remote, 'show', `main:${file}`)).join('\n');
	return text.split(new RegExp(`^## .*\\^${id}$`, 'm')).length - 1;
}

/** A machine dies in the middle of a mission; two others race for it; then the dead one comes back. */
async function deathAndReturn() {
	using place = scratch('pilot-lease');
	const world = makeDemoWorld(place.dir, missions, config);
	const rivals = ['second', 'third'].map(name => machine(world, name));
	const dying = start(world, world.workspace);
	await until('the first works on it', () => countOf(world.workspace, 'session.started') === 1, 20_000);
	const early = start(world, rivals[0] ?? '', '--until-idle');
	expect((await early.finished).code, 'while its lease goes on nobody else takes it').toBe(0);
	expect(countOf(rivals[0] ?? '', 'session.started')).toBe(0);
	dying.child.kill('SIGKILL');
	const diedMs = Date.now();
	const pilots = rivals.map(rival => start(world, rival));
	const startedBy = () => rivals.filter(rival => countOf(rival, 'session.started') > 0);
	await until('one of the others takes it over', () => startedBy().length > 0, 40_000);
	const takenMs = Date.now() - diedMs;
	await until('it is done', () => git(world.remote, 'show', 'main:missions.md').includes('- [x]'), 60_000);
	const back = start(world, world.workspace);
	await until('the first gives it up', () => countOf(world.workspace, 'claim.lost') === 1, 30_000);
	for (const pilot of [...pilots, back]) pilot.child.kill('SIGTERM');
	await Promise.all([...pilots, back].map(pilot => pilot.finished));
	return {
		takenMs,
		by: startedBy().length,
		published: [world.workspace, ...rivals].map(at => countOf(at, 'mission.published')).sort(),
		entries: entriesIn(world),
		kept: existsSync(path.join(world.workspace, '.pilot/checkouts', id)),
		why: factsOf(world.workspace).findLast(fact => fact.type === 'claim.lost')?.data,
	};
}

test('a machine dies: of two that race for its mission one does it, and when it comes back it gives it up', {
	timeout: rounds * 120_000,
}, async () => {
	const outcomes: Awaited<ReturnType<typeof deathAndReturn>>[] = [];
	for (let round = 0; round < rounds; round++) outcomes.push(await deathAndReturn());
	const good = outcomes.filter(({by, entries, published}) => by === 1 && entries === 1 && published.join() === '0,0,1');
	const slowest = Math.max(...outcomes.map(({takenMs}) => takenMs));
	tellFigure({
		name: 'a dead machine whose mission two others race for',
		n: rounds,
		failures: rounds - good.length,
		figure: `taken over once, by one, at most ${(slowest / 1000).toFixed(1)} s after the death (lease of 6 s); completed once`,
	});
	for (const outcome of outcomes) {
		expect(outcome).toMatchObject({by: 1, published: [0, 0, 1], entries: 1, kept: true});
		expect(outcome.why).toMatchObject({
			why: expect.stringMatching(/while this machine was not heard of; what .* stays in /),
		});
	}
});

test('a claim that cannot be pushed starts nothing while the remote answers', {timeout: 60_000}, async () => {
	using place = scratch('pilot-lease');
	const world = makeDemoWorld(place.dir, missions, config);
	writeFileSync(path.join(world.remote, 'hooks/pre-receive'), '#!/bin/sh\necho no entry >&2\nexit 1\n', {mode: 0o755});
	const pilot = start(world, world.workspace, '--until-idle');
	await pilot.finished;
	expect(countOf(world.workspace, 'session.started')).toBe(0);
	expect(factsOf(world.workspace).find(fact => fact.type === 'claim.lost')?.data).toMatchObject({
		why: expect.stringContaining('the claim could not be pushed: git said'),
	});
	expect(readFileSync(path.join(world.workspace, 'missions.md'), 'utf8')).toContain(`- [ ] Say what it does ^${id}`);
});
