import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {shadowOf} from '../../src/git/index.js';
import {git} from '../support/workspace.js';
import {branch, commitIn, write} from './rig.js';

describe('a branch of the name that is there already', () => {
	const human = (target: string, name: string) => {
		git(target, 'switch', '-q', name);
		commitIn(target, {'human.txt': 'mine\n'}, 'By hand');
		git(target, 'switch', '-q', 'main');
		return git(target, 'rev-parse', name);
	};

	test("is left alone when somebody else's commits are on it", async () => {
		const {yard, collect, at} = await write();
		commitIn(at, {'a.txt': '1\n'}, 'One');
		await collect();
		const theirs = human(yard.target, branch);
		commitIn(at, {'b.txt': '2\n'}, 'Two');
		const second = await collect();
		expect(second).toMatchObject({
			branch: `${branch}-2`,
			flags: [`${branch} has commits of somebody else, and was left as it is; this attempt is on ${branch}-2`],
		});
		expect(git(yard.target, 'rev-parse', branch)).toBe(theirs);
		expect(git(yard.target, 'rev-parse', `${branch}-2`)).toBe(second.head);
		const theirSecond = human(yard.target, `${branch}-2`);
		commitIn(at, {'c.txt': '3\n'}, 'Three');
		expect((await collect()).branch).toBe(`${branch}-3`);
		expect([git(yard.target, 'rev-parse', branch), git(yard.target, 'rev-parse', `${branch}-2`)]).toEqual([
			theirs,
			theirSecond,
		]);
		// Its own third goes on being its own.
		commitIn(at, {'d.txt': '4\n'}, 'Four');
		expect((await collect()).branch).toBe(`${branch}-3`);
	});

	test('is replaced when it is what pilot had put there, also by work that does not go on from it', async () => {
		const {yard, collect, at} = await write();
		commitIn(at, {'a.txt': '1\n'}, 'One');
		await collect();
		git(at, 'reset', '-q', '--hard', 'HEAD~1');
		commitIn(at, {'b.txt': '2\n'}, 'Another way');
		expect(await collect()).toMatchObject({branch, flags: []});
		expect(git(yard.target, 'log', '--format=%s', branch)).toBe('Another way\nFirst');
	});

	test('is left alone where it is checked out, in the target or a work tree of it', async () => {
		const {yard, collect, at} = await write();
		commitIn(at, {'a.txt': '1\n'}, 'One');
		const {head} = await collect();
		const tree = path.join(yard.dir, 'tree');
		git(yard.target, 'worktree', 'add', '-q', tree, branch);
		expect(await collect()).toMatchObject({branch, flags: []});
		commitIn(at, {'b.txt': '2\n'}, 'Two');
		expect(await collect()).toMatchObject({
			branch: `${branch}-2`,
			flags: [
				expect.stringMatching(/is checked out in .*tree, and was left as it is: switch .*; this attempt is on .*-2$/),
			],
		});
		expect([git(tree, 'status', '--porcelain'), git(tree, 'rev-parse', 'HEAD')]).toEqual(['', head]);
	});

	test('one that makes every such name impossible is told, with what to do', async () => {
		const {yard, collect, at} = await write();
		git(yard.target, 'branch', 'pilot');
		commitIn(at, {'a.txt': '1\n'}, 'One');
		await expect(collect()).rejects.toThrow(
			expect.objectContaining({code: 'BRANCH_REFUSED', message: expect.stringContaining("'refs/heads/pilot'")}),
		);
		git(yard.target, 'branch', '-m', 'pilot', 'other');
		git(yard.target, 'fetch', '-q', shadowOf(at), `${branch}:${branch}`);
		expect(git(yard.target, 'show', `${branch}:a.txt`)).toBe('1');
	});
});
