import {appendFileSync} from 'node:fs';
import path from 'node:path';
import {windowsFromRateLimitEvent} from '../../../budget/index.js';
import {type Config, limitOf} from '../../../domain/config.js';
import type {Run} from '../../../domain/state.js';
import {projectNotes} from '../../../git/index.js';
import {makeFolder} from '../../../kernel/make-folder.js';
import {createRecorder, type Recorder} from '../../../screen/index.js';
import {
	allowedEnvironment,
	composePrompt,
	detectIsolation,
	type LaunchRequest,
	type Session,
	type SessionDeps,
	type SessionLimits,
	startSession,
	wantsBypass,
} from '../../../session/index.js';
import {askAtStop} from '../../channel.js';
import type {Context} from '../../context.js';
import type {LiveSession} from '../../live.js';
import {readMemory, readSoul, readTemplate} from '../../notes-files.js';
import {takeQuota} from '../../quota.js';
import {runDirOf} from '../run-dir.js';

/** One process of a session: a session that changes hands has several, one after the other. */
export interface Stretch {
	readonly agentSessionId: string;
	readonly resume: boolean;
	readonly prompt: string;
	readonly style: LaunchRequest['style'];
	readonly program: string | undefined;
}

async function notesOf({guarded}: Context, {mission, checkout}: Run): Promise<string> {
	if (!checkout?.base) return '';
	const {path: at, base} = checkout;
	return await projectNotes({path: at, base, inPlace: mission.access === 'trusted'}, guarded);
}

export async function promptFor(context: Context, run: Run): Promise<string> {
	const {mission, checkout, failures} = run;
	return composePrompt({
		mission,
		soul: readSoul(context),
		memory: readMemory(context),
		memoryTokens: context.config.memory.tokens,
		template: readTemplate(context, mission.template ?? (mission.access === 'read' ? undefined : 'implement')),
		projectNotes: await notesOf(context, run),
		branch: checkout?.branch,
		isDetached: checkout?.isolation === 'worktree',
		failures,
		notes: checkout?.notes ?? [],
		reports: context.agent.can.report,
	});
}

function limitsOf({limits}: Config): SessionLimits {
	return {
		wallMs: limitOf(limits.missionMinutes) * 60_000,
		quietMs: limitOf(limits.quietMinutes) * 60_000,
		bytes: limitOf(limits.sessionMegabytes) * 1_000_000,
	};
}

/** The recording of all that the sessions of an attempt print, one after the other. */
export function recorderFor(
	context: Context,
	run: Run,
	screen: {cols: number; rows: number; snapshot: () => string},
): Recorder {
	const {clock, redact, log} = context;
	const file = path.join(runDirOf(context, run), 'session.cast');
	return createRecorder({...screen, file, clock, redact, title: run.mission.title, onTrouble: why => log.warn(why)});
}

/** What a session may tell and ask while it runs. */
function depsFor(context: Context, run: Run, entry: LiveSession): SessionDeps {
	const {clock, live, redact, spawnPty} = context;
	const stream = path.join(runDirOf(context, run), 'stream.jsonl');
	return {
		spawnPty,
		clock,
		screen: live.screenFor(entry),
		redact,
		record: line => appendFileSync(stream, `${line}\n`, {mode: 0o600}),
		readQuota: info => {
			const {windows, status, resetsAt, overage} = windowsFromRateLimitEvent(info, new Date(clock.now()).toISOString());
			takeQuota(context, windows, overage);
			return {refused: status === 'rejected', ...(resetsAt ? {resetsAt} : {})};
		},
		takeWindows: windows => takeQuota(context, windows),
		hands: () => ({attached: entry.attached > 0, taken: entry.taken}),
		atStop: alreadyAsked => askAtStop(context, entry, alreadyAsked),
		hasReported() {
			const now = context.store.state.runs[run.missionId];
			return now?.report !== undefined || now?.blockedReason !== undefined;
		},
		onChange: live.changed,
	};
}

/** Starts one process of a session. */
export function launch(context: Context, run: Run, entry: LiveSession, stretch: Stretch): Session {
	const {agent, config, machine} = context;
	const runDir = runDirOf(context, run);
	context.assertThere();
	makeFolder(runDir, 0o700);
	const request: LaunchRequest = {
		...stretch,
		config,
		mission: run.mission,
		attempt: run.attempt,
		cwd: run.checkout?.path ?? runDir,
		...(wantsBypass(config) ? {isolation: detectIsolation(config, context.env)} : {}),
		runDir,
		channel: {url: context.channelUrl(), token: entry.token},
		testCommand: run.checkout?.testCommand,
		env: allowedEnvironment(context.env),
		secretEnv: context.env,
	};
	const deps = depsFor(context, run, entry);
	return startSession(entry.id, agent, request, limitsOf(config), `${machine}/${entry.id}`, deps);
}
