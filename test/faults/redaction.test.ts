import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createRedactor} from '../../src/kernel/redact.js';
import {createRedactStream} from '../../src/kernel/redact-stream.js';
import {type Script, startScriptedApi} from '../fakes/scripted-api.js';
import {FakeBotApi} from '../fakes/telegram-bot-api.js';
import {tellFigure} from '../support/figures.js';
import {childEnv, root, runPilot} from '../support/pilot-process.js';
import {claudeConfig, fakeKey, realClaude} from '../support/real-claude.js';
import {git, makeWorld, scratch} from '../support/workspace.js';

const alnum = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const text = (letters: string, length: number) =>
	fc.array(fc.constantFrom(...letters), {minLength: length, maxLength: length}).map(found => found.join(''));
const after = (start: string, letters: string, length: number) => text(letters, length).map(rest => start + rest);
const hex = '0123456789abcdef';
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const web = `${alnum}-_`;

/** As their vendors write them. */
const kinds: Readonly<Record<string, fc.Arbitrary<string>>> = {
	anthropic: after('sk-ant-api03-', web, 95),
	openai: after('sk-proj-', web, 120),
	'openai, old': after('sk-', alnum, 48),
	openrouter: after('sk-or-v1-', hex, 64),
	'github, classic': after('ghp_', alnum, 36),
	'github, server': after('ghs_', alnum, 36),
	'github, fine': fc.tuple(text(alnum, 22), text(alnum, 59)).map(parts => `github_pat_${parts.join('_')}`),
	gitlab: after('glpat-', web, 20),
	'slack, bot': fc.tuple(text('0123456789', 12), text(alnum, 24)).map(parts => `xoxb-${parts.join('-')}`),
	'slack, hook': fc
		.tuple(text(upper, 9), text(upper, 11), text(alnum, 24))
		.map(([team, bot, key]) => `https://hooks.slack.com/services/T${team}/B${bot}/${key}`),
	'discord, hook': text(web, 68).map(key => `https://discord.com/api/webhooks/123456789012345678/${key}`),
	linear: after('lin_api_', alnum, 40),
	'aws, id': after('AKIA', upper, 16),
	'aws, key': after('AWS_SECRET_ACCESS_KEY=', `${alnum}/+`, 40),
	'google, key': after('AIza', web, 35),
	'google, token': after('ya29.', web, 60),
	stripe: after('sk_live_', alnum, 24),
	'stripe, hook': after('whsec_', alnum, 32),
	npm: after('npm_', alnum, 36),
	pypi: after('pypi-AgEIcHlwaS5vcmc', web, 80),
	huggingface: after('hf_', alnum, 34),
	sendgrid: fc.tuple(text(web, 22), text(web, 43)).map(parts => `SG.${parts.join('.')}`),
	digitalocean: after('dop_v1_', hex, 64),
	shopify: after('shpat_', hex, 32),
	vault: after('hvs.', web, 90),
	databricks: after('dapi', hex, 32),
	docker: after('dckr_pat_', web, 27),
	grafana: after('glsa_', alnum, 41),
	age: after('AGE-SECRET-KEY-1', upper, 58),
	telegram: fc.tuple(text('123456789', 10), text(web, 34)).map(([id, key]) => `${id}:A${key}`),
	'web token': fc
		.tuple(text(alnum, 33), text(alnum, 60), text(web, 43))
		.map(([head, body, mark]) => `eyJ${head}.eyJ${body}.${mark}`),
	'private key': text(`${alnum}+/`, 1600).map(
		body => `-----BEGIN RSA PRIVATE KEY-----\n${body.replaceAll(/(.{64})/g, '$1\n')}\n-----END RSA PRIVATE KEY-----`,
	),
	'password in a link': text(web, 20).map(password => `postgres://app:${password}@db.example.com/app`),
	bearer: after('Authorization: Bearer ', web, 40),
};

/** What of a value must not be seen: the whole, but for what names it. */
const core = (kind: string, value: string) =>
	kind === 'password in a link' ? value.slice('postgres://app:'.length, value.indexOf('@')) : value;

const coloured = (value: string) =>
	[...value].map((one, at) => (at % 7 === 3 ? `\u001b[3${at % 8}m${one}` : one)).join('');
const framed: Readonly<Record<string, (value: string) => string>> = {
	plain: value => `token ${value} end\n`,
	'in JSON': value => `{"key":${JSON.stringify(value)}}\n`,
	'in colours': value => `\u001b[1mtoken\u001b[0m ${coloured(value)}\u001b[0m end\r\n`,
	'in an assignment': value => `export TOKEN="${value}"\n`,
};
const visible = (words: string) => words.replaceAll(/\u001b\[[\d;]*m/g, '');

/** As it is written when it comes in pieces. */
function through(redact: ReturnType<typeof createRedactor>, whole: string, cuts: readonly number[]) {
	const stream = createRedactStream(redact);
	const edges = [0, ...cuts.map(cut => Math.floor(cut * whole.length)), whole.length].sort((a, b) => a - b);
	return edges.map((edge, index) => stream.push(whole.slice(edge, edges[index + 1] ?? edge))).join('') + stream.end();
}

const cutting = fc.array(fc.double({min: 0, max: 1, noNaN: true}), {maxLength: 6});
/** How many of each kind. */
const each = 8;

test('shapes of secrets are found, however they are framed, coloured and cut', () => {
	const none = createRedactor([]);
	const samples = fc.sample(cutting, 400);
	const missed: string[] = [];
	let tried = 0;
	for (const [kind, values] of Object.entries(kinds))
		for (const value of fc.sample(values, each))
			for (const [frame, write] of Object.entries(framed))
				for (const cuts of [[], samples[tried % samples.length] ?? []]) {
					tried++;
					const seen = visible(through(none, write(value), cuts));
					const isEscaped = frame === 'in JSON' && kind === 'private key';
					const whole = isEscaped ? JSON.stringify(value).slice(1, -1) : core(kind, value);
					if (seen.includes(whole) || seen.includes(whole.slice(-12)))
						missed.push(`${kind}, ${frame}, ${cuts.length} cuts`);
				}
	tellFigure({
		name: 'secrets by their shape',
		n: tried,
		failures: missed.length,
		figure: `${((1 - missed.length / tried) * 100).toFixed(1)} % of ${Object.keys(kinds).length} kinds found, framed, coloured and cut`,
	});
	expect(Object.keys(kinds).length * each).toBeGreaterThanOrEqual(200);
	expect([...new Set(missed)].slice(0, 20), 'missed').toEqual([]);
});

const forms: Readonly<Record<string, (value: string) => string>> = {
	plain: value => value,
	base64: value => Buffer.from(value).toString('base64'),
	base64url: value => Buffer.from(value).toString('base64url'),
	'base64 of a login': value => Buffer.from(`user:${value}`).toString('base64'),
	'base64 of a line': value => Buffer.from(`pw=${value}; path=/`).toString('base64'),
	'URL-encoded': value => encodeURIComponent(value),
	'URL-encoded, small letters': value => encodeURIComponent(value).replaceAll(/%../g, code => code.toLowerCase()),
	'JSON-escaped': value => JSON.stringify(value).slice(1, -1),
};

test('known values are found in every form, however they are coloured and cut', () => {
	const values = fc.sample(
		fc.string({unit: fc.constantFrom(...`${alnum}!"#$%&'()*+,-./:;<=>?@[\\]^_{|}~`), minLength: 12, maxLength: 60}),
		200,
	);
	const redact = createRedactor(values);
	const samples = fc.sample(cutting, 300);
	const missed: string[] = [];
	let tried = 0;
	for (const value of values)
		for (const [form, write] of Object.entries(forms))
			for (const colour of [false, true]) {
				tried++;
				const written = write(value);
				const shown = visible(
					through(redact, `a ${colour ? coloured(written) : written} b\n`, samples[tried % samples.length] ?? []),
				);
				// The characters at the two ends of a base64 within a longer one belong to its neighbours.
				const inner = form.startsWith('base64 of') ? written.slice(8, -6) : written;
				if (shown.includes(inner)) missed.push(`${form}: ${value}`);
			}
	tellFigure({
		name: 'known secrets',
		n: tried,
		failures: missed.length,
		figure: `${values.length} values in ${Object.keys(forms).length} forms, coloured and cut`,
	});
	expect(missed.slice(0, 10)).toEqual([]);
});

/** Code and words of other people: the packages that are installed here. */
function* othersText(): Generator<string> {
	const folders = [path.join(root, 'node_modules')];
	for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
		for (const entry of readdirSync(folder, {withFileTypes: true})) {
			const file = path.join(folder, entry.name);
			if (entry.isDirectory()) folders.push(file);
			else if (/\.(?:[cm]?[jt]s|md|json)$/.test(entry.name)) yield readFileSync(file, 'utf8');
		}
}

const cleanLines = (n: number) =>
	`${n.toString(16).padStart(40, 'a1b2c3')} 123e4567-e89b-12d3-a456-4266141${String(n).padStart(5, '0')} sha512-${Buffer.from(`x${n}`.repeat(16)).toString('base64')} https://registry.example.com/p/-/p-${n}.tgz?x=${n}:${n} 2026-03-10T12:00:00.${n % 1000}Z @user/${n}\n`;

test('what is no secret stays: logs full of hashes and links, and other people’s code', () => {
	const none = createRedactor([]);
	let characters = 0;
	const found: string[] = [];
	const look = (words: string) => {
		characters += words.length;
		found.push(...none.spans(words).map(([from, to]) => words.slice(Math.max(0, from - 30), to)));
	};
	look(Array.from({length: 10_000}, (_, n) => cleanLines(n)).join(''));
	expect(found).toEqual([]);
	for (const words of othersText()) {
		if (characters > 20_000_000) break;
		look(words);
	}
	const perMegabyte = found.length / (characters / 1_000_000);
	tellFigure({
		name: 'no secret, and taken for one',
		n: Math.round(characters / 1_000_000),
		failures: 0,
		figure: `${perMegabyte.toFixed(2)} a megabyte in ${Math.round(characters / 1_000_000)} MB`,
	});
	expect(perMegabyte, found.join('\n')).toBeLessThanOrEqual(1);
});

/** Every file below a folder, but for those named. */
function* filesOf(folder: string, but: readonly string[]): Generator<string> {
	for (const entry of readdirSync(folder, {withFileTypes: true})) {
		const file = path.join(folder, entry.name);
		if (but.includes(entry.name)) continue;
		if (entry.isDirectory()) yield* filesOf(file, but);
		else if (entry.isFile()) yield file;
	}
}

const hidden = {GITHUB_TOKEN: 'value/of"a+GitHub\\token~1', DEPLOY_PASSWORD: 'correct horse&battery=staple'};

test('an agent that tells its secrets everywhere: none of them comes to a file, a commit or the phone', {
	timeout: 120_000,
}, async () => {
	using place = scratch();
	const all = Object.values(hidden).flatMap(value => Object.values(forms).map(write => write(value)));
	const tale = `${all.join(' ')} ${fc.sample(kinds.stripe ?? fc.constant(''), 1)[0]}`;
	const leaked = tale.split(' ').at(-1) ?? '';
	const scripts: Script[] = [
		{
			when: /# Mission: Tell it all/,
			turns: [
				{tool: 'Read', input: {file_path: 'secrets.txt'}},
				{tool: 'mcp__pilot__progress', input: {note: tale}},
				{tool: 'mcp__pilot__remember', input: {kind: 'learning', text: tale}},
				{tool: 'mcp__pilot__propose_mission', input: {title: `Use ${hidden.GITHUB_TOKEN}`, description: tale}},
				{tool: 'mcp__pilot__report', input: {summary: tale, report: tale, learnings: [tale], preferences: [tale]}},
				{say: `Reported ${tale}.`},
			],
		},
	];
	await using api = new FakeBotApi();
	const door = await api.open();
	const model = await startScriptedApi(scripts);
	const config = claudeConfig({
		claude: realClaude(),
		api: model.url,
		more: `telegram: {chatIds: [7], apiRoot: ${door.url}}\n`,
	});
	const world = makeWorld(place.dir, {
		config,
		missions: '## Pending\n- [ ] Tell it all ^m-tell01\n',
		files: {'secrets.txt': `${tale}\n`},
	});
	const env = Object.entries({...hidden, TELEGRAM_BOT_TOKEN: api.token});
	writeFileSync(path.join(world.workspace, '.env'), env.map(([name, value]) => `${name}='${value}'\n`).join(''), {
		mode: 0o600,
	});
	const end = await runPilot(['start', '--headless', '--until-idle'], {
		cwd: world.workspace,
		env: childEnv(world.home, {ANTHROPIC_API_KEY: fakeKey}),
	});
	await model.stop();
	expect(end.out + end.err).toContain('Tell it all');
	const forbidden = [...all, leaked, api.token, fakeKey].filter(value => value.length > 20);
	const sinks: [string, string][] = [
		...[...filesOf(world.workspace, ['.env', '.git', 'checkouts'])].map((file): [string, string] => [
			file,
			readFileSync(file, 'utf8'),
		]),
		['commits of the workspace', git(world.workspace, 'log', '-p', '--all')],
		['output', end.out + end.err],
		['phone', api.sent.map(({text: words}) => words).join('\n')],
	];
	const leaks = sinks.flatMap(([name, words]) =>
		forbidden
			.filter(value => words.includes(value))
			.map(value => `${name}: ${words.slice(Math.max(0, words.indexOf(value) - 40)).slice(0, 80)}`),
	);
	tellFigure({
		name: 'secrets in what pilot writes',
		n: sinks.length * forbidden.length,
		failures: leaks.length,
		figure: `${forbidden.length} values in ${sinks.length} files, commits, messages and outputs`,
	});
	expect(leaks).toEqual([]);
	expect(sinks.some(([, words]) => words.includes('[secret]'))).toBe(true);
});
