import {existsSync, readdirSync, readFileSync, realpathSync} from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, expect, onTestFinished, test} from 'vitest';
import {type Script, type ScriptedApi, startScriptedApi} from '../fakes/scripted-api.js';
import {childEnv, runPilot, startPilot} from '../support/pilot-process.js';
import {claudeConfig, factsIn, fakeKey, realClaude, seedHome} from '../support/real-claude.js';
import {makeWorld, scratch, type World} from '../support/workspace.js';

const report = {tool: 'mcp__pilot__report', input: {summary: 'Did it', report: '# Did it'}};
const bash = (command: string, description: string) => ({tool: 'Bash', input: {command, description}});

const scripts: Script[] = [
	{when: /You were interrupted[\s\S]*go on with the mission/, turns: [report, {say: 'Reported.'}]},
	{
		when: /# Mission: Ask once/,
		turns: [bash('sort -o ../sorted.txt greet.js', 'Sort the file'), report, {say: 'Reported.'}],
	},
	{
		when: /# Mission: Ask twice/,
		turns: [
			bash('sort -o ../sorted.txt greet.js', 'Sort'),
			bash('sort -o ../sorted.txt greet.js', 'Again'),
			report,
			{say: 'Reported.'},
		],
	},
];

let api: ScriptedApi;
beforeAll(async () => {
	api = await startScriptedApi(scripts);
});
afterAll(() => api.stop());

const worldOf = (root: string, title: string, more = 'approvals: {permissions: always}\n') =>
	makeWorld(root, {
		config: claudeConfig({claude: realClaude(), api: api.url, more}),
		missions: `## Pending\n- [ ] ${title} ^m-asks01 access:write\n`,
	});

const human = (world: World) => {
	const options = {cwd: world.workspace, env: childEnv(world.home, {ANTHROPIC_API_KEY: fakeKey})};
	return {
		start() {
			const running = startPilot(['start', '--headless', '--until-idle'], options);
			onTestFinished(() => void running.child.kill());
			return running;
		},
		pilot: (...args: string[]) => runPilot(args, options),
		status: async () => JSON.parse((await runPilot(['status', '--json'], options)).out || '{}'),
	};
};

const soon = {timeout: 20_000};

/** What the agent was told of its tool calls, as its stream has it. */
const resultsIn = (world: World) =>
	readFileSync(path.join(world.workspace, '.pilot/runs/m-asks01/1/stream.jsonl'), 'utf8')
		.split('\n')
		.filter(line => line.includes('"tool_result"'))
		.join('\n');

const isBeside = (world: World, name: string) => existsSync(path.join(world.workspace, '.pilot/checkouts', name));

const settledIn = (world: World) =>
	factsIn(world.workspace).flatMap(({type, data}) => (type === 'approval.settled' ? [data] : []));

test('asked, and allowed once: the session waits, says so, and the command runs', async () => {
	using place = scratch();
	const world = worldOf(place.dir, 'Ask once');
	const {start, pilot, status} = human(world);
	const running = start();
	await expect.poll(async () => (await status()).approvals?.length, soon).toBe(1);
	const {approvals, sessions} = await status();
	const [asked] = approvals;
	expect(asked).toMatchObject({
		kind: 'permission',
		missionId: 'm-asks01',
		what: 'wants to run a command',
		why: 'It says: Sort the file',
		command: 'sort -o ../sorted.txt greet.js',
		forSession: 'this very command',
	});
	expect(sessions[0]).toMatchObject({
		phase: 'waiting-permission',
		why: `asks you to run: sort -o ../sorted.txt greet.js (${asked.approvalId})`,
	});
	expect((await pilot('approve')).out).toContain('sort -o ../sorted.txt greet.js');
	const wrong = await pilot('approve', 'a-none');
	expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining(`Open: ${asked.approvalId}`)]);
	expect((await pilot('approve', asked.approvalId)).out).toContain('this once');
	await running.finished;
	expect(isBeside(world, 'sorted.txt')).toBe(true);
	expect(settledIn(world)).toMatchObject([{answer: 'once', by: 'you', allowed: true}]);
	expect((await pilot('approve', asked.approvalId)).code).toBe(4);
});

test('asked, and denied with a note: nothing runs, and the agent is told why', async () => {
	using place = scratch();
	const world = worldOf(place.dir, 'Ask once');
	const {start, pilot, status} = human(world);
	const running = start();
	await expect.poll(async () => (await status()).approvals?.length, soon).toBe(1);
	const [{approvalId}] = (await status()).approvals;
	await pilot('deny', approvalId, '--note', 'Sorting spoils it');
	await running.finished;
	expect(isBeside(world, 'sorted.txt')).toBe(false);
	expect(resultsIn(world)).toContain('Denied by the human: Sorting spoils it');
	const [journal = ''] = readdirSync(path.join(world.workspace, 'journal'));
	expect(readFileSync(path.join(world.workspace, 'journal', journal), 'utf8')).toContain(
		'**Asked for**\n\n- sort -o ../sorted.txt greet.js: denied by you: Sorting spoils it\n',
	);
});

test('allowed for the session: the same command is not asked about again', async () => {
	using place = scratch();
	const world = worldOf(place.dir, 'Ask twice');
	const {start, pilot, status} = human(world);
	const running = start();
	await expect.poll(async () => (await status()).approvals?.length, soon).toBe(1);
	const [{approvalId}] = (await status()).approvals;
	expect((await pilot('approve', approvalId, '--session')).out).toContain('for this session');
	await running.finished;
	expect(settledIn(world).map(({answer}) => answer)).toEqual(['session']);
	expect(resultsIn(world)).not.toContain('is_error":true');
	expect(isBeside(world, 'sorted.txt')).toBe(true);
});

test('nobody answers by the deadline: refused, and the mission goes on', async () => {
	using place = scratch();
	const world = worldOf(place.dir, 'Ask twice', 'approvals: {permissions: always, timeoutSeconds: 2}\n');
	await human(world).start().finished;
	expect(settledIn(world)).toMatchObject([
		{answer: 'timeout', allowed: false},
		{answer: 'timeout', allowed: false},
	]);
	expect(resultsIn(world)).toContain('Nobody answered in time.');
	expect(factsIn(world.workspace).some(({type}) => type === 'report.received')).toBe(true);
});

test('nobody is there: refused at once, as ever', async () => {
	using place = scratch();
	const world = worldOf(place.dir, 'Ask once', '');
	await human(world).start().finished;
	expect(factsIn(world.workspace).some(({type}) => type === 'approval.asked')).toBe(false);
	expect(resultsIn(world)).toContain('Nobody is there to allow it.');
});

test('killed while it waits: the question is withdrawn at the next start, and the mission goes on', async () => {
	using place = scratch();
	const world = worldOf(place.dir, 'Ask once');
	const {start, status} = human(world);
	const first = start();
	await expect.poll(async () => (await status()).approvals?.length, soon).toBe(1);
	first.child.kill('SIGKILL');
	await first.finished;
	const second = start();
	await second.finished;
	expect(settledIn(world)).toMatchObject([{answer: 'withdrawn', allowed: false, by: 'pilot'}]);
	expect(isBeside(world, 'sorted.txt')).toBe(false);
	const ends = factsIn(world.workspace).flatMap(({type, data}) => (type === 'session.ended' ? [data.outcome] : []));
	expect(ends).toEqual(['lost', 'completed']);
	expect(readdirSync(path.join(world.workspace, 'journal'))).toHaveLength(1);
});

test('taken over while it waits: the question is withdrawn, and the session is the human’s', async () => {
	using place = scratch();
	const world = worldOf(place.dir, 'Ask once');
	seedHome(world.home, [path.join(realpathSync(world.workspace), '.pilot/checkouts/m-asks01')]);
	const {start, pilot, status} = human(world);
	const running = start();
	await expect.poll(async () => (await status()).approvals?.length, soon).toBe(1);
	expect((await pilot('take', 'm-asks01')).out).toContain('is yours');
	await expect.poll(async () => (await status()).approvals?.length, soon).toBe(0);
	await expect
		.poll(async () => (await status()).sessions?.[0], soon)
		.toMatchObject({phase: 'waiting-input', taken: true});
	expect(settledIn(world)).toMatchObject([{answer: 'withdrawn'}]);
	await pilot('stop', 'm-asks01');
	await running.finished;
});

test('stopped while it waits: the question goes with the session', async () => {
	using place = scratch();
	const world = worldOf(place.dir, 'Ask once');
	const {start, pilot, status} = human(world);
	const running = start();
	await expect.poll(async () => (await status()).approvals?.length, soon).toBe(1);
	await pilot('stop', 'm-asks01');
	await running.finished;
	expect(settledIn(world)).toMatchObject([{answer: 'withdrawn'}]);
});
