import {execFileSync} from 'node:child_process';
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {demoConfig, makeDemoWorld, pilot, untilIdle} from '../support/demo-world.js';
import {notRun} from '../support/not-run.js';
import {childEnv, runPilot, startPilot} from '../support/pilot-process.js';
import {git, makeRepository, scratch, smallProject, type World} from '../support/workspace.js';

const one = '## Pending\n- [ ] Look at it ^m-look01\n';
const missionsOf = ({workspace}: World) => readFileSync(path.join(workspace, 'missions.md'), 'utf8');

test('a bad config starts nothing: file, line, column, what is allowed, the nearest key; exit 2', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, one, 'agent: demo\ntargts:\n  - {name: app}\nlimits:\n  runsPerDay: many\n');
	const end = await untilIdle(world);
	expect(end.code).toBe(2);
	expect(end.err).toContain('config.yaml:2:1: unknown key "targts"');
	expect(end.err).toContain('did you mean "targets"?');
	expect(end.err).toMatch(/config\.yaml:5:\d+: limits\.runsPerDay is "many"/);
	expect(missionsOf(world)).toBe(one);
	expect((await pilot(world, ['config', 'check'])).code).toBe(2);
});

test('settings that would promise what is not there are refused', async () => {
	using place = scratch();
	const end = await untilIdle(makeDemoWorld(place.dir, one, demoConfig('mode: interactive\n')));
	expect(end.code).toBe(2);
	expect(end.err).toContain('mode: interactive is not in this version');
});

test('outside a workspace: what to do, exit 2; nothing running: exit 4; an unknown verb: the nearest one', async () => {
	using place = scratch();
	const env = childEnv(place.dir);
	const lost = await runPilot(['status'], {cwd: place.dir, env});
	expect([lost.code, lost.err]).toEqual([2, expect.stringContaining('pilot-tui init')]);
	const world = makeDemoWorld(place.dir, one);
	const idle = await pilot(world, ['status', '--json']);
	expect([idle.code, JSON.parse(idle.out)]).toEqual([4, expect.objectContaining({v: 1, error: 'PILOT_NOT_RUNNING'})]);
	const typo = await runPilot(['staus'], {cwd: place.dir, env});
	expect([typo.code, typo.err]).toEqual([2, expect.stringContaining('pilot-tui status')]);
	expect((await runPilot(['add'], {cwd: world.workspace, env})).code).toBe(2);
});

test('who asked for JSON gets JSON, whatever is wrong', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, one);
	const told = async (...args: string[]) => {
		const {code, out, err} = await pilot(world, args);
		return [code, JSON.parse(out).error, err];
	};
	expect(await told('status', '--format', 'json')).toEqual([4, 'PILOT_NOT_RUNNING', '']);
	expect(await told('logs', '--commands', '--json')).toEqual([4, 'PILOT_NOT_RUNNING', '']);
	expect(await told('status', '--bogus', '--json')).toEqual([2, 'USAGE', '']);
	expect(await told('add', '--json')).toEqual([2, 'USAGE', '']);
});

test('a title that begins with - goes behind a --, and who forgets that is told', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, one);
	const refused = await pilot(world, ['add', '-- dashes -- in a title']);
	expect([refused.code, refused.err]).toEqual([
		2,
		expect.stringContaining('a text that begins with - goes behind a --'),
	]);
	expect(missionsOf(world)).toBe(one);
	expect((await pilot(world, ['add', '--', '-- dashes -- in a title'])).code).toBe(0);
	expect(missionsOf(world)).toContain('- [ ] -- dashes -- in a title ^m-');
	expect((await pilot(world, ['status', '--bogus'])).err).not.toContain('goes behind');
});

test('a second pilot ends with exit 3 within a second and names the first', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, one, demoConfig('demo: {pace: 0.2}\n').replace('demo: {pace: 60}\n', ''));
	const first = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});
	await first.see('session started');
	const second = await pilot(world, ['start', '--headless']);
	expect(second.code).toBe(3);
	expect(second.err).toContain(`pid ${first.child.pid}`);
	expect(second.ms).toBeLessThan(1500);
	first.child.kill('SIGSTOP');
	const third = await pilot(world, ['start', '--headless']);
	expect([third.code, third.err]).toEqual([3, expect.stringContaining(`pid ${first.child.pid}`)]);
	first.child.kill('SIGCONT');
	expect((await pilot(world, ['stop', '--now'])).code).toBe(0);
	expect((await first.finished).code).toBe(0);
	expect(missionsOf(world)).toContain('- [~] Look at it ^m-look01');
});

const badTargets: readonly (readonly [name: string, make: (world: World) => string, said: string])[] = [
	['is not there', () => '../nowhere', 'is not at'],
	[
		'is no repository',
		({root}) => {
			mkdirSync(path.join(root, 'plain'));
			return '../plain';
		},
		'is no git repository',
	],
	[
		'has no commit',
		({root}) => {
			git(root, 'init', '-q', 'empty');
			return '../empty';
		},
		'has no commit yet',
	],
	['is the workspace', () => '.', 'is the workspace itself'],
];

for (const [name, make, said] of badTargets) {
	test(`a target that ${name} blocks the mission and says what to do`, async () => {
		using place = scratch();
		const world = makeDemoWorld(
			place.dir,
			'## Pending\n- [ ] Look at it ^m-look01\n- [ ] Look at the good one +good ^m-look02\n',
		);
		makeRepository(path.join(world.root, 'good'), smallProject);
		writeFileSync(
			path.join(world.workspace, 'config.yaml'),
			`agent: demo\ndemo: {pace: 60}\ntargets:\n  - {name: app, path: ${make(world)}}\n  - {name: good, path: ../good}\n`,
		);
		const end = await untilIdle(world);
		expect(end.code).toBe(1);
		expect(end.out).toContain(said);
		expect(missionsOf(world)).toMatch(/## Blocked\n- \[!\] Look at it \^m-look01/);
		expect(missionsOf(world)).toMatch(/- \[x\] \S+ - Look at the good one/);
	});
}

test('a dirty target is worked on from its last commit, and that is said', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, one);
	writeFileSync(path.join(world.target, 'greet.js'), 'half a thought');
	const end = await untilIdle(world);
	expect(end.code).toBe(0);
	const journal = readdirSync(path.join(world.workspace, 'journal')).map(file =>
		readFileSync(path.join(world.workspace, 'journal', file), 'utf8'),
	);
	expect(journal.join()).toContain('not committed; the session starts from its last commit');
	expect(readFileSync(path.join(world.target, 'greet.js'), 'utf8')).toBe('half a thought');
});

test('an unknown target is refused with its reason, and the rest goes on', async () => {
	using place = scratch();
	const world = makeDemoWorld(
		place.dir,
		'## Pending\n- [ ] Look there +nowhere ^m-look01\n- [ ] Look here ^m-look02\n',
	);
	const end = await untilIdle(world);
	expect(end.out).toContain('missions.md: line 2: no target named nowhere: known are app');
	expect(missionsOf(world)).toMatch(/\[x\] \S+ - Look here/);
	expect(missionsOf(world)).toContain('- [ ] Look there +nowhere');
});

test('missions.md as editors leave it: CRLF, BOM, tabs, fences, twice the same id; what is not a mission stays', async () => {
	using place = scratch();
	const text =
		'\uFEFF# Queue\r\n\r\n```\r\n- [ ] not a mission\r\n```\r\n\r\n## Pending\r\n- [ ] First ^m-same01\r\n\tdemo: succeeds\r\n- [ ] Second ^m-same01\r\n- [ ]\r\n\r\n## Notes\r\nleft alone\t\r\n';
	const world = makeDemoWorld(place.dir, text);
	const end = await untilIdle(world);
	expect(end.out).toMatch(/missions\.md: line \d+/);
	const after = missionsOf(world);
	expect(after.startsWith('\uFEFF# Queue\r\n\r\n```\r\n- [ ] not a mission\r\n```\r\n')).toBe(true);
	expect(after).toContain('## Notes\r\nleft alone\t\r\n');
	expect(after.match(/- \[x\] .* - (First|Second) \^m-[0-9a-z]{6}\r\n/g)).toHaveLength(2);
	expect(after.replaceAll('\r\n', '')).not.toContain('\n');
});

test('a claude that is missing parks the account, keeps the mission, and says how to get one', async () => {
	using place = scratch();
	const world = makeDemoWorld(
		place.dir,
		one,
		'claude: {command: /nowhere/claude}\ntargets:\n  - {name: app, path: ../app}\n',
	);
	const end = await untilIdle(world);
	expect(end.out).toContain('npm install -g @anthropic-ai/claude-code');
	expect(missionsOf(world)).toContain('- [~] Look at it');
	const doctor = await pilot(world, ['doctor']);
	expect([doctor.code, doctor.out]).toEqual([1, expect.stringContaining('/nowhere/claude was not found')]);
});

test('a claude that exits 1 with words is tried twice, then failed with those words', async () => {
	using place = scratch();
	const fake = path.join(place.dir, 'claude');
	writeFileSync(fake, '#!/bin/sh\necho "error: the flux capacitor is empty" >&2\nexit 1\n', {mode: 0o755});
	const world = makeDemoWorld(
		place.dir,
		one,
		`claude: {command: ${JSON.stringify(fake)}, auth: api-key}\ntargets:\n  - {name: app, path: ../app}\n`,
	);
	const end = await untilIdle(world);
	expect(end.code).toBe(1);
	expect(end.out.match(/the flux capacitor is empty/g)?.length).toBeGreaterThanOrEqual(2);
	expect(missionsOf(world)).toMatch(/## Failed\n- \[e\] Look at it/);
});

test('no network to the remote: work goes on, nothing is lost, and it is pushed when the remote is back', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, one);
	execFileSync('mv', [world.remote, `${world.remote}.away`]);
	const end = await untilIdle(world);
	expect(end.code).toBe(0);
	expect(end.out).toContain('offline');
	expect(missionsOf(world)).toMatch(/\[x\] \S+ - Look at it/);
	execFileSync('mv', [`${world.remote}.away`, world.remote]);
	expect((await pilot(world, ['add', 'Once more'])).code).toBe(0);
	expect((await untilIdle(world)).code).toBe(0);
	expect(git(world.remote, 'rev-parse', 'main')).toBe(git(world.workspace, 'rev-parse', 'HEAD'));
});

test('a remote that has moved on is merged: both sides’ missions are there and done', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, one);
	const other = path.join(world.root, 'other');
	git(world.root, 'clone', '-q', world.remote, other);
	writeFileSync(path.join(other, 'missions.md'), `${one}- [ ] From elsewhere ^m-else01\n`);
	git(other, 'commit', '-qam', 'From elsewhere');
	git(other, 'push', '-q');
	writeFileSync(path.join(world.workspace, 'missions.md'), `${one}- [ ] From here ^m-here01\n`);
	const end = await untilIdle(world);
	expect(end.code).toBe(0);
	expect(missionsOf(world).match(/^- \[x\] /gm)).toHaveLength(3);
	expect(git(world.remote, 'show', 'main:missions.md')).toBe(missionsOf(world).trimEnd());
});

test('a workspace in the middle of a rebase is left alone, and it is said what to finish', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, one);
	mkdirSync(path.join(world.workspace, '.git/rebase-merge'));
	const end = await untilIdle(world);
	expect(end.out).toContain('a rebase is under way');
	expect(git(world.workspace, 'log', '--oneline').split('\n')).toHaveLength(1);
});

/** A small file system of its own below a folder; undefined where that is not allowed. */
function mountSmall(dir: string): string | undefined {
	const small = path.join(dir, 'small');
	mkdirSync(small);
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', small], {stdio: 'pipe'});
		return small;
	} catch {
		return;
	}
}

test('a full disk stops it with words, not with a loop, and nothing is lost', async () => {
	using place = scratch('pilot-full');
	const small = mountSmall(place.dir);
	if (!small) return notRun('a full disk: needs the right to mount a tmpfs');
	try {
		const world = makeDemoWorld(small, one);
		execFileSync('sh', ['-c', 'dd if=/dev/zero of=fill bs=1k count=100000 2>/dev/null; true'], {cwd: small});
		const end = await untilIdle(world);
		expect(end.code).toBe(74);
		expect(end.err).toContain('disk is full');
		rmSync(path.join(small, 'fill'));
		expect((await untilIdle(world)).code).toBe(0);
		expect(missionsOf(world)).toMatch(/\[x\] \S+ - Look at it/);
	} finally {
		execFileSync('umount', ['-l', small]);
	}
});

test('a disk that fills up while a mission runs: it waits, and goes on when there is room', {
	timeout: 90_000,
}, async () => {
	using place = scratch('pilot-full');
	const small = mountSmall(place.dir);
	if (!small) return notRun('a disk that fills up: needs the right to mount a tmpfs');
	try {
		const world = makeDemoWorld(small, one, demoConfig().replace('pace: 60', 'pace: 2'));
		const running = startPilot(['start', '--headless', '--until-idle'], {
			cwd: world.workspace,
			env: childEnv(world.home),
		});
		await running.see('session started');
		execFileSync('sh', ['-c', 'dd if=/dev/zero of=fill bs=1k count=100000 2>/dev/null; true'], {cwd: small});
		await new Promise(resolve => setTimeout(resolve, 6000));
		rmSync(path.join(small, 'fill'));
		const end = await running.finished;
		const again = end.code === 0 ? end : await untilIdle(world);
		expect(again.code).toBe(0);
		expect(missionsOf(world)).toMatch(/\[x\] \S+ - Look at it/);
	} finally {
		execFileSync('umount', ['-l', small]);
	}
});

test('a workspace that cannot be written ends with exit 74', async () => {
	using place = scratch();
	const small = mountSmall(place.dir);
	if (!small) return notRun('a read-only workspace: needs the right to mount a tmpfs');
	try {
		const world = makeDemoWorld(small, one);
		execFileSync('mount', ['-o', 'remount,ro', small]);
		const end = await untilIdle(world);
		expect(end.code).toBe(74);
		expect(end.err).toContain('Make the workspace writable');
	} finally {
		execFileSync('umount', ['-l', small]);
	}
});
