import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, readdirSync, realpathSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {makeDemoWorld, pilot, untilIdle} from '../support/demo-world.js';
import {notRun} from '../support/not-run.js';
import {canMount, makeSmallDisk} from '../support/small-disk.js';
import {makeWorld, scratch, type World} from '../support/workspace.js';

const findingsOf = async (world: World) => JSON.parse((await pilot(world, ['doctor', '--json'])).out).findings;
const interactive = (more = '') => `claude: {command: /bin/true, style: interactive}\n${more}`;
const targets = 'targets:\n  - {name: app, path: ../app}\n';

test('doctor says that claude will ask in every new checkout; headless it is no matter', async () => {
	using place = scratch();
	const world = makeWorld(place.dir, {config: interactive(targets), missions: ''});
	expect(await findingsOf(world)).toContainEqual(
		expect.objectContaining({name: 'trust', state: 'warning', fix: expect.stringContaining('Attach (a)')}),
	);
	writeFileSync(path.join(world.workspace, 'config.yaml'), `claude: {command: /bin/true}\n${targets}`);
	expect((await findingsOf(world)).some(({name}: {name: string}) => name === 'trust')).toBe(false);
});

test('without a target it is the workspace that has to be trusted', async () => {
	using place = scratch();
	const world = makeWorld(place.dir, {config: interactive(), missions: ''});
	expect(await findingsOf(world)).toContainEqual(expect.objectContaining({name: 'trust', state: 'warning'}));
	const projects = {[realpathSync(world.workspace)]: {hasTrustDialogAccepted: true}};
	writeFileSync(path.join(world.home, '.claude.json'), JSON.stringify({projects}));
	expect(await findingsOf(world)).toContainEqual(expect.objectContaining({name: 'trust', state: 'ok'}));
});

test('doctor names each checkout that is kept, with its size, its age and the very command that removes it', async () => {
	using place = scratch("doctor kept's");
	const world = makeDemoWorld(place.dir, '');
	const kept = async () => (await findingsOf(world)).filter(({name}: {name: string}) => name === 'checkouts');
	expect(await kept()).toEqual([]);
	const folder = path.join(realpathSync(world.workspace), '.pilot/checkouts');
	for (const name of ['m-aaaaaa', 'm-aaaaaa.git', 'm-bbbbbb.old-1/src', 'm-bbbbbb.old-1.git', 'm-cccccc.old-12'])
		mkdirSync(path.join(folder, name), {recursive: true});
	const file = path.join(folder, 'm-bbbbbb.old-1/src/big');
	writeFileSync(file, 'x'.repeat(20_000_000), {mode: 0o400});
	const threeDaysAgo = Date.now() / 1000 - 3.5 * 86_400;
	utimesSync(file, threeDaysAgo, threeDaysAgo);
	const findings = await kept();
	expect(findings).toEqual([
		expect.objectContaining({
			state: 'warning',
			what: expect.stringMatching(/^m-bbbbbb\.old-1 is kept: .*\(20 MB, changed 3 days ago\)$/),
		}),
		expect.objectContaining({
			state: 'warning',
			what: expect.stringMatching(/^m-cccccc\.old-12 is kept: .*no files\)$/),
		}),
	]);
	// What it says is what removes it, and nothing else.
	for (const {fix} of findings) {
		const command = /rm -rf .*$/.exec(fix)?.[0] ?? 'false';
		execFileSync('sh', ['-c', command], {stdio: 'ignore'});
	}
	expect([readdirSync(folder).sort(), await kept()]).toEqual([['m-aaaaaa', 'm-aaaaaa.git'], []]);
});

test('doctor and a start tell of a folder that another program keeps in step; on a local disk there is nothing to tell', async () => {
	using place = scratch('doctor-synced');
	const world = makeDemoWorld(place.dir, '');
	expect(await findingsOf(world)).toContainEqual(expect.objectContaining({name: 'disk', state: 'ok'}));
	expect((await untilIdle(world)).out).not.toContain('kept in step');
	mkdirSync(path.join(place.dir, '.stfolder'));
	expect(await findingsOf(world)).toContainEqual(
		expect.objectContaining({
			name: 'disk',
			state: 'warning',
			what: expect.stringContaining('kept in step by Syncthing'),
			fix: expect.stringContaining('local disk'),
		}),
	);
	const {code, out} = await untilIdle(world);
	expect([code, out.match(/kept in step by Syncthing/g)]).toEqual([0, ['kept in step by Syncthing']]);
});

test('doctor tells of a disk that is full, and of one that cannot be written', async () => {
	if (!canMount()) return notRun('doctor on a full disk: needs root, to mount one');
	using place = scratch('doctor-full');
	using disk = makeSmallDisk(place.dir, 200);
	const world = makeDemoWorld(disk.folder, '');
	expect(await findingsOf(world)).toContainEqual(expect.objectContaining({name: 'room', state: 'ok'}));
	disk.fill();
	expect(await findingsOf(world)).toContainEqual(
		expect.objectContaining({name: 'room', state: 'warning', what: expect.stringMatching(/^0 MB free/)}),
	);
	disk.setReadOnly(true);
	expect(await findingsOf(world)).toContainEqual(
		expect.objectContaining({name: 'room', state: 'failed', what: expect.stringContaining('cannot be written')}),
	);
});

test('doctor says whether others can come near the control socket', async () => {
	using place = scratch('doctor-open');
	const world = makeDemoWorld(place.dir, '');
	const folder = path.join(world.workspace, '.pilot');
	mkdirSync(folder, {mode: 0o700});
	expect(await findingsOf(world)).toContainEqual(expect.objectContaining({name: 'privacy', state: 'ok'}));
	chmodSync(folder, 0o755);
	expect(await findingsOf(world)).toContainEqual(
		expect.objectContaining({name: 'privacy', state: 'warning', what: expect.stringContaining('0755')}),
	);
});

test('doctor names missions that can never run as they are written', async () => {
	using place = scratch('doctor-queue');
	const world = makeDemoWorld(place.dir, '## Pending\n- [ ] One ^m-aaaaaa\n- [ ] Two after:^m-aaaaaa +app ^m-bbbbbb\n');
	expect(await findingsOf(world)).toContainEqual({name: 'queue', state: 'ok', what: '2 missions'});
	expect((await untilIdle(world)).code).toBe(0);
	// One is done; the human takes it out of the file.
	writeFileSync(
		path.join(world.workspace, 'missions.md'),
		'## Pending\n- [ ] Two after:^m-aaaaaa +app ^m-cccccc\n- [ ] Three after:^m-lost01\n- [ ] Four +ap\n- [x] 2026-01-01 - Five +gone\n',
	);
	expect(await findingsOf(world)).toContainEqual(
		expect.objectContaining({
			name: 'queue',
			state: 'warning',
			what: expect.stringMatching(
				/^line 3: \^\S+: waits for \^m-lost01, which is not in missions\.md; line 4: \^\S+: no target named ap: known are app$/,
			),
		}),
	);
});
