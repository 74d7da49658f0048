import {spawn} from 'node:child_process';
import {expect, test} from 'vitest';
import {wordsOf} from '../../src/app/plain-dashboard.js';
import {demoConfig, makeDemoWorld, pilot} from '../support/demo-world.js';
import {childEnv, cli} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

test.each([
	['add "Fix the door" --write', ['add', 'Fix the door', '--write']],
	["  add 'it is' now ", ['add', 'it is', 'now']],
	['add ""', ['add', '']],
	['', []],
])('%j is the words %j', (line, words) => {
	expect(wordsOf(line)).toEqual(words);
});

test.each([
	['--screen-reader', {}],
	['INK_SCREEN_READER', {INK_SCREEN_READER: 'true'}],
	['screenReader: true', {}],
])(
	'%s: lines as things happen, verbs that are typed, and not one sequence',
	async (how, env) => {
		using place = scratch();
		const world = makeDemoWorld(
			place.dir,
			'## Pending\n- [ ] Look at the greeting ^m-look01\n',
			demoConfig(how.includes(':') ? `${how}\n` : ''),
		);
		const args = [cli, ...(how.startsWith('--') ? [how] : []), '--workspace', world.workspace];
		const child = spawn(process.execPath, args, {cwd: world.workspace, env: childEnv(world.home, env)});
		let heard = '';
		child.stdout.on('data', data => (heard += String(data)));
		child.stderr.on('data', data => (heard += String(data)));
		const hears = (words: string | RegExp) => expect.poll(() => heard, {timeout: 30_000}).toMatch(words);
		try {
			await hears(/Each thing that happens is a line/);
			await hears(/\^m-look01 done: Look at the greeting/);
			child.stdin.write('add "Say hello twice"\n');
			await hears(/added from cli: Say hello twice/);
			for (const [key, answer] of [
				['s', /No mission is selected: j selects one/],
				['j', /1 of \d: \^m-/],
				['p', /[Pp]aused/],
				['p', /goes on|[Rr]esumed|running again/],
				['n Wave goodbye', /added from cli: Wave goodbye/],
				['d', /Nothing is asked\./],
				['?', /A key of the dashboard, then Enter:[\s\S]*s: Not now/],
			] as const) {
				child.stdin.write(`${key}\n`);
				await hears(answer);
			}
			child.stdin.write('nonsense\n');
			await hears(/There is no verb nonsense/);
			child.stdin.write('status --format prompt\n');
			await hears(/\n▶/);
			const exit = new Promise(resolve => child.on('exit', resolve));
			child.stdin.write(how.startsWith('--') ? 'q\n' : 'quit\n');
			expect(await exit).toBe(0);
			expect(heard).toContain('The pilot goes on.');
			expect(heard).not.toContain('\u001b');
			expect((await pilot(world, ['status', '--json'])).code).toBe(0);
		} finally {
			child.kill();
			await pilot(world, ['stop', '--now']);
		}
	},
	60_000,
);
