import {chmodSync, existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {pilot} from '../support/demo-world.js';
import {git, makeWorld, scratch} from '../support/workspace.js';

const tool = `#!/bin/sh
printf '%s' "$1" > "$PILOT_TEST_PROMPT"
echo 'export const bye = () => "Bye!";' > bye.js
echo "Wrote bye.js."
`;

test('a mission by any CLI: its change becomes a branch, what it printed last is its report', async () => {
	using place = scratch();
	const world = makeWorld(place.dir, {
		config: `agent: command
command: {argv: [./tool.sh, "{prompt}"], passEnv: [PILOT_TEST_PROMPT]}
targets:
  - {name: app, path: ../app}
`,
		missions: '## Pending\n- [ ] Add a farewell access:write ^m-bye001\n',
	});
	const file = path.join(world.workspace, 'tool.sh');
	writeFileSync(file, tool);
	chmodSync(file, 0o755);
	const got = path.join(place.dir, 'prompt');
	const env = {PILOT_TEST_PROMPT: got};
	const doctor = JSON.parse((await pilot(world, ['doctor', '--json'], {env})).out);
	expect(doctor.findings).toContainEqual({name: 'agent', state: 'ok', what: file});

	const {code, out} = await pilot(world, ['start', '--headless', '--until-idle'], {env});
	expect(out).toContain('done: Add a farewell');
	expect(code).toBe(0);
	expect(git(world.target, 'show', 'pilot/m-bye001-add-a-farewell:bye.js')).toContain('Bye!');
	expect(readFileSync(path.join(world.workspace, '.pilot/runs/m-bye001/1/report.md'), 'utf8')).toBe(
		'> This agent has no way to report. These are its last words.\n\nWrote bye.js.\n',
	);
	const prompt = readFileSync(got, 'utf8');
	expect(prompt).toContain('# Mission: Add a farewell');
	expect(prompt).toContain('end with a short summary');
	expect(prompt).not.toContain('mcp__pilot__');
});

test('a tool that is not there parks, and says what to do; nothing is claimed to have run', async () => {
	using place = scratch();
	const world = makeWorld(place.dir, {
		config: 'agent: command\ncommand: {argv: [no-such-tool, "{prompt}"]}\n',
		missions: '## Pending\n- [ ] Do it ^m-doit01\n',
	});
	const {out} = await pilot(world, ['start', '--headless', '--until-idle']);
	expect(out).toContain('no-such-tool was not found: install it, or correct command.argv in config.yaml');
	expect(existsSync(path.join(world.workspace, '.pilot/runs/m-doit01/1/report.md'))).toBe(false);
	const {findings} = JSON.parse((await pilot(world, ['doctor', '--json'])).out);
	expect(findings).toContainEqual(expect.objectContaining({name: 'agent', state: 'failed'}));
});

test('a session that cannot be taken over says so', async () => {
	using place = scratch();
	const world = makeWorld(place.dir, {
		config: 'agent: command\ncommand: {argv: [sh, -c, "echo up; exec sleep 30", "{prompt}"]}\n',
		missions: '## Pending\n- [ ] Do it ^m-doit01\n',
	});
	const running = pilot(world, ['start', '--headless']);
	await expect
		.poll(async () => JSON.parse((await pilot(world, ['status', '--json'])).out).sessions?.[0], {timeout: 10_000})
		.toMatchObject({phase: 'busy', takesKeys: true});
	const taken = await pilot(world, ['take', 'm-doit01']);
	expect([taken.code, taken.err]).toEqual([1, expect.stringContaining('agent command cannot be taken over')]);
	const unknown = await pilot(world, ['take', 'm-none00']);
	expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('There is no mission')]);
	await pilot(world, ['stop', '--now']);
	await running;
});
