import {readFileSync, realpathSync} from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type Script, type ScriptedApi, startScriptedApi} from '../fakes/scripted-api.js';
import {hasTmux, openTmux} from '../screens/tmux.js';
import {notRun} from '../support/not-run.js';
import {childEnv, runPilot} from '../support/pilot-process.js';
import {claudeConfig, factsIn, fakeKey, realClaude, seedHome} from '../support/real-claude.js';
import {makeWorld, scratch} from '../support/workspace.js';

const report = {tool: 'mcp__pilot__report', input: {summary: 'Watched it', report: '# Watched it'}};

const scripts: Script[] = [
	{when: /The human took over[\s\S]*go on with the mission/, turns: [report, {say: 'Reported.'}]},
	{when: /Which colour/, turns: [{say: 'Blue, as you like it.'}]},
	{when: /# Mission: Watch the file/, turns: [{tool: 'Bash', input: {command: 'tail -f greet.js'}}]},
];

let api: ScriptedApi;
beforeAll(async () => {
	api = await startScriptedApi(scripts);
});
afterAll(() => api.stop());

test('a human at the dashboard takes a session over, talks to it, and hands it back', {timeout: 90_000}, async () => {
	if (!hasTmux()) return notRun('taking over in tmux: needs tmux');
	using place = scratch();
	const world = makeWorld(place.dir, {
		config: claudeConfig({claude: realClaude(), api: api.url, style: 'headless'}),
		missions: '## Pending\n- [ ] Watch the file ^m-watch1\n',
	});
	seedHome(world.home, [path.join(realpathSync(world.workspace), '.pilot/checkouts/m-watch1')]);
	const env = {ANTHROPIC_API_KEY: fakeKey};
	using terminal = openTmux(place.dir, {cols: 120, rows: 40, cwd: world.workspace, home: world.home, args: [], env});
	try {
		await terminal.see('stream: Bash tail -f greet.js');
		terminal.press('Tab');
		await terminal.see('a take over');
		terminal.press('a');
		await terminal.see('Take over this session?');
		terminal.press('Enter');
		await terminal.see('you type');
		await terminal.see('Ctrl-] detaches');
		await terminal.see('Interrupted');
		terminal.press('-l', 'Which colour shall it be?');
		await terminal.see('Which colour shall it be?');
		terminal.press('Enter');
		await terminal.see('Blue, as you like it.');
		terminal.press('C-]');
		await terminal.see('h hand back');
		const inHand = await terminal.see('in your hands');
		expect(inHand).not.toContain('you type');
		terminal.press('h');
		await terminal.see(/✓ .*Watch the file|Watch the file[\s\S]*Watched it/);
		terminal.press('q');
		await terminal.see('stop the pilot');
		terminal.press('s');
		await terminal.see('[exited 0]');
	} finally {
		await runPilot(['stop', '--now'], {cwd: world.workspace, env: childEnv(world.home, env)});
	}
	expect(readFileSync(path.join(world.workspace, 'missions.md'), 'utf8')).toMatch(/- \[x\] \S+ - Watch the file/);
	const facts = factsIn(world.workspace).map(({type}) => type);
	expect(facts.filter(type => /taken|handed-back|session\.(?:started|ended)/.test(type))).toEqual([
		'session.started',
		'session.taken',
		'session.handed-back',
		'session.ended',
	]);
});
