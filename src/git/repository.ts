import {existsSync, readFileSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import path from 'node:path';
import {z} from 'zod';
import {writeDurably} from '../kernel/files.js';

/** Where a session's git keeps things. In a clone of its own both are its `.git`; a worktree shares the second with the target. */
export interface Repository {
	/** HEAD, index and the log of HEAD. */
	readonly gitDir: string;
	/** Objects, branches and settings. */
	readonly commonDir: string;
	readonly isShared: boolean;
}

const Shared = z.object({gitDir: z.string(), commonDir: z.string()});

/** Pilot's own repository beside a checkout, through which it looks at it. */
export const shadowOf = (checkoutPath: string) => `${checkoutPath}.git`;

/** Kept in the shadow: what the session's own `.git` says may be the session's invention. */
const recordOf = (checkoutPath: string) => path.join(shadowOf(checkoutPath), 'worktree.json');

export const recordShared = (checkoutPath: string, shared: Omit<Repository, 'isShared'>) =>
	writeDurably(recordOf(checkoutPath), JSON.stringify(shared), {mode: 0o600});

export function repositoryOf(checkoutPath: string): Repository {
	const file = recordOf(checkoutPath);
	if (existsSync(file)) return {...Shared.parse(JSON.parse(readFileSync(file, 'utf8'))), isShared: true};
	const own = path.join(checkoutPath, '.git');
	return {gitDir: own, commonDir: own, isShared: false};
}

/** True for a worktree of the target, false for a clone. */
export const isSharedCheckout = (checkoutPath: string) => repositoryOf(checkoutPath).isShared;

/** A checkout's folder first, its entry in the target next, and last the record by which that entry is known. */
export async function removeRepository(checkoutPath: string) {
	await rm(checkoutPath, {recursive: true, force: true, maxRetries: 3});
	const {gitDir, isShared} = repositoryOf(checkoutPath);
	if (isShared) await rm(gitDir, {recursive: true, force: true});
	await rm(shadowOf(checkoutPath), {recursive: true, force: true});
}
