import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {startLimitedApi} from '../fakes/limited-api.js';
import {startScriptedApi} from '../fakes/scripted-api.js';
import {childEnv, runPilot, startPilot} from '../support/pilot-process.js';
import {factsIn, realClaude} from '../support/real-claude.js';
import {makeWorld, scratch} from '../support/workspace.js';

const config = (claude: string, api: string) => `agent: claude
claude:
  command: ${JSON.stringify(claude)}
  env:
    CLAUDE_CODE_OAUTH_TOKEN: sk-ant-oat01-fake
    ANTHROPIC_BASE_URL: ${api}
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1"
    DISABLE_TELEMETRY: "1"
targets:
  - {name: app, path: ../app}
`;

test('a usage limit parks the account until its reset; then the same session goes on by itself', async () => {
	using place = scratch();
	const scripted = await startScriptedApi([
		{
			when: /Look at it/,
			turns: [{tool: 'mcp__pilot__report', input: {summary: 'Looked', report: '# Looked'}}, {say: 'Done.'}],
		},
	]);
	const api = await startLimitedApi(scripted.url);
	const world = makeWorld(place.dir, {
		config: config(realClaude(), api.url),
		missions: '## Pending\n- [ ] Look at it ^m-look01\n- [ ] And at that ^m-look02\n',
	});
	api.refuseUntil(Date.now() + 6000);
	const env = childEnv(world.home);
	const running = startPilot(['start', '--headless'], {cwd: world.workspace, env});

	await running.see(/parked: You've hit your/);
	const parked = JSON.parse((await runPilot(['status', '--json'], {cwd: world.workspace, env})).out);
	expect(parked).toMatchObject({
		state: 'parked',
		queue: {inProgress: 1, pending: 1},
		next: {at: expect.any(String), why: expect.stringContaining('hit your')},
	});
	expect(parked.missions.every((mission: {why: string}) => mission.why.includes('hit your'))).toBe(true);
	expect(parked.budget.windows).toContainEqual(
		expect.objectContaining({kind: 'five_hour', usedPercent: 100, source: 'stream'}),
	);

	await running.see('done: Look at it');
	await running.see(/m-look02 done|done: And at that/);
	await runPilot(['stop', '--now'], {cwd: world.workspace, env});
	const {out} = await running.finished;
	api.stop();
	await scripted.stop();
	expect(api.refusals()).toBe(1);
	expect(out).toContain('claude session resumed');
	expect(out).not.toContain('tried again');
	const windows = JSON.parse((await runPilot(['budget', '--json'], {cwd: world.workspace, env})).out).windows;
	expect(windows).toContainEqual(expect.objectContaining({kind: 'weekly', usedPercent: 42}));
	expect(readFileSync(path.join(world.workspace, 'missions.md'), 'utf8').match(/\[x\]/g)).toHaveLength(2);
});

test('what the stream says of the windows while sessions run is what they used at most', async () => {
	using place = scratch();
	const scripted = await startScriptedApi([
		{
			when: /Look at/,
			turns: [{tool: 'mcp__pilot__report', input: {summary: 'Looked', report: '# Looked'}}, {say: 'Done.'}],
		},
	]);
	const api = await startLimitedApi(scripted.url);
	api.useEach(2);
	const world = makeWorld(place.dir, {
		config: `${config(realClaude(), api.url)}sessions: {max: 1}\n`,
		missions: '## Pending\n- [ ] Look at this ^m-look01\n- [ ] Look at that ^m-look02\n',
	});
	const env = childEnv(world.home);
	const {code} = await runPilot(['start', '--headless', '--until-idle'], {cwd: world.workspace, env});
	api.stop();
	await scripted.stop();
	expect(code).toBe(0);
	const facts = factsIn(world.workspace);
	const readings = facts
		.filter(({type}) => type === 'quota.read')
		.map(({data}) => (data.windows as {kind: string; usedPercent: number}[]).find(({kind}) => kind === 'five_hour'));
	const risen = (readings.at(-1)?.usedPercent ?? 0) - (readings[0]?.usedPercent ?? 0);
	const {windows} = JSON.parse((await runPilot(['budget', '--json'], {cwd: world.workspace, env})).out);
	const pilotOf = (wanted: string) => windows.find(({kind}: {kind: string}) => kind === wanted)?.pilotPercent;
	expect(risen).toBeGreaterThan(0);
	expect(pilotOf('five_hour')).toBeCloseTo(risen, 5);
	expect(pilotOf('weekly')).toBe(0);
	const points = facts
		.filter(({type}) => type === 'mission.concluded')
		.map(({data}) => (data.spent as {quotaPoints?: Record<string, number>}).quotaPoints?.five_hour ?? 0);
	expect(points).toHaveLength(2);
	expect((points[0] ?? 0) + (points[1] ?? 0)).toBeLessThanOrEqual(risen + 0.01);
	expect(Math.max(...points)).toBeGreaterThan(0);
});
