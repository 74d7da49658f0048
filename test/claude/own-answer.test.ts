import path from 'node:path';
import {expect, test} from 'vitest';
import {socketPath} from '../../src/control/socket-path.js';
import {sandboxTrouble} from '../../src/session/claude-sandbox.js';
import {startScriptedApi} from '../fakes/scripted-api.js';
import {notRun} from '../support/not-run.js';
import {childEnv, runPilot} from '../support/pilot-process.js';
import {claudeConfig, factsIn, fakeKey, realClaude} from '../support/real-claude.js';
import {makeWorld, scratch} from '../support/workspace.js';

const report = {tool: 'mcp__pilot__report', input: {summary: 'Tried', report: '# Tried'}};

/** A session that opens the pilot's socket, as a human's hand would; gives whether it was heard. */
async function isHeard(root: string, runtime: string, sandbox: 'off' | 'required'): Promise<boolean> {
	const pilotDir = path.join(root, 'missions/.pilot');
	const model = await startScriptedApi([
		{
			when: /# Mission: Try it/,
			turns: [
				...[path.join(pilotDir, 'pilot.sock'), socketPath(pilotDir, {XDG_RUNTIME_DIR: runtime})].map(socket => ({
					tool: 'Bash',
					input: {
						command: `curl -s --max-time 5 -H 'content-type: application/json' -d '{"type":"pilot.pause","by":"a session"}' --unix-socket '${socket}' http://pilot/command`,
						description: 'Try',
					},
				})),
				report,
				{say: 'Reported.'},
			],
		},
	]);
	const config = claudeConfig({claude: realClaude(), api: model.url, sandbox});
	const world = makeWorld(root, {
		config: config.replace('claude:\n', 'claude:\n  allow: ["Bash(curl:*)"]\n'),
		missions: '## Pending\n- [ ] Try it access:write ^m-try001\n',
	});
	await runPilot(['start', '--headless', '--until-idle'], {
		cwd: world.workspace,
		env: childEnv(world.home, {ANTHROPIC_API_KEY: fakeKey, XDG_RUNTIME_DIR: runtime}),
	});
	await model.stop();
	const facts = factsIn(world.workspace);
	expect(facts.some(({type}) => type === 'report.received')).toBe(true);
	return facts.some(({type}) => type === 'pilot.paused');
}

test.each([
	['in its own folder', ''],
	[
		'in a runtime folder, linked',
		'so/deep/that/no/socket/can/be/bound/at/its/name/there/and/a/bit/deeper/for/good/measure',
	],
])(
	'in the sandbox a session cannot answer for the human by the socket %s; without one it could',
	async (_where, deep) => {
		const trouble = sandboxTrouble(process.env);
		if (trouble) {
			notRun(`the sandbox: ${trouble}`);
			return;
		}
		using place = scratch('answer');
		expect(await isHeard(path.join(place.dir, 'boxed', deep), path.join(place.dir, 'run'), 'required')).toBe(false);
		expect(await isHeard(path.join(place.dir, 'free', deep), path.join(place.dir, 'run'), 'off')).toBe(true);
	},
);
