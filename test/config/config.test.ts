import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import {describe, expect, onTestFinished, test} from 'vitest';
import {parse} from 'yaml';
import {configJsonSchema, configProblems, loadConfig, loadSecrets, problemLine} from '../../src/config/index.js';
import {findWorkspace, isWorkspace} from '../../src/config/locate.js';
import {scratch} from '../support/workspace.js';

function workspace(config?: string): string {
	const folder = scratch();
	onTestFinished(() => folder[Symbol.dispose]());
	if (config !== undefined) writeFileSync(path.join(folder.dir, 'config.yaml'), config);
	return folder.dir;
}

/** The lines a human would read, without the path of the folder. */
function problems(config: string): string[] {
	const dir = workspace(config);
	return configProblems(path.join(dir, 'config.yaml')).map(problem => problemLine(problem).replace(`${dir}/`, ''));
}

test.each(['ctrl-h', 'ctrl-i', 'ctrl-j', 'ctrl-m', 'ctrl-['])('%s does not end typing: it is another key', key => {
	const [problem = ''] = problems(`panes: {detachKey: ${key === 'ctrl-[' ? '"ctrl-["' : key}}\n`);
	expect(problem).toContain(`panes.detachKey is "${key}"; allowed: ctrl- and a letter`);
	expect(problem).toContain('they are Backspace, Tab, line end, Enter and Escape');
});

test.each([
	'ctrl-a',
	'ctrl-g',
	'ctrl-k',
	'ctrl-l',
	'ctrl-n',
	'ctrl-z',
	'ctrl-]',
	'ctrl-\\\\',
	'ctrl-^',
	'ctrl-_',
	'ctrl-@',
])('%s can end typing', key => expect(problems(`panes: {detachKey: "${key}"}\n`)).toEqual([]));

describe('keys', () => {
	test('one or several for an action, in any writing', () => {
		expect(problems('keys: {skip: S, zoom: [Z, Ctrl-F], stop: [], new: PgDn, page-down: [], next: Ω}\n')).toEqual([]);
		const dir = workspace('keys: {skip: S, zoom: [Z, ctrl-f]}\n');
		expect(loadConfig(dir, {}).keys).toEqual({skip: ['S'], zoom: ['Z', 'ctrl-f']});
	});

	test('the same key in the queue and in a pane is no trouble', () => {
		expect(problems('keys: {find: g, first: g}\n')).toEqual([]);
	});

	test.each([
		[
			'an action that is none',
			'keys: {skp: S}',
			/:1:8: unknown key "skp" under keys; allowed: .*did you mean "skip"\?/,
		],
		['a key that is taken', 'keys: {zoom: s}', /:1:14: s would stand for both zoom and skip; .*skip: \[\]/],
		['a key given twice', 'keys: {skip: Z, zoom: Z}', /Z would stand for both skip and zoom/],
		['the same key in other words', 'keys: {zoom: Enter}', /Enter would stand for both zoom and detail/],
		['Ctrl-C', 'keys: {zoom: ctrl-c}', /keys\.zoom is "ctrl-c", which always quits; allowed: a character/],
		['Escape', 'keys: {zoom: esc}', /keys\.zoom is "esc", which goes back, everywhere/],
		['a digit', 'keys: {zoom: "3"}', /keys\.zoom is "3", which looks at the session/],
		['Tab in disguise', 'keys: {zoom: ctrl-i}', /keys\.zoom is "ctrl-i", which is the same as Tab/],
		['what nobody can type', 'keys: {zoom: hyper-q}', /keys\.zoom is "hyper-q", which is no key that can be typed/],
		['a control character', 'keys: {zoom: "\\e"}', /which is no key that can be typed/],
		['a number', 'keys: {zoom: 3}', /keys\.zoom is 3; allowed: a value of type string, or a value of type array/],
	])('%s', (_what, config, problem) => {
		const found = problems(`${config}\n`);
		expect(found).toHaveLength(1);
		expect(found[0]).toMatch(problem);
	});
});

describe('what is wrong, where, what is allowed, what may have been meant', () => {
	test.each([
		[
			'unknown key',
			'agent: demo\ntragets: []\n',
			/^config\.yaml:2:1: unknown key "tragets"; allowed: targets, agent, .*; did you mean "targets"\?$/,
		],
		[
			'unknown key below',
			'git:\n  puhs: true\n',
			/^config\.yaml:2:3: unknown key "puhs" under git; allowed: remote, branch, syncSeconds, push, offline, leaseMinutes; did you mean "push"\?$/,
		],
		[
			'unknown key in a list',
			'targets:\n  - name: a\n    path: b\n    tset: c\n',
			/^config\.yaml:4:5: unknown key "tset" under targets\.0; allowed: name, .*; did you mean "test"\?$/,
		],
		[
			'wrong type',
			'sessions:\n  max: many\n',
			/^config\.yaml:2:8: sessions\.max is "many"; allowed: a value of type number$/,
		],
		[
			'one of several',
			'mode: autonomus\n',
			/^config\.yaml:1:7: mode is "autonomus"; allowed: "autonomous", "supervised", "interactive"; did you mean "autonomous"\?$/,
		],
		['too small', 'sessions: {max: 0}\n', /^config\.yaml:1:17: sessions\.max is 0; allowed: at least 0$/],
		['too big', 'sessions: {max: 99}\n', /^config\.yaml:1:17: sessions\.max is 99; allowed: at most 16$/],
		[
			'a limit',
			'limits:\n  runsPerDay: lots\n',
			/^config\.yaml:2:15: limits\.runsPerDay is "lots"; allowed: a value of type number, or "none"$/,
		],
		[
			'a name',
			'targets:\n- {name: "a b", path: c}\n',
			/^config\.yaml:2:10: targets\.0\.name is "a b"; allowed: a value in the form of /,
		],
		[
			'missing',
			'targets:\n- {name: a}\n',
			/^config\.yaml:2:3: targets\.0\.path is missing; allowed: a value of type string$/,
		],
		['no mapping', '- a\n', /^config\.yaml:1:1: the file is \["a"\]; allowed: a value of type object$/],
		[
			'a URL',
			'telegram: {apiRoot: here}\n',
			/^config\.yaml:1:21: telegram\.apiRoot is "here"; allowed: a value in the form of url$/,
		],
		['no YAML', 'agent: demo\ngit: {push: [\n', /^config\.yaml:\d:\d+: /],
		['a key twice', 'agent: demo\nmode: autonomous\nagent: claude\n', /^config\.yaml:3:1: Map keys must be unique$/],
		['a tab', 'git:\n\tpush: true\n', /^config\.yaml:2:1: /],
		['two documents', 'agent: demo\n---\nagent: demo\n', /^config\.yaml:2:1: .*multiple documents/],
		[
			'a target twice',
			'targets:\n- {name: a, path: b}\n- {name: a, path: c}\n',
			/^config\.yaml:3:10: two targets have the name "a"; allowed: one name each$/,
		],
		[
			'a zone',
			'agent: demo\ntimezone: Mars\n',
			/^config\.yaml:2:11: timezone is "Mars"; allowed: an IANA name such as "Europe\/Vienna"$/,
		],
		[
			'command without one',
			'agent: command\n',
			/^config\.yaml:1:8: agent is "command" and there is no command section; allowed: /,
		],
		[
			'a command that is told nothing',
			'agent: command\ncommand:\n  argv: [tool]\n',
			/^config\.yaml:3:9: command\.argv has no "\{prompt\}"; allowed: .*prompt: stdin or paste/,
		],
		[
			'a command that is told twice',
			'agent: command\ncommand:\n  argv: [tool, "{prompt}"]\n  prompt: paste\n',
			/^config\.yaml:3:9: command\.argv has "\{prompt\}", and prompt is paste; allowed: one of the two/,
		],
		[
			'a pattern that is none',
			'agent: command\ncommand:\n  argv: [tool, "{prompt}"]\n  doneWhen: "(done"\n',
			/^config\.yaml:4:13: command\.doneWhen is "\(done"; allowed: exit, idle or a regular expression/,
		],
	])('%s', (_name, config, line) => {
		expect(problems(config)[0]).toMatch(line);
	});

	test('everything at once, not only the first', () => {
		expect(problems('modee: x\ngit: {push: 1}\nlimits: {runsPerDay: -1}\n').length).toBe(3);
	});

	test('aliases that lead nowhere, or without end, are told and not followed', () => {
		expect(problems('agent: *none\n')[0]).toMatch(/^config\.yaml:1:\d+: .*none/);
		const bomb = [
			'a: &a [x,x,x,x,x,x,x,x,x,x]',
			...'bcdefghi'.split('').map((name, n) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[n]}`).join(',')}]`),
		];
		expect(problems(bomb.join('\n'))[0]).toMatch(/^config\.yaml:1:1: .*alias/i);
	});

	test('none in an empty file, one of comments, one with all that is allowed', () => {
		for (const config of ['', '# nothing\n', '---\n', '\ufeffagent: demo\n', 'agent: demo\r\nmode: autonomous\r\n'])
			expect(problems(config), config).toEqual([]);
	});
});

describe('loading', () => {
	const load = (config: string | undefined, env: Readonly<Record<string, string | undefined>> = {}) =>
		loadConfig(workspace(config), env);
	const bad = (code: string) =>
		expect.objectContaining({code, exitCode: 2, todo: expect.stringContaining('pilot-tui')});

	test('nothing starts on a bad config, or on none', () => {
		expect(() => load('modee: x')).toThrow(bad('CONFIG_INVALID'));
		expect(() => load(undefined)).toThrow(bad('CONFIG_MISSING'));
		expect(() => load('timezone: Mars')).toThrow(bad('CONFIG_INVALID'));
	});

	test('the environment stands over the file, an empty value over nothing', () => {
		const env = {
			PILOT_AGENT: 'demo',
			PILOT_RUNS_PER_DAY: 'none',
			PILOT_INTERVAL_SECONDS: '60',
			PILOT_CLAUDE_COMMAND: '/c',
			PILOT_MODE: '',
			PILOT_TIMEZONE: 'Europe/Vienna',
			PILOT_TELEGRAM_API_ROOT: 'http://127.0.0.1:1',
		};
		expect(load('agent: claude\nmode: autonomous\n', env)).toMatchObject({
			agent: 'demo',
			mode: 'autonomous',
			intervalSeconds: 60,
			timezone: 'Europe/Vienna',
			limits: {runsPerDay: 'none'},
			claude: {command: '/c'},
			telegram: {apiRoot: 'http://127.0.0.1:1'},
		});
	});

	test.each([
		['PILOT_RUNS_PER_DAY', 'lots'],
		['PILOT_INTERVAL_SECONDS', '-1'],
		['PILOT_MODE', 'wild'],
		['PILOT_TIMEZONE', 'Mars'],
	])('a bad %s is named', (name, value) => {
		expect(() => load('', {[name]: value})).toThrow(`environment ${name}`);
	});
});

describe('.env', () => {
	test('what is set outside wins; secrets are known by name, and an open file is refused', () => {
		const dir = workspace();
		const file = path.join(dir, '.env');
		writeFileSync(
			file,
			'# x\nexport TELEGRAM_BOT_TOKEN="from file"\nGITHUB_TOKEN=file\nMY_API_KEY=abc\nPILOT_AGENT=demo\n',
		);
		chmodSync(file, 0o640);
		expect(() => loadSecrets(dir, {})).toThrow(
			expect.objectContaining({code: 'SECRETS_OPEN', todo: expect.stringContaining('chmod 600')}),
		);
		chmodSync(file, 0o600);
		const secrets = loadSecrets(dir, {GITHUB_TOKEN: 'outside', HOME: '/h', OTHER_KEY: '/a/path'});
		expect(secrets.env).toMatchObject({
			TELEGRAM_BOT_TOKEN: 'from file',
			GITHUB_TOKEN: 'outside',
			PILOT_AGENT: 'demo',
			HOME: '/h',
		});
		expect([...new Set(secrets.values)].sort()).toEqual(['abc', 'file', 'from file', 'outside']);
	});

	test('none is none', () => {
		expect(loadSecrets(workspace(), {A: 'b'})).toEqual({env: {A: 'b'}, values: []});
	});
});

test('a workspace is found from below, by both its files', () => {
	const dir = workspace('');
	const below = path.join(dir, 'a', 'b');
	mkdirSync(below, {recursive: true});
	expect([isWorkspace(dir), findWorkspace(below)]).toEqual([false, undefined]);
	writeFileSync(path.join(dir, 'missions.md'), '');
	expect([isWorkspace(dir), findWorkspace(below), findWorkspace(dir)]).toEqual([true, dir, dir]);
});

describe('the schema for editors', () => {
	const schema = configJsonSchema();
	const check = new Ajv2020({strict: false, formats: {uri: true}}).compile(schema);

	test('is a valid one, and says of configs what the loader says', () => {
		expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
		for (const config of ['{}', 'agent: demo', 'targets: [{name: a, path: b}]', 'limits: {runsPerDay: none}'])
			expect([check(parse(config)), problems(config)], config).toEqual([true, []]);
		for (const config of ['tragets: []', 'mode: x', 'sessions: {max: 99}', 'limits: {runsPerDay: some}'])
			expect([check(parse(config)), problems(config).length > 0], config).toEqual([false, true]);
	});
});
