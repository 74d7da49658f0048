import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, realpathSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {PilotError} from '../domain/pilot-error.js';
import {writeDurably} from './files.js';

export interface OwnerNote {
	readonly pid: number;
	readonly startedAt: string;
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

export const workspaceOwned = (pilotDir: string) => {
	const owner = readOwner(pilotDir);
	return new PilotError('WORKSPACE_OWNED', {
		what: `Another pilot owns this workspace${owner ? ` (pid ${owner.pid}, since ${owner.startedAt})` : ''}.`,
		todo: 'Look at it with `pilot-tui attach` or `pilot-tui status`, or end it with `pilot-tui stop`.',
		exitCode: 3,
	});
};

/** Linux keeps abstract sockets itself: they are gone the moment their process is, however it ended. */
function abstractName(workspace: string): string {
	const hash = createHash('sha256').update(realpathSync(workspace)).digest('hex').slice(0, 32);
	return `\0pilot-tui-${process.getuid?.() ?? 0}-${hash}`;
}

function listen(name: string): Promise<net.Server> {
	return new Promise((resolve, reject) => {
		const server = net.createServer(socket => socket.destroy());
		server.once('error', reject);
		server.listen({path: name}, () => resolve(server));
	});
}

/**
 * Takes the workspace for this process, or throws WORKSPACE_OWNED. Held by the kernel, not by a file: a killed owner has let go
 * at once, a suspended one has not. Elsewhere than on Linux the control socket alone decides.
 */
export async function takeWorkspace(
	workspace: string,
	pilotDir: string,
	startedAt: string,
): Promise<{release(): void}> {
	mkdirSync(pilotDir, {recursive: true, mode: 0o700});
	const server =
		process.platform === 'linux' ? await listen(abstractName(workspace)).catch(inUse(pilotDir)) : undefined;
	server?.unref();
	writeDurably(noteFile(pilotDir), JSON.stringify({pid: process.pid, startedAt}), {mode: 0o600});
	return {release: () => void server?.close()};
}

const inUse = (pilotDir: string) => (error: NodeJS.ErrnoException) => {
	throw error.code === 'EADDRINUSE' ? workspaceOwned(pilotDir) : error;
};
