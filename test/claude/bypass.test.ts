import {spawn} from 'node:child_process';
import {existsSync, mkdirSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {Config} from '../../src/domain/config.js';
import type {Mission} from '../../src/domain/mission.js';
import claude from '../../src/session/agents/claude.js';
import {sandboxTrouble} from '../../src/session/claude-sandbox.js';
import type {Isolation} from '../../src/session/isolation.js';
import {makeMission} from '../domain/situations.js';
import {startScriptedApi} from '../fakes/scripted-api.js';
import {notRun} from '../support/not-run.js';
import {childEnv} from '../support/pilot-process.js';
import {fakeKey, realClaude} from '../support/real-claude.js';
import {scratch} from '../support/workspace.js';

/** Has a session without permissions write, in its folder and outside, by a command and by a tool; gives what it could. */
async function tryIt(access: Mission['access'], sandbox: 'off' | 'required', isolation: Isolation | undefined) {
	using place = scratch('bypass');
	const [cwd, home] = ['checkout', 'home'].map(name => path.join(place.dir, name)) as [string, string];
	for (const folder of [cwd, home]) mkdirSync(folder);
	const at = (name: string) => path.join(place.dir, name);
	const bash = (command: string) => ({tool: 'Bash', input: {command, description: 'Try'}});
	const model = await startScriptedApi([
		{
			when: /Try it/,
			turns: [
				{tool: 'Write', input: {file_path: at('by-tool'), content: 'x'}},
				bash(`echo x > '${at('by-command')}'`),
				bash('echo x > inside'),
				{say: 'Done.'},
			],
		},
	]);
	const config = Config.parse({
		claude: {
			...{command: realClaude(), auth: 'api-key', permissionMode: 'bypassPermissions', sandbox},
			env: {ANTHROPIC_BASE_URL: model.url, CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1'},
		},
	});
	const runDir = at('.pilot/runs/m-try001/1');
	mkdirSync(runDir, {recursive: true});
	const {file, args, env} = claude.launch({
		...{config, cwd, runDir, prompt: 'Try it', style: 'headless', program: undefined, resume: false, attempt: 1},
		...(isolation ? {isolation} : {}),
		agentSessionId: '4b1f7c1e-0000-4000-8000-000000000001',
		channel: {url: 'http://127.0.0.1:9', token: 'x'},
		testCommand: undefined,
		env: childEnv(home),
		secretEnv: childEnv(home, {ANTHROPIC_API_KEY: fakeKey}),
		mission: makeMission(1, {access}),
	});
	const session = spawn(file, args, {cwd, env, stdio: ['ignore', 'ignore', 'ignore']});
	await new Promise(resolve => session.once('close', resolve));
	await model.stop();
	return [at('by-tool'), at('by-command'), path.join(cwd, 'inside')].map(name => existsSync(name));
}

test('bypassPermissions in the sandbox: commands write in the checkout only, and no tool writes past it', async () => {
	const trouble = sandboxTrouble(process.env);
	if (trouble) return notRun(`the sandbox: ${trouble}`);
	expect(await tryIt('write', 'required', {kind: 'sandbox'})).toEqual([false, false, true]);
});

test('bypassPermissions in a container: all of it is the session’s', async () => {
	expect(await tryIt('write', 'off', {kind: 'container', mark: 'x'})).toEqual([true, true, true]);
});

test('a read session is asked for no less; without isolation, or in place with a sandbox that does not hold there, none starts', async () => {
	expect(await tryIt('read', 'off', undefined)).toEqual([false, false, false]);
	await expect(tryIt('write', 'off', undefined)).rejects.toMatchObject({code: 'NO_ISOLATION'});
	await expect(tryIt('trusted', 'required', {kind: 'sandbox'})).rejects.toMatchObject({code: 'NO_ISOLATION'});
});
