import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {publint} from 'publint';
import {expect, test} from 'vitest';
import {childEnv, root} from './support/pilot-process.js';
import {scratch} from './support/workspace.js';

/** npm with the settings of whoever runs the tests: a registry or a proxy of theirs is needed to install. */
const npm = (cwd: string, ...args: string[]) =>
	execFileSync('npm', args, {cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000});

const bin = (prefix: string) => path.join(prefix, 'node_modules/.bin/pilot-tui');

test('the packed file runs without a compiler and without install scripts', {timeout: 180_000}, () => {
	using place = scratch('pilot-pack');
	const {dir} = place;
	const packed =
		npm(root, 'pack', '--ignore-scripts', '--silent', '--pack-destination', dir).trim().split('\n').at(-1) ?? '';
	npm(
		dir,
		'install',
		'--ignore-scripts',
		'--omit=dev',
		'--no-audit',
		'--no-fund',
		'--prefix',
		dir,
		path.join(dir, packed),
	);
	const run = (...args: string[]) =>
		execFileSync(process.execPath, [bin(dir), ...args], {
			cwd: dir,
			env: childEnv(dir, {TMPDIR: dir}),
			encoding: 'utf8',
			timeout: 60_000,
		});
	expect(run('--version').trim()).toBe(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version);
	expect(run('demo', '--headless', '--until-idle')).toContain('What became of them:');
	expect(existsSync(path.join(dir, 'node_modules/typescript'))).toBe(false);
});

test('the package is put together as npm wants it', async () => {
	const {messages} = await publint({pkgDir: root, strict: true});
	expect(messages.filter(message => message.type !== 'suggestion')).toEqual([]);
});
