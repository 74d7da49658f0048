import {onTestFinished} from 'vitest';
import {Config} from '../../src/domain/config.js';
import {systemClock} from '../../src/kernel/clock.js';
import {sweep} from '../../src/kernel/process-tree.js';
import {spawnPty} from '../../src/kernel/pty.js';
import {createTerminalScreen} from '../../src/screen/index.js';
import type {Agent, LaunchRequest} from '../../src/session/agent.js';
import {type SessionDeps, startSession} from '../../src/session/session.js';
import type {SessionLimits} from '../../src/session/watch.js';
import {makeMission} from '../domain/situations.js';
import {scratch} from '../support/workspace.js';

const roomy: SessionLimits = {wallMs: 600_000, quietMs: 600_000, bytes: 256_000_000};

export interface RigOptions {
	readonly request?: Partial<LaunchRequest>;
	readonly deps?: Partial<SessionDeps>;
	readonly limits?: Partial<SessionLimits>;
}

let count = 0;

/** Starts an agent in a real pseudo-terminal with a real screen; everything it leaves is ended with the test. */
export function startRig(agent: Agent, {request, deps, limits}: RigOptions = {}) {
	const folder = scratch();
	const tag = `rig-${process.pid}/s-${++count}`;
	onTestFinished(async () => {
		await sweep(tag, systemClock, {graceMs: 0});
		folder[Symbol.dispose]();
	});
	const screen = createTerminalScreen({cols: 100, rows: 30, scrollback: 100});
	const recorded: string[] = [];
	const phases: string[] = [];
	const session = startSession(
		'rig',
		agent,
		{
			config: Config.parse({}),
			mission: makeMission(1),
			attempt: 1,
			prompt: 'Do it',
			style: 'interactive',
			program: undefined,
			cwd: folder.dir,
			runDir: folder.dir,
			agentSessionId: '00000000-0000-4000-8000-000000000000',
			resume: false,
			channel: {url: 'http://127.0.0.1:9', token: 'token'},
			testCommand: undefined,
			env: {PATH: process.env.PATH ?? '', HOME: folder.dir, TERM: 'xterm-256color'},
			secretEnv: {},
			...request,
		},
		{...roomy, ...limits},
		tag,
		{
			spawnPty,
			clock: systemClock,
			screen: {
				cols: 100,
				rows: 30,
				write: screen.write,
				onResize: () => {},
				onInput: listener => screen.onReply(listener),
			},
			redact: text => text.replaceAll('hunter2hunter2', '[secret]'),
			record: line => recorded.push(line),
			readQuota: () => ({refused: false}),
			takeWindows: () => {},
			hands: () => ({attached: false, taken: false}),
			atStop: () => undefined,
			hasReported: () => false,
			onChange: () => phases.push(`${session.phase}: ${session.why}`),
			...deps,
		},
	);
	const shown = () => screen.visibleRows().join('\n');
	return {session, screen, shown, recorded, phases, dir: folder.dir};
}
