import {readFileSync, realpathSync} from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, expect, onTestFinished, test} from 'vitest';
import {startLimitedApi} from '../fakes/limited-api.js';
import {type Script, type ScriptedApi, startScriptedApi} from '../fakes/scripted-api.js';
import {openPane} from '../support/pane-hand.js';
import {childEnv, runPilot, startPilot} from '../support/pilot-process.js';
import {claudeConfig, factsIn, fakeKey, realClaude, seedHome} from '../support/real-claude.js';
import {git, makeWorld, scratch, type World} from '../support/workspace.js';

const report = (summary: string) => ({
	tool: 'mcp__pilot__report',
	input: {summary, report: `# ${summary}`},
});

const scripts: Script[] = [
	{
		when: /# Mission: Add a farewell/,
		turns: [
			{tool: 'Write', input: {file_path: 'bye.js', content: "export const bye = () => 'Bye!';\n"}},
			report('Added bye.js'),
			{say: 'Reported.'},
		],
	},
	{
		when: /# Mission: Ask twice/,
		turns: [
			// Long enough for a human to attach meanwhile.
			...Array.from({length: 30}, () => ({tool: 'Read', input: {file_path: 'greet.js'}})),
			{tool: 'Bash', input: {command: "sh -c 'echo 1 > one.txt'"}},
			{tool: 'Bash', input: {command: "sh -c 'echo 2 > two.txt'"}},
			report('Asked twice'),
			{say: 'Reported.'},
		],
	},
	{when: /# Mission: Meet a limit/, turns: [report('Met it'), {say: 'Reported.'}]},
	{when: /# Mission: Forget to report/, turns: [{say: 'I found nothing.'}, {say: 'Still no report, sorry.'}]},
	{
		when: /# Mission: Ask for more than is allowed/,
		turns: [
			{tool: 'Bash', input: {command: 'curl -s http://127.0.0.1:1/ > out.txt'}},
			report('It was denied'),
			{say: 'Reported.'},
		],
	},
];

let api: ScriptedApi;
beforeAll(async () => {
	api = await startScriptedApi(scripts);
});
afterAll(() => api.stop());

const interactiveWorld = (root: string, missions: string, trusted: readonly string[], more = '') => {
	const config = claudeConfig({claude: realClaude(), api: api.url, style: 'interactive', more});
	const world = makeWorld(root, {config, missions});
	seedHome(
		world.home,
		trusted.map(id => path.join(realpathSync(world.workspace), '.pilot/checkouts', id)),
	);
	return world;
};

const envOf = ({home}: World) => childEnv(home, {ANTHROPIC_API_KEY: fakeKey});

const soon = {timeout: 15_000};

const status = async (world: World) =>
	JSON.parse((await runPilot(['status', '--json'], {cwd: world.workspace, env: envOf(world)})).out);

test('interactive, end to end: done by its hooks, ended with /exit, its work proven, its tokens counted', async () => {
	using place = scratch();
	const world = interactiveWorld(place.dir, '## Pending\n- [ ] Add a farewell access:write ^m-bye001\n', ['m-bye001']);
	const before = api.calls();
	const {code, out, err} = await runPilot(['start', '--headless', '--until-idle'], {
		cwd: world.workspace,
		env: envOf(world),
	});
	expect(out + err).toContain('done: Add a farewell');
	expect(code).toBe(0);
	expect(api.calls() - before).toBe(3);
	expect(git(world.target, 'show', 'pilot/m-bye001-add-a-farewell:bye.js')).toContain('Bye!');
	const ended = factsIn(world.workspace).find(fact => fact.type === 'session.ended');
	expect(ended?.data).toMatchObject({
		outcome: 'completed',
		why: 'the agent says it is done',
		exitCode: 0,
		turns: 3,
		tokens: {input: 300, output: 60},
		lastWords: 'Reported.',
	});
	expect(ended?.data.costUsd).toBeGreaterThan(0);
	const stream = readFileSync(path.join(world.workspace, '.pilot/runs/m-bye001/1/stream.jsonl'), 'utf8');
	const hooks = stream
		.split('\n')
		.filter(Boolean)
		.map(line => /"hook":"(\w+)"/.exec(line)?.[1]);
	expect(hooks).toEqual(expect.arrayContaining(['UserPromptSubmit', 'PreToolUse', 'Stop', 'SessionEnd', 'StatusLine']));
});

test('a session that forgets to report is asked once; then its last words stand in', async () => {
	using place = scratch();
	const world = interactiveWorld(place.dir, '## Pending\n- [ ] Forget to report ^m-forget\n', ['m-forget']);
	const before = api.calls();
	const {code} = await runPilot(['start', '--headless', '--until-idle'], {cwd: world.workspace, env: envOf(world)});
	expect(code).toBe(0);
	expect(api.calls() - before).toBe(2);
	expect(readFileSync(path.join(world.workspace, '.pilot/runs/m-forget/1/report.md'), 'utf8')).toContain(
		'Still no report, sorry.',
	);
});

test('what needs permission is denied while nobody is attached, and the session goes on', async () => {
	using place = scratch();
	const world = interactiveWorld(place.dir, '## Pending\n- [ ] Ask for more than is allowed access:write ^m-askfor\n', [
		'm-askfor',
	]);
	await runPilot(['start', '--headless', '--until-idle'], {cwd: world.workspace, env: envOf(world)});
	const facts = factsIn(world.workspace);
	expect(facts.find(fact => fact.type === 'report.received')?.data).toMatchObject({report: {summary: 'It was denied'}});
	expect(facts.find(fact => fact.type === 'session.ended')?.data).toMatchObject({outcome: 'completed'});
	const stream = readFileSync(path.join(world.workspace, '.pilot/runs/m-askfor/1/stream.jsonl'), 'utf8');
	expect(stream).toContain('"hook":"PermissionRequest"');
	expect(stream).not.toContain('"hook":"PostToolUse","body":{"tool_name":"Bash"');
});

test('attached, the dialog is shown and answered; left alone, it is taken back and the session goes on', async () => {
	using place = scratch();
	const world = interactiveWorld(place.dir, '## Pending\n- [ ] Ask twice access:write ^m-twice1\n', ['m-twice1']);
	const running = startPilot(['start', '--headless', '--until-idle'], {cwd: world.workspace, env: envOf(world)});
	onTestFinished(() => void running.child.kill());
	const session = async () => (await status(world)).sessions?.[0];
	await expect.poll(session, soon).toMatchObject({takesKeys: true});
	using pane = await openPane(world.workspace, (await session()).id);
	await expect
		.poll(session, soon)
		.toMatchObject({phase: 'waiting-permission', why: "hook: PermissionRequest Bash sh -c 'echo 1 > one.txt'"});
	await expect.poll(pane.text, soon).toContain('Do you want to proceed?');
	pane.type('1');
	await expect.poll(session, soon).toMatchObject({
		phase: 'waiting-permission',
		why: "hook: PermissionRequest Bash sh -c 'echo 2 > two.txt'",
	});
	pane.detach();
	const {code} = await running.finished;
	expect(code).toBe(0);
	const files = git(world.target, 'ls-tree', '--name-only', 'pilot/m-twice1-ask-twice').split('\n');
	expect(files).toContain('one.txt');
	expect(files).not.toContain('two.txt');
});

test('a limit parks the account until its reset; then the same conversation goes on by itself', async () => {
	using place = scratch();
	const door = await startLimitedApi(api.url);
	onTestFinished(() => door.stop());
	const config = claudeConfig({claude: realClaude(), api: door.url, style: 'interactive'})
		.replace('auth: api-key', 'auth: subscription')
		.replace('  env:\n', '  env:\n    CLAUDE_CODE_OAUTH_TOKEN: sk-ant-oat01-fake\n');
	const world = makeWorld(place.dir, {config, missions: '## Pending\n- [ ] Meet a limit ^m-limit1\n'});
	seedHome(world.home, [path.join(realpathSync(world.workspace), '.pilot/checkouts/m-limit1')]);
	door.refuseUntil(Date.now() + 6000);
	const options = {cwd: world.workspace, env: childEnv(world.home)};
	const running = startPilot(['start', '--headless'], options);
	onTestFinished(() => void running.child.kill());
	await running.see(/parked: You've hit your/);
	await running.see('done: Meet a limit');
	await runPilot(['stop'], options);
	await running.finished;
	const facts = factsIn(world.workspace);
	const ends = facts.filter(fact => fact.type === 'session.ended').map(fact => fact.data.outcome);
	expect(ends).toEqual(['limit', 'completed']);
	const starts = facts.filter(fact => fact.type === 'session.started').map(fact => fact.data);
	expect(starts.map(({resumed}) => resumed)).toEqual([false, true]);
	expect(starts[1]?.agentSessionId).toBe(starts[0]?.agentSessionId);
	const windows = facts.filter(fact => fact.type === 'quota.read').at(-1)?.data.windows;
	expect(windows).toContainEqual(expect.objectContaining({kind: 'weekly', usedPercent: 42, source: 'status line'}));
});

test('a checkout that claude does not trust: it says so while it waits, and fails for that reason in the end', async () => {
	using place = scratch();
	const more = 'limits: {quietMinutes: 0.1}\n';
	const world = interactiveWorld(place.dir, '## Pending\n- [ ] Forget to report ^m-forget\n', [], more);
	const running = startPilot(['start', '--headless', '--until-idle'], {cwd: world.workspace, env: envOf(world)});
	await running.see('claude session started');
	await expect
		.poll(async () => (await status(world)).sessions?.[0], {timeout: 5000})
		.toMatchObject({
			phase: 'waiting-input',
			why: expect.stringMatching(/^claude asks whether it may trust .*m-forget: attach \(a\) and answer once/),
		});
	const {code} = await running.finished;
	expect(code).toBe(1);
	const ended = factsIn(world.workspace).find(fact => fact.type === 'session.ended');
	expect(ended?.data).toMatchObject({
		outcome: 'failed',
		why: expect.stringContaining('no sign of life for 0 minutes: claude asks whether it may trust'),
	});
});
