import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import path from 'node:path';
import type {SessionStatus} from '../../domain/status.js';
import {sessionTag} from '../../kernel/process-tree.js';
import {startTimeOf} from '../../kernel/start-time.js';

/** A process that a session left, or that may be one. */
export interface Orphan {
	readonly pid: number;
	readonly startTime: number;
	readonly command: string;
	/** The session it belongs to; undefined: it has dropped its environment and is known only by the folder it works in. */
	readonly session?: string;
}

const readProc = (pid: number, name: string) => {
	try {
		return readFileSync(`/proc/${pid}/${name}`, 'latin1');
	} catch {
		return '';
	}
};

const folderOf = (pid: number) => {
	try {
		return readlinkSync(`/proc/${pid}/cwd`);
	} catch {
		return '';
	}
};

/**
 * What no running session of this workspace owns: processes with its machine's tag, and those without one that work in a folder
 * that pilot made for sessions.
 */
export function findOrphans(
	workspace: string,
	machine: string,
	sessions: readonly Pick<SessionStatus, 'id'>[],
): Orphan[] {
	const folders = ['checkouts', 'runs'].map(name => path.join(workspace, '.pilot', name));
	const running = new Set(sessions.map(({id}) => id));
	return readdirSync('/proc')
		.map(Number)
		.filter(pid => pid > 1 && pid !== process.pid)
		.flatMap(pid => {
			const startTime = startTimeOf(pid);
			const tag = readProc(pid, 'environ')
				.split('\0')
				.find(entry => entry.startsWith(`${sessionTag}=`))
				?.slice(sessionTag.length + 1);
			const session = tag?.startsWith(`${machine}/`) ? tag.slice(machine.length + 1) : undefined;
			const isStray = tag === undefined && folders.some(folder => folderOf(pid).startsWith(`${folder}/`));
			if (startTime === undefined || (session === undefined ? !isStray : running.has(session))) return [];
			const command = readProc(pid, 'cmdline').replaceAll('\0', ' ').trim().slice(0, 80);
			return [{pid, startTime, command, ...(session === undefined ? {} : {session})}];
		});
}

/** Ends one, while it is still the process that was found. */
export function endOrphan({pid, startTime}: Orphan, signal: NodeJS.Signals) {
	if (startTimeOf(pid) === startTime) process.kill(pid, signal);
}
