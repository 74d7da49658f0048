import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {pilot} from '../support/demo-world.js';
import {makeWorld, scratch} from '../support/workspace.js';

/** Prints what sets the clipboard of terminals, in three ways, reorders text and colours it. */
const tool = `#!/bin/sh
printf 'Bad: \\033\\033[0m]52;c;UFdORUQ=\\033\\033[0m\\\\ \\033]52;c;UFdORUQ=\\007 \\302\\23552;c;UFdORUQ=\\302\\234 \\342\\200\\256 \\302\\23331m.\\n'
exit 3
`;

const title = 'Do \u001b\u001b[0m]52;c;UFdORUQ=\u001b\u001b[0m\\ it \u009b31m\u202e now';

const obeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

test('whatever agents and files say, verbs print nothing that a terminal obeys', {timeout: 60_000}, async () => {
	using place = scratch();
	const world = makeWorld(place.dir, {
		config: 'agent: command\ncommand: {argv: [./tool.sh, "{prompt}"]}\n',
		missions: `## Pending\n- [ ] ${title} ^m-doit01\n`,
	});
	writeFileSync(path.join(world.workspace, 'tool.sh'), tool, {mode: 0o755});
	const waiting = await pilot(world, ['queue']);
	const started = await pilot(world, ['start', '--headless', '--until-idle']);
	expect(started.out).toContain('tool.sh ended with exit code 3: Bad: ]52;c;UFdORUQ=');
	for (const verb of [
		['queue'],
		['queue', '--json'],
		['logs'],
		['logs', '--json'],
		['status'],
		['journal'],
		['replay', 'm-doit01', '--json'],
	]) {
		const {out, err} = await pilot(world, verb);
		expect(`${verb.join(' ')}: ${out}${err}`).not.toMatch(obeyed);
	}
	for (const {out, err} of [waiting, started]) expect(out + err).not.toMatch(obeyed);
	expect(waiting.out).toContain('Do ]52;c;UFdORUQ=');
});

test('an error says what was wrong in plain words too', async () => {
	using place = scratch();
	const world = makeWorld(place.dir, {config: 'agent: demo\n', missions: ''});
	for (const verb of [
		[`no\u001b]0;x\u0007verb`],
		['logs', '--tail', '\u009b31m'],
		['journal', '\u202e'],
		['skip', '\u001b[31m'],
	]) {
		const {code, out, err} = await pilot(world, verb);
		expect(code).not.toBe(0);
		expect(out + err).not.toMatch(obeyed);
	}
});
