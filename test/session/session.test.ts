import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {Config} from '../../src/domain/config.js';
import type {SessionPhase} from '../../src/domain/status.js';
import {type Clock, systemClock} from '../../src/kernel/clock.js';
import {readIfThere} from '../../src/kernel/files.js';
import {sweep, taggedPids} from '../../src/kernel/process-tree.js';
import {spawnPty} from '../../src/kernel/pty.js';
import {createTerminalScreen} from '../../src/screen/index.js';
import {type Agent, defineAgent} from '../../src/session/agent.js';
import {type SessionDeps, startSession} from '../../src/session/session.js';
import {judgeClaude} from '../../src/session/stream/claude-ending.js';
import {parseClaudeLine} from '../../src/session/stream/claude-line.js';
import type {SessionLimits} from '../../src/session/watch.js';
import {makeMission} from '../domain/situations.js';
import {root} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

const program = path.join(root, 'test/fakes/rude-agent.mjs');
const roomy: SessionLimits = {wallMs: 600_000, quietMs: 600_000, bytes: 256_000_000};

const agentOf = (manner: string, note: string): Agent =>
	defineAgent({
		name: 'rude',
		simulated: true,
		can: {takeOver: false, report: true, resume: true},
		program: () => undefined,
		parseLine: parseClaudeLine,
		judge: judgeClaude,
		launch: ({env}) => ({file: process.execPath, args: [program, manner, note], env}),
	});

let count = 0;

/** Starts the fake in a real terminal; everything it leaves is ended with the test. */
function start(manner: string, {limits = roomy, ...more}: {limits?: SessionLimits} & Partial<SessionDeps> = {}) {
	const folder = scratch();
	const tag = `test-${process.pid}/s-${++count}`;
	onTestFinished(async () => {
		await sweep(tag, systemClock, {graceMs: 0});
		folder[Symbol.dispose]();
	});
	const screen = createTerminalScreen({cols: 100, rows: 30, scrollback: 100});
	const phases: SessionPhase[] = [];
	const lines: string[] = [];
	const note = path.join(folder.dir, 'note');
	const request = {
		config: Config.parse({}),
		mission: makeMission(1),
		prompt: 'x',
		style: 'headless' as const,
		program: undefined,
		cwd: folder.dir,
		runDir: folder.dir,
		agentSessionId: 'u',
		resume: false,
		channel: {url: '', token: ''},
		testCommand: undefined,
		env: {PATH: process.env.PATH ?? ''},
		secretEnv: {},
		attempt: 1,
	};
	const deps: SessionDeps = {
		spawnPty,
		clock: systemClock,
		screen: {cols: 100, rows: 30, write: screen.write, onResize: () => {}, onInput: () => {}},
		redact: text => text.replaceAll('hunter2hunter2', '[secret]'),
		record: line => lines.push(line),
		readQuota: info => ({refused: (info as {refused?: boolean}).refused === true, resetsAt: '2030-01-01T00:00:00Z'}),
		takeWindows: () => {},
		hands: () => ({attached: false, taken: false}),
		atStop: () => undefined,
		hasReported: () => false,
		onChange: () => phases.push(session.phase),
		...more,
	};
	const session = startSession('s-1', agentOf(manner, note), request, limits, tag, deps);
	return {session, screen, phases, lines, note, tag};
}

/** A process that nobody has waited for yet is over all the same. */
const isRunning = (pid: number) => /^State:\s+[^ZX]/m.test(readIfThere(`/proc/${pid}/status`)?.toString() ?? '');

const until = async (holds: () => boolean) => {
	while (!holds()) await new Promise(resolve => setTimeout(resolve, 10));
};

test('a good session: starting, busy, finishing, ended; counted, recorded, shown', async () => {
	const {session, screen, phases, lines} = start('good');
	expect(session).toMatchObject({phase: 'starting', why: expect.stringContaining('started')});
	await expect(session.ended).resolves.toMatchObject({
		outcome: 'completed',
		exitCode: 0,
		turns: 1,
		costUsd: 0.25,
		lastWords: 'Done.',
	});
	expect(session.phase).toBe('ended');
	expect(phases.at(-1)).toBe('ended');
	expect(lines.length).toBe(3);
	expect(screen.visibleRows().join('\n')).toContain('Looking.');
});

test('garbage around it changes nothing, and no sequence of it reaches a row', async () => {
	const {session, screen} = start('garbage');
	await expect(session.ended).resolves.toMatchObject({outcome: 'completed'});
	expect(
		screen
			.visibleRows()
			.join('\n')
			.replaceAll(/\u001b\[[\d;]*m/g, ''),
	).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});

test('exit 1 with words on stderr: failed, with these words', async () => {
	const {session} = start('fails');
	await expect(session.ended).resolves.toMatchObject({
		outcome: 'failed',
		exitCode: 1,
		why: 'claude ended with exit code 1 without a result: Error: something is not set up',
	});
});

test('killed after its result: no success', async () => {
	const {session} = start('dies');
	await expect(session.ended).resolves.toMatchObject({
		outcome: 'failed',
		exitCode: null,
		why: 'claude ended by signal 9 after its result',
	});
});

test('output without end is stopped at its limit, bounded in time', async () => {
	const startedMs = performance.now();
	const {session} = start('flood', {limits: {...roomy, bytes: 40_000_000}});
	await expect(session.ended).resolves.toMatchObject({outcome: 'overran', why: 'printed more than 40 MB'});
	expect(performance.now() - startedMs).toBeLessThan(15_000);
});

test('silence is stopped; an event that nobody knows is a sign of life', async () => {
	const limits = {...roomy, quietMs: 1500};
	const hanging = start('hang', {limits});
	const chatting = start('chatter', {limits: {...roomy, quietMs: 1500, wallMs: 3500}});
	await expect(hanging.session.ended).resolves.toMatchObject({
		outcome: 'overran',
		why: expect.stringContaining('no sign of life'),
	});
	await expect(chatting.session.ended).resolves.toMatchObject({
		outcome: 'overran',
		why: expect.stringContaining('longer than'),
	});
});

test('time in which a human is asked is not counted, and the phase says so until the answer', async () => {
	const {session} = start('hang', {limits: {...roomy, quietMs: 1500, wallMs: 3000}});
	await until(() => session.phase === 'busy');
	const release = session.hold('asks you: wants to run a command');
	expect([session.phase, session.why]).toEqual(['waiting-permission', 'asks you: wants to run a command']);
	await new Promise(resolve => setTimeout(resolve, 4000));
	expect(session.phase).toBe('waiting-permission');
	release();
	expect(session.phase).toBe('busy');
	await expect(session.ended).resolves.toMatchObject({why: expect.stringContaining('no sign of life')});
});

test('a machine that slept for hours kills nothing', async () => {
	let jumpMs = 0;
	const clock: Clock = {...systemClock, now: () => Date.now() + jumpMs};
	const {session, tag} = start('hang', {clock, limits: {...roomy, wallMs: 60_000, quietMs: 60_000}});
	await until(() => session.phase === 'busy');
	jumpMs = 8 * 3_600_000;
	await new Promise(resolve => setTimeout(resolve, 1300));
	expect(session.phase).toBe('busy');
	jumpMs = 0;
	await new Promise(resolve => setTimeout(resolve, 1300));
	expect(session.phase).toBe('busy');
	expect(taggedPids(tag).length).toBeGreaterThan(0);
	await session.stop({outcome: 'stopped', why: 'enough'});
});

test('stopped: interrupt is enough for most, and the outcome is the stop, not the exit code', async () => {
	const {session} = start('interrupted');
	await until(() => session.phase === 'busy');
	const startedMs = performance.now();
	await session.stop({outcome: 'stopped', why: 'stopped by you'});
	await expect(session.ended).resolves.toMatchObject({outcome: 'stopped', why: 'stopped by you', exitCode: 0});
	expect(performance.now() - startedMs).toBeLessThan(2500);
	await session.stop({outcome: 'failed', why: 'too late'});
	await expect(session.ended).resolves.toMatchObject({outcome: 'stopped'});
});

test('deaf to interrupt and TERM: both were tried, then KILL; nothing is left', {timeout: 30_000}, async () => {
	const fast: Clock = {...systemClock, now: () => Date.now() * 4};
	const {session, screen, tag} = start('deaf', {clock: fast});
	await until(() => session.phase === 'busy');
	await session.stop({outcome: 'stopped', why: 'stopped by you'});
	await expect(session.ended).resolves.toMatchObject({outcome: 'stopped', exitCode: null});
	const shown = screen.visibleRows().join('\n');
	expect(shown.indexOf('SIGINT')).toBeGreaterThan(0);
	expect(shown.indexOf('SIGTERM')).toBeGreaterThan(shown.indexOf('SIGINT'));
	expect(taggedPids(tag)).toEqual([]);
});

test('a child in a session of its own goes with it', async () => {
	const {session, note, tag} = start('leaves');
	await expect(session.ended).resolves.toMatchObject({outcome: 'completed'});
	const pid = Number(readFileSync(note, 'utf8'));
	expect(isRunning(pid)).toBe(false);
	expect(taggedPids(tag)).toEqual([]);
});

test('a limit shows as one, with its end', async () => {
	const {session} = start('limited');
	await until(() => session.phase === 'rate-limited');
	expect(session.why).toBe('stream: usage limit until 2030-01-01T00:00:00Z');
	await session.stop({outcome: 'stopped', why: 'enough'});
});

test('a disk that is full, or a fact that cannot be kept, is told in the pane and ends no session', async () => {
	const full = () => {
		throw new Error('ENOSPC: no space left on device');
	};
	const {session, screen} = start('good', {record: full});
	await expect(session.ended).resolves.toMatchObject({outcome: 'completed'});
	expect(screen.visibleRows().join('\n')).toContain('this session is not being recorded: ENOSPC');
	const limited = start('limited', {readQuota: full});
	await until(() => limited.screen.visibleRows().join('').includes('a fact could not be kept'));
	await limited.session.stop({outcome: 'stopped', why: 'enough'});
	await expect(limited.session.ended).resolves.toMatchObject({outcome: 'stopped'});
});
