import {existsSync} from 'node:fs';
import path from 'node:path';
import type {SessionStatus} from '../../domain/status.js';
import {readLog} from '../../kernel/event-log.js';
import {argumentsOf, environmentOf, folderOf, otherPids} from '../../kernel/process-facts.js';
import {sessionTag} from '../../kernel/process-tree.js';
import {startedAtMs, startTimeOf} from '../../kernel/start-time.js';
import {isAbove, isDetached, mayBeHumans} from '../../kernel/strays.js';

/** A process that a session left, or that may be one. */
export interface Orphan {
	readonly pid: number;
	readonly startTime: number;
	readonly command: string;
	/** The session it belongs to; undefined: it has dropped its environment. */
	readonly session?: string;
	/** Of one without: `folder` where it works in one of a session, `time` where all that is known is that it began while one ran. */
	readonly knownBy?: 'folder' | 'time';
	/** True for what may be a human's, or a running session's: it is told, and never ended. */
	readonly mayBeYours: boolean;
}

/** What the log tells of sessions, as far as it goes back. */
function toldOf(workspace: string) {
	const file = path.join(workspace, '.pilot/events.ndjson');
	const facts = existsSync(file) ? readLog(file).events : [];
	const names = new Map<string, string>();
	const spans = new Map<string, {readonly fromMs: number; toMs: number}>();
	for (const {type, at, data} of facts) {
		if (type === 'session.started') spans.set(data.sessionId, {fromMs: Date.parse(at), toMs: Number.POSITIVE_INFINITY});
		if (type === 'session.started' && data.agentSessionId) names.set(data.agentSessionId, data.sessionId);
		const span = type === 'session.ended' ? spans.get(data.sessionId) : undefined;
		if (span) span.toMs = Date.parse(at);
	}
	return {names, spans: [...spans.values()]};
}

/** What every service of systemd has; those are not of a session. @see systemd.exec(5) */
const isService = (environment: readonly string[]) => environment.some(entry => entry.startsWith('INVOCATION_ID='));

/**
 * True for what hides as well as it can: no terminal, no parent, an environment without so much as a home. Nothing says whose it is but
 * that it began while a session ran; a daemon of somebody else's may look the same.
 */
function mayHide(pid: number, startTime: number, spans: ReturnType<typeof toldOf>['spans']): boolean {
	const environment = environmentOf(pid);
	if (environment.some(entry => entry.startsWith('HOME=')) || isService(environment)) return false;
	if (!isDetached(pid) || argumentsOf(pid) === '') return false;
	const beganMs = startedAtMs(startTime) ?? 0;
	return spans.some(({fromMs, toMs}) => beganMs >= fromMs - clockSlackMs && beganMs <= toMs + clockSlackMs);
}

/** The kernel counts in hundredths of a second from its own start. */
const clockSlackMs = 1000;

/**
 * What no running session of this workspace owns: processes with its machine's tag, and of those without one the ones that name a
 * session's conversation, work in a folder that pilot made for sessions, or hide and began while one ran.
 */
export function findOrphans(
	workspace: string,
	machine: string,
	sessions: readonly Pick<SessionStatus, 'id' | 'missionId'>[],
): Orphan[] {
	const folders = ['checkouts', 'runs'].map(name => path.join(workspace, '.pilot', name));
	const inUse = folders.flatMap(folder => sessions.map(({missionId}) => path.join(folder, missionId)));
	const running = new Set(sessions.map(({id}) => id));
	const {names, spans} = toldOf(workspace);
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
		if (startTime === undefined || (session !== undefined && running.has(session))) return [];
		const hides = session === undefined && !isStray && tag === undefined && mayHide(pid, startTime, spans);
		if (session === undefined && !isStray && !hides) return [];
		const mayBeYours = hides || isAbove(pid) || (tag === undefined && (inUse.some(worksIn) || mayBeHumans(pid)));
		const of = session === undefined ? {knownBy: hides ? ('time' as const) : ('folder' as const)} : {session};
		return [{pid, startTime, command: command.slice(0, 80), ...of, mayBeYours}];
	});
}
