import {readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {parseQueue} from '../../src/queue/index.js';
import {makeDemoWorld, pilot, untilIdle} from '../support/demo-world.js';
import {childEnv, runPilot} from '../support/pilot-process.js';
import {git, scratch, writeTree} from '../support/workspace.js';

const missions = '## Pending\n- [ ] One ^m-aaaaaa\n- [ ] Two ^m-bbbbbb\n\n## Done\n';
const day = 'journal/2026-01-30.md';
const state = (seq: number) => `${JSON.stringify({v: 1, seq})}\n`;
const entry = (time: string, id: string) => `\n## ${time} done: It ^${id}\n\n<!-- ${id}/1 -->\n`;

/** A workspace laid out by `init`, pushed, cloned once more; then both sides changed the same files in the same places. */
async function twoSides() {
	const place = scratch();
	onTestFinished(() => place[Symbol.dispose]());
	const [here, there] = [path.join(place.dir, "it's here"), path.join(place.dir, 'there')];
	const env = childEnv(place.dir);
	await runPilot(['init', here, '--agent', 'demo', '--yes'], {cwd: place.dir, env});
	writeTree(here, {'missions.md': missions, 'state/h-aaaaaa.json': state(1), [day]: '# Journal of 2026-01-30\n'});
	git(here, 'add', '-A');
	git(here, 'commit', '-qm', 'Begin');
	git(place.dir, 'init', '-q', '--bare', '-b', 'main', 'remote.git');
	git(here, 'remote', 'add', 'origin', path.join(place.dir, 'remote.git'));
	git(here, 'push', '-q', '-u', 'origin', 'main');
	git(place.dir, 'clone', '-q', 'remote.git', there);
	const change = (at: string, files: Readonly<Record<string, string>>, message: string) => {
		for (const [name, text] of Object.entries(files)) writeTree(at, {[name]: text});
		git(at, 'commit', '-qam', message);
	};
	const learned = (text: string) => `# Learnings\n- ${text}\n`;
	change(
		there,
		{
			'missions.md': missions.replace('- [ ] One', '- [~] One, there'),
			'state/h-aaaaaa.json': state(3),
			'memory/learnings.md': learned('Uses tabs (^m-aaaaaa, 2026-01-30)'),
			[day]: `# Journal of 2026-01-30\n${entry('10:00', 'm-aaaaaa')}`,
		},
		'There',
	);
	git(there, 'push', '-q');
	change(
		here,
		{
			'missions.md': missions.replace('- [ ] One', '- [x] 2026-01-30 - One'),
			'state/h-aaaaaa.json': state(2),
			'memory/learnings.md': learned('uses tabs (^m-bbbbbb, 2026-01-30)'),
			[day]: `# Journal of 2026-01-30\n${entry('09:00', 'm-bbbbbb')}`,
		},
		'Here',
	);
	return here;
}

describe("a human's own git merges the pilot's files by what they mean", () => {
	test.each([
		['pull', ['pull', '-q', '--no-rebase', '--no-edit']],
		['rebase', ['pull', '-q', '--rebase']],
	])('git %s', async (_name, command) => {
		const here = await twoSides();
		git(here, ...command);
		const read = (name: string) => readFileSync(path.join(here, name), 'utf8');
		expect(git(here, 'status', '--porcelain')).toBe('');
		expect(
			parseQueue(Buffer.from(read('missions.md'))).items.map(({mission, state: is}) => [mission.title, is]),
		).toEqual([
			['One, there', 'done'],
			['Two', 'pending'],
		]);
		expect(read('state/h-aaaaaa.json')).toBe(state(3));
		expect(read('memory/learnings.md').match(/tabs/g)).toHaveLength(1);
		expect(read(day)).toBe(`# Journal of 2026-01-30\n${entry('09:00', 'm-bbbbbb')}${entry('10:00', 'm-aaaaaa')}`);
	});

	test('a pilot that starts sets its clone up; a second start changes nothing; what the human wrote stays', async () => {
		using place = scratch();
		const world = makeDemoWorld(place.dir, '## Pending\n');
		writeTree(world.workspace, {'.git/info/attributes': '*.png binary'});
		await untilIdle(world);
		const local = () => [
			git(world.workspace, 'config', 'merge.pilot.driver'),
			readFileSync(path.join(world.workspace, '.git/info/attributes'), 'utf8'),
		];
		const [driver = '', attributes = ''] = local();
		expect(driver).toMatch(/^'.+' '.+cli\.js' merge-driver %O %A %B %P$/);
		expect(attributes).toMatch(/^\*\.png binary\nmissions\.md merge=pilot -text\n/);
		await untilIdle(world);
		expect(local()).toEqual([driver, attributes]);
		expect((await pilot(world, ['--help'])).out).not.toContain('merge-driver');
	});
});
