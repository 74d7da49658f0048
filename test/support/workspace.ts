import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

const gitEnv = {
	PATH: process.env.PATH ?? '/usr/bin:/bin',
	HOME: '/nonexistent',
	GIT_CONFIG_NOSYSTEM: '1',
	GIT_AUTHOR_NAME: 'Human',
	GIT_AUTHOR_EMAIL: 'human@example.com',
	GIT_COMMITTER_NAME: 'Human',
	GIT_COMMITTER_EMAIL: 'human@example.com',
};

/** git as a human would run it, in a folder; its output without the last line end. */
export const git = (cwd: string, ...args: string[]) =>
	execFileSync('git', args, {cwd, env: gitEnv, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']}).replace(/\n$/, '');

/** A scratch folder that goes when the test is over. */
export function scratch(name = 'pilot test ü'): {readonly dir: string; [Symbol.dispose](): void} {
	const dir = mkdtempSync(path.join(tmpdir(), `${name}-`));
	return {dir, [Symbol.dispose]: () => rmSync(dir, {recursive: true, force: true, maxRetries: 5})};
}

export function writeTree(dir: string, files: Readonly<Record<string, string>>) {
	for (const [name, content] of Object.entries(files)) {
		const file = path.join(dir, name);
		mkdirSync(path.dirname(file), {recursive: true});
		writeFileSync(file, content);
	}
}

/** A git repository with these files in one commit. */
export function makeRepository(dir: string, files: Readonly<Record<string, string>>): string {
	mkdirSync(dir, {recursive: true});
	git(dir, 'init', '-q', '-b', 'main');
	writeTree(dir, files);
	git(dir, 'add', '-A');
	git(dir, 'commit', '-q', '-m', 'First');
	return dir;
}

export const smallProject = {
	'package.json': '{"name": "app", "type": "module", "scripts": {"test": "node --test"}}\n',
	'greet.js': "export const greet = name => 'Hello, ' + name + '!';\n",
	'greet.test.js':
		"import assert from 'node:assert';\nimport {test} from 'node:test';\nimport {greet} from './greet.js';\n\ntest('greets', () => assert.equal(greet('you'), 'Hello, you!'));\n",
};

export interface World {
	readonly root: string;
	readonly workspace: string;
	readonly target: string;
	readonly remote: string;
	readonly home: string;
}

/** A workspace with a bare remote of its own, a target beside it, and an empty home. */
export function makeWorld(
	root: string,
	{
		config,
		missions,
		files = smallProject,
	}: {config: string; missions: string; files?: Readonly<Record<string, string>>},
): World {
	const world = {
		root,
		workspace: path.join(root, 'missions'),
		target: path.join(root, 'app'),
		remote: path.join(root, 'remote.git'),
		home: path.join(root, 'home'),
	};
	makeRepository(world.target, files);
	git(root, 'init', '-q', '--bare', '-b', 'main', world.remote);
	makeRepository(world.workspace, {
		'config.yaml': config,
		'missions.md': missions,
		'soul.md': '# Soul\n',
		'.gitignore': '.pilot/\n.env\n',
	});
	git(world.workspace, 'remote', 'add', 'origin', world.remote);
	git(world.workspace, 'push', '-q', '-u', 'origin', 'main');
	mkdirSync(world.home);
	return world;
}
