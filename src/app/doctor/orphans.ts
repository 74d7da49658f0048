import {existsSync} from 'node:fs';
import path from 'node:path';
import type {SessionStatus} from '../../domain/status.js';
import {readLog} from '../../kernel/event-log.js';
import {argumentsOf, environmentOf, folderOf, otherPids} from '../../kernel/process-facts.js';
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
	sessions: readonly Pick<SessionStatus, 'id'>[],
): Orphan[] {
	const folders = ['checkouts', 'runs'].map(name => path.join(workspace, '.pilot', name));
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
		const isStray = tag === undefined && folders.some(folder => folderOf(pid).startsWith(`${folder}/`));
		if (startTime === undefined || (session === undefined ? !isStray : running.has(session))) return [];
		return [{pid, startTime, command: command.slice(0, 80), ...(session === undefined ? {} : {session})}];
	});
}
