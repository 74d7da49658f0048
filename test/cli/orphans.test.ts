import {spawn, spawnSync} from 'node:child_process';
import {mkdirSync, realpathSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {findOrphans} from '../../src/app/doctor/orphans.js';
import {goneWithin} from '../support/after-a-kill.js';
import {pilot} from '../support/demo-world.js';
import {notRun} from '../support/not-run.js';
import {childEnv, cli} from '../support/pilot-process.js';
import {makeWorld, scratch} from '../support/workspace.js';

/** A workspace with the folder of a session, and in it a process that has dropped its environment and is nobody's child. */
async function withOrphan() {
	const place = scratch('pilot-orphans');
	onTestFinished(() => place[Symbol.dispose]());
	const world = makeWorld(realpathSync(place.dir), {config: 'agent: demo\n', missions: '## Pending\n'});
	const folder = path.join(world.workspace, '.pilot/checkouts/m-left01');
	mkdirSync(folder, {recursive: true});
	const starter = spawn('setsid', ['sh', '-c', 'sleep 300 </dev/null >/dev/null 2>&1 & echo $!'], {
		cwd: folder,
		env: {PATH: '/usr/bin:/bin'},
	});
	const pid = await new Promise<number>(resolve => starter.stdout.once('data', data => resolve(Number(data))));
	onTestFinished(() => void spawnSync('kill', ['-9', String(pid)]));
	return {world, folder, pid};
}

test('what works in the folder of a session that runs is told, and not to be ended', async () => {
	const {world, pid} = await withOrphan();
	const found = (missionId: string) => findOrphans(world.workspace, 'none', [{id: 's-1', missionId}]);
	expect(found('m-other1')).toMatchObject([{pid, mayBeYours: false}]);
	expect(found('m-left01')).toMatchObject([{pid, mayBeYours: true}]);
});

test('the doctor ends neither the shell that it is called from, in such a folder, nor what that has started', async () => {
	if (spawnSync('script', ['--version']).status !== 0) return notRun('the doctor in a terminal: needs script');
	const {world, folder, pid} = await withOrphan();
	const doctor = `${process.execPath} ${cli} doctor --orphans --kill`;
	const shell = spawn(
		'script',
		['-qec', `sleep 300 & echo beside $!; ${doctor}; kill -0 $! && echo all alive`, '/dev/null'],
		{
			cwd: folder,
			env: {...childEnv(world.home), SHELL: '/bin/sh'},
			stdio: ['pipe', 'pipe', 'ignore'],
		},
	);
	onTestFinished(() => void shell.kill('SIGKILL'));
	let out = '';
	shell.stdout.on('data', data => {
		out += data;
	});
	await expect.poll(() => out, {timeout: 15_000}).toContain('all alive');
	const beside = /beside (\d+)/.exec(out)?.[1];
	onTestFinished(() => void spawnSync('kill', ['-9', String(beside)]));
	expect(out).toMatch(new RegExp(`^${beside}  .*yours\\? not ended  sleep 300`, 'm'));
	expect(out).toContain('1 ended.');
	expect(await goneWithin([pid], 1000)).toEqual([]);
	expect((await pilot(world, ['doctor', '--orphans'])).out).not.toContain(`${pid}  `);
});
