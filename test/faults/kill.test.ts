import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import type {PilotEvent} from '../../src/domain/event.js';
import {readLog} from '../../src/kernel/event-log.js';
import {taggedPids} from '../../src/kernel/process-tree.js';
import {type Script, startScriptedApi} from '../fakes/scripted-api.js';
import {howMany, tellFigure} from '../support/figures.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {claudeConfig, fakeKey, realClaude} from '../support/real-claude.js';
import {git, makeWorld, scratch, type World} from '../support/workspace.js';

const report = (summary: string) => ({tool: 'mcp__pilot__report', input: {summary, report: `# ${summary}`}});

const scripts: Script[] = [
	{
		when: /# Mission: Say what it does|interrupted[\s\S]*Say what it does/,
		turns: [{tool: 'Read', input: {file_path: 'greet.js'}}, report('It greets'), {say: 'Reported.'}],
	},
	{
		when: /# Mission: Add a farewell/,
		turns: [
			{tool: 'Write', input: {file_path: 'bye.js', content: 'export const bye = 1;\n'}},
			report('Added bye.js'),
			{say: 'Reported.'},
		],
	},
	{when: /# Mission: Review the greeting/, turns: [report('It is fine'), {say: 'Reported.'}]},
];

const missions = `## Pending
- [ ] Review the greeting (critical) after:^m-read01 ^m-rev001
- [ ] Say what it does ^m-read01
- [ ] Add a farewell access:write ^m-write1
  ### Acceptance Criteria
  - [ ] \`test -s bye.js\`
`;
const ids = ['m-read01', 'm-rev001', 'm-write1'];

const kills = howMany({full: 500, short: 50});
const lanes = 2;
const longestRunMs = 4500;

const factsOf = (world: World): PilotEvent[] => readLog(path.join(world.workspace, '.pilot/events.ndjson')).events;
const machineOf = (world: World) =>
	readFileSync(path.join(world.workspace, '.pilot/machine'), 'utf8').split(' ')[0] ?? '?';

interface Outcome {
	readonly atMs: number;
	readonly readyMs: number;
	readonly troubles: string[];
}

function lookAt(world: World): string[] {
	const facts = factsOf(world);
	const count = (type: PilotEvent['type'], id: string) =>
		facts.filter(fact => fact.type === type && 'missionId' in fact.data && fact.data.missionId === id).length;
	const day = readdirSync(path.join(world.workspace, 'journal'))
		.map(name => readFileSync(path.join(world.workspace, 'journal', name), 'utf8'))
		.join('');
	const file = readFileSync(path.join(world.workspace, 'missions.md'), 'utf8');
	return ids.flatMap(id => {
		const troubles: string[] = [];
		if (!new RegExp(`^- \\[x\\] .*\\^${id}$`, 'm').test(file)) troubles.push(`${id} is not done in missions.md`);
		if (count('mission.concluded', id) !== 1) troubles.push(`${id} concluded ${count('mission.concluded', id)} times`);
		const reported = facts.filter(fact => fact.type === 'report.received' && fact.data.missionId === id);
		const attempts = new Set(reported.map(fact => (fact.type === 'report.received' ? fact.data.attempt : 0)));
		if (attempts.size !== reported.length) troubles.push(`${id} reported twice in one attempt`);
		if (day.split(`^${id}\n`).length !== 2)
			troubles.push(`${id} has ${day.split(`^${id}\n`).length - 1} journal entries`);
		return troubles;
	});
}

/** The processes that are still there when the time is over. */
async function goneWithin(pids: readonly number[], ms: number): Promise<number[]> {
	const untilMs = Date.now() + ms;
	const alive = () => pids.filter(pid => existsSync(`/proc/${pid}`));
	while (alive().length > 0 && Date.now() < untilMs) await new Promise(resolve => setTimeout(resolve, 50));
	return alive();
}

async function killOnce(claude: string, api: string, atMs: number): Promise<Outcome> {
	using place = scratch('pilot-kill');
	const world = makeWorld(place.dir, {config: claudeConfig({claude, api}), missions});
	const env = childEnv(world.home, {ANTHROPIC_API_KEY: fakeKey});
	const first = startPilot(['start', '--headless', '--until-idle'], {cwd: world.workspace, env});
	await Promise.race([new Promise(resolve => setTimeout(resolve, atMs)), first.finished]);
	first.child.kill('SIGKILL');
	await first.finished;
	const left = existsSync(path.join(world.workspace, '.pilot/machine')) ? taggedPids(`${machineOf(world)}/`) : [];
	const second = startPilot(['start', '--headless', '--until-idle'], {cwd: world.workspace, env});
	const startedMs = performance.now();
	await second.see('pilot started');
	const readyMs = performance.now() - startedMs;
	const lateOrphans = await goneWithin(left, 5000);
	const end = await second.finished;
	const troubles = [...lookAt(world), ...(end.code === 0 ? [] : [`exit ${end.code}`])];
	if (lateOrphans.length > 0) troubles.push(`${lateOrphans.length} of ${left.length} processes lived on after 5 s`);
	const orphans = taggedPids(`${machineOf(world)}/`);
	if (orphans.length > 0) troubles.push(`${orphans.length} orphans`);
	if (git(world.remote, 'rev-parse', 'main') !== git(world.workspace, 'rev-parse', 'HEAD'))
		troubles.push('the remote does not have it all');
	if (troubles.length > 0)
		console.log(`killed at ${Math.round(atMs)} ms: ${troubles.join('; ')}\n${end.out}${end.err}`);
	return {atMs, readyMs, troubles};
}

test(`kill -9 at ${kills} random moments: nothing lost, nothing done twice, no orphan`, {
	timeout: 45 * 60_000,
}, async () => {
	const claude = realClaude();
	const api = await startScriptedApi(scripts);
	// Stratified: every part of a run gets its kills.
	const moments = Array.from({length: kills}, (_, index) => ((index + Math.random()) / kills) * longestRunMs);
	const outcomes: Outcome[] = [];
	await Promise.all(
		Array.from({length: lanes}, async () => {
			for (let atMs = moments.pop(); atMs !== undefined; atMs = moments.pop())
				outcomes.push(await killOnce(claude, api.url, atMs));
		}),
	);
	await api.stop();
	const ready = outcomes.map(outcome => outcome.readyMs).sort((a, b) => a - b);
	tellFigure({
		name: 'kill -9 at random moments',
		n: kills,
		failures: outcomes.filter(outcome => outcome.troubles.length > 0).length,
		figure: `ready again p50 ${Math.round(ready[ready.length >> 1] ?? 0)} ms, max ${Math.round(ready.at(-1) ?? 0)} ms`,
	});
	expect(outcomes.flatMap(outcome => outcome.troubles)).toEqual([]);
	expect(ready.at(-1)).toBeLessThan(3000);
});
