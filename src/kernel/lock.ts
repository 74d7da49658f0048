import {createHash} from 'node:crypto';
import {mkdirSync, readdirSync, readFileSync, realpathSync} from 'node:fs';
import type net from 'node:net';
import path from 'node:path';
import {PilotError} from '../domain/pilot-error.js';
import {writeDurably} from './files.js';
import {listenSilently, takePathLock} from './path-lock.js';
import {startTimeOf} from './start-time.js';

export interface OwnerNote {
	readonly pid: number;
	readonly startedAt: string;
	/** Tells the process from a later one of the same pid; not known everywhere. */
	readonly startTime?: number;
}

/** Who owns the workspace says so here; it is information for humans, never the lock. */
const noteFile = (pilotDir: string) => path.join(pilotDir, 'owner.json');

export function readOwner(pilotDir: string): OwnerNote | undefined {
	try {
		return JSON.parse(readFileSync(noteFile(pilotDir), 'utf8')) as OwnerNote;
	} catch {
		return;
	}
}

/** True while the very process that wrote the note is there. In another PID namespace its pid means nothing, and it is not. */
export const isOwnerAlive = ({pid, startTime}: OwnerNote) => startTime !== undefined && startTimeOf(pid) === startTime;

export const workspaceOwned = (pilotDir: string) => {
	const owner = readOwner(pilotDir);
	return new PilotError('WORKSPACE_OWNED', {
		what: `Another pilot owns this workspace${owner ? ` (pid ${owner.pid}, since ${owner.startedAt})` : ''}.`,
		todo: 'Look at it with `pilot-tui attach` or `pilot-tui status`, or end it with `pilot-tui stop`.',
		exitCode: 3,
	});
};

const noteWaitMs = 500;

/** The owner has the lock a moment before it has written its note: the one that lies there may be of the pilot before it. */
async function owned(pilotDir: string): Promise<PilotError> {
	const untilMs = performance.now() + noteWaitMs;
	const isKnown = () => {
		const note = readOwner(pilotDir);
		return note !== undefined && isOwnerAlive(note);
	};
	while (!isKnown() && performance.now() < untilMs) await new Promise(resolve => setTimeout(resolve, 10));
	return workspaceOwned(pilotDir);
}

/** Linux keeps abstract sockets itself: they are gone the moment their process is, however it ended. */
function abstractName(workspace: string): string {
	const hash = createHash('sha256').update(realpathSync(workspace)).digest('hex').slice(0, 32);
	return `\0pilot-tui-${process.getuid?.() ?? 0}-${hash}`;
}

/** By the workspace's path: also when somebody has removed all that lies in `.pilot`. Each network namespace has its own. */
async function takeName(workspace: string): Promise<net.Server | undefined> {
	try {
		return await listenSilently(abstractName(workspace));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return;
		throw error;
	}
}

const noHardLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** By the folder itself. Where its file system cannot do that the name alone decides. */
async function takeFolder(pilotDir: string): Promise<{release(): void} | undefined> {
	try {
		return await takePathLock(pilotDir);
	} catch (error) {
		if (noHardLinks.has((error as NodeJS.ErrnoException).code ?? '')) return {release() {}};
		throw error;
	}
}

export interface WorkspaceLock {
	/** Takes the folder and its note anew, when they were removed. Throws WORKSPACE_OWNED where another has them by now. */
	takeAgain(): Promise<void>;
	release(): void;
}

function writeOwner(pilotDir: string, startedAt: string) {
	const startTime = startTimeOf(process.pid);
	const note: OwnerNote = {pid: process.pid, startedAt, ...(startTime === undefined ? {} : {startTime})};
	writeDurably(noteFile(pilotDir), JSON.stringify(note), {mode: 0o600});
}

/**
 * Takes the workspace for this process, or throws WORKSPACE_OWNED. Held by the kernel, not by a file: a killed owner has let go
 * at once, a suspended one has not. Twice over: by the name of the workspace and by a socket in its folder.
 */
export async function takeWorkspace(workspace: string, pilotDir: string, startedAt: string): Promise<WorkspaceLock> {
	mkdirSync(pilotDir, {recursive: true, mode: 0o700});
	const name = process.platform === 'linux' ? await takeName(workspace) : undefined;
	if (process.platform === 'linux' && !name) throw await owned(pilotDir);
	let folder = await takeFolder(pilotDir).catch(error => {
		name?.close();
		throw error;
	});
	if (!folder) {
		name?.close();
		throw await owned(pilotDir);
	}
	writeOwner(pilotDir, startedAt);
	return {
		async takeAgain() {
			const isHeld = readdirSync(pilotDir).some(entry => /^lock\.\d+\.sock$/.test(entry));
			const again = isHeld ? folder : await takeFolder(pilotDir);
			if (!again) throw await owned(pilotDir);
			if (again !== folder) folder?.release();
			folder = again;
			writeOwner(pilotDir, startedAt);
		},
		release() {
			name?.close();
			folder?.release();
		},
	};
}
