import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {type Script, startScriptedApi} from '../fakes/scripted-api.js';
import {childEnv, runPilot} from '../support/pilot-process.js';
import {claudeConfig, fakeKey, realClaude} from '../support/real-claude.js';
import {git, makeWorld, scratch} from '../support/workspace.js';

const report = (summary: string) => ({
	tool: 'mcp__pilot__report',
	input: {summary, report: `# ${summary}\n\nAll of it.`, learnings: [`Learned while: ${summary}`]},
});

const scripts: Script[] = [
	{
		when: /# Mission: Say what it does/,
		turns: [{tool: 'Read', input: {file_path: 'greet.js'}}, report('It greets'), {say: 'Reported.'}],
	},
	{
		when: /# Mission: Add a farewell/,
		turns: [
			{tool: 'Write', input: {file_path: 'bye.js', content: 'export const bye = () => "Bye!";\n'}},
			report('Added bye.js'),
			{say: 'Reported.'},
		],
	},
	{when: /# Mission: Review the greeting/, turns: [report('It is fine'), {say: 'Reported.'}]},
];

const missions = `# Missions

## Pending
- [ ] Review the greeting (critical) after:^m-read01
- [ ] Say what it does ^m-read01
- [ ] Add a farewell access:write
  ### Acceptance Criteria
  - [ ] \`node -e "import('./bye.js').then(m => process.exit(m.bye() === 'Bye!' ? 0 : 1))"\`
`;

const refsBut = (repository: string) =>
	git(repository, 'for-each-ref', '--format=%(refname) %(objectname)')
		.split('\n')
		.filter(line => !line.startsWith('refs/heads/pilot/'));

test('three missions, real claude on a scripted API: done, proven, journaled, committed, pushed; the target untouched', async () => {
	using place = scratch();
	const api = await startScriptedApi(scripts);
	const world = makeWorld(place.dir, {config: claudeConfig({claude: realClaude(), api: api.url}), missions});
	const before = {
		refs: refsBut(world.target),
		status: git(world.target, 'status', '--porcelain'),
		tree: git(world.target, 'write-tree'),
	};

	const end = await runPilot(['start', '--headless', '--until-idle'], {
		cwd: world.workspace,
		env: childEnv(world.home, {ANTHROPIC_API_KEY: fakeKey}),
	});
	await api.stop();

	expect(end.out + end.err).toContain('done: Review the greeting');
	expect(end.code).toBe(0);
	const today = new Date().toISOString().slice(0, 10);
	const file = readFileSync(path.join(world.workspace, 'missions.md'), 'utf8');
	expect(file.match(new RegExp(`^- \\[x\\] ${today} - `, 'gm'))).toHaveLength(3);
	const journal = readFileSync(path.join(world.workspace, 'journal', `${today}.md`), 'utf8');
	expect(journal.match(/^## \d\d:\d\d done: /gm)).toHaveLength(3);

	const branch = git(world.target, 'for-each-ref', '--format=%(refname:short)', 'refs/heads/pilot/');
	expect(branch).toMatch(/^pilot\/m-[0-9a-z]{6}-add-a-farewell$/);
	expect(git(world.target, 'show', `${branch}:bye.js`)).toContain('Bye!');
	const id = branch.slice('pilot/'.length, 'pilot/m-123456'.length);
	const {receipts} = JSON.parse(readFileSync(path.join(world.workspace, '.pilot/runs', id, '1/receipts.json'), 'utf8'));
	expect(receipts).toEqual(
		expect.arrayContaining([
			expect.objectContaining({kind: 'criterion', verdict: 'met', exitCode: 0}),
			expect.objectContaining({kind: 'tests', verdict: 'met', exitCode: 0, counts: {passed: 1, failed: 0}}),
		]),
	);
	expect(readFileSync(path.join(world.workspace, '.pilot/runs', id, '1/report.md'), 'utf8')).toContain(
		'# Added bye.js',
	);

	expect({
		refs: refsBut(world.target),
		status: git(world.target, 'status', '--porcelain'),
		tree: git(world.target, 'write-tree'),
	}).toEqual(before);
	expect(git(world.workspace, 'status', '--porcelain')).toBe('');
	expect(git(world.remote, 'rev-parse', 'main')).toBe(git(world.workspace, 'rev-parse', 'HEAD'));
	expect(readFileSync(path.join(world.workspace, 'memory/learnings.md'), 'utf8')).toContain(
		'Learned while: Added bye.js',
	);
	expect(readdirSync(path.join(world.workspace, '.pilot/checkouts'))).toEqual([]);
});
