import {expect, test} from 'vitest';
import {type Script, startScriptedApi} from '../fakes/scripted-api.js';
import {startAgain} from '../support/after-a-kill.js';
import {howMany, tellFigure} from '../support/figures.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {claudeConfig, fakeKey, realClaude} from '../support/real-claude.js';
import {makeWorld, scratch} from '../support/workspace.js';

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
const lanes = 3;
const longestRunMs = 4500;

interface Outcome {
	readonly atMs: number;
	readonly wasKilled: boolean;
	readonly readyMs: number;
	readonly troubles: string[];
}

async function killOnce(claude: string, api: string, atMs: number): Promise<Outcome> {
	using place = scratch('pilot-kill');
	const world = makeWorld(place.dir, {config: claudeConfig({claude, api}), missions});
	const env = childEnv(world.home, {ANTHROPIC_API_KEY: fakeKey});
	const first = startPilot(['start', '--headless', '--until-idle'], {cwd: world.workspace, env});
	await Promise.race([new Promise(resolve => setTimeout(resolve, atMs)), first.finished]);
	first.child.kill('SIGKILL');
	const wasKilled = (await first.finished).code === null;
	const {readyMs, troubles, said} = await startAgain(world, ids, env);
	if (troubles.length > 0) console.log(`killed at ${Math.round(atMs)} ms: ${troubles.join('; ')}\n${said}`);
	return {atMs, wasKilled, readyMs, troubles};
}

test(`kill -9 at ${kills} random moments: nothing lost, nothing done twice, no orphan`, {
	timeout: 120 * 60_000,
	retry: 0,
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
	const killed = outcomes.filter(outcome => outcome.wasKilled).length;
	tellFigure({
		name: 'kill -9 at random moments',
		n: kills,
		failures: outcomes.filter(outcome => outcome.troubles.length > 0).length,
		figure: `${killed} runs were killed, the others came to their end first; ready again p50 ${Math.round(ready[ready.length >> 1] ?? 0)} ms, max ${Math.round(ready.at(-1) ?? 0)} ms`,
	});
	expect(outcomes.flatMap(outcome => outcome.troubles)).toEqual([]);
	expect(ready.at(-1)).toBeLessThan(3000);
	expect(killed).toBeGreaterThan(kills * 0.8);
});
