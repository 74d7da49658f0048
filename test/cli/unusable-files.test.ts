import {mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {readIfThere} from '../../src/kernel/files.js';
import {makeDemoWorld, pilot} from '../support/demo-world.js';
import {notRun} from '../support/not-run.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

const one = '## Pending\n- [ ] Look at it ^m-look01\n';

/** Puts something else where a file of the workspace has to be. */
const instead = {
	folder(file: string) {
		rmSync(file, {recursive: true, force: true});
		mkdirSync(file, {recursive: true});
	},
	circle(file: string) {
		rmSync(file, {recursive: true, force: true});
		symlinkSync(path.basename(file), file);
	},
	file(file: string) {
		rmSync(file, {recursive: true, force: true});
		writeFileSync(file, '');
	},
};

test.each([
	['missions.md', 'folder', 'is a folder, and has to be a file'],
	['missions.md', 'circle', 'is a symbolic link that leads in a circle'],
	['config.yaml', 'folder', 'is a folder, and has to be a file'],
	['config.yaml', 'circle', 'is a symbolic link that leads in a circle'],
	['.pilot/events.ndjson', 'folder', 'is a folder, and has to be a file'],
	['.pilot/events.ndjson', 'circle', 'is a symbolic link that leads in a circle'],
	['.pilot/machine', 'folder', 'is a folder, and has to be a file'],
	['.pilot', 'file', 'is in the way, and has to be a folder'],
	['.pilot/logs', 'file', 'is in the way, and has to be a folder'],
] as const)('%s is a %s: no pilot starts, and it says so with what to do, exit 2', async (name, kind, what) => {
	using place = scratch('unusable');
	const world = makeDemoWorld(place.dir, one);
	mkdirSync(path.dirname(path.join(world.workspace, name)), {recursive: true});
	instead[kind](path.join(world.workspace, name));
	const {code, err, out} = await pilot(world, ['start', '--headless', '--until-idle']);
	const [first, second] = err.trim().split('\n');
	expect([code, first, second, out]).toEqual([
		2,
		expect.stringContaining(`${path.join(world.workspace, name)} ${what}`),
		'Move it away, and put back what was there, such as with `git restore`.',
		'',
	]);
});

test('what only looks at such a file says the same, and the doctor has a line for it', async () => {
	using place = scratch('unusable');
	const world = makeDemoWorld(place.dir, one);
	instead.folder(path.join(world.workspace, 'missions.md'));
	for (const verb of [['queue'], ['report'], ['add', 'New']]) {
		const {code, err} = await pilot(world, verb);
		expect([verb, code, err]).toEqual([verb, 2, expect.stringContaining('missions.md is a folder')]);
	}
	expect((await pilot(world, ['doctor'])).out).toMatch(/FAILED\s+queue\s+.*missions\.md is a folder/);
	instead.folder(path.join(world.workspace, 'config.yaml'));
	expect((await pilot(world, ['doctor'])).out).toMatch(/FAILED\s+config\s+.*config\.yaml is a folder/);
});

test('a running pilot tells of it once, goes on with what it knew, and takes it in when it is mended', {
	timeout: 60_000,
}, async () => {
	using place = scratch('unusable');
	const world = makeDemoWorld(place.dir, '## Pending\n');
	instead.folder(path.join(world.workspace, 'usage.md'));
	const running = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});
	await running.see('usage.md is a folder, and has to be a file');
	const missions = path.join(world.workspace, 'missions.md');
	instead.folder(missions);
	await running.see('missions.md is a folder, and has to be a file');
	await new Promise(resolve => setTimeout(resolve, 2500));
	rmSync(missions, {recursive: true});
	writeFileSync(missions, one);
	await running.see('done: Look at it');
	expect((await pilot(world, ['stop', '--now'])).code).toBe(0);
	await running.finished;
	expect(running.said().split('has to be a file')).toHaveLength(3);
	expect(readFileSync(missions, 'utf8')).toContain('[x]');
});

test('a file that may not be read says so, with its code', () => {
	if (process.getuid?.() === 0) return notRun('a file without any rights: root may read everything');
	using place = scratch('unusable');
	const file = path.join(place.dir, 'missions.md');
	writeFileSync(file, one, {mode: 0});
	expect(() => readIfThere(file)).toThrow(`${file} cannot be read: EACCES.`);
});
