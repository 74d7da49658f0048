import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {startLimitedApi} from '../fakes/limited-api.js';
import {startScriptedApi} from '../fakes/scripted-api.js';
import {childEnv, runPilot, startPilot} from '../support/pilot-process.js';
import {realClaude} from '../support/real-claude.js';
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
