import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {beforeAll, expect, test} from 'vitest';
import {sideTasks} from '../../src/app/side-tasks.js';
import {openSideThread} from '../../src/kernel/side-thread.js';
import {root} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

const env = {PATH: process.env.PATH ?? '', HOME: '/nonexistent', GIT_CONFIG_GLOBAL: '/dev/null'};
const call = openSideThread(pathToFileURL(path.join(root, 'dist/src/side-program.js')), sideTasks);
const options = {cwd: '/', env, timeoutMs: 10_000};
const parentOf = 'grep PPid /proc/self/status; cat /proc/$PPID/comm';

beforeAll(() => {
	expect(spawnSync('node', ['scripts/build.mjs'], {cwd: root, env: process.env}).status).toBe(0);
});

test('programs: output, exit code, input, an end when called off', async () => {
	const said = await call('run', {
		file: 'sh',
		args: ['-c', `${parentOf}; cat; exit 7`],
		options: {...options, input: 'ü'},
	});
	expect(said).toMatchObject({exitCode: 7, stdout: expect.stringContaining('ü')});
	const stop = new AbortController();
	const sleeping = call('run', {file: 'sleep', args: ['300'], options}, stop.signal);
	stop.abort();
	await expect(sleeping).resolves.toMatchObject({exitCode: null, timedOut: false});
	await expect(call('run', {file: 'not-there', args: [], options})).resolves.toMatchObject({
		startError: expect.stringContaining('ENOENT'),
	});
});

test('git in the workspace: texts, bytes and what git complains of', async () => {
	using place = scratch('side');
	const git = (method: 'raw' | 'binaryCatFile', ...args: string[]) =>
		call('git', {directory: place.dir, env, method, args});
	await git('raw', 'init', '--quiet', '--initial-branch', 'main');
	spawnSync(
		'sh',
		['-c', 'printf "a\\0\\377" > odd && git add odd && git -c user.name=a -c user.email=b commit -qm odd'],
		{
			cwd: place.dir,
			env,
		},
	);
	await expect(git('raw', 'rev-parse', '--abbrev-ref', 'HEAD')).resolves.toBe('main');
	expect(Buffer.from((await git('binaryCatFile', 'blob', 'HEAD:odd')) as Uint8Array)).toEqual(
		Buffer.from([97, 0, 255]),
	);
	await expect(git('raw', 'rev-parse', 'no-such-thing')).rejects.toThrow(/unknown revision/);
});
