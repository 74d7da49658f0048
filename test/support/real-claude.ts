import {spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {root} from './pilot-process.js';

/** Path of the real claude, fetched into the cache when it is missing. Throws with the reason when it cannot be had. */
export function realClaude(): string {
	const {status, stdout, stderr} = spawnSync(process.execPath, [path.join(root, 'scripts/fetch-claude.mjs')], {
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(stderr.trim());
	return stdout.trim();
}

export const fakeKey = 'sk-ant-fake-key-0123456789abcdefghij';

/** config.yaml for the real claude on a scripted API. */
export const claudeConfig = ({
	claude,
	api,
	target = '../app',
	more = '',
	style = 'headless',
	sandbox = 'off',
}: {
	claude: string;
	api: string;
	target?: string;
	more?: string;
	style?: 'headless' | 'interactive';
	/** Off unless it is what is tried: with it, and so with bubblewrap installed, fewer things are asked. */
	sandbox?: 'off' | 'required';
}) => `agent: claude
claude:
  command: ${JSON.stringify(claude)}
  auth: api-key
  style: ${style}
  sandbox: ${sandbox}
  env:
    ANTHROPIC_BASE_URL: ${api}
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1"
    DISABLE_TELEMETRY: "1"
    CLAUDE_CODE_MAX_RETRIES: "2"
targets:
  - {name: app, path: ${target}}
${more}`;

/** A home in which Claude Code asks nothing at its start in these folders, which need not be there yet. */
export function seedHome(home: string, trusted: readonly string[]) {
	const projects = Object.fromEntries(trusted.map(folder => [folder, {hasTrustDialogAccepted: true}] as const));
	writeFileSync(
		path.join(home, '.claude.json'),
		JSON.stringify({
			hasCompletedOnboarding: true,
			customApiKeyResponses: {approved: [fakeKey.slice(-20)], rejected: []},
			projects,
		}),
	);
}

/** Facts of a workspace's log, oldest first. */
export const factsIn = (workspace: string): {type: string; at: string; data: Record<string, unknown>}[] =>
	readFileSync(path.join(workspace, '.pilot/events.ndjson'), 'utf8')
		.split('\n')
		.filter(Boolean)
		.map(line => JSON.parse(line).fact);
