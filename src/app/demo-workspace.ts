import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createGuardedGit} from '../git/index.js';
import {run} from '../kernel/spawn.js';
import {layOut} from './lay-out.js';

/** What the demo's missions must come to, by id: the demo checks itself against it. */
export const demoScript: Readonly<Record<string, string>> = {
	'm-demo01': 'done',
	'm-demo02': 'done',
	'm-demo03': 'unproven',
	'm-demo04': 'failed',
	'm-demo05': 'parked',
	'm-demo06': 'done',
};

const missions = `# Missions of the demo

Every agent in here is simulated: nothing is asked of any model, nothing is spent. The pilot around them is the real one.

## Pending
- [ ] Say what this project does ^m-demo01
  A read mission: the agent looks, reports, and may change nothing.
- [ ] Write a greeting card (high) access:write ^m-demo02
  demo: writes greeting.md
  ### Acceptance Criteria
  - [ ] \`test -s greeting.md\`
- [ ] Make the greeting faster access:write ^m-demo03
  The agent says it is done and has changed nothing: unproven.
  demo: claims
- [ ] Greet politely access:write ^m-demo04
  The agent tries twice; the acceptance command refutes it twice.
  demo: fails greet.txt
  ### Acceptance Criteria
  - [ ] \`grep -q please greet.js\`
- [ ] Choose a language for the greeting ^m-demo05
  demo: asks
- [ ] Review the greeting after the card (low) after:^m-demo02 ^m-demo06
  Runs into a usage limit, waits for its reset, and goes on by itself.
  demo: limited

## In Progress

## Blocked

## Failed

## Done
`;

const target: Readonly<Record<string, string>> = {
	'README.md': '# Greeter\n\nA small project that greets.\n',
	'package.json': '{"name": "greeter", "version": "1.0.0", "type": "module", "scripts": {"test": "node --test"}}\n',
	'greet.js': "export const greet = name => 'Hello, ' + name + '!';\n",
	'greet.test.js':
		"import assert from 'node:assert';\nimport {test} from 'node:test';\nimport {greet} from './greet.js';\n\ntest('greets by name', () => assert.equal(greet('you'), 'Hello, you!'));\n",
};

/** A scratch workspace with a target of its own and a queue of scripted missions. */
export async function makeDemoWorkspace(
	env: Readonly<Record<string, string | undefined>>,
	pace: number,
): Promise<string> {
	const root = mkdtempSync(path.join(tmpdir(), 'pilot-demo-'));
	const app = path.join(root, 'greeter');
	const workspace = path.join(root, 'workspace');
	const git = createGuardedGit(run, env.PATH);
	mkdirSync(app);
	for (const [name, content] of Object.entries(target)) writeFileSync(path.join(app, name), content);
	await git(['init', '--quiet'], {cwd: app});
	await git(['add', '.'], {cwd: app});
	await git(['commit', '--quiet', '--message', 'A small project'], {cwd: app});
	mkdirSync(workspace);
	writeFileSync(path.join(workspace, 'missions.md'), missions);
	writeFileSync(
		path.join(workspace, 'config.yaml'),
		`# The demo's own settings: simulated agents, ${pace} times as fast as they would be read.\nagent: demo\ndemo: {pace: ${pace}}\ngit: {push: false}\nwhenUnwatched: finish\ntargets:\n  - {name: greeter, path: ../greeter}\n`,
	);
	await layOut(workspace, {targetPath: '../greeter', targetName: 'greeter', agent: 'demo'}, env);
	await git(['add', '--all'], {cwd: workspace});
	await git.try(['commit', '--quiet', '--message', 'The missions of the demo'], {cwd: workspace});
	return workspace;
}
