// Syncs a workspace once and says when it begins: `node sync-once.mjs WORKSPACE`.
import {loadSource} from '../../scripts/load-source.mjs';

const {openWorkspaceGit} = await loadSource('src/git/index.ts');
const {run} = await loadSource('src/kernel/spawn.ts');
const {mergeOwn} = await loadSource('src/app/merge-own.ts');

const [directory] = process.argv.slice(2);
const git = await openWorkspaceGit({
	directory,
	env: process.env,
	remote: 'origin',
	branch: undefined,
	push: true,
	now: () => Date.now() + 120_000,
	run,
	backOff: async () => {},
	mergeOwn,
});
process.stdout.write('syncing\n');
await git.commit(['missions.md'], 'Before the kill');
await git.sync();
