// Fetches the real claude binary from npm into .cache/ for the tests that run it. Prints its path; exits 1 saying why when it cannot.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, renameSync, rmSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const version = '2.1.328';
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, '.cache', `claude-${version}`);
const binary = process.env.PILOT_REAL_CLAUDE ?? path.join(folder, 'claude');

function fail(why) {
	console.error(`NOT RUN: needs the real claude ${version}: ${why}`);
	process.exit(1);
}

if (!existsSync(binary)) {
	if (process.platform !== 'linux' || process.arch !== 'x64')
		fail(
			`it is fetched for linux-x64 only; name one with PILOT_REAL_CLAUDE (this is ${process.platform}-${process.arch})`,
		);
	const fresh = `${folder}.fresh`;
	rmSync(fresh, {recursive: true, force: true});
	mkdirSync(fresh, {recursive: true});
	const packed = spawnSync(
		'npm',
		['pack', `@anthropic-ai/claude-code-linux-x64@${version}`, '--pack-destination', fresh, '--silent'],
		{encoding: 'utf8'},
	);
	const name = packed.stdout?.trim().split('\n').at(-1);
	if (packed.status !== 0 || !name) fail(`npm pack: ${packed.stderr?.trim().split('\n').at(-1)}`);
	const unpacked = spawnSync(
		'tar',
		['-xzf', path.join(fresh, name), '-C', fresh, '--strip-components=1', 'package/claude'],
		{encoding: 'utf8'},
	);
	if (unpacked.status !== 0) fail(`tar: ${unpacked.stderr}`);
	rmSync(path.join(fresh, name));
	rmSync(folder, {recursive: true, force: true});
	renameSync(fresh, folder);
}
console.log(binary);
