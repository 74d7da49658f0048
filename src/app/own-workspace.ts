import {existsSync, mkdirSync, realpathSync} from 'node:fs';
import path from 'node:path';
import {systemClock} from '../kernel/clock.js';
import {fenceFolder} from '../kernel/fence.js';
import {storageError} from '../kernel/files.js';
import {takeWorkspace} from '../kernel/lock.js';

/** A workspace that no other pilot has while this process lives. */
export interface OwnWorkspace {
	/** Without symbolic links. */
	readonly workspace: string;
	readonly pilotDir: string;
	/** ISO 8601. */
	readonly startedAt: string;
	/** Takes the folder's lock anew, when somebody has removed what lay in it. Throws WORKSPACE_OWNED where another pilot was quicker. */
	takeAgain(): Promise<void>;
	/** Throws WORKSPACE_GONE once it was removed, or another lies in its place. */
	assertThere(): void;
	release(): void;
}

/** Of a workspace that is being used; an editor may have one of them away for a moment. */
const signs = ['config.yaml', 'missions.md', '.git'];

/**
 * Takes a workspace before anything of the supervisor is loaded: of ten starts at once nine end here, and do not keep the machine from
 * the one that goes on. Throws WORKSPACE_OWNED, STORAGE_UNWRITABLE.
 */
export async function takeOwnWorkspace(named: string): Promise<OwnWorkspace> {
	try {
		const workspace = realpathSync(named);
		const pilotDir = path.join(workspace, '.pilot');
		// Not recursive: on a read-only disk Node's recursive mkdir says ENOENT, which is no help to anybody.
		if (!existsSync(pilotDir)) mkdirSync(pilotDir, {mode: 0o700});
		const startedAt = new Date(systemClock.now()).toISOString();
		const lock = await takeWorkspace(workspace, pilotDir, startedAt);
		const {assertThere, release} = fenceFolder(workspace, signs);
		return {
			...{workspace, pilotDir, startedAt, assertThere},
			takeAgain: lock.takeAgain,
			release() {
				release();
				lock.release();
			},
		};
	} catch (error) {
		throw storageError((error as NodeJS.ErrnoException)?.path ?? named, error);
	}
}
