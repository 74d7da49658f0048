import {existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {changesOfTarget, compareUnchanged, makeCheckout, openTarget, removeCheckout} from '../../src/git/index.js';
import {git, writeTree} from '../support/workspace.js';
import {branch, checkOut, commitIn, guarded, makeYard, redact, targetConfig, write} from './rig.js';

const entriesOf = (target: string) => {
	const folder = path.join(target, '.git/worktrees');
	return existsSync(folder) ? readdirSync(folder) : [];
};

const writeShared = (yard = makeYard()) => write(yard, 'worktree');

describe('a worktree as checkout', () => {
	test('git works in it; what it commits and leaves becomes one branch; removed, nothing of it is left in the target', async () => {
		const {yard, at, collect, checkout} = await writeShared();
		const entries = entriesOf(yard.target).map(name => path.join(yard.target, '.git/worktrees', name));
		expect(git(yard.target, 'worktree', 'list')).toContain(`${at} `);
		expect(git(at, 'status', '--porcelain', '--branch')).toBe('## HEAD (no branch)');
		expect(readFileSync(path.join(at, '.git'), 'utf8')).toBe(`gitdir: ${entries[0]}\n`);
		const before = git(yard.target, 'for-each-ref');
		commitIn(at, {'a.txt': '1\n'}, 'One');
		commitIn(at, {'b.txt': '2\n'}, 'Two');
		writeTree(at, {'left.txt': '3\n'});
		expect(git(yard.target, 'for-each-ref')).toBe(before);
		expect(await collect()).toMatchObject({commits: 3, branch, diffstat: {files: 3, added: 3, removed: 0}, flags: []});
		expect(git(yard.target, 'log', '--format=%s', branch)).toBe('Left over\nTwo\nOne\nFirst');
		await removeCheckout(checkout.path);
		expect([existsSync(at), existsSync(checkout.shadow), entriesOf(yard.target)]).toEqual([false, false, []]);
		expect(git(yard.target, 'worktree', 'list', '--porcelain')).not.toContain('missions');
		expect(git(yard.target, 'fsck', '--full')).toBe('');
	});

	test('one that read and changed nothing is unchanged; a file or a commit is a change', async () => {
		const yard = makeYard();
		const diff = path.join(yard.dir, 'read.diff');
		const checkout = await checkOut(yard, undefined, {}, false, 'worktree');
		expect(await compareUnchanged({checkout, diffPath: diff, redact}, guarded)).toEqual({
			changed: false,
			commits: 0,
			flags: [],
		});
		git(checkout.path, 'commit', '-q', '--allow-empty', '-m', 'x');
		expect(await compareUnchanged({checkout, diffPath: diff, redact}, guarded)).toMatchObject({
			changed: true,
			flags: ['HEAD was moved'],
		});
	});

	test('kept for a later attempt; made anew when its entry is gone, with what was not collected beside it', async () => {
		const {yard, at} = await writeShared();
		commitIn(at, {'a.txt': '1\n'}, 'One');
		await checkOut(yard, branch, {}, true, 'worktree');
		expect(git(at, 'log', '-1', '--format=%s')).toBe('One');
		// What is kept stays what it is, whatever the config says meanwhile.
		await checkOut(yard, branch, {}, true, 'clone');
		expect(git(at, 'log', '-1', '--format=%s')).toBe('One');
		writeFileSync(`${at}.open`, '');
		await checkOut(yard, branch, {}, false, 'worktree');
		expect(git(at, 'log', '-1', '--format=%s')).toBe('First');
		expect(git(`${at}.old-1`, 'log', '-1', '--format=%s')).toBe('One');
		git(yard.target, 'worktree', 'remove', '--force', '--force', at);
		await checkOut(yard, branch, {}, true, 'worktree');
		expect(git(at, 'log', '-1', '--format=%s')).toBe('First');
	});

	test('entries that a kill left go with the next worktree; those of others, and of what is there, stay', async () => {
		const yard = makeYard();
		const config = targetConfig({});
		const target = await openTarget(config, yard.workspace, guarded, 'worktree');
		const folder = path.join(yard.workspace, '.pilot/checkouts');
		const make = (id: string) =>
			makeCheckout({target, config, branch, path: path.join(folder, id), keep: false, isolation: 'worktree'}, guarded);
		git(yard.target, 'worktree', 'add', '-q', '--detach', path.join(yard.dir, 'own'));
		rmSync(path.join(yard.dir, 'own'), {recursive: true});
		// At once: none takes another's, which is half made, for a leftover.
		await Promise.all(['m-aaaaaa', 'm-bbbbbb'].map(make));
		for (const id of ['m-aaaaaa', 'm-bbbbbb']) expect(git(path.join(folder, id), 'status', '--porcelain')).toBe('');
		rmSync(path.join(folder, 'm-aaaaaa'), {recursive: true});
		rmSync(path.join(folder, 'm-aaaaaa.git'), {recursive: true});
		git(yard.target, 'worktree', 'prune'); // of the human's own, and of nothing of pilot's
		expect(entriesOf(yard.target).map(name => name.slice(0, 14))).toEqual(['pilot-m-aaaaaa', 'pilot-m-bbbbbb']);
		await make('m-cccccc');
		expect(entriesOf(yard.target).map(name => name.slice(0, 14))).toEqual(['pilot-m-bbbbbb', 'pilot-m-cccccc']);
	});

	test('what a session, or anybody, changed in the target meanwhile is told; what pilot delivered is not', async () => {
		const {yard, at, collect} = await writeShared();
		const heads = path.join(yard.dir, 'all-heads');
		expect(await changesOfTarget(at, heads, guarded)).toEqual([]);
		git(at, 'branch', 'made');
		git(at, 'config', 'core.fsmonitor', '/bin/true');
		writeTree(yard.target, {'.git/hooks/pre-commit': '#!/bin/sh\n', '.git/config.worktree': ''});
		commitIn(at, {'a.txt': '1\n'}, 'One');
		const {head} = await collect();
		writeTree(heads, {'m-abcdef': `${head}\n`});
		const told = await changesOfTarget(at, heads, guarded);
		expect(told.map(line => line.split(' while')[0])).toEqual([
			"the target's .git/config was changed",
			"the target's .git/hooks/pre-commit was made",
			"the target's refs/heads/made was made",
		]);
		expect(await changesOfTarget(path.join(yard.dir, 'elsewhere'), heads, guarded)).toEqual([]);
	});

	test('an object that is not what its name says is not taken: the files are, and it is told', async () => {
		const {at, yard, collect} = await writeShared();
		commitIn(at, {'a.txt': 'what was committed\n'}, 'One');
		const blob = git(at, 'rev-parse', 'HEAD:a.txt');
		const objects = path.join(yard.target, '.git/objects');
		const other = git(at, 'hash-object', '-w', path.join(at, 'greet.js'));
		const fileOf = (id: string) => path.join(objects, id.slice(0, 2), id.slice(2));
		const forged = readFileSync(fileOf(other));
		rmSync(fileOf(blob), {force: true});
		writeFileSync(fileOf(blob), forged);
		const collected = await collect();
		expect(collected.flags.join('\n')).toContain('its repository could not be read');
		expect(collected).toMatchObject({commits: 1, keep: true});
	});

	test('branches as reftables are refused in words', async () => {
		const yard = makeYard();
		const target = await openTarget(targetConfig({}), yard.workspace, guarded, 'worktree');
		writeTree(yard.target, {'.git/reftable/tables.list': ''});
		const request = {target, config: targetConfig({}), branch, keep: false, isolation: 'worktree'} as const;
		await expect(makeCheckout({...request, path: path.join(yard.dir, 'c')}, guarded)).rejects.toThrow(/reftables/);
	});

	test('a target that is a worktree itself, on a branch that its main one has not', async () => {
		const yard = makeYard();
		git(yard.target, 'worktree', 'add', '-q', '-b', 'side', '../tree');
		commitIn(path.join(yard.dir, 'tree'), {'side.txt': '1\n'}, 'Only there');
		const config = targetConfig({path: '../tree'});
		const target = await openTarget(config, yard.workspace, guarded, 'worktree');
		expect(target.notes).toEqual([]);
		const at = path.join(yard.dir, 'c');
		const {checkout} = await makeCheckout(
			{target, config, branch, path: at, keep: false, isolation: 'worktree'},
			guarded,
		);
		expect(git(checkout.path, 'log', '-1', '--format=%s')).toBe('Only there');
	});
});
