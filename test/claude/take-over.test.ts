import {readdirSync, readFileSync, realpathSync} from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, expect, onTestFinished, test} from 'vitest';
import {taggedPids} from '../../src/kernel/process-tree.js';
import {type Script, type ScriptedApi, startScriptedApi} from '../fakes/scripted-api.js';
import {openPane} from '../support/pane-hand.js';
import {childEnv, runPilot, startPilot} from '../support/pilot-process.js';
import {claudeConfig, factsIn, fakeKey, realClaude, seedHome} from '../support/real-claude.js';
import {makeWorld, scratch, type World} from '../support/workspace.js';

const report = {tool: 'mcp__pilot__report', input: {summary: 'Watched it', report: '# Watched it'}};

const scripts: Script[] = [
	{when: /The human took over \(you\)[\s\S]*go on with the mission/, turns: [report, {say: 'Reported.'}]},
	{when: /You were interrupted[\s\S]*go on with the mission/, turns: [report, {say: 'Reported.'}]},
	{when: /Which number/, turns: [{tool: 'Bash', input: {command: 'tail -f package.json'}}]},
	{when: /Which colour/, turns: [{say: 'Blue, as you like it.'}]},
	{when: /# Mission: Watch the file/, turns: [{tool: 'Bash', input: {command: 'tail -f greet.js'}}]},
];

let api: ScriptedApi;
beforeAll(async () => {
	api = await startScriptedApi(scripts);
});
afterAll(() => api.stop());

function worldOf(root: string, style: 'headless' | 'interactive'): World {
	const config = claudeConfig({claude: realClaude(), api: api.url, style});
	const world = makeWorld(root, {config, missions: '## Pending\n- [ ] Watch the file ^m-watch1\n'});
	seedHome(world.home, [path.join(realpathSync(world.workspace), '.pilot/checkouts/m-watch1')]);
	return world;
}

const human = (world: World) => {
	const options = {cwd: world.workspace, env: childEnv(world.home, {ANTHROPIC_API_KEY: fakeKey})};
	return {
		start() {
			const running = startPilot(['start', '--headless', '--until-idle'], options);
			onTestFinished(() => void running.child.kill());
			return running;
		},
		pilot: (...args: string[]) => runPilot(args, options),
		session: async () => JSON.parse((await runPilot(['status', '--json'], options)).out).sessions?.[0],
	};
};

const soon = {timeout: 15_000};

test('taken over while it works, talked to in its pane, handed back: one session, one conversation, to its end', async () => {
	using place = scratch();
	const world = worldOf(place.dir, 'headless');
	const {start, pilot, session} = human(world);
	const running = start();
	await running.see('claude session started');
	await expect.poll(session, soon).toMatchObject({why: 'stream: Bash tail -f greet.js', taken: false});
	const refused = await pilot('hand-back', 'm-watch1');
	expect(refused.err).toContain("is in nobody's hands");

	const taken = await pilot('take', 'm-watch1');
	expect(taken.out).toContain('^m-watch1 is yours');
	await expect.poll(session, soon).toMatchObject({taken: true, phase: 'waiting-input', takesKeys: true});
	const {id} = await session();
	using pane = await openPane(world.workspace, id);
	await expect.poll(pane.text, soon).toContain('Interrupted');
	pane.type('Which colour shall it be?');
	await expect.poll(pane.text, soon).toContain('Which colour shall it be?');
	pane.type('\r');
	await expect.poll(pane.text, soon).toContain('Blue, as you like it.');
	await expect.poll(session, soon).toMatchObject({phase: 'waiting-input', why: 'hook: Stop; it is in your hands'});

	expect((await pilot('hand-back', 'm-watch1')).out).toContain('goes on by itself');
	const {code, out} = await running.finished;
	expect(out).toContain('done: Watch the file');
	expect(code).toBe(0);

	const facts = factsIn(world.workspace).filter(fact => fact.type.startsWith('session.'));
	expect(facts.map(fact => fact.type)).toEqual([
		'session.started',
		'session.taken',
		'session.handed-back',
		'session.ended',
	]);
	expect(new Set(facts.map(fact => fact.data.sessionId))).toEqual(new Set([id]));
	expect(facts[1]?.data).toMatchObject({by: 'you'});
	expect(facts[2]?.data).toMatchObject({said: ['Which colour shall it be?'], why: 'handed back by you'});
	expect(facts[3]?.data).toMatchObject({outcome: 'completed', exitCode: 0, tokens: {input: 400, output: 80}});
});

test("the human's own /exit hands it back", async () => {
	using place = scratch();
	const world = worldOf(place.dir, 'headless');
	const {start, pilot, session} = human(world);
	const running = start();
	await running.see('claude session started');
	await expect.poll(session, soon).toMatchObject({why: 'stream: Bash tail -f greet.js'});
	await pilot('take', 'm-watch1');
	await expect.poll(session, soon).toMatchObject({taken: true, phase: 'waiting-input'});
	using pane = await openPane(world.workspace, (await session()).id);
	pane.type('/exit');
	await expect.poll(pane.text, soon).toContain('/exit');
	await new Promise(resolve => setTimeout(resolve, 300));
	pane.type('\r');
	const {code} = await running.finished;
	expect(code).toBe(0);
	const back = factsIn(world.workspace).find(fact => fact.type === 'session.handed-back');
	expect(back?.data).toMatchObject({said: [], why: 'it was ended at its prompt'});
});

test('an interactive session is only marked taken: it stays at its end, and goes on when it is handed back', async () => {
	using place = scratch();
	const world = worldOf(place.dir, 'interactive');
	const {start, pilot, session} = human(world);
	const running = start();
	await running.see('claude session started');
	await expect.poll(session, soon).toMatchObject({why: 'hook: PreToolUse Bash tail -f greet.js'});
	const {id} = await session();
	await pilot('take', 'm-watch1');
	using pane = await openPane(world.workspace, id);
	await expect.poll(pane.text, soon).toContain('tail -f greet.js');
	pane.type('\u001b');
	await expect.poll(pane.text, soon).toContain('Interrupted');
	pane.type('Which colour?');
	await expect.poll(pane.text, soon).toContain('Which colour?');
	pane.type('\r');
	await expect.poll(session, soon).toMatchObject({id, taken: true, why: 'hook: Stop; it is in your hands'});
	await pilot('hand-back', 'm-watch1');
	const {code} = await running.finished;
	expect(code).toBe(0);
	const facts = factsIn(world.workspace).filter(fact => fact.type.startsWith('session.'));
	expect(facts.map(fact => fact.type)).toEqual([
		'session.started',
		'session.taken',
		'session.handed-back',
		'session.ended',
	]);
	expect(facts[2]?.data).toMatchObject({said: ['Which colour?'], why: 'handed back by you'});
});

test('killed while a human has it in hand: after the next start it goes on by itself, and nothing of it is left', async () => {
	using place = scratch();
	const world = worldOf(place.dir, 'headless');
	const {start, pilot, session} = human(world);
	const first = start();
	await first.see('claude session started');
	await expect.poll(session, soon).toMatchObject({why: 'stream: Bash tail -f greet.js'});
	await pilot('take', 'm-watch1');
	await expect.poll(session, soon).toMatchObject({taken: true, phase: 'waiting-input'});
	first.child.kill('SIGKILL');
	await first.finished;

	const second = start();
	await second.see('claude session resumed');
	const {code} = await second.finished;
	expect(code).toBe(0);
	const facts = factsIn(world.workspace);
	const ends = facts.filter(fact => fact.type === 'session.ended').map(fact => fact.data.outcome);
	expect(ends).toEqual(['lost', 'completed']);
	const started = facts.filter(fact => fact.type === 'session.started').map(fact => fact.data.agentSessionId);
	expect(new Set(started).size).toBe(1);
	const [journal = ''] = readdirSync(path.join(world.workspace, 'journal'));
	expect(readFileSync(path.join(world.workspace, 'journal', journal), 'utf8')).toContain('A human took over (you).');
	const machine = facts.find(fact => fact.type === 'pilot.started')?.data.machine;
	expect(taggedPids(`${machine}/`)).toEqual([]);
});

test('handed back in the middle of a turn: it is broken off, and the mission goes on', async () => {
	using place = scratch();
	const world = worldOf(place.dir, 'headless');
	const {start, pilot, session} = human(world);
	const running = start();
	await running.see('claude session started');
	await expect.poll(session, soon).toMatchObject({why: 'stream: Bash tail -f greet.js'});
	await pilot('take', 'm-watch1');
	await expect.poll(session, soon).toMatchObject({taken: true, phase: 'waiting-input'});
	using pane = await openPane(world.workspace, (await session()).id);
	pane.type('Which number?');
	await expect.poll(pane.text, soon).toContain('Which number?');
	pane.type('\r');
	await expect.poll(session, soon).toMatchObject({why: 'hook: PreToolUse Bash tail -f package.json'});
	await pilot('hand-back', 'm-watch1');
	const {code} = await running.finished;
	expect(code).toBe(0);
	const back = factsIn(world.workspace).find(fact => fact.type === 'session.handed-back');
	expect(back?.data).toMatchObject({said: ['Which number?'], why: 'handed back by you'});
});

test('stopped while a human has it in hand: it ends, and does not go on by itself', async () => {
	using place = scratch();
	const world = worldOf(place.dir, 'headless');
	const {start, pilot, session} = human(world);
	const running = start();
	await running.see('claude session started');
	await expect.poll(session, soon).toMatchObject({why: 'stream: Bash tail -f greet.js'});
	await pilot('take', 'm-watch1');
	await expect.poll(session, soon).toMatchObject({taken: true, phase: 'waiting-input'});
	expect((await pilot('stop', 'm-watch1')).code).toBe(0);
	await running.finished;
	const facts = factsIn(world.workspace).filter(fact => fact.type.startsWith('session.'));
	expect(facts.map(fact => fact.type)).toEqual(['session.started', 'session.taken', 'session.ended']);
	expect(facts.at(-1)?.data).toMatchObject({outcome: 'stopped', why: 'stopped by you'});
});
