import {execFileSync, spawnSync} from 'node:child_process';
import {appendFileSync, chmodSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {type Checkout, compareUnchanged} from '../../src/git/index.js';
import {git, smallProject, writeTree} from '../support/workspace.js';
import {branch, checkOut, commitIn, guarded, makeYard, redact, secret, write} from './rig.js';

describe('a write session', () => {
	test('its commits and what it left become one branch; nothing else of the target changes', async () => {
		const {yard, diffPath, collect, at} = await write();
		git(yard.target, 'tag', 'v1');
		writeFileSync(path.join(yard.target, 'greet.js'), 'a human is at it');
		const before = [
			git(yard.target, 'for-each-ref'),
			git(yard.target, 'status', '--porcelain'),
			readFileSync(path.join(yard.target, '.git/index')).toString('hex'),
		];
		commitIn(at, {'a.txt': '1\n'}, 'One');
		commitIn(at, {'b.txt': '2\n'}, 'Two');
		git(at, 'tag', 'mine');
		writeTree(at, {'ü left.txt': '3\n', 'a.txt': '1\n1\n'});
		const collected = await collect();
		expect(collected).toMatchObject({
			changed: true,
			commits: 3,
			branch,
			diffstat: {files: 3, added: 4, removed: 0},
			flags: [],
		});
		expect(git(yard.target, 'log', '--format=%s', branch)).toBe('Left over\nTwo\nOne\nFirst');
		expect(git(yard.target, 'show', `${branch}:a.txt`)).toBe('1\n1');
		expect(readFileSync(diffPath, 'utf8')).toContain('+3');
		git(yard.target, 'update-ref', '-d', `refs/heads/${branch}`);
		expect([
			git(yard.target, 'for-each-ref'),
			git(yard.target, 'status', '--porcelain'),
			readFileSync(path.join(yard.target, '.git/index')).toString('hex'),
		]).toEqual(before);
		expect(existsSync(path.join(yard.target, '.git/FETCH_HEAD'))).toBe(false);
	});

	test('collected again after more work, and after nothing new: the same branch, moved on', async () => {
		const {yard, collect, at} = await write();
		writeTree(at, {'a.txt': '1\n'});
		const first = await collect();
		commitIn(at, {'b.txt': '2\n'}, 'More');
		const second = await collect();
		expect(git(yard.target, 'rev-parse', branch)).toBe(second.head);
		expect(git(yard.target, 'ls-tree', '--name-only', branch)).toContain('a.txt\nb.txt');
		expect(second.head).not.toBe(first.head);
	});

	test('nothing done is no branch', async () => {
		const {yard, collect} = await write();
		expect(await collect()).toEqual({changed: false, commits: 0, flags: []});
		expect(git(yard.target, 'branch', '--list', 'pilot/*')).toBe('');
	});

	test('other branches it made stay where they are; where HEAD is counts', async () => {
		const {yard, collect, at} = await write();
		git(at, 'switch', '-qc', 'main-of-its-own');
		commitIn(at, {'a.txt': '1\n'}, 'Elsewhere');
		git(at, 'pack-refs', '--all');
		expect(await collect()).toMatchObject({changed: true, branch, commits: 1});
		expect(git(yard.target, 'branch', '--list')).toBe(`* main\n  ${branch}`);
	});

	test('commits that are not where HEAD is are told, and the checkout is to be kept for them', async () => {
		const {yard, collect, at} = await write();
		git(yard.target, 'branch', 'of-the-target');
		git(at, 'switch', '-qc', 'side');
		commitIn(at, {'a.txt': '1\n'}, 'One');
		commitIn(at, {'a.txt': '2\n'}, 'Two');
		git(at, 'tag', 'also-side');
		git(at, 'pack-refs', '--all');
		git(at, 'switch', '-q', branch);
		git(at, 'worktree', 'add', '-q', '--detach', path.join(yard.dir, 'tree'));
		commitIn(path.join(yard.dir, 'tree'), {'t.txt': ''}, 'In a work tree');
		const told = [
			`2 commits on side, not collected; kept in ${at}`,
			`1 commit on work tree tree, not collected; kept in ${at}`,
		];
		expect(await collect()).toEqual({changed: false, commits: 0, flags: expect.arrayContaining(told), keep: true});
		commitIn(at, {'b.txt': '1\n'}, 'Here');
		expect(await collect()).toMatchObject({changed: true, commits: 1, flags: expect.arrayContaining(told), keep: true});
		git(at, 'merge', '-q', 'side');
		git(at, 'worktree', 'remove', path.join(yard.dir, 'tree'));
		const merged = await collect();
		expect([merged.flags, merged.keep]).toEqual([[], undefined]);
	});

	test('commits that it threw away are told only when they are all there was', async () => {
		const {collect, at} = await write();
		commitIn(at, {'a.txt': '1\n'}, 'One');
		git(at, 'reset', '-q', '--hard', 'HEAD~1');
		expect(await collect()).toEqual({
			changed: false,
			commits: 0,
			flags: [`1 commit on no branch any more, not collected; kept in ${at}`],
			keep: true,
		});
		commitIn(at, {'b.txt': '1\n'}, 'Two');
		git(at, 'commit', '-q', '--amend', '-m', 'Two, better');
		const {flags, keep} = await collect();
		expect([flags, keep]).toEqual([[], undefined]);
	});

	test('history that was rewritten is taken, and flagged', async () => {
		const {yard, collect, at} = await write();
		git(at, 'checkout', '-q', '--orphan', 'new');
		commitIn(at, {'a.txt': '1\n'}, 'As if nothing had been');
		const {flags} = await collect();
		expect(flags).toContain('history was rewritten: the base commit is not in it');
		expect(git(yard.target, 'log', '--format=%s', branch)).toBe('As if nothing had been');
	});

	test('files that decide what runs unasked are flagged', async () => {
		const {collect, at} = await write();
		writeTree(at, {
			'.claude/settings.json': '{}',
			'.github/workflows/x.yml': '',
			'package.json': '{}',
			'sub/Makefile': '',
			'docs/a.md': '',
		});
		expect((await collect()).flags).toEqual([
			'.claude/settings.json',
			'.github/workflows/x.yml',
			'package.json',
			'sub/Makefile',
		]);
	});

	test('repositories that it made within: their files are in the branch as plain ones', async () => {
		const {yard, collect, at} = await write();
		for (const name of ['sub', 'none', 'empty']) git(at, 'init', '-q', name);
		commitIn(path.join(at, 'sub'), {x: '1\n', '.gitignore': 'out/\n'}, 'Within');
		git(at, 'init', '-q', 'sub/deep');
		writeTree(at, {
			'sub/deep/y': '2\n',
			'none/z': '3\n',
			'sub/out/o': '',
			'.gitignore': 'ignored\n',
			'sub/ignored': '',
		});
		const {flags} = await collect();
		expect((await collect()).flags).toEqual(flags);
		expect(flags).toEqual(
			['empty', 'none', 'sub', 'sub/deep'].map(
				name => `${name} was a repository of its own: its files are in the branch, its commits are not`,
			),
		);
		expect(git(yard.target, 'ls-tree', '-r', '--name-only', branch).split('\n')).toEqual(
			[...Object.keys(smallProject), '.gitignore', 'none/z', 'sub/.gitignore', 'sub/deep/y', 'sub/x'].sort(),
		);
		expect(git(yard.target, 'show', `${branch}:sub/deep/y`)).toBe('2');
	});

	test('also one that it had committed itself, as a link', async () => {
		const {yard, collect, at} = await write();
		git(at, 'init', '-q', 'sub');
		commitIn(path.join(at, 'sub'), {x: '1\n'}, 'Within');
		git(at, 'add', '-A');
		git(at, 'commit', '-q', '-m', 'With a link');
		expect(await collect()).toMatchObject({commits: 2, flags: [expect.stringMatching(/^sub was a repository/)]});
		expect(git(yard.target, 'show', `${branch}:sub/x`)).toBe('1');
	});

	test.each([
		['gone', (at: string) => rmSync(path.join(at, '.git'), {recursive: true})],
		['without objects', (at: string) => rmSync(path.join(at, '.git/objects'), {recursive: true})],
		['of an unborn branch', (at: string) => git(at, 'symbolic-ref', 'HEAD', 'refs/heads/none')],
		['led astray', (at: string) => writeFileSync(path.join(at, '.git/HEAD'), 'ref: refs/heads/../../../../x\n')],
	])('a repository that is %s: its files are taken all the same', async (_name, damage) => {
		const {yard, collect, at} = await write();
		commitIn(at, {'a.txt': '1\n'}, 'One');
		damage(at);
		const collected = await collect();
		expect(collected.flags[0]).toBe('its repository could not be read: only its files were taken, not its commits');
		expect(collected.keep).toBe(true);
		expect(git(yard.target, 'show', `${branch}:a.txt`)).toBe('1');
	});

	test('a secret that it wrote is in the branch, which is as it made it, and not in what pilot writes down', async () => {
		const {yard, collect, at, diffPath} = await write();
		writeTree(at, {'.env.example': `KEY=${secret}\n`});
		await collect();
		expect(readFileSync(diffPath, 'utf8')).toContain('+KEY=[secret]\n');
		expect(readFileSync(diffPath, 'utf8')).not.toContain(secret);
		expect(git(yard.target, 'show', `${branch}:.env.example`)).toContain(secret);
	});

	test('objects that are no sound ones do not get into the target', async () => {
		const {yard, collect, at} = await write();
		const tree = execFileSync('git', ['hash-object', '-t', 'tree', '-w', '--literally', '--stdin'], {
			cwd: at,
			input: Buffer.concat([Buffer.from('100644 .git\0'), Buffer.from(git(at, 'rev-parse', 'HEAD:greet.js'), 'hex')]),
			encoding: 'utf8',
		}).trim();
		const commit = git(at, 'commit-tree', tree, '-p', 'HEAD', '-m', 'evil');
		git(at, 'update-ref', `refs/heads/${branch}`, commit);
		const {flags} = await collect();
		expect(flags).toContain('its repository could not be read: only its files were taken, not its commits');
		expect(spawnSync('git', ['cat-file', '-e', commit], {cwd: yard.target}).status).not.toBe(0);
	});
});

describe('a read session', () => {
	async function read() {
		const yard = makeYard({...smallProject, '.gitignore': 'node_modules/\n'});
		const checkout: Checkout = await checkOut(yard, undefined);
		const diffPath = path.join(yard.dir, 'changes.diff');
		return {at: checkout.path, diffPath, compare: () => compareUnchanged({checkout, diffPath, redact}, guarded)};
	}

	test('untouched, touched without a change, or with ignored files: unchanged', async () => {
		const {at, compare, diffPath} = await read();
		expect(await compare()).toEqual({changed: false, commits: 0, flags: []});
		writeTree(at, {'greet.js': smallProject['greet.js'], 'node_modules/x/y.js': ''});
		git(at, 'status');
		expect(await compare()).toEqual({changed: false, commits: 0, flags: []});
		expect(existsSync(diffPath)).toBe(false);
	});

	test.each([
		['an edit', (at: string) => appendFileSync(path.join(at, 'greet.js'), 'x')],
		['a new file', (at: string) => writeFileSync(path.join(at, 'new'), 'x')],
		['a deleted file', (at: string) => rmSync(path.join(at, 'greet.js'))],
		['a mode', (at: string) => chmodSync(path.join(at, 'greet.js'), 0o755)],
		['a link', (at: string) => symlinkSync('/etc/passwd', path.join(at, 'link'))],
		[
			'an edit hidden from its own git',
			(at: string) => {
				appendFileSync(path.join(at, 'greet.js'), 'x');
				git(at, 'update-index', '--assume-unchanged', 'greet.js');
			},
		],
		[
			'a new file hidden from its own git',
			(at: string) => {
				writeTree(at, {new: 'x', '.git/info/exclude': 'new\n'});
			},
		],
	])('%s is seen, and kept', async (_name, change) => {
		const {at, compare, diffPath} = await read();
		change(at);
		expect(git(at, 'rev-parse', 'HEAD')).toMatch(/^[0-9a-f]{40}$/);
		expect(await compare()).toMatchObject({changed: true, diffPath});
		expect(readFileSync(diffPath, 'utf8')).toContain('diff --git');
	});

	test('a commit, also one whose files are back as they were, is seen by its HEAD', async () => {
		const {at, compare} = await read();
		git(at, 'commit', '-q', '--allow-empty', '-m', 'x');
		expect(await compare()).toMatchObject({changed: true, flags: ['HEAD was moved']});
		rmSync(path.join(at, '.git'), {recursive: true});
		expect(await compare()).toMatchObject({changed: true, flags: ['HEAD was moved']});
	});
});
