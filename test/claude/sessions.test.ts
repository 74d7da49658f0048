import {readFileSync} from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type Script, type ScriptedApi, startScriptedApi} from '../fakes/scripted-api.js';
import {childEnv, runPilot} from '../support/pilot-process.js';
import {claudeConfig, fakeKey, realClaude} from '../support/real-claude.js';
import {git, makeWorld, scratch, type World} from '../support/workspace.js';

const report = (summary: string, more: object = {}) => ({
	tool: 'mcp__pilot__report',
	input: {summary, report: `# ${summary}`, ...more},
});

const scripts: Script[] = [
	{
		when: /# Mission: Forget to report/,
		turns: [{say: 'I looked and found a bug in line 1.'}, {say: 'Still no report, sorry.'}],
	},
	{
		when: /# Mission: Write although it may only read/,
		turns: [
			{tool: 'Write', input: {file_path: 'sneaky.txt', content: 'x'}},
			{tool: 'Bash', input: {command: 'touch sneaky2.txt'}},
			report('I tried'),
			{say: 'Done.'},
		],
	},
	{
		when: /This was tried before[\s\S]*exit 1/,
		turns: [
			{tool: 'Write', input: {file_path: 'answer.txt', content: '42\n'}},
			report('Now it is right'),
			{say: 'Done.'},
		],
	},
	{
		when: /# Mission: Answer rightly/,
		turns: [{tool: 'Write', input: {file_path: 'answer.txt', content: '41\n'}}, report('It is 41'), {say: 'Done.'}],
	},
	{
		when: /# Mission: Cannot go on/,
		turns: [{tool: 'mcp__pilot__block', input: {reason: 'The specification is missing.'}}, {say: 'Blocked.'}],
	},
	{
		when: /# Mission: Look around/,
		turns: [
			{tool: 'mcp__pilot__propose_mission', input: {title: 'Mend the door', description: 'It creaks.'}},
			{tool: 'mcp__pilot__remember', input: {kind: 'preference', text: 'The human likes short reports.'}},
			report('Looked around', {learnings: ['The door creaks.']}),
			{say: 'Done.'},
		],
	},
];

let api: ScriptedApi;
beforeAll(async () => {
	api = await startScriptedApi(scripts);
});
afterAll(() => api.stop());

async function work(
	root: string,
	missions: string,
): Promise<{world: World; code: number | null; out: string; missions: string}> {
	const world = makeWorld(root, {config: claudeConfig({claude: realClaude(), api: api.url}), missions});
	const {code, out, err} = await runPilot(['start', '--headless', '--until-idle'], {
		cwd: world.workspace,
		env: childEnv(world.home, {ANTHROPIC_API_KEY: fakeKey}),
	});
	return {world, code, out: out + err, missions: readFileSync(path.join(world.workspace, 'missions.md'), 'utf8')};
}

test('a session that forgets to report is asked once; then its last words stand in, marked so', async () => {
	using place = scratch();
	const before = api.calls();
	const {world, code, missions} = await work(place.dir, '## Pending\n- [ ] Forget to report ^m-forget\n');
	expect(code).toBe(0);
	expect(api.calls() - before).toBe(2);
	expect(missions).toMatch(/\[x\] \S+ - Forget to report/);
	const text = readFileSync(path.join(world.workspace, '.pilot/runs/m-forget/1/report.md'), 'utf8');
	expect(text).toContain('gave no report when it was asked');
	expect(text).toContain('Still no report, sorry.');
});

test('a read session cannot write: the tools are refused, the checkout is as it was', async () => {
	using place = scratch();
	const {world, code, out} = await work(place.dir, '## Pending\n- [ ] Write although it may only read ^m-sneaky\n');
	expect(out).toContain('done: Write although');
	expect(code).toBe(0);
	const {receipts} = JSON.parse(
		readFileSync(path.join(world.workspace, '.pilot/runs/m-sneaky/1/receipts.json'), 'utf8'),
	);
	expect(receipts).toContainEqual(expect.objectContaining({kind: 'unchanged', verdict: 'met'}));
	expect(git(world.target, 'status', '--porcelain')).toBe('');
});

test('a refuted claim is tried once more with the failure as context, in the same checkout', async () => {
	using place = scratch();
	const {world, code, out} = await work(
		place.dir,
		'## Pending\n- [ ] Answer rightly access:write ^m-answer\n  ### Acceptance Criteria\n  - [ ] `grep -qx 42 answer.txt`\n',
	);
	expect(out).toContain('tried again: `grep -qx 42 answer.txt`: exit 1');
	expect(code).toBe(0);
	expect(git(world.target, 'show', 'pilot/m-answer-answer-rightly:answer.txt')).toBe('42');
	const verdicts = [1, 2].map(attempt =>
		JSON.parse(
			readFileSync(path.join(world.workspace, `.pilot/runs/m-answer/${attempt}/receipts.json`), 'utf8'),
		).receipts.find((receipt: {kind: string}) => receipt.kind === 'criterion'),
	);
	expect(verdicts.map(receipt => receipt.exitCode)).toEqual([1, 0]);
});

test('block, propose_mission and remember end where a human finds them', async () => {
	using place = scratch();
	const {world, code, missions} = await work(
		place.dir,
		'## Pending\n- [ ] Cannot go on ^m-cannot\n- [ ] Look around ^m-around\n',
	);
	expect(code).toBe(1);
	expect(missions).toMatch(/## Blocked[\s\S]*- \[!\] Cannot go on/);
	expect(missions).toMatch(/## Blocked[\s\S]*- \[-\] Mend the door from:agent \^m-\w{6}\n {2}It creaks\./);
	expect(readFileSync(path.join(world.workspace, 'memory/human-preferences.md'), 'utf8')).toContain(
		'The human likes short reports. (^m-around',
	);
	expect(readFileSync(path.join(world.workspace, 'memory/learnings.md'), 'utf8')).toContain('The door creaks.');
});
