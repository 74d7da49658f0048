import path from 'node:path';
import {editFile} from '../kernel/files.js';
import type {GuardedGit} from './guarded.js';

/** Pilot's own files in the workspace, as git attributes: merged by what they mean, and their bytes left alone. */
export const ownAttributes = ['missions.md', 'usage.md', 'outbox.md', 'journal/*.md', 'memory/**', 'state/*.json']
	.map(pattern => `${pattern} merge=pilot -text\n`)
	.join('');

/** A word as a shell takes it. */
const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

const withAttributes = (bytes: Buffer | undefined): Buffer | undefined => {
	const text = bytes?.toString('latin1') ?? '';
	const missing = ownAttributes.split('\n').filter(line => line !== '' && !text.split(/\r?\n/).includes(line));
	const gap = text === '' || text.endsWith('\n') ? '' : '\n';
	return missing.length === 0 ? undefined : Buffer.from(`${text}${gap}${missing.join('\n')}\n`, 'latin1');
};

/**
 * Makes this clone's git merge pilot's files as pilot does, also in a human's own `git pull` or `git rebase`. It changes only what is local
 * to the clone: the config and `info/attributes`. Where the program is gone later, git leaves such a file as a conflict.
 *
 * @param program The command that runs this program; git adds the files to merge.
 */
export async function installMergeDriver(
	git: GuardedGit,
	directory: string,
	program: readonly string[],
): Promise<void> {
	const driver = `${program.map(quoted).join(' ')} merge-driver %O %A %B %P`;
	const had = await git.try(['config', '--local', 'merge.pilot.driver'], {cwd: directory});
	if (had.stdout.trim() !== driver) {
		await git(['config', '--local', 'merge.pilot.name', 'pilot-tui: by meaning'], {cwd: directory});
		await git(['config', '--local', 'merge.pilot.driver', driver], {cwd: directory});
	}
	const attributes = await git(['rev-parse', '--git-path', 'info/attributes'], {cwd: directory});
	editFile(path.resolve(directory, attributes), withAttributes);
}
