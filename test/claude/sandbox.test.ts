import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {sandboxTrouble} from '../../src/session/claude-sandbox.js';
import {type Script, startScriptedApi} from '../fakes/scripted-api.js';
import {notRun} from '../support/not-run.js';
import {childEnv, runPilot} from '../support/pilot-process.js';
import {claudeConfig, fakeKey, realClaude} from '../support/real-claude.js';
import {git, makeWorld, scratch} from '../support/workspace.js';

const bash = (command: string) => ({tool: 'Bash', input: {command, description: 'Try'}});
const report = {tool: 'mcp__pilot__report', input: {summary: 'Tried', report: '# Tried'}};

test('in the sandbox a session writes where it works, reads no keys of the human, and no state of pilot', async () => {
	const trouble = sandboxTrouble(process.env);
	if (trouble) {
		notRun(`the sandbox: ${trouble}`);
		return;
	}
	using place = scratch('sandbox');
	const outside = path.join(place.dir, 'outside.txt');
	const keys = path.join(place.dir, 'home/.ssh/id_ed25519');
	const log = path.join(place.dir, 'missions/.pilot/events.ndjson');
	const scripts: Script[] = [
		{
			when: /# Mission: Try it/,
			turns: [
				bash('seq 3 > inside.txt'),
				bash(`echo out > '${outside}'`),
				bash(`cat '${keys}' > key.txt; cat '${log}' > log.txt; true`),
				report,
				{say: 'Reported.'},
			],
		},
		{
			when: /# Mission: Only look/,
			turns: [bash('echo x > looked.txt'), bash('ls > looked.txt'), report, {say: 'Reported.'}],
		},
	];
	const model = await startScriptedApi(scripts);
	const config = claudeConfig({claude: realClaude(), api: model.url, sandbox: 'required'});
	const world = makeWorld(place.dir, {
		config,
		missions: '## Pending\n- [ ] Try it access:write ^m-try001\n- [ ] Only look ^m-look01\n',
	});
	mkdirSync(path.dirname(keys), {recursive: true});
	writeFileSync(keys, 'PRIVATE-KEY-OF-MINE');
	const {out, err} = await runPilot(['start', '--headless', '--until-idle'], {
		cwd: world.workspace,
		env: childEnv(world.home, {ANTHROPIC_API_KEY: fakeKey}),
	});
	await model.stop();
	expect(out + err).toContain('Try it');
	expect(existsSync(outside)).toBe(false);
	const of = (file: string) => git(world.target, 'show', `pilot/m-try001-try-it:${file}`);
	expect(of('inside.txt')).toBe('1\n2\n3');
	expect(of('key.txt')).toBe('');
	expect(of('log.txt')).toBe('');
	expect(readFileSync(log, 'utf8')).toContain('"missionId":"m-look01","attempt":1,"changed":false');
});

test('in the sandbox a session with a worktree commits, and changes no setting of the target', async () => {
	const trouble = sandboxTrouble(process.env);
	if (trouble) {
		notRun(`the sandbox: ${trouble}`);
		return;
	}
	using place = scratch('sandbox');
	const commands = [
		'seq 3 > inside.txt; git add inside.txt; git commit -q -m Mine',
		'git config core.fsmonitor /bin/false; echo x > "$(git rev-parse --git-common-dir)/hooks/post-commit"; true',
	];
	const scripts = [{when: /# Mission: Try it/, turns: [...commands.map(bash), report, {say: 'Reported.'}]}];
	const model = await startScriptedApi(scripts);
	const config = `${claudeConfig({claude: realClaude(), api: model.url, sandbox: 'required'})}isolation: worktree\n`;
	const world = makeWorld(place.dir, {config, missions: '## Pending\n- [ ] Try it access:write ^m-try001\n'});
	writeFileSync(path.join(world.home, '.gitconfig'), '[user]\n\tname = x\n\temail = x@x\n');
	const before = readFileSync(path.join(world.target, '.git/config'), 'utf8');
	const {out, err} = await runPilot(['start', '--headless', '--until-idle'], {
		cwd: world.workspace,
		env: childEnv(world.home, {ANTHROPIC_API_KEY: fakeKey}),
	});
	await model.stop();
	expect(git(world.target, 'log', '--format=%s', 'pilot/m-try001-try-it'), out + err).toBe('Mine\nFirst');
	expect(readFileSync(path.join(world.target, '.git/config'), 'utf8')).toBe(before);
	expect(existsSync(path.join(world.target, '.git/hooks/post-commit'))).toBe(false);
});
