import path from 'node:path';
import {argumentsOf, environmentOf, factsOf, folderOf, otherPids} from './process-facts.js';
import {sessionTag} from './process-tree.js';
import {startedAtMs, startTimeOf} from './start-time.js';

/** By what the processes of a session are known when it has ended. */
export interface Trail {
	/** Its tag, `<machine>/<session>`. */
	readonly tag: string;
	/** The id by which the agent knows its conversation. */
	readonly agentSessionId: string | undefined;
	/** A folder that pilot made for it alone. */
	readonly folder: string | undefined;
	/** When it began, ms since epoch: what is older is not its own, wherever that works. */
	readonly startedMs: number;
}

export interface Stray {
	readonly pid: number;
	readonly startTime: number;
	readonly command: string;
	readonly trail: Trail;
}

/** What Claude Code's own background is called: it starts sessions anew that somebody has ended. */
const isDaemon = (command: string) => /\bclaude\b.*(\bdaemon\b|--bg\b|\bbg-)/.test(command);

function ancestorsOf(pid: number): number[] {
	const found: number[] = [];
	for (let at = factsOf(pid)?.parent ?? 0; at > 1 && found.length < 50; at = factsOf(at)?.parent ?? 0) found.push(at);
	return found;
}

/** True for what has left whoever started it: nobody at a keyboard has such a thing. */
export function isDetached(pid: number): boolean {
	const facts = factsOf(pid);
	if (!facts || facts.hasTerminal) return false;
	return facts.parent === 1 || factsOf(facts.parent)?.name === 'systemd';
}

const hasTerminal = (pid: number) => factsOf(pid)?.hasTerminal === true;

/** True for a server of terminals, such as tmux, and for whoever has started one. */
const servesTerminal = (pid: number) =>
	otherPids().some(other => hasTerminal(other) && ancestorsOf(other).includes(pid));

/** What a login at a desk or over ssh has, and no session's environment. */
const ofLogin = /^(?:DISPLAY|WAYLAND_DISPLAY|SSH_TTY|SSH_CONNECTION|TMUX)=/;

/**
 * True where a human may have it before them: it, one that it comes from, or one that comes from it has a terminal, or it was
 * started at a desk. Then it is not pilot's to end.
 */
export function mayBeHumans(pid: number): boolean {
	const ancestors = ancestorsOf(pid);
	if (ancestors.some(each => isDaemon(argumentsOf(each)))) return false;
	if (!hasTerminal(pid) && isDaemon(argumentsOf(pid))) return false;
	// The terminal that this very pilot was started in says nothing of what it has started.
	const own = ancestors.indexOf(process.pid);
	const above = own < 0 ? ancestors : ancestors.slice(0, own);
	return (
		[pid, ...above].some(hasTerminal) || environmentOf(pid).some(entry => ofLogin.test(entry)) || servesTerminal(pid)
	);
}

/** True for whoever has started this process, directly or not. */
export const isAbove = (pid: number): boolean => ancestorsOf(process.pid).includes(pid);

const isYounger = (pid: number, {startedMs}: Trail) => {
	const startTime = startTimeOf(pid);
	return startTime !== undefined && (startedAtMs(startTime) ?? 0) >= startedMs;
};

const tagIn = (environment: readonly string[]) =>
	environment.find(entry => entry.startsWith(`${sessionTag}=`))?.slice(sessionTag.length + 1);

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Trails by what they are found by, so that a look takes as long for two hundred as for one. */
function indexOf<T extends Trail>(trails: readonly T[]) {
	const by = (key: (trail: T) => string | undefined) =>
		new Map(trails.flatMap(trail => (key(trail) === undefined ? [] : [[key(trail), trail] as const])));
	const folders = by(({folder}) => folder);
	return {
		tags: by(({tag}) => tag),
		names: by(({agentSessionId}) => agentSessionId),
		/** The trail whose folder this is, or is below. */
		holding(folder: string): T | undefined {
			for (let at = folder; at.length > 1; at = path.dirname(at)) {
				const found = folders.get(at);
				if (found) return found;
			}
			return;
		},
	};
}

function trailOf<T extends Trail>(index: ReturnType<typeof indexOf<T>>, pid: number, command: string): T | undefined {
	const environment = environmentOf(pid);
	const tag = tagIn(environment);
	// Another session's, and that one sees to it.
	if (tag !== undefined) return index.tags.get(tag);
	const ids = `${command}\n${environment.join('\n')}`.match(uuid) ?? [];
	const named = ids.map(id => index.names.get(id)).find(trail => trail !== undefined);
	if (named) return mayBeHumans(pid) ? undefined : named;
	const held = index.holding(folderOf(pid));
	return held && isDetached(pid) && isYounger(pid, held) && !mayBeHumans(pid) ? held : undefined;
}

/**
 * Processes of sessions that have ended: by their tag, by the agent's name for them, or detached in their folder since they began. What
 * may be a human's is none of them. One look at /proc, however many sessions.
 */
export function findStrays(trails: readonly Trail[]): Stray[] {
	const index = indexOf(trails);
	return otherPids().flatMap(pid => {
		const command = argumentsOf(pid);
		// The kernel's own have none.
		const trail = command === '' ? undefined : trailOf(index, pid, command);
		const startTime = trail && startTimeOf(pid);
		return startTime === undefined || !trail ? [] : [{pid, startTime, command: command.slice(0, 80), trail}];
	});
}

/** Ends one, while it is still the process that was found. */
export function endStray({pid, startTime}: Pick<Stray, 'pid' | 'startTime'>, signal: NodeJS.Signals) {
	try {
		if (startTimeOf(pid) === startTime) process.kill(pid, signal);
	} catch {
		// gone meanwhile
	}
}
