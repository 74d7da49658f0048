import {execFileSync, spawn} from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {changesOfTarget, collectBranch, compareUnchanged, createGuardedGit} from '../../src/git/index.js';
import {readPlain} from '../../src/kernel/safe-read.js';
import {run} from '../../src/kernel/spawn.js';
import {git, scratch, writeTree} from '../support/workspace.js';
import {branch, checkOut, commitIn, guarded, makeYard, redact, write} from './rig.js';

const patienceMs = 15_000;

/** A FIFO in place of what is there. Whoever waits at it is let go after a while, so that the test fails and does not hang. */
function fifo(file: string) {
	rmSync(file, {recursive: true, force: true});
	mkdirSync(path.dirname(file), {recursive: true});
	execFileSync('sh', ['-c', 'mkfifo "$0"', file]);
	const letGo = spawn('sh', ['-c', `sleep ${patienceMs / 1000}; exec 3<>"$0"`, file], {stdio: 'ignore'});
	onTestFinished(() => void letGo.kill());
}

function huge(file: string) {
	rmSync(file, {recursive: true, force: true});
	writeFileSync(file, '');
	truncateSync(file, 65_000_000);
}

function folder(file: string) {
	rmSync(file, {recursive: true, force: true});
	mkdirSync(file);
}

function link(file: string) {
	rmSync(file, {recursive: true, force: true});
	symlinkSync('/dev/zero', file);
}

const kinds = {fifo, huge, folder, link} as const;
const strange = Object.keys(kinds) as (keyof typeof kinds)[];

async function inTime<T>(work: () => Promise<T> | T): Promise<T> {
	const startedMs = performance.now();
	const result = await work();
	expect(performance.now() - startedMs).toBeLessThan(patienceMs * 0.8);
	return result;
}

describe('the reader', () => {
	test.each(strange)('takes no %s for a file', async kind => {
		using place = scratch();
		const file = path.join(place.dir, 'x');
		kinds[kind](file);
		// Not the bytes themselves: of 65 MB there is nothing to be shown.
		expect(await inTime(() => readPlain(file)?.length)).toBeUndefined();
		expect(await inTime(() => readPlain(file, {follow: true})?.length)).toBeUndefined();
	});

	test('takes plain files, through a link only where that is asked for; what is not there is nothing', () => {
		using place = scratch();
		const [file, to] = [path.join(place.dir, 'x'), path.join(place.dir, 'to')];
		writeFileSync(file, 'text');
		symlinkSync(file, to);
		expect(readPlain(file)?.toString()).toBe('text');
		expect(readPlain(to)).toBeUndefined();
		expect(readPlain(to, {follow: true})?.toString()).toBe('text');
		expect(readPlain(path.join(file, 'below'))).toBeUndefined();
	});
});

describe('a write session whose repository holds no plain files', () => {
	test.each(strange)('a %s as HEAD: its files are taken, and it is told', {timeout: 60_000}, async kind => {
		const {yard, at, collect} = await write();
		commitIn(at, {'a.txt': '1\n'}, 'One');
		kinds[kind](path.join(at, '.git/HEAD'));
		const collected = await inTime(collect);
		expect(collected.flags[0]).toMatch(/^its repository could not be read/);
		expect(collected.keep).toBe(true);
		expect(git(yard.target, 'show', `${branch}:a.txt`)).toBe('1');
	});

	test.each(strange)(
		'a %s as packed-refs, as a ref, as the log of HEAD: told, and kept',
		{timeout: 60_000},
		async kind => {
			const {at, collect} = await write();
			for (const name of ['packed-refs', 'refs/heads/side', 'logs/HEAD']) kinds[kind](path.join(at, '.git', name));
			const {flags, keep} = await inTime(collect);
			expect(flags.join('\n')).toMatch(
				/\.git\/packed-refs.* could not be read: what only they name was not looked for/,
			);
			expect(keep).toBe(true);
			writeTree(at, {'a.txt': '1\n'});
			expect(await inTime(collect)).toMatchObject({changed: true, commits: 1, keep: true});
		},
	);

	test('refs that lie elsewhere, behind a link, are not walked through, and told', async () => {
		const {yard, at, collect} = await write();
		writeTree(at, {'a.txt': '1\n'});
		rmSync(path.join(at, '.git/refs'), {recursive: true});
		folder(path.join(yard.dir, 'elsewhere'));
		link(path.join(yard.dir, 'elsewhere/unreadable'));
		symlinkSync(path.join(yard.dir, 'elsewhere'), path.join(at, '.git/refs'));
		expect((await inTime(collect)).flags.join('\n')).toContain('.git/refs could not be read');
	});
});

test.each(strange)('a read session that put a %s for its HEAD has changed something', {timeout: 60_000}, async kind => {
	const yard = makeYard();
	const checkout = await checkOut(yard, undefined);
	kinds[kind](path.join(checkout.path, '.git/HEAD'));
	const diffPath = path.join(yard.dir, 'x.diff');
	const compared = await inTime(() => compareUnchanged({checkout, diffPath, redact}, guarded));
	expect(compared).toMatchObject({changed: true, flags: ['HEAD was moved']});
});

describe('FIFOs at which git itself would wait', () => {
	const impatient = createGuardedGit(
		(file, args, options) => run(file, args, {...options, timeoutMs: 1500}),
		process.env.PATH,
	);

	test('are taken away and told, and the work is collected', {timeout: 60_000}, async () => {
		const {yard, at, checkout, diffPath} = await write();
		const headsFile = path.join(yard.dir, 'heads');
		writeTree(at, {'sub/a.txt': '1\n'});
		fifo(path.join(at, '.gitignore'));
		fifo(path.join(at, 'sub/.gitattributes'));
		const request = {checkout, targetRoot: yard.target, diffPath, message: 'Left over', headsFile, redact};
		const {flags} = await inTime(() => collectBranch(request, impatient));
		expect([...flags].sort()).toEqual([
			'.gitignore was a FIFO, and was taken away',
			'sub/.gitattributes was a FIFO, and was taken away',
		]);
		expect(git(yard.target, 'ls-tree', '-r', '--name-only', branch)).toContain('sub/a.txt');
	});

	test('also where nothing was to change', {timeout: 60_000}, async () => {
		const yard = makeYard();
		const checkout = await checkOut(yard, undefined);
		fifo(path.join(checkout.path, '.gitignore'));
		const compared = {checkout, diffPath: path.join(yard.dir, 'x.diff'), redact};
		expect(await inTime(() => compareUnchanged(compared, impatient))).toEqual({
			changed: false,
			commits: 0,
			flags: ['.gitignore was a FIFO, and was taken away'],
		});
	});
});

describe('a target that its sessions share', () => {
	const lookedAt = async (change: (gitDir: string) => void, before: (gitDir: string) => void = () => {}) => {
		const yard = makeYard();
		const gitDir = path.join(yard.target, '.git');
		before(gitDir);
		const {at, collect} = await write(yard, 'worktree');
		change(gitDir);
		const told = await inTime(() => changesOfTarget(at, path.join(yard.dir, 'heads'), guarded));
		return {yard, at, collect, gitDir, told: told.map(line => line.split(' while')[0])};
	};

	test('may have folders and links among its hooks; what becomes of them is told', async () => {
		const before = (gitDir: string) => {
			writeTree(gitDir, {'hooks/pre-commit.d/one': '#!/bin/sh\n', tool: 'x'});
			symlinkSync('../tool', path.join(gitDir, 'hooks/post-commit'));
		};
		expect((await lookedAt(() => {}, before)).told).toEqual([]);
		const change = (gitDir: string) => {
			writeTree(gitDir, {tool: 'y'});
			rmSync(path.join(gitDir, 'hooks/pre-commit.d'), {recursive: true});
			writeFileSync(path.join(gitDir, 'hooks/pre-commit.d'), '#!/bin/sh\n');
			fifo(path.join(gitDir, 'hooks/pre-push'));
			folder(path.join(gitDir, 'hooks/pre-rebase'));
		};
		const {told, collect} = await lookedAt(change, before);
		expect(told).toEqual([
			"the target's .git/hooks/post-commit was changed",
			"the target's .git/hooks/pre-commit.d was changed",
			"the target's .git/hooks/pre-push was made",
			"the target's .git/hooks/pre-rebase was made",
		]);
		expect(await inTime(collect)).toMatchObject({flags: []});
	});

	test('one that cannot be looked at is told, and fails nothing', async () => {
		const {told} = await lookedAt(gitDir => {
			renameSync(path.join(gitDir, 'objects'), path.join(gitDir, 'objects.away'));
		});
		expect(told).toEqual([expect.stringMatching(/^the target could not be looked at \(git for-each-ref failed/)]);
	});

	test('a FIFO for its HEAD keeps no work from it', async () => {
		const {at, collect, yard, told} = await lookedAt(gitDir => fifo(path.join(gitDir, 'HEAD')));
		expect(told).toEqual([]);
		writeTree(at, {'a.txt': '1\n'});
		expect(await inTime(collect)).toMatchObject({commits: 1, branch});
		writeFileSync(path.join(yard.target, '.git/HEAD.plain'), 'ref: refs/heads/main\n');
		renameSync(path.join(yard.target, '.git/HEAD.plain'), path.join(yard.target, '.git/HEAD'));
		expect(git(yard.target, 'show', `${branch}:a.txt`)).toBe('1');
	});

	test('a FIFO and a link where the entry of a worktree tells its place: written anew, and never through', async () => {
		const {yard, at} = await lookedAt(() => {});
		const entry = readFileSync(path.join(at, '.git'), 'utf8').replace('gitdir: ', '').trim();
		const bait = path.join(yard.dir, 'bait');
		fifo(path.join(entry, 'gitdir'));
		rmSync(path.join(entry, 'locked'));
		symlinkSync(bait, path.join(entry, 'locked'));
		writeFileSync(`${at}.open`, '');
		await inTime(() => checkOut(yard, branch, {}, false, 'worktree'));
		expect(existsSync(bait)).toBe(false);
		expect(git(`${at}.old-1`, 'log', '-1', '--format=%s')).toBe('First');
	});
});
