import {spawnSync} from 'node:child_process';
import {appendFileSync, chmodSync, existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {headOf} from '../../src/git/agent-head.js';
import {compareUnchanged} from '../../src/git/index.js';
import {git, writeTree} from '../support/workspace.js';
import {branch, commitIn, guarded, makeYard, redact, write} from './rig.js';

/** Everything by which a repository can have a program started that nobody asked for. */
function arm(at: string, canary: string) {
	const evil = path.join(at, 'evil.sh');
	writeFileSync(evil, `#!/bin/sh\necho "$0 $*" >> '${canary}'\ncat\n`);
	chmodSync(evil, 0o755);
	const set = (name: string, value: string) => git(at, 'config', name, value);
	const programs = ['core.fsmonitor', 'core.sshCommand', 'core.pager', 'core.editor', 'diff.external', 'gpg.program'];
	const drivers = [
		'diff.evil.command',
		'diff.evil.textconv',
		'merge.evil.driver',
		'filter.evil.clean',
		'filter.evil.smudge',
	];
	const helpers = [
		'credential.helper',
		'uploadpack.packObjectsHook',
		'core.alternateRefsCommand',
		'remote.origin.uploadpack',
	];
	for (const name of [...programs, ...drivers, ...helpers]) set(name, `'${evil}'`);
	set('core.hooksPath', path.join(at, 'hooks'));
	writeTree(
		at,
		Object.fromEntries(
			['pre-commit', 'post-checkout', 'post-index-change', 'reference-transaction', 'post-commit', 'pre-auto-gc'].map(
				name => [`hooks/${name}`, readFileSync(evil, 'utf8')],
			),
		),
	);
	for (const name of [
		'pre-commit',
		'post-checkout',
		'post-index-change',
		'reference-transaction',
		'post-commit',
		'pre-auto-gc',
	])
		chmodSync(path.join(at, 'hooks', name), 0o755);
	writeTree(at, {
		'.gitattributes': '* filter=evil diff=evil merge=evil\n',
		'.git/info/attributes': '* filter=evil diff=evil\n',
	});
	appendFileSync(path.join(at, 'greet.js'), '// changed\n');
	set('extensions.partialClone', 'origin');
	set('remote.origin.promisor', 'true');
	set('remote.origin.url', at);
}

describe('a checkout that is out to run something', () => {
	test('runs nothing when its work is collected, and plain git would have', async () => {
		const {yard, collect, at, checkout} = await write();
		const canary = path.join(yard.dir, 'canary');
		arm(at, canary);
		await collect();
		await compareUnchanged({checkout, diffPath: path.join(yard.dir, 'again.diff'), redact}, guarded);
		expect(existsSync(canary)).toBe(false);
		expect(git(yard.target, 'show', `${branch}:greet.js`)).toContain('// changed');
		// The same with plain git, so that the trap is known to be one.
		spawnSync('git', ['add', '-A'], {cwd: at});
		spawnSync('git', ['diff', 'HEAD~0'], {cwd: at});
		spawnSync('git', ['commit', '-m', 'x'], {
			cwd: at,
			env: {
				...process.env,
				GIT_AUTHOR_NAME: 'x',
				GIT_AUTHOR_EMAIL: 'x@x',
				GIT_COMMITTER_NAME: 'x',
				GIT_COMMITTER_EMAIL: 'x@x',
			},
		});
		expect(readFileSync(canary, 'utf8')).toMatch(/pre-commit/);
		expect(readFileSync(canary, 'utf8')).toMatch(/evil\.sh/);
	});

	test('nor does a repository within it', async () => {
		const {yard, collect, at} = await write();
		const canary = path.join(yard.dir, 'canary');
		git(at, 'init', '-q', 'sub');
		commitIn(path.join(at, 'sub'), {'greet.js': ''}, 'Within');
		arm(path.join(at, 'sub'), canary);
		rmSync(canary, {force: true});
		await collect();
		await collect();
		expect(existsSync(canary)).toBe(false);
		spawnSync('git', ['status'], {cwd: path.join(at, 'sub')});
		expect(existsSync(canary)).toBe(true);
	});

	test('nor does a submodule that it filled; its link stays as it was committed', async () => {
		const inner = makeYard();
		const yard = makeYard();
		git(yard.target, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner.target, 'sub');
		git(yard.target, 'commit', '-q', '-m', 'With a submodule');
		const {collect, at} = await write(yard);
		const canary = path.join(yard.dir, 'canary');
		git(at, 'init', '-q', 'sub');
		commitIn(path.join(at, 'sub'), {'greet.js': ''}, 'Within');
		arm(path.join(at, 'sub'), canary);
		rmSync(canary, {force: true});
		writeTree(at, {'a.txt': '1\n'});
		expect(await collect()).toMatchObject({changed: true, diffstat: {files: 1}});
		expect(existsSync(canary)).toBe(false);
		expect(git(yard.target, 'ls-tree', branch, 'sub')).toBe(git(yard.target, 'ls-tree', 'main', 'sub'));
	});

	test('nor do hooks and filters that a session put into the target', async () => {
		const {yard, collect, at} = await write();
		const canary = path.join(yard.dir, 'canary');
		arm(yard.target, canary);
		rmSync(canary, {force: true});
		writeTree(at, {'a.txt': '1\n'});
		await collect();
		expect(existsSync(canary)).toBe(false);
		expect(git(yard.target, 'show', `${branch}:a.txt`)).toBe('1');
	});

	test('a HEAD is read by hand, and only from within', () => {
		const yard = makeYard();
		const dot = path.join(yard.target, '.git');
		const headOfClone = (gitDir: string) => headOf({gitDir, commonDir: gitDir});
		expect(headOfClone(dot)).toBe(git(yard.target, 'rev-parse', 'HEAD'));
		expect(headOfClone(path.join(yard.dir, 'none'))).toBeUndefined();
		for (const head of ['ref: refs/heads/../../x', 'ref: refs/heads/none', 'ref: /etc/passwd', 'x', '']) {
			writeFileSync(path.join(dot, 'HEAD'), head);
			expect(headOfClone(dot), head).toBeUndefined();
		}
	});
});
