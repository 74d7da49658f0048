// What pilot adds to the agent's own time: 20 trivial read missions, one at a time, against the same 20 calls of the real claude with the
// same arguments, prompt files and MCP config in a bare loop, in the same run. Prints a table and where the difference goes.
//   npm run bench:overhead -- [missions]
import {spawn, spawnSync} from 'node:child_process';
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {LLMock} from '@copilotkit/aimock';
import {loadSource} from '../../scripts/load-source.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const count = Number(process.argv[2] ?? 20);
const rounds = Number(process.env.ROUNDS ?? 3);
const scratch = path.join(root, '.cache', `overhead-${process.pid}`);
const key = 'sk-ant-fake-key-0123456789abcdefghij';

const claude = spawnSync(process.execPath, [path.join(root, 'scripts/fetch-claude.mjs')], {
	encoding: 'utf8',
}).stdout.trim();
if (!claude) {
	console.log('NOT RUN: needs the real claude');
	process.exit(1);
}

const mock = new LLMock({port: 0, logLevel: 'silent'});
mock.on({predicate: () => true}, request => {
	const done = request.messages.filter(message => message.role === 'assistant').length;
	if (done > 0) return {content: 'Reported.'};
	return {
		toolCalls: [
			{
				id: `toolu_${Math.random().toString(36).slice(2)}`,
				name: 'mcp__pilot__report',
				arguments: JSON.stringify({summary: 'Looked', report: 'Looked at it.'}),
			},
		],
	};
});
await mock.start();

const git = (cwd, ...args) => {
	const result = spawnSync('git', ['-c', 'user.name=B', '-c', 'user.email=b@b', ...args], {cwd, encoding: 'utf8'});
	if (result.status !== 0) throw new Error(`git ${args.join(' ')}: ${result.stderr}`);
	return result.stdout.trim();
};

function makeWorld(dir) {
	const at = name => path.join(dir, name);
	for (const name of ['app', 'missions', 'home']) mkdirSync(at(name), {recursive: true});
	git(at('app'), 'init', '-q', '-b', 'main');
	writeFileSync(at('app/greet.js'), 'export const greet = 1;\n');
	git(at('app'), 'add', '.');
	git(at('app'), 'commit', '-qm', 'First');
	git(dir, 'init', '-q', '--bare', '-b', 'main', at('remote.git'));
	git(at('missions'), 'init', '-q', '-b', 'main');
	writeFileSync(at('missions/.gitignore'), '.pilot/\n');
	writeFileSync(
		at('missions/config.yaml'),
		`claude:\n  command: ${claude}\n  auth: api-key\n  env: {ANTHROPIC_BASE_URL: "${mock.url}", CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1", DISABLE_TELEMETRY: "1"}\ntargets:\n  - {name: app, path: ../app}\nlimits: {runsPerDay: none}\n`,
	);
	writeFileSync(
		at('missions/missions.md'),
		`## Pending\n${Array.from({length: count}, (_, index) => `- [ ] Look at it, ${index + 1}\n`).join('')}`,
	);
	git(at('missions'), 'add', '.');
	git(at('missions'), 'commit', '-qm', 'First');
	git(at('missions'), 'remote', 'add', 'origin', at('remote.git'));
	git(at('missions'), 'push', '-q', 'origin', 'main');
	return {dir, workspace: at('missions'), app: at('app'), home: at('home')};
}

const env = home => ({
	PATH: `${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
	HOME: home,
	LANG: 'C.UTF-8',
	ANTHROPIC_API_KEY: key,
});

const run = (file, args, options) =>
	new Promise(resolve => {
		const startedMs = performance.now();
		const child = spawn(file, args, {stdio: ['ignore', 'pipe', 'pipe'], ...options});
		let out = '';
		child.stdout.on('data', chunk => (out += chunk));
		child.stderr.on('data', chunk => (out += chunk));
		child.on('close', code => resolve({code, out, ms: performance.now() - startedMs}));
	});

/** A report channel that answers as pilot's does, for the bare loop. */
async function startChannel() {
	const {McpServer} = await import('@modelcontextprotocol/sdk/server/mcp.js');
	const {WebStandardStreamableHTTPServerTransport} = await import(
		'@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
	);
	const {channelTools} = await loadSource('src/control/channel.ts');
	const {getRequestListener} = await import('@hono/node-server');
	const answer = async request => {
		const url = new URL(request.url);
		if (url.pathname === '/hooks/stop') return Response.json({});
		if (request.method !== 'POST') return new Response('', {status: 405});
		const server = new McpServer({name: 'pilot', version: '0'});
		for (const [tool, {description, input, always}] of Object.entries(channelTools)) {
			server.registerTool(
				tool,
				{description, inputSchema: input, _meta: always ? {'anthropic/alwaysLoad': true} : {}},
				async () => ({content: [{type: 'text', text: 'Received. You can end now.'}]}),
			);
		}
		const transport = new WebStandardStreamableHTTPServerTransport({enableJsonResponse: true});
		await server.connect(transport);
		return transport.handleRequest(request);
	};
	const server = http.createServer(getRequestListener(answer));
	await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
	return {url: `http://127.0.0.1:${server.address().port}`, close: () => server.close()};
}

async function pilotRound(world) {
	const result = await run(
		process.execPath,
		[path.join(root, 'dist/src/cli.js'), 'start', '--headless', '--until-idle', '--json'],
		{cwd: world.workspace, env: env(world.home)},
	);
	const facts = result.out
		.split('\n')
		.filter(line => line.startsWith('{'))
		.map(line => JSON.parse(line));
	const done = facts.filter(fact => fact.type === 'mission.concluded' && fact.data.state === 'done').length;
	if (done !== count) throw new Error(`pilot finished ${done} of ${count}:\n${result.out.slice(-2000)}`);
	return {ms: result.ms, facts};
}

async function bareRound(world, sample, channel) {
	const mcp = path.join(world.dir, 'mcp.json');
	const settings = path.join(world.dir, 'settings.json');
	const pointed = name =>
		readFileSync(path.join(sample.runDir, name), 'utf8').replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, channel.url);
	writeFileSync(mcp, pointed('mcp.json'));
	writeFileSync(settings, pointed('settings.json'));
	const args = sample.args.map(arg =>
		arg.endsWith('/mcp.json') ? mcp : arg.endsWith('/settings.json') ? settings : arg,
	);
	const extra = {
		DISABLE_AUTOUPDATER: '1',
		CLAUDE_CODE_DISABLE_AGENT_VIEW: '1',
		ANTHROPIC_BASE_URL: mock.url,
		CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
		DISABLE_TELEMETRY: '1',
	};
	const startedMs = performance.now();
	for (let index = 0; index < count; index++) {
		const fresh = args.map((arg, at) => (args[at - 1] === '--session-id' ? crypto.randomUUID() : arg));
		const result = await run(claude, fresh, {cwd: world.app, env: {...env(world.home), ...extra}});
		if (result.code !== 0 || !result.out.includes('"terminal_reason":"completed"'))
			throw new Error(`claude: ${result.out.slice(-2000)}`);
	}
	return performance.now() - startedMs;
}

/** The arguments that pilot gives, taken from a run of its own by a wrapper in place of claude. */
async function sampleLaunch(dir) {
	const world = makeWorld(dir);
	const seen = path.join(dir, 'args');
	const wrapper = path.join(dir, 'claude-wrapper');
	writeFileSync(
		wrapper,
		`#!/bin/sh\n[ -f ${seen} ] || for a in "$@"; do printf '%s\\0' "$a"; done > ${seen}\nexec ${claude} "$@"\n`,
		{mode: 0o755},
	);
	const config = path.join(world.workspace, 'config.yaml');
	writeFileSync(config, readFileSync(config, 'utf8').replace(claude, wrapper));
	await pilotRound(world);
	const args = readFileSync(seen, 'utf8').split('\0').slice(0, -1);
	const runs = path.join(world.workspace, '.pilot/runs');
	return {args, runDir: path.join(runs, readdirSync(runs)[0], '1')};
}

/** Time between facts of each mission, summed by what it was spent on, per mission in ms. */
function breakdown(facts) {
	const parts = {};
	let last;
	for (const fact of facts) {
		const at = Date.parse(fact.at);
		const name = {
			'claim.published': 'claim: mark, commit, push',
			'checkout.made': 'checkout',
			'session.ended': 'session',
			'work.collected': 'compare checkout',
			'receipts.recorded': 'receipts',
			'mission.recorded': 'journal, memory, mark',
			'mission.published': 'publish: commit, push',
		}[fact.type];
		if (name && last) parts[name] = (parts[name] ?? 0) + at - last;
		if (name || fact.type === 'mission.claimed') last = at;
	}
	return Object.entries(parts).map(([name, ms]) => [name, ms / count]);
}

const median = values => [...values].sort((a, b) => a - b)[values.length >> 1];
const sample = await sampleLaunch(path.join(scratch, 'sample'));
const channel = await startChannel();
const ratios = [];
let facts = [];
for (let round = 0; round < rounds; round++) {
	const world = makeWorld(path.join(scratch, `round-${round}`));
	const bareFirst = round % 2 === 0;
	const early = bareFirst ? await bareRound(world, sample, channel) : undefined;
	const pilot = await pilotRound(world);
	const bare = early ?? (await bareRound(world, sample, channel));
	facts = pilot.facts;
	ratios.push(pilot.ms / bare);
	console.log(
		`round ${round + 1}: pilot ${Math.round(pilot.ms)} ms, bare loop ${Math.round(bare)} ms, ratio ${(pilot.ms / bare).toFixed(2)}`,
	);
}
console.log(`\n${count} read missions, median ratio ${median(ratios).toFixed(2)}x (reach 2x, aim 1.3x)\n`);
for (const [name, ms] of breakdown(facts)) console.log(`${ms.toFixed(0).padStart(6)} ms  ${name}`);
rmSync(scratch, {recursive: true, force: true, maxRetries: 5});
channel.close();
await mock.stop();
process.exit(median(ratios) <= 2 ? 0 : 1);
