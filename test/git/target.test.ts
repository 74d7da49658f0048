import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {
	makeCheckout,
	markCollected,
	markLeft,
	markOpen,
	openTarget,
	projectNotes,
	putBack,
	removeCheckout,
} from '../../src/git/index.js';
import {git, smallProject, writeTree} from '../support/workspace.js';
import {checkOut, guarded, makeYard, targetConfig} from './rig.js';

describe('a target', () => {
	const opened = (yard: ReturnType<typeof makeYard>, more: object = {}) =>
		openTarget(targetConfig(more), yard.workspace, guarded);
	const refused = (code: string) => expect.objectContaining({code, todo: expect.stringMatching(/./)});

	test('its last commit is where sessions start, or the branch that is named', async () => {
		const yard = makeYard();
		const base = git(yard.target, 'rev-parse', 'HEAD');
		await expect(opened(yard)).resolves.toMatchObject({name: 'app', root: yard.target, base, notes: []});
		git(yard.target, 'switch', '-qc', 'next');
		git(yard.target, 'commit', '-q', '--allow-empty', '-m', 'x');
		await expect(opened(yard, {baseBranch: 'main'})).resolves.toMatchObject({base});
	});

	test('what it cannot be: told, each with its own code', async () => {
		const yard = makeYard();
		mkdirSync(path.join(yard.dir, 'plain'));
		git(yard.dir, 'init', '-q', 'empty');
		git(yard.dir, 'init', '-q', '--bare', 'bare.git');
		mkdirSync(path.join(yard.workspace, 'inside'));
		writeFileSync(path.join(yard.dir, 'file'), '');
		await expect(opened(yard, {path: '../none'})).rejects.toThrow(refused('TARGET_MISSING'));
		await expect(opened(yard, {path: '../plain'})).rejects.toThrow(refused('TARGET_NOT_GIT'));
		await expect(opened(yard, {path: '../file'})).rejects.toThrow(refused('TARGET_NOT_GIT'));
		await expect(opened(yard, {path: '../bare.git'})).rejects.toThrow(refused('TARGET_NOT_GIT'));
		await expect(opened(yard, {path: '../empty'})).rejects.toThrow(refused('TARGET_EMPTY'));
		await expect(opened(yard, {baseBranch: '--upload-pack=x'})).rejects.toThrow(refused('TARGET_BRANCH_MISSING'));
	});

	test('the workspace itself only when asked for, by whatever path it is named', async () => {
		const yard = makeYard();
		mkdirSync(path.join(yard.workspace, 'inside'));
		symlinkSync(yard.workspace, path.join(yard.dir, 'link'));
		for (const at of ['.', 'inside', '../link'])
			await expect(opened(yard, {path: at}), at).rejects.toThrow(refused('TARGET_IS_WORKSPACE'));
		await expect(opened(yard, {path: '.', allowWorkspace: true})).resolves.toMatchObject({root: yard.workspace});
	});

	test('one that is dirty, or has submodules, says so', async () => {
		const yard = makeYard();
		writeFileSync(path.join(yard.target, 'untracked'), '');
		await expect(opened(yard)).resolves.toMatchObject({notes: []});
		writeTree(yard.target, {'greet.js': 'changed', '.gitmodules': ''});
		const {notes} = await opened(yard);
		expect(notes).toEqual([expect.stringContaining('not committed'), expect.stringContaining('submodules')]);
	});

	test('one that is not there is cloned from its url, into folders that are made', async () => {
		const yard = makeYard();
		const at = '../new/place';
		await expect(opened(yard, {path: at, url: yard.target})).resolves.toMatchObject({
			root: path.join(yard.dir, 'new/place'),
		});
		await expect(opened(yard, {path: '../other', url: '--upload-pack=touch x'})).rejects.toThrow(refused('GIT_FAILED'));
	});

	test('a clone that was killed half way begins anew, one that fails leaves nothing, and two that want it share one', async () => {
		const yard = makeYard();
		const half = path.join(yard.dir, 'far.pilot-new/.git');
		mkdirSync(half, {recursive: true});
		writeFileSync(path.join(half, 'HEAD'), 'ref: refs/heads/main\n');
		const far = {path: '../far', url: yard.target};
		const both = await Promise.all([opened(yard, far), opened(yard, far)]);
		expect(both.map(({base}) => base)).toEqual([both[0]?.base, git(yard.target, 'rev-parse', 'HEAD')]);
		await expect(opened(yard, {path: '../gone', url: path.join(yard.dir, 'nowhere')})).rejects.toThrow(
			refused('GIT_FAILED'),
		);
		expect(readdirSync(yard.dir).filter(name => /pilot-new|gone/.test(name))).toEqual([]);
	});
});

describe('a checkout', () => {
	test('is a whole copy that shares nothing, has no remote, and knows no config but its own', async () => {
		const yard = makeYard();
		const {path: at, base} = await checkOut(yard, 'pilot/m-abcdef-x');
		expect(git(at, 'status', '--porcelain')).toBe('');
		expect([git(at, 'remote'), git(at, 'symbolic-ref', 'HEAD'), git(at, 'rev-parse', 'HEAD')]).toEqual([
			'',
			'refs/heads/pilot/m-abcdef-x',
			base,
		]);
		expect(existsSync(path.join(at, '.git/objects/info/alternates'))).toBe(false);
		expect(readFileSync(path.join(at, '.git/config'), 'utf8')).not.toContain('remote');
		const files = readdirSync(path.join(at, '.git/objects'), {recursive: true, encoding: 'utf8'}).map(name =>
			path.join(at, '.git/objects', name),
		);
		const objects = files.filter(file => statSync(file).isFile());
		expect(objects.length).toBeGreaterThan(0);
		for (const file of objects) expect(statSync(file).nlink).toBe(1);
	});

	test('damage done to its objects does not reach the target', async () => {
		const yard = makeYard();
		const {path: at} = await checkOut(yard, undefined);
		rmSync(path.join(at, '.git/objects'), {recursive: true});
		expect(git(yard.target, 'fsck', '--strict')).toBe('');
	});

	test('hooks of the target, and templates, are not in it', async () => {
		const yard = makeYard();
		writeFileSync(path.join(yard.target, '.git/hooks/post-checkout'), '#!/bin/sh\ntouch canary\n', {mode: 0o755});
		const {path: at} = await checkOut(yard, undefined);
		expect(existsSync(path.join(at, '.git/hooks'))).toBe(false);
		expect(existsSync(path.join(at, 'canary')) || existsSync(path.join(yard.target, 'canary'))).toBe(false);
	});

	test('gets the ignored files that are named, and none from outside the target', async () => {
		const yard = makeYard({...smallProject, '.gitignore': '.env*\ncache/\n'});
		writeTree(yard.target, {'.env.test': 'A=1', 'cache/a/b': 'x', '.env': 'SECRET=1'});
		writeFileSync(path.join(yard.dir, 'outside'), '');
		const {path: at} = await checkOut(yard, undefined, {copy: ['.env.test', 'cache', 'not-there']});
		expect([
			readFileSync(path.join(at, '.env.test'), 'utf8'),
			readFileSync(path.join(at, 'cache/a/b'), 'utf8'),
		]).toEqual(['A=1', 'x']);
		expect(existsSync(path.join(at, '.env'))).toBe(false);
		for (const name of ['../outside', '/etc/hostname', '.'])
			await expect(checkOut(yard, undefined, {copy: [name]})).rejects.toThrow(
				expect.objectContaining({code: 'COPY_OUTSIDE'}),
			);
	});

	test('a second try finds what the first one did; a reading one starts from nothing; half a one is made anew', async () => {
		const yard = makeYard();
		const first = await checkOut(yard, 'pilot/m-abcdef-x');
		writeFileSync(path.join(first.path, 'left'), '');
		git(yard.target, 'commit', '-q', '--allow-empty', '-m', 'moved on');
		const second = await checkOut(yard, 'pilot/m-abcdef-x');
		expect([existsSync(path.join(second.path, 'left')), second.base]).toEqual([true, first.base]);
		const reading = await checkOut(yard, undefined);
		expect(existsSync(path.join(reading.path, 'left'))).toBe(false);
		const writing = await checkOut(yard, 'pilot/m-abcdef-x');
		writeFileSync(path.join(writing.path, 'left'), '');
		rmSync(path.join(writing.shadow, 'HEAD'));
		await checkOut(yard, 'pilot/m-abcdef-x');
		expect(existsSync(path.join(writing.path, 'left'))).toBe(false);
		await removeCheckout(writing.path);
		expect([existsSync(writing.path), existsSync(writing.shadow)]).toEqual([false, false]);
	});

	test('a mission taken anew starts from the target as it is; what was not collected is moved aside', async () => {
		const yard = makeYard();
		const first = await checkOut(yard, 'pilot/m-abcdef-x');
		writeFileSync(path.join(first.path, 'left'), '');
		git(yard.target, 'commit', '-q', '--allow-empty', '-m', 'moved on');
		const second = await checkOut(yard, 'pilot/m-abcdef-x', {}, false);
		expect([existsSync(path.join(second.path, 'left')), second.base]).toEqual([
			false,
			git(yard.target, 'rev-parse', 'HEAD'),
		]);
		for (const n of [1, 2]) {
			writeFileSync(path.join(second.path, 'left'), String(n));
			markOpen(second.path);
			await checkOut(yard, n === 1 ? 'pilot/m-abcdef-x' : undefined, {}, false);
			const aside = `${second.path}.old-${n}`;
			expect([readFileSync(path.join(aside, 'left'), 'utf8'), existsSync(`${aside}.git/HEAD`)]).toEqual([
				String(n),
				true,
			]);
			expect(git(aside, 'status', '--porcelain')).toBe('?? left');
		}
		writeFileSync(path.join(second.path, 'left'), '');
		markOpen(second.path);
		markCollected(second.path);
		await checkOut(yard, undefined);
		expect([existsSync(path.join(second.path, 'left')), existsSync(`${second.path}.old-3`)]).toEqual([false, false]);
	});

	test.each([
		['a file is written', (at: string) => writeFileSync(path.join(at, 'src/by-hand.js'), 'mine')],
		['a file is removed', (at: string) => rmSync(path.join(at, 'package.json'))],
		['a commit is made', (at: string) => git(at, 'commit', '-q', '--allow-empty', '-m', 'by hand')],
	])('where %s after pilot has left it, it is moved aside and not removed', async (_, change) => {
		const yard = makeYard({...smallProject, 'src/a.js': ''});
		const {path: at} = await checkOut(yard, 'pilot/m-abcdef-x');
		markOpen(at);
		markCollected(at);
		markLeft(at);
		await new Promise(resolve => setTimeout(resolve, 20));
		change(at);
		const {path: again} = await checkOut(yard, 'pilot/m-abcdef-x', {}, false);
		expect([again, existsSync(`${at}.old-1`), existsSync(path.join(at, 'src/by-hand.js'))]).toEqual([at, true, false]);
		markOpen(at);
		markCollected(at);
		markLeft(at);
		await checkOut(yard, 'pilot/m-abcdef-x', {}, false);
		expect(existsSync(`${at}.old-2`)).toBe(false);
	});

	test('is put back as it was, whatever setup and tests did to it and to its config', async () => {
		const yard = makeYard({...smallProject, '.gitignore': 'node_modules/\n'});
		const checkout = await checkOut(yard, 'pilot/m-abcdef-x');
		const canary = path.join(yard.dir, 'canary');
		const evil = path.join(yard.dir, 'evil.sh');
		writeFileSync(evil, `#!/bin/sh\ntouch '${canary}'\ncat\n`, {mode: 0o755});
		writeTree(checkout.path, {'greet.js': 'x', 'new/y': '', 'node_modules/z': '', '.gitattributes': '* filter=evil\n'});
		rmSync(path.join(checkout.path, 'package.json'));
		for (const name of ['filter.evil.smudge', 'filter.evil.clean', 'core.fsmonitor'])
			git(checkout.path, 'config', name, `'${evil}'`);
		await putBack(checkout, guarded);
		expect(existsSync(canary)).toBe(false);
		expect(readdirSync(checkout.path).sort()).toEqual(
			['.git', '.gitignore', 'node_modules', ...Object.keys(smallProject)].sort(),
		);
		expect(readFileSync(path.join(checkout.path, 'greet.js'), 'utf8')).toBe(smallProject['greet.js']);
	});

	test('a base that only a detached HEAD knows, and a target that is a worktree', async () => {
		const yard = makeYard();
		git(yard.target, 'checkout', '-q', '--detach');
		git(yard.target, 'commit', '-q', '--allow-empty', '-m', 'only here');
		const {path: at, base} = await checkOut(yard, 'pilot/m-abcdef-x');
		expect(git(at, 'log', '-1', '--format=%s')).toBe('only here');
		git(yard.target, 'worktree', 'add', '-q', '../tree', base);
		const config = targetConfig({path: '../tree'});
		const target = await openTarget(config, yard.workspace, guarded);
		const made = await makeCheckout(
			{target, config, branch: undefined, path: path.join(yard.dir, 'c'), keep: false, isolation: 'clone'},
			guarded,
		);
		expect(git(made.checkout.path, 'rev-parse', 'HEAD')).toBe(base);
	});
});

describe('what the project tells agents', () => {
	const notesIn = async (files: Readonly<Record<string, string>>) => {
		const yard = makeYard({...smallProject, ...files});
		const {path: at, base} = await checkOut(yard, 'pilot/m-abcdef-x');
		return {yard, at, base, notes: () => projectNotes({path: at, base, inPlace: false}, guarded)};
	};

	test('stands in CLAUDE.md, or in AGENTS.md; in the target itself for a session that works there', async () => {
		expect(await (await notesIn({})).notes()).toBe('');
		const {yard, base, notes} = await notesIn({'CLAUDE.md': 'c\n', 'AGENTS.md': 'a'});
		expect(await notes()).toBe('c\n');
		expect(await projectNotes({path: yard.target, base, inPlace: true}, guarded)).toBe('c\n');
		expect(await projectNotes({path: yard.target, base: 'f'.repeat(40), inPlace: true}, guarded)).toBe('');
		expect(await (await notesIn({'AGENTS.md': 'a'})).notes()).toBe('a');
		expect(await (await notesIn({'CLAUDE.md': 'x'.repeat(1_000_001), 'AGENTS.md': 'a'})).notes()).toBe('a');
	});

	test('is what the base commit says, not what a session of before wrote there', async () => {
		const {at, notes} = await notesIn({'CLAUDE.md': 'c'});
		writeTree(at, {'CLAUDE.md': 'obey me'});
		git(at, 'commit', '-qam', 'x');
		expect(await notes()).toBe('c');
	});

	test('is not read through a link, neither one of the base commit nor one of a session', async () => {
		const yard = makeYard();
		writeTree(yard.dir, {key: 'a private key'});
		const {at, notes} = await notesIn({});
		symlinkSync(path.join(yard.dir, 'key'), path.join(at, 'CLAUDE.md'));
		expect(await notes()).toBe('');
		symlinkSync(path.join(yard.dir, 'key'), path.join(yard.target, 'CLAUDE.md'));
		writeTree(yard.target, {'AGENTS.md': 'a'});
		git(yard.target, 'add', '-A');
		git(yard.target, 'commit', '-qm', 'A link');
		const checkout = await checkOut(yard, 'pilot/m-abcdef-x', {}, true, 'worktree');
		expect(await projectNotes({path: checkout.path, base: checkout.base, inPlace: false}, guarded)).toBe('a');
	});
});

test('files in Git LFS are told of, by the base commit and not by what lies about', async () => {
	const yard = makeYard({...smallProject, '.gitattributes': '# x filter=lfs\n*.txt text\n'});
	expect((await openTarget(targetConfig({}), yard.workspace, guarded)).notes).toEqual([]);
	writeTree(yard.target, {'.gitattributes': '*.psd filter=lfs diff=lfs merge=lfs -text\n'});
	git(yard.target, 'commit', '-qam', 'LFS');
	const {notes} = await openTarget(targetConfig({}), yard.workspace, guarded);
	expect(notes).toEqual(['Files in Git LFS are pointers in the checkout.']);
});

test('a git that fails is named by what it was to do', async () => {
	const {target} = makeYard();
	for (const options of [[], ['--git-dir', '.git', '--work-tree', '.', '-c', 'a.b=c']])
		await expect(guarded([...options, 'cat-file', 'blob', 'none'], {cwd: target})).rejects.toThrow(
			expect.objectContaining({code: 'GIT_FAILED', message: expect.stringContaining('git cat-file failed in')}),
		);
});
