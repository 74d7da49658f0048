import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {writePrivately} from '../../kernel/files.js';
import type {LaunchRequest} from '../agent.js';
import {sandboxSettings} from '../claude-sandbox.js';
import {hookEvents} from './hooks.js';

export interface LaunchFiles {
	readonly mcp: string;
	readonly settings: string;
}

const tellPilot = fileURLToPath(new URL('./tell-pilot.js', import.meta.url));
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** What of pilot's own a session has no business to read: state and tokens of all sessions, and the secrets. */
const ownOf = (runDir: string) => {
	const pilotDir = path.resolve(runDir, '../../..');
	const names = ['runs', 'events.ndjson', 'snapshots', 'logs', 'pilot.sock', '../.env'];
	return names.map(name => path.join(pilotDir, name));
};

/** The answer at the deadline has this long to arrive. */
const pastDeadlineMs = 60_000;

/**
 * Files that only this launch needs. The token opens nothing but this session's report channel, and stays out of the argument
 * list, which any user of the machine can read.
 */
export function writeLaunchFiles(request: LaunchRequest): LaunchFiles {
	const {runDir, channel, style, config, mission, cwd, secretEnv} = request;
	const sandbox = sandboxSettings({config, access: mission.access, cwd, env: secretEnv, own: ownOf(runDir)});
	const headers = {Authorization: `Bearer ${channel.token}`};
	const hook = (name: string) => [{hooks: [{type: 'http', url: `${channel.url}/hooks/${name}`, headers, timeout: 10}]}];
	const files = {mcp: path.join(runDir, 'mcp.json'), settings: path.join(runDir, 'settings.json')};
	// A question to a human is answered when it is: longer than any call of a tool is meant to take.
	const timeout = config.approvals.timeoutSeconds * 1000 + pastDeadlineMs;
	const pilot = {type: 'http', url: `${channel.url}/mcp`, headers, timeout};
	writePrivately(files.mcp, JSON.stringify({mcpServers: {pilot}}));
	if (style === 'headless') {
		writePrivately(files.settings, JSON.stringify({hooks: {Stop: hook('stop')}, sandbox}));
		return files;
	}
	const access = path.join(runDir, 'channel.json');
	writePrivately(access, JSON.stringify(channel));
	const tell = (event: string) => ({
		type: 'command',
		command: [process.execPath, tellPilot, access, event].map(quoted).join(' '),
	});
	const hooks = {
		...Object.fromEntries(hookEvents.map(event => [event, hook(event)])),
		// Claude Code has no http hook for it.
		SessionStart: [{hooks: [tell('SessionStart')]}],
	};
	writePrivately(files.settings, JSON.stringify({hooks, statusLine: tell('StatusLine'), sandbox}));
	return files;
}
