import {existsSync} from 'node:fs';
import path from 'node:path';
import type {SessionStatus} from '../../domain/status.js';
import {readLog} from '../../kernel/event-log.js';
import {argumentsOf, environmentOf, folderOf, otherPids} from '../../kernel/process-facts.js';
import {sessionTag} from '../../kernel/process-tree.js';
import {startTimeOf} from '../../kernel/start-time.js';
import {isAbove, mayBeHumans} from '../../kernel/strays.js';

/** A process that a session left, or that may be one. */
export interface Orphan {
	readonly pid: number;
	readonly startTime: number;
	readonly command: string;
	/** The session it belongs to; undefined: it has dropped its environment and is known only by the folder it works in. */
	readonly session?: string;
	/** True for what may be a human's, or a running session's: it is told, and never ended. */
	readonly mayBeYours: boolean;
}

/** Sessions by the names that their agents have for them, as far as the log goes back. */
function namesOf(workspace: string): Map<string, string> {
	const file = path.join(workspace, '.pilot/events.ndjson');
	const facts = existsSync(file) ? readLog(file).events : [];
	return new Map(
		facts.flatMap(fact =>
			fact.type === 'session.started' && fact.data.agentSessionId
				? [[fact.data.agentSessionId, fact.data.sessionId] as const]
				: [],
		),
	);
}

/**
 * What no running session of this workspace owns: processes with its machine's tag, and of those without one the ones that name a
 * session's conversation, or work in a folder that pilot made for sessions.
 */
export function findOrphans(
	workspace: string,
	machine: string,
	sessions: readonly Pick<SessionStatus, 'id' | 'missionId'>[],
): Orphan[] {
	const folders = ['checkouts', 'runs'].map(name => path.join(workspace, '.pilot', name));
	const inUse = folders.flatMap(folder => sessions.map(({missionId}) => path.join(folder, missionId)));
	const running = new Set(sessions.map(({id}) => id));
	const names = namesOf(workspace);
	return otherPids().flatMap(pid => {
		const startTime = startTimeOf(pid);
		const environment = environmentOf(pid);
		const command = argumentsOf(pid);
		const tag = environment.find(entry => entry.startsWith(`${sessionTag}=`))?.slice(sessionTag.length + 1);
		const named =
			tag === undefined ? [...names].find(([name]) => `${command} ${environment.join(' ')}`.includes(name)) : undefined;
		const session = tag?.startsWith(`${machine}/`) ? tag.slice(machine.length + 1) : named?.[1];
		const worksIn = (folder: string) => `${folderOf(pid)}/`.startsWith(`${folder}/`);
		const isStray = tag === undefined && folders.some(folder => folderOf(pid).startsWith(`${folder}/`));
		if (startTime === undefined || (session === undefined ? !isStray : running.has(session))) return [];
		const mayBeYours = isAbove(pid) || (tag === undefined && (inUse.some(worksIn) || mayBeHumans(pid)));
		const of = session === undefined ? {} : {session};
		return [{pid, startTime, command: command.slice(0, 80), ...of, mayBeYours}];
	});
}
