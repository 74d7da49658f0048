import {execFileSync, spawn} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {Config} from '../../src/domain/config.js';
import {totalTokens} from '../../src/domain/tokens.js';
import {type Clock, systemClock} from '../../src/kernel/clock.js';
import type {LaunchRequest} from '../../src/session/agent.js';
import claude from '../../src/session/agents/claude.js';
import {driveClaude} from '../../src/session/interactive/drive-claude.js';
import {readHook} from '../../src/session/interactive/hooks.js';
import {judgeInteractive} from '../../src/session/interactive/judge.js';
import {readStatusLine} from '../../src/session/interactive/status-line.js';
import {createTranscriptReader} from '../../src/session/interactive/transcript-file.js';
import {isTrusted} from '../../src/session/interactive/trust.js';
import {createUsageReader} from '../../src/session/interactive/usage.js';
import type {Hands, Phase, Wheel} from '../../src/session/voice.js';
import {makeMission} from '../domain/situations.js';
import {root} from '../support/pilot-process.js';
import {git, makeRepository, scratch} from '../support/workspace.js';

const fixture = (name: string) => readFileSync(path.join(root, 'test/fixtures/claude-hooks', name), 'utf8');
const captured = fixture('hooks.jsonl')
	.split('\n')
	.filter(Boolean)
	.map(line => JSON.parse(line) as {hook_event_name: string});
const bodyOf = (event: string) => captured.find(body => body.hook_event_name === event);

function folder() {
	const place = scratch();
	onTestFinished(() => place[Symbol.dispose]());
	return place.dir;
}

describe('hooks, as claude 2.1.328 sent them', () => {
	test.each([
		['UserPromptSubmit', {kind: 'prompt', text: 'go', byHuman: true}],
		['PreToolUse', {kind: 'tool', name: 'Bash', about: 'touch zzz.txt'}],
		['PostToolUse', {kind: 'tool-done', name: 'Bash'}],
		['PermissionRequest', {kind: 'permission', name: 'Bash', about: 'touch zzz.txt'}],
		['Notification', {kind: 'notice', type: 'permission_prompt', message: 'Claude needs your permission'}],
		['Stop', {kind: 'stop', again: false, background: 0, lastWords: 'Finished.'}],
		['StopFailure', {kind: 'failure', error: 'unknown', lastWords: 'API Error: 400 bad thing'}],
		['SessionEnd', {kind: 'end', reason: 'other'}],
		['SessionStart', {kind: 'start'}],
	])('%s', (event, hook) => {
		expect(readHook(event, bodyOf(event))).toEqual(hook);
	});

	test.each([undefined, null, 3, 'x', [], {}, {background_tasks: 'x', tool_input: null}])('garbage: %j', body => {
		for (const event of ['Stop', 'PreToolUse', 'UserPromptSubmit', 'StopFailure', 'Anything'])
			expect(() => readHook(event, body)).not.toThrow();
	});

	test('a background task and a schedule keep a turn from being the last', () => {
		expect(readHook('Stop', {background_tasks: [{}], session_crons: [{}, {}]})).toMatchObject({background: 3});
	});
});

describe('the status line', () => {
	test('percentages are 0..100 there, times epoch seconds, cost cumulative', () => {
		expect(readStatusLine(JSON.parse(fixture('status-line.json')), '2026-11-20T10:00:00.000Z')).toEqual({
			costUsd: 0.00181,
			contextPercent: 0,
			windows: [
				{
					kind: 'five_hour',
					usedPercent: 23,
					resetsAt: '2026-11-20T11:56:36.000Z',
					source: 'status line',
					measuredAt: '2026-11-20T10:00:00.000Z',
				},
				expect.objectContaining({kind: 'weekly', usedPercent: 42}),
			],
		});
	});

	test.each([undefined, [], {rate_limits: {five_hour: {used_percentage: 'x'}}}])('without figures: %j', body => {
		expect(readStatusLine(body, '')).toEqual({costUsd: 0, contextPercent: undefined, windows: []});
	});
});

const answer = (id: string, more: object = {}, usage: object = {input_tokens: 100, output_tokens: 20}) =>
	JSON.stringify({type: 'assistant', requestId: `req-${id}`, message: {id, model: 'opus', usage}, ...more});

describe('what a transcript tells', () => {
	test('one answer in many records counts once; what claude made up itself does not count', () => {
		const reader = createUsageReader();
		for (const line of [answer('a'), answer('a'), answer('b'), answer('c', {isSidechain: true})]) reader.push(line);
		reader.push(
			JSON.stringify({type: 'assistant', message: {id: 'x', model: '<synthetic>', usage: {input_tokens: 9}}}),
		);
		reader.push(JSON.stringify({type: 'user', message: {content: answer('z')}}));
		reader.push('{"type":"assistant","message":{"id":"torn');
		reader.push(JSON.stringify({type: 'cost-state', totalCostUSD: 0.5}));
		expect(reader.usage).toMatchObject({turns: 2, costUsd: 0.5});
		expect(totalTokens(reader.usage.tokens)).toBe(360);
	});

	test('the end of a limit', () => {
		const reader = createUsageReader();
		const quotaLimits = {status: 'rejected', resetsAt: 1_795_175_796, rateLimitType: 'five_hour'};
		reader.push(answer('a', {apiError: 'usage_limit_reached', quotaLimits}));
		expect(reader.usage.limitedUntil).toBe('2026-11-20T11:56:36.000Z');
	});

	test('is read on from where it was, with the subagents, half lines and all', async () => {
		const dir = folder();
		const file = path.join(dir, 'session.jsonl');
		const reader = createUsageReader();
		const transcript = createTranscriptReader(reader.push);
		await transcript.read(file);
		writeFileSync(file, `${answer('a')}\n${'x'.repeat(600_000)}\n${answer('b').slice(0, 30)}`);
		await transcript.read(file);
		expect(reader.usage.turns).toBe(1);
		writeFileSync(file, `${answer('b').slice(30)}\n`, {flag: 'a'});
		mkdirSync(path.join(dir, 'session/subagents'), {recursive: true});
		writeFileSync(path.join(dir, 'session/subagents/agent-1.jsonl'), `${answer('s', {isSidechain: true})}\n`);
		await Promise.all([transcript.read(file), transcript.read(file)]);
		expect(reader.usage.turns).toBe(2);
		expect(totalTokens(reader.usage.tokens)).toBe(360);
	});
});

describe('trust', () => {
	const trusting = (...folders: string[]) => {
		const home = folder();
		const projects = Object.fromEntries(folders.map(name => [name, {hasTrustDialogAccepted: true}]));
		writeFileSync(path.join(home, '.claude.json'), JSON.stringify({projects}));
		return home;
	};

	test('covers what lies below, but no repository of its own; a worktree is covered by its main checkout', () => {
		const dir = folder();
		mkdirSync(path.join(dir, 'plain/below'), {recursive: true});
		const clone = makeRepository(path.join(dir, 'clone'), {'a/b.txt': ''});
		git(clone, 'worktree', 'add', '-q', '--detach', path.join(dir, 'tree'));
		const inParent = {HOME: trusting(dir)};
		expect(isTrusted(path.join(dir, 'plain/below'), inParent)).toBe(true);
		expect(isTrusted(clone, inParent)).toBe(false);
		const inClone = {HOME: trusting(clone)};
		expect(isTrusted(path.join(clone, 'a'), inClone)).toBe(true);
		expect(isTrusted(path.join(dir, 'tree'), inClone)).toBe(true);
		expect(isTrusted(dir, inClone)).toBe(false);
	});

	test('a FIFO for a .git, which a session can have put there, is no worktree and holds nothing up', () => {
		const dir = folder();
		const file = path.join(dir, '.git');
		execFileSync('sh', ['-c', 'mkfifo "$0"', file]);
		const letGo = spawn('sh', ['-c', 'sleep 4; exec 3<>"$0"', file], {stdio: 'ignore'});
		onTestFinished(() => void letGo.kill());
		const startedMs = performance.now();
		expect(isTrusted(dir, {HOME: trusting(dir)})).toBe(true);
		expect(performance.now() - startedMs).toBeLessThan(3000);
	});

	test('CLAUDE_CONFIG_DIR stands over HOME; a file that is not there, or no JSON, trusts nothing', () => {
		const dir = folder();
		expect(isTrusted(dir, {HOME: '/nonexistent', CLAUDE_CONFIG_DIR: trusting(dir)})).toBe(true);
		expect(isTrusted(dir, {HOME: '/nonexistent'})).toBe(false);
		const broken = folder();
		writeFileSync(path.join(broken, '.claude.json'), '{"projects": ');
		expect(isTrusted(dir, {HOME: broken})).toBe(false);
	});
});

describe('how it ended', () => {
	test.each([
		[
			{failure: {error: 'rate_limit', text: 'Limit · resets 3pm'}},
			0,
			{outcome: 'limit', resetsAt: 'T', why: 'Limit · resets 3pm'},
		],
		[{failure: {error: 'authentication_failed', text: ''}}, 0, {outcome: 'login'}],
		[{failure: {error: 'overloaded', text: ''}}, 0, {outcome: 'failed', why: 'claude stopped with overloaded'}],
		[{done: true as const}, 143, {outcome: 'completed', why: 'the agent says it is done'}],
		[{sessionEnd: 'prompt_input_exit'}, 0, {outcome: 'completed', why: 'it was ended at its prompt'}],
		[{}, 1, {outcome: 'failed', why: 'claude ended with exit code 1 before its turn was over'}],
		[{sessionEnd: 'other'}, null, {outcome: 'failed', why: 'claude ended by signal 9 before its turn was over'}],
	])('%j, exit %j', (told, exitCode, ending) => {
		expect(judgeInteractive({exitCode, signal: 9}, told, 'T')).toMatchObject(ending);
	});
});

function requestOf(more: Partial<LaunchRequest> = {}): LaunchRequest {
	const runDir = folder();
	return {
		config: Config.parse({}),
		mission: makeMission(1),
		attempt: 1,
		prompt: 'Do it',
		style: 'interactive',
		program: 'claude',
		cwd: runDir,
		runDir,
		agentSessionId: 'u-1',
		resume: false,
		channel: {url: 'http://127.0.0.1:1', token: 'secret-token'},
		testCommand: undefined,
		env: {HOME: folder()},
		secretEnv: {},
		...more,
	};
}

/** A driver with a session that only writes down what it is told to do. */
function drive(
	hands: Hands = {attached: false, taken: false},
	{asked, hasReported = false, clock = {}}: {asked?: string; hasReported?: boolean; clock?: Partial<Clock>} = {},
) {
	const did: string[] = [];
	const phases: Phase[] = [];
	const wheel: Wheel = {
		clock: {...systemClock, sleep: async () => {}, at: () => () => {}, ...clock},
		type: text => did.push(`type ${JSON.stringify(text)}`),
		become: phase => phases.push(phase),
		finish: fact => did.push(`finish: ${fact}`),
		stop: ({why}) => did.push(`stop: ${why}`),
		record: () => {},
		hands: () => hands,
		atStop: again => (again ? undefined : asked),
		hasReported: () => hasReported,
		takeWindows: windows => did.push(`windows: ${windows.length}`),
		heardHuman: text => did.push(`human: ${text}`),
	};
	const voice = driveClaude(requestOf())(wheel);
	onTestFinished(() => void voice.end());
	return {voice, did, phases, hook: (event: string, body: object = bodyOf(event) ?? {}) => voice.hook?.(event, body)};
}

describe('driving it', () => {
	test('a turn that ends with nothing left: it is asked to end, with /exit and Enter', async () => {
		const {hook, did, voice} = drive();
		hook('UserPromptSubmit');
		expect(hook('Stop')).toEqual({});
		expect(did).toEqual(['finish: hook: Stop']);
		await voice.quit?.();
		expect(did.slice(1)).toEqual(['type "\\u0015/exit"', 'type "\\r"']);
		expect(voice.judge({exitCode: 0}, false)).toMatchObject({outcome: 'completed'});
		expect(voice.account.lastText).toBe('Finished.');
	});

	test('in the middle of a turn it is interrupted first', async () => {
		const {hook, did, voice} = drive();
		hook('UserPromptSubmit');
		await voice.quit?.();
		expect(did[0]).toBe('type "\\u001b"');
	});

	test('a turn that ends while something runs in the background is not its end', () => {
		const {hook, did, phases} = drive();
		hook('Stop', {background_tasks: [{id: 'b'}], session_crons: []});
		expect(did).toEqual([]);
		expect(phases.at(-1)).toEqual({phase: 'busy', why: 'hook: Stop, and 1 background task left'});
	});

	test('once it has reported, a server that it left running is not waited for', () => {
		const looks: (() => void)[] = [];
		let nowMs = 0;
		const every = (_ms: number, look: () => void) => {
			looks.push(look);
			return () => {};
		};
		const clock = {now: () => nowMs, every};
		const background = {background_tasks: [{id: 'server'}]};
		const reported = drive(undefined, {hasReported: true, clock});
		const silent = drive(undefined, {hasReported: false, clock});
		reported.hook('Stop', background);
		silent.hook('Stop', background);
		for (nowMs = 0; nowMs <= 29_000; nowMs += 1000) for (const look of looks) look();
		expect(reported.did).toEqual([]);
		for (nowMs = 30_000; nowMs <= 90_000; nowMs += 1000) for (const look of looks) look();
		expect(reported.did).toEqual([expect.stringContaining('finish: hook: Stop; it has reported')]);
		expect(silent.did).toEqual([]);
	});

	test('without its report it is asked once, never twice', () => {
		const {hook, did} = drive(undefined, {asked: 'report first'});
		expect(hook('Stop')).toEqual({decision: 'block', reason: 'report first'});
		expect(did).toEqual([]);
		expect(hook('Stop', {stop_hook_active: true})).toEqual({});
		expect(did).toEqual(['finish: hook: Stop']);
	});

	test('nobody is there: what needs permission is denied with words, and a question is not put', () => {
		const {hook, phases} = drive();
		expect(hook('PermissionRequest')).toMatchObject({
			hookSpecificOutput: {decision: {behavior: 'deny', message: expect.stringContaining('Nobody is there')}},
		});
		expect(phases.at(-1)).toEqual({
			phase: 'busy',
			why: 'hook: PermissionRequest Bash touch zzz.txt: denied, nobody is attached',
		});
		expect(hook('PreToolUse', {tool_name: 'AskUserQuestion'})).toMatchObject({
			hookSpecificOutput: {permissionDecision: 'deny'},
		});
	});

	test('somebody is attached: the dialog is left to them', () => {
		const {hook, phases} = drive({attached: true, taken: false});
		expect(hook('PermissionRequest')).toEqual({});
		expect(phases.at(-1)).toEqual({
			phase: 'waiting-permission',
			why: 'hook: PermissionRequest Bash touch zzz.txt',
		});
	});

	test('in hand: no end is its end, and what the human says is noted, what claude tells itself is not', () => {
		const {hook, did, phases} = drive({attached: true, taken: true});
		hook('UserPromptSubmit', {prompt: 'make it blue'});
		hook('UserPromptSubmit', {prompt: '<task-notification>done</task-notification>'});
		hook('Stop');
		hook('StopFailure', {error: 'rate_limit'});
		expect(did).toEqual(['human: make it blue']);
		expect(phases.at(-1)).toEqual({
			phase: 'waiting-input',
			why: 'hook: StopFailure rate_limit; it is in your hands',
		});
	});

	test('a limit ends it at once: it does not wait for its own going on', () => {
		const {hook, did, voice} = drive();
		hook('StopFailure', {error: 'rate_limit', last_assistant_message: "You've hit your 5-hour limit"});
		expect(did).toEqual(['finish: hook: StopFailure rate_limit']);
		expect(voice.judge({exitCode: 0}, false)).toEqual({outcome: 'limit', why: "You've hit your 5-hour limit"});
	});

	test('not trusted: it says so until the first word, and fails for that in the end', async () => {
		const {hook, phases, voice} = drive();
		await Promise.resolve();
		expect(phases.at(-1)).toMatchObject({
			phase: 'waiting-input',
			why: expect.stringContaining('claude asks whether it may trust'),
		});
		expect(voice.overran?.('no sign of life for 25 minutes')).toMatchObject({
			outcome: 'failed',
			why: expect.stringContaining('may trust'),
		});
		hook('StatusLine', JSON.parse(fixture('status-line.json')));
		expect(voice.overran?.('no sign of life for 25 minutes')).toBeUndefined();
		expect(voice.account.costUsd).toBe(0.00181);
	});
});

describe('how it is started', () => {
	const launch = (more: Partial<LaunchRequest>) => {
		const request = requestOf({mission: makeMission(1, {access: 'write'}), ...more});
		const {args, drive: driver} = claude.launch(request);
		return {runDir: request.runDir, args, driver};
	};

	test('the mode is always given; the token is in private files alone', () => {
		const {args, runDir, driver} = launch({});
		expect(driver).toBeDefined();
		expect(args).not.toContain('-p');
		expect(args.slice(0, 2)).toEqual(['--permission-mode', 'acceptEdits']);
		expect(args.slice(-4)).toEqual(['--session-id', 'u-1', '--', 'Do it']);
		expect(args.join(' ')).not.toContain('secret-token');
		const {hooks, statusLine} = JSON.parse(readFileSync(path.join(runDir, 'settings.json'), 'utf8'));
		expect(Object.keys(hooks)).toEqual(
			expect.arrayContaining(['Stop', 'StopFailure', 'PermissionRequest', 'SessionEnd']),
		);
		expect(statusLine.command).not.toContain('secret-token');
	});

	test('taken over: the same conversation, and no prompt', () => {
		const {args} = launch({resume: true, prompt: '', mission: makeMission(1)});
		expect(args.slice(0, 2)).toEqual(['--permission-mode', 'dontAsk']);
		expect(args.slice(-2)).toEqual(['--resume', 'u-1']);
	});
});
