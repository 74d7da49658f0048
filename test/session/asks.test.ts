import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {Config} from '../../src/domain/config.js';
import type {Mission} from '../../src/domain/mission.js';
import claude from '../../src/session/agents/claude.js';
import {scratch} from '../support/workspace.js';

const base = {title: 'x', description: '', criteria: [], testSteps: [], priority: 3, after: [], source: 'file'};

/** How Claude Code would be started, by its words, and what it is told of pilot's tools. */
function started(
	dir: string,
	config: object,
	{access = 'write', style = 'headless'}: {access?: Mission['access']; style?: 'headless' | 'interactive'} = {},
) {
	const {args} = claude.launch({
		config: Config.parse({claude: {sandbox: 'off'}, ...config}),
		prompt: 'Do it',
		...{style, program: undefined, cwd: dir, runDir: dir, resume: false, testCommand: undefined, attempt: 1},
		agentSessionId: 'u-1',
		channel: {url: 'http://127.0.0.1:1', token: 'secret'},
		...{env: {}, secretEnv: {}},
		mission: {...base, id: 'm-000001', access},
	});
	const after = (flag: string) => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined);
	return {
		mode: after('--permission-mode'),
		asks: after('--permission-prompt-tool'),
		denied: after('--disallowedTools')?.split(','),
		timeout: JSON.parse(readFileSync(path.join(dir, 'mcp.json'), 'utf8')).mcpServers.pilot.timeout,
	};
}

test.each([
	['by default', {}, {}, true],
	['permissionMode default', {claude: {sandbox: 'off', permissionMode: 'default'}}, {}, true],
	['permissionMode dontAsk', {claude: {sandbox: 'off', permissionMode: 'dontAsk'}}, {}, false],
	['permissions never', {approvals: {permissions: 'never'}}, {}, false],
	['a read mission', {}, {access: 'read'}, false],
	['with its own screen', {}, {style: 'interactive'}, false],
] as const)('whether a session asks pilot: %s', (_when, config, how, asks) => {
	using place = scratch();
	const launch = started(place.dir, config, how);
	expect(launch.asks).toBe(asks ? 'mcp__pilot__permission' : undefined);
	// Where it may ask, Claude Code would also offer tools that talk with a human; where not, nobody may call pilot's tool.
	for (const tool of ['AskUserQuestion', 'EnterPlanMode', 'ExitPlanMode'])
		expect(launch.denied?.includes(tool), tool).toBe(asks);
	expect(launch.denied?.includes('mcp__pilot__permission')).toBe(!asks);
});

test('an answer may take as long as a question is open', () => {
	using place = scratch();
	expect(started(place.dir, {approvals: {timeoutSeconds: 7200}}).timeout).toBe(7_260_000);
});
