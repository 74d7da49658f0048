import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {mergeOwn} from '../../src/app/merge-own.js';
import {currentBranch, gitTrouble} from '../../src/git/workspace-state.js';
import {git, makeWorld, scratch, writeTree} from '../support/workspace.js';
import {openGit} from '../support/workspace-git.js';

const missions = '## Pending\n- [ ] One ^m-aaaaaa\n- [ ] Two ^m-bbbbbb\n\n## Done\n';

function world() {
	const folder = scratch();
	onTestFinished(() => folder[Symbol.dispose]());
	return makeWorld(folder.dir, {config: '', missions});
}

/** The same workspace on another machine. */
function other(from: ReturnType<typeof world>): string {
	const at = path.join(from.root, 'other');
	git(from.root, 'clone', '-q', from.remote, at);
	return at;
}

const read = (at: string, name = 'missions.md') => readFileSync(path.join(at, name), 'utf8');
const put = (at: string, files: Readonly<Record<string, string>>, message?: string) => {
	writeTree(at, files);
	if (message === undefined) return;
	git(at, 'add', '-A');
	git(at, 'commit', '-q', '-m', message);
	git(at, 'push', '-q');
};
const taken = (text: string, title: string) => text.replace(`- [ ] ${title}`, `- [~] ${title}`);

describe('commit', () => {
	test('takes just the paths it is told, and leaves what the human staged', async () => {
		const {workspace} = world();
		put(workspace, {
			'missions.md': taken(missions, 'One'),
			'soul.md': 'staged',
			'journal/2026-01-30.md': 'x',
			'notes.txt': 'mine',
		});
		git(workspace, 'add', 'soul.md');
		const workspaceGit = await openGit(workspace);
		expect(await workspaceGit.commit(['missions.md', 'journal'], 'Take: One')).toMatch(/^[0-9a-f]{7,}/);
		expect(git(workspace, 'show', '--format=%s', '--name-only', 'HEAD')).toBe(
			'Take: One\n\njournal/2026-01-30.md\nmissions.md',
		);
		expect(git(workspace, 'status', '--porcelain')).toBe('M  soul.md\n?? notes.txt');
		expect(await workspaceGit.commit(['missions.md', 'journal'], 'Again')).toBeUndefined();
	});

	test('a first commit, renamed and deleted files, names that git quotes', async () => {
		using folder = scratch();
		git(folder.dir, 'init', '-q', '-b', 'main');
		writeTree(folder.dir, {'missions.md': missions, 'journal/a b ü.md': 'x\n'.repeat(20), 'memory/x.md': ''});
		const workspaceGit = await openGit(folder.dir);
		await workspaceGit.commit(['missions.md', 'journal', 'memory'], 'First');
		git(folder.dir, 'mv', 'journal/a b ü.md', 'journal/c.md');
		git(folder.dir, 'rm', '-q', 'memory/x.md');
		await workspaceGit.commit(['missions.md', 'journal', 'memory'], 'Second');
		expect(git(folder.dir, 'status', '--porcelain')).toBe('');
		expect(git(folder.dir, 'log', '--format=%s %an')).toBe('Second pilot-tui\nFirst pilot-tui');
	});

	test.each([
		['a rebase', 'rebase-merge', 'a rebase is under way'],
		['a merge', 'MERGE_HEAD', 'a merge is under way'],
		['a cherry-pick', 'CHERRY_PICK_HEAD', 'a cherry-pick is under way'],
		['a bisect', 'BISECT_LOG', 'a bisect is under way'],
	])('waits while a human is in the middle of %s', async (_name, file, why) => {
		const {workspace} = world();
		const workspaceGit = await openGit(workspace);
		writeFileSync(path.join(workspace, '.git', file), '');
		writeFileSync(path.join(workspace, 'missions.md'), taken(missions, 'One'));
		await expect(workspaceGit.commit(['missions.md'], 'x')).rejects.toThrow(
			expect.objectContaining({code: 'SYNC_HELD', message: expect.stringContaining(why)}),
		);
		await expect(workspaceGit.sync()).resolves.toMatchObject({kind: 'held', todo: expect.stringContaining('git ')});
		await expect(workspaceGit.push()).resolves.toMatchObject({kind: 'held'});
		expect(git(workspace, 'log', '--format=%s')).toBe('First');
	});

	test('waits while another branch, or none, is checked out: pilot never pushes one as another', async () => {
		const {workspace, remote} = world();
		const workspaceGit = await openGit(workspace);
		git(workspace, 'switch', '-qc', 'side');
		git(workspace, 'commit', '-q', '--allow-empty', '-m', 'Only on side');
		expect(await workspaceGit.push()).toMatchObject({
			kind: 'held',
			why: 'The workspace is on branch side, and pilot works on main.',
		});
		expect(await workspaceGit.sync()).toMatchObject({kind: 'held'});
		expect(git(remote, 'log', '--format=%s', 'main')).toBe('First');
		git(workspace, 'checkout', '-q', '--detach');
		expect(await workspaceGit.sync()).toMatchObject({kind: 'held', why: 'the workspace has no branch checked out.'});
	});

	test('a lock that a killed git left is cleared once it is old; a fresh one is somebody at work', async () => {
		const {workspace} = world();
		const workspaceGit = await openGit(workspace);
		const lock = path.join(workspace, '.git/index.lock');
		writeFileSync(path.join(workspace, 'missions.md'), taken(missions, 'One'));
		writeFileSync(lock, '');
		utimesSync(lock, 0, Date.now() / 1000 - 20);
		await expect(workspaceGit.commit(['missions.md'], 'x')).rejects.toMatchObject({
			code: 'GIT_BUSY',
			message: expect.stringMatching(
				/^another git is at work in the workspace: \.git\/index\.lock is there \(2\d s old\)\.$/,
			),
			todo: 'It is tried again by itself; a lock that nobody holds is removed when it is 60 s old.',
		});
		expect(existsSync(lock)).toBe(true);
		utimesSync(lock, 0, Date.now() / 1000 - 61);
		await expect(workspaceGit.commit(['missions.md'], 'x')).resolves.toBeDefined();
	});

	test('a lock that a living process has open stays, however old', async () => {
		const {workspace} = world();
		const workspaceGit = await openGit(workspace);
		const lock = path.join(workspace, '.git/index.lock');
		writeFileSync(path.join(workspace, 'missions.md'), taken(missions, 'One'));
		const holder = spawn('sh', ['-c', `exec 3>'${lock}'; echo held; read _`], {stdio: ['pipe', 'pipe', 'inherit']});
		onTestFinished(() => void holder.kill('SIGKILL'));
		await once(holder.stdout, 'data');
		utimesSync(lock, 0, Date.now() / 1000 - 3600);
		await expect(workspaceGit.commit(['missions.md'], 'x')).rejects.toThrow(`held by pid ${holder.pid})`);
		holder.stdin.end();
		await once(holder, 'exit');
		await expect(workspaceGit.commit(['missions.md'], 'x')).resolves.toBeDefined();
	});

	test('a lock of a commit that waits for the human’s editor stays, however long they write', async () => {
		const {workspace} = world();
		const workspaceGit = await openGit(workspace);
		const lock = path.join(workspace, '.git/index.lock');
		writeFileSync(path.join(workspace, 'missions.md'), taken(missions, 'One'));
		const editor = path.join(workspace, '.git/editor.sh');
		writeFileSync(editor, '#!/bin/sh\nwhile [ ! -e .git/written ]; do sleep 0.05; done\necho "By hand" > "$1"\n', {
			mode: 0o755,
		});
		const human = spawn('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@localhost', 'commit', '-a'], {
			cwd: workspace,
			env: {...process.env, GIT_EDITOR: '.git/editor.sh'},
			stdio: 'ignore',
		});
		onTestFinished(() => void human.kill('SIGKILL'));
		await expect.poll(() => existsSync(lock)).toBe(true);
		utimesSync(lock, 0, Date.now() / 1000 - 3600);
		await expect(workspaceGit.commit(['missions.md'], 'x')).rejects.toThrow('index.lock');
		writeFileSync(path.join(workspace, '.git/written'), '');
		expect(await once(human, 'exit')).toEqual([0, null]);
		expect(git(workspace, 'log', '-1', '--format=%s')).toBe('By hand');
	});

	test('no hook of the human runs, and nothing is signed', async () => {
		const {workspace} = world();
		writeFileSync(path.join(workspace, '.git/hooks/pre-commit'), '#!/bin/sh\nexit 1\n', {mode: 0o755});
		git(workspace, 'config', 'commit.gpgsign', 'true');
		writeFileSync(path.join(workspace, 'missions.md'), taken(missions, 'One'));
		await expect((await openGit(workspace)).commit(['missions.md'], 'x')).resolves.toBeDefined();
	});

	test('settings given by the environment are passed on whole', async () => {
		const {workspace} = world();
		const env = {
			PATH: process.env.PATH,
			GIT_CONFIG_COUNT: '2',
			GIT_CONFIG_KEY_0: 'user.name',
			GIT_CONFIG_VALUE_0: 'Env',
			GIT_CONFIG_KEY_1: 'user.email',
			GIT_CONFIG_VALUE_1: 'env@x',
			GIT_DIR: '/nowhere',
		};
		writeFileSync(path.join(workspace, 'missions.md'), taken(missions, 'One'));
		await (await openGit(workspace, {env})).commit(['missions.md'], 'x');
		expect(git(workspace, 'log', '-1', '--format=%an')).toBe('Env');
	});
});

describe('sync', () => {
	test('without a remote, or told not to push: nothing to do', async () => {
		const {workspace} = world();
		const quiet = {kind: 'synced', pulled: 0, pushed: false, merged: false};
		expect(await (await openGit(workspace, {push: false})).sync()).toEqual(quiet);
		git(workspace, 'remote', 'remove', 'origin');
		const workspaceGit = await openGit(workspace);
		expect([workspaceGit.remote, await workspaceGit.sync(), await workspaceGit.push()]).toEqual([
			undefined,
			quiet,
			quiet,
		]);
	});

	test('what is new here goes, what is new there comes, nothing is nothing', async () => {
		const here = world();
		const there = other(here);
		const workspaceGit = await openGit(here.workspace);
		expect(await workspaceGit.sync()).toMatchObject({kind: 'synced', pulled: 0, pushed: false});
		writeFileSync(path.join(here.workspace, 'missions.md'), taken(missions, 'One'));
		await workspaceGit.commit(['missions.md'], 'Take: One');
		expect(await workspaceGit.counts()).toEqual({ahead: 1, behind: 0});
		expect(await workspaceGit.sync()).toMatchObject({pushed: true});
		git(there, 'pull', '-q');
		put(there, {'missions.md': `${read(there)}- [ ] Three\n`, 'soul.md': 'new'}, 'From there');
		expect(await workspaceGit.sync()).toMatchObject({pulled: 1, pushed: false, merged: false});
		expect([read(here.workspace).includes('Three'), read(here.workspace, 'soul.md')]).toEqual([true, 'new']);
	});

	test('both moved on: merged by meaning, also in the same lines, and pushed', async () => {
		const here = world();
		const there = other(here);
		put(
			there,
			{'missions.md': taken(missions, 'Two').replace('One', 'One, renamed'), 'journal/2026-01-30.md': '# J\n\nthere\n'},
			'There',
		);
		put(here.workspace, {'missions.md': taken(missions, 'One'), 'journal/2026-01-30.md': '# J\n\nhere\n'});
		const workspaceGit = await openGit(here.workspace);
		await workspaceGit.commit(['missions.md', 'journal'], 'Here');
		expect(await workspaceGit.push()).toEqual({kind: 'synced', pulled: 1, pushed: true, merged: true});
		expect(read(here.workspace)).toContain('- [~] One, renamed ^m-aaaaaa');
		expect(read(here.workspace)).toContain('- [~] Two ^m-bbbbbb');
		for (const line of ['here', 'there']) expect(read(here.workspace, 'journal/2026-01-30.md')).toContain(`${line}\n`);
		expect(git(here.workspace, 'status', '--porcelain')).toBe('');
		expect(git(here.remote, 'rev-parse', 'main')).toBe(git(here.workspace, 'rev-parse', 'HEAD'));
		expect(git(here.workspace, 'log', '-1', '--format=%p').split(' ').length).toBe(2);
	});

	test("a human's edit that is not committed survives a pull, with what came", async () => {
		const here = world();
		put(other(here), {'missions.md': taken(missions, 'Two')}, 'There');
		writeTree(here.workspace, {'missions.md': `${missions}\nA note of mine.\n`, 'outbox.md': 'tell them\n'});
		expect(await (await openGit(here.workspace)).sync()).toMatchObject({
			kind: 'synced',
			pulled: 1,
			pushed: true,
			merged: true,
		});
		expect(read(here.workspace)).toContain('- [~] Two');
		expect(read(here.workspace)).toContain('A note of mine.');
		expect(read(here.workspace, 'outbox.md')).toBe('tell them\n');
	});

	test('new files of pilot beside a merge are committed, though others of its files do not exist', async () => {
		const here = world();
		put(other(here), {'missions.md': taken(missions, 'Two')}, 'There');
		put(here.workspace, {'missions.md': taken(missions, 'One'), 'journal/2026-01-30.md': 'x'});
		expect(await (await openGit(here.workspace)).sync()).toMatchObject({kind: 'synced', merged: true, pushed: true});
		expect(git(here.remote, 'ls-tree', '-r', '--name-only', 'main')).toContain('journal/2026-01-30.md');
	});

	test('a conflict in any other file: held, said which, and everything as it was', async () => {
		const here = world();
		put(other(here), {'soul.md': 'theirs\n'}, 'There');
		writeTree(here.workspace, {'soul.md': 'ours\n'});
		git(here.workspace, 'commit', '-qam', 'Here');
		const before = [git(here.workspace, 'rev-parse', 'HEAD'), read(here.workspace), read(here.workspace, 'soul.md')];
		expect(await (await openGit(here.workspace)).sync()).toMatchObject({
			kind: 'held',
			why: 'soul.md was changed here and on the remote.',
		});
		expect([git(here.workspace, 'rev-parse', 'HEAD'), read(here.workspace), read(here.workspace, 'soul.md')]).toEqual(
			before,
		);
		expect([git(here.workspace, 'status', '--porcelain'), gitTrouble(here.workspace)]).toEqual(['', undefined]);
	});

	test("a human's open change in a file that the remote changed too: held, and it is still there", async () => {
		const here = world();
		put(other(here), {'soul.md': 'theirs\n', 'missions.md': taken(missions, 'Two')}, 'There');
		writeTree(here.workspace, {'missions.md': taken(missions, 'One'), 'soul.md': 'not committed\n'});
		const workspaceGit = await openGit(here.workspace);
		await workspaceGit.commit(['missions.md'], 'Here');
		expect(await workspaceGit.sync()).toMatchObject({
			kind: 'held',
			why: "The remote's changes cannot be merged into the work tree: soul.md would be overwritten.",
			todo: 'Commit, stash or move away these files in the workspace, then `pilot-tui resume`.',
		});
		expect([read(here.workspace, 'soul.md'), read(here.workspace)]).toEqual([
			'not committed\n',
			taken(missions, 'One'),
		]);
		expect(git(here.workspace, 'log', '-1', '--format=%s')).toBe('Here');
		git(here.workspace, 'stash', '-q');
		expect(await workspaceGit.sync()).toMatchObject({kind: 'synced', merged: true, pushed: true});
	});

	test('the same, when nothing is new here, and for a file that git does not know', async () => {
		const here = world();
		put(other(here), {'soul.md': 'theirs\n', 'notes.txt': 'theirs\n'}, 'There');
		writeTree(here.workspace, {'notes.txt': 'mine\n'});
		expect(await (await openGit(here.workspace)).sync()).toMatchObject({
			kind: 'held',
			why: expect.stringContaining('notes.txt would be overwritten'),
		});
		expect([read(here.workspace, 'notes.txt'), git(here.workspace, 'log', '-1', '--format=%s')]).toEqual([
			'mine\n',
			'First',
		]);
	});

	test.each([
		['git merged', '', taken(missions, 'Two')],
		['git could not merge', taken(missions, 'One').replace('One', 'One here'), missions.replace('One', 'One there')],
	])('what a human saves while missions.md, which %s, is being written, is kept', async (_name, ours, theirs) => {
		const here = world();
		put(other(here), {'missions.md': `${theirs}- [ ] Theirs ^m-cccccc\n`}, 'There');
		const before = ours || `${missions}\nOurs.\n`;
		writeFileSync(path.join(here.workspace, 'missions.md'), before);
		let saves = 0;
		const saving = (...of: Parameters<typeof mergeOwn>) => {
			if (saves++ === 0) writeFileSync(path.join(here.workspace, 'missions.md'), `- [ ] Saved ^m-dddddd\n${before}`);
			return mergeOwn(...of);
		};
		const workspaceGit = await openGit(here.workspace, {mergeOwn: saving});
		expect(await workspaceGit.sync()).toMatchObject({merged: true, pushed: true});
		for (const title of ['Saved ^m-dddddd', 'Theirs ^m-cccccc']) expect(read(here.workspace)).toContain(title);
		await workspaceGit.commit(['missions.md'], 'What was saved');
		await workspaceGit.push();
		expect(git(here.remote, 'show', 'main:missions.md')).toBe(read(here.workspace).trimEnd());
	});

	test.each([
		['nothing is new here', {}],
		['something is', {'missions.md': `${missions}\nMine.\n`}],
	])(
		'what a human saves while git is at work, when %s, is kept, and git never writes missions.md',
		async (_name, edited) => {
			const here = world();
			writeTree(here.workspace, edited);
			put(other(here), {'missions.md': taken(missions, 'Two'), 'soul.md': 'theirs\n'}, 'There');
			const bin = path.join(here.root, 'bin');
			const file = path.join(here.workspace, 'missions.md');
			writeTree(bin, {
				git: `#!/bin/sh
case "$*" in *--ff-only*) echo '- [ ] Saved ^m-dddddd' >> '${file}' ;; esac
PATH='${process.env.PATH}' exec git "$@"
`,
			});
			chmodSync(path.join(bin, 'git'), 0o755);
			const env = {PATH: `${bin}:${process.env.PATH}`, HOME: '/nonexistent'};
			expect(await (await openGit(here.workspace, {env})).sync()).toMatchObject({kind: 'synced', pulled: 1});
			for (const line of ['- [~] Two', '- [ ] Saved ^m-dddddd']) expect(read(here.workspace)).toContain(line);
			expect(read(here.workspace, 'soul.md')).toBe('theirs\n');
			expect(git(here.workspace, 'status', '--porcelain')).toBe(' M missions.md');
		},
	);

	test('a remote without the branch gets it; one of other people is left alone', async () => {
		const here = world();
		git(here.root, 'init', '-q', '--bare', '-b', 'main', 'empty.git');
		git(here.workspace, 'remote', 'set-url', 'origin', path.join(here.root, 'empty.git'));
		git(here.workspace, 'update-ref', '-d', 'refs/remotes/origin/main');
		expect(await (await openGit(here.workspace)).sync()).toMatchObject({kind: 'synced', pushed: true});
		const stranger = path.join(here.root, 'stranger');
		git(here.root, 'init', '-q', '-b', 'main', stranger);
		put(stranger, {x: ''});
		git(stranger, 'add', '-A');
		git(stranger, 'commit', '-q', '-m', 'Stranger');
		git(here.workspace, 'remote', 'set-url', 'origin', stranger);
		expect(await (await openGit(here.workspace)).sync()).toMatchObject({
			kind: 'held',
			why: 'Workspace and remote have no common history.',
		});
	});

	test('offline is told as such, at once, and catches up', async () => {
		const here = world();
		const workspaceGit = await openGit(here.workspace);
		git(here.workspace, 'remote', 'set-url', 'origin', 'http://127.0.0.1:9/none.git');
		writeFileSync(path.join(here.workspace, 'missions.md'), taken(missions, 'One'));
		await workspaceGit.commit(['missions.md'], 'Offline');
		expect(await workspaceGit.sync()).toMatchObject({
			kind: 'offline',
			why: expect.stringContaining('unable to access'),
		});
		expect(await workspaceGit.push()).toMatchObject({kind: 'offline'});
		git(here.workspace, 'remote', 'set-url', 'origin', here.remote);
		expect(await workspaceGit.push()).toMatchObject({kind: 'synced', pushed: true});
	});

	test('a server that asks for a password is offline, not a question', async () => {
		const here = world();
		const server = net.createServer(socket => {
			socket.once('data', () =>
				socket.end('HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n'),
			);
			socket.on('error', () => {});
		});
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		onTestFinished(() => void server.close());
		const {port} = server.address() as net.AddressInfo;
		git(here.workspace, 'remote', 'set-url', 'origin', `http://127.0.0.1:${port}/x.git`);
		const startedMs = performance.now();
		expect(await (await openGit(here.workspace)).sync()).toMatchObject({kind: 'offline'});
		expect(performance.now() - startedMs).toBeLessThan(10_000);
	});

	test('a server that refuses the push for good says why, and is not asked again and again', async () => {
		const here = world();
		const count = path.join(here.root, 'count');
		writeFileSync(
			path.join(here.remote, 'hooks/pre-receive'),
			`#!/bin/sh\necho x >> '${count}'\necho 'no entry' >&2\nexit 1\n`,
			{mode: 0o755},
		);
		writeFileSync(path.join(here.workspace, 'missions.md'), taken(missions, 'One'));
		const workspaceGit = await openGit(here.workspace);
		await workspaceGit.commit(['missions.md'], 'x');
		expect(await workspaceGit.sync()).toMatchObject({kind: 'held', why: expect.stringContaining('git said')});
		expect(readFileSync(count, 'utf8')).toBe('x\n');
	});

	test('two machines that mark at the same time, ten times: both end alike, nothing is lost', {
		timeout: 60_000,
	}, async () => {
		const here = world();
		const there = other(here);
		const [one, two] = [await openGit(here.workspace), await openGit(there)];
		for (let n = 0; n < 5; n++) {
			writeFileSync(path.join(here.workspace, 'missions.md'), `${read(here.workspace)}- [ ] Here ${n}\n`);
			writeFileSync(path.join(there, 'missions.md'), `${read(there)}- [ ] There ${n}\n`);
			await Promise.all([one.commit(['missions.md'], `Here ${n}`), two.commit(['missions.md'], `There ${n}`)]);
			await Promise.all([one.push(), two.push()]);
		}
		await one.sync();
		await two.sync();
		await one.sync();
		expect(read(here.workspace)).toBe(read(there));
		for (let n = 0; n < 5; n++)
			for (const who of ['Here', 'There'])
				expect(read(there).match(new RegExp(`- \\[ \\] ${who} ${n}\\b`, 'g'))?.length).toBe(1);
	});

	test('over the network protocol too', async context => {
		const here = world();
		const probe = net.createServer();
		await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve));
		const {port} = probe.address() as net.AddressInfo;
		await new Promise(resolve => probe.close(resolve));
		const daemon = spawn(
			'git',
			[
				'daemon',
				`--port=${port}`,
				'--listen=127.0.0.1',
				'--export-all',
				'--enable=receive-pack',
				'--reuseaddr',
				`--base-path=${here.root}`,
			],
			{stdio: 'ignore', detached: true},
		);
		onTestFinished(() => {
			try {
				process.kill(-(daemon.pid ?? 0), 'SIGKILL');
			} catch {
				// it never came up
			}
		});
		const isUp = () =>
			new Promise<boolean>(resolve =>
				net
					.connect(port, '127.0.0.1')
					.once('connect', () => resolve(true))
					.once('error', () => resolve(false)),
			);
		let up = false;
		for (let n = 0; n < 100 && !up && daemon.exitCode === null; n++) {
			up = await isUp();
			if (!up) await new Promise(resolve => setTimeout(resolve, 50));
		}
		if (!up) {
			console.log('NOT RUN: needs git daemon: sync over git://');
			return context.annotate('NOT RUN: needs git daemon');
		}
		put(other(here), {'missions.md': taken(missions, 'Two')}, 'There');
		git(here.workspace, 'remote', 'set-url', 'origin', `git://127.0.0.1:${port}/remote.git`);
		writeFileSync(path.join(here.workspace, 'missions.md'), taken(missions, 'One'));
		const workspaceGit = await openGit(here.workspace);
		await workspaceGit.commit(['missions.md'], 'Here');
		expect(await workspaceGit.push()).toMatchObject({kind: 'synced', pushed: true, merged: true});
		return undefined;
	});
});

test('where git keeps its own files, also of a worktree; no repository is a trouble', () => {
	const {workspace, root} = world();
	git(workspace, 'worktree', 'add', '-q', '-b', 'tree', path.join(root, 'tree'));
	expect([currentBranch(workspace), currentBranch(path.join(root, 'tree')), currentBranch(root)]).toEqual([
		'main',
		'tree',
		'',
	]);
	mkdirSync(path.join(root, 'plain'));
	expect(gitTrouble(path.join(root, 'plain'))).toMatchObject({why: 'the workspace is no git repository'});
	expect(gitTrouble(path.join(root, 'tree'))).toBeUndefined();
});
