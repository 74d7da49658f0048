import {mergeOwn} from '../../src/app/merge-own.js';
import {openWorkspaceGit, type WorkspaceGit} from '../../src/git/index.js';
import {run} from '../../src/kernel/spawn.js';

/** A workspace's repository as pilot opens it, with what a test wants to be otherwise. */
export const openGit = (directory: string, more: object = {}): Promise<WorkspaceGit> =>
	openWorkspaceGit({
		directory,
		env: {PATH: process.env.PATH, HOME: '/nonexistent'},
		remote: 'origin',
		branch: undefined,
		push: true,
		now: Date.now,
		run,
		backOff: async () => {},
		mergeOwn,
		...more,
	});
