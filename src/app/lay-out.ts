import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {configJsonSchema} from '../config/index.js';
import {createGuardedGit, installMergeDriver} from '../git/index.js';
import {writeDurably} from '../kernel/files.js';
import {run} from '../kernel/spawn.js';
import {ownProgram} from './own-program.js';
import {type LayoutChoice, layoutFiles} from './workspace-files.js';

export const schemaFile = (workspace: string) => path.join(workspace, '.pilot', 'config.schema.json');

function ignoreLocals(directory: string) {
	const file = path.join(directory, '.gitignore');
	const lines = readFileSync(file, 'utf8')
		.split('\n')
		.map(line => line.trim());
	const missing = ['.pilot/', '.env'].filter(
		entry => !lines.includes(entry) && !lines.includes(entry.replace('/', '')),
	);
	if (missing.length > 0) writeFileSync(file, `\n${missing.join('\n')}\n`, {flag: 'a'});
}

async function commitLayout(
	directory: string,
	files: readonly string[],
	env: Readonly<Record<string, string | undefined>>,
) {
	const git = createGuardedGit(run, env.PATH);
	if (!existsSync(path.join(directory, '.git'))) await git(['init', '--quiet'], {cwd: directory});
	await installMergeDriver(git, directory, ownProgram());
	if (files.length === 0) return;
	await git(['add', '--', ...files], {cwd: directory});
	const named = await run('git', ['config', 'user.email'], {
		cwd: directory,
		env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)) as Record<string, string>,
		timeoutMs: 5000,
	});
	const author = named.stdout.trim() === '' ? [] : ['-c', `user.email=${named.stdout.trim()}`];
	await git([...author, 'commit', '--quiet', '--no-verify', '--message', 'Lay out the workspace', '--', ...files], {
		cwd: directory,
	});
}

/**
 * Lays a workspace out: git repository, files that explain themselves, a first commit. A file that is there is never touched.
 *
 * @returns The files that were made and those that were there already.
 */
export async function layOut(
	directory: string,
	choice: LayoutChoice,
	env: Readonly<Record<string, string | undefined>>,
): Promise<{made: string[]; kept: string[]}> {
	const made: string[] = [];
	const kept: string[] = [];
	for (const [name, content] of Object.entries(layoutFiles(choice))) {
		const file = path.join(directory, name);
		if (existsSync(file)) kept.push(name);
		else {
			writeDurably(file, content);
			made.push(name);
		}
	}
	ignoreLocals(directory);
	writeDurably(schemaFile(directory), `${JSON.stringify(configJsonSchema(), null, '\t')}\n`);
	await commitLayout(directory, made, env);
	return {made, kept};
}
