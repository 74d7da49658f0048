import {argumentsOf, environmentOf, factsOf, folderOf, otherPids} from './process-facts.js';
import {sessionTag} from './process-tree.js';
import {startTimeOf} from './start-time.js';

/** By what the processes of a session are known when it has ended. */
export interface Trail {
	/** Its tag, `<machine>/<session>`. */
	readonly tag: string;
	/** The id by which the agent knows its conversation. */
	readonly agentSessionId: string | undefined;
	/** A folder that pilot made for it alone. */
	readonly folder: string | undefined;
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
function isDetached(pid: number): boolean {
	const facts = factsOf(pid);
	if (!facts || facts.hasTerminal) return false;
	return facts.parent === 1 || factsOf(facts.parent)?.name === 'systemd';
}

/** True where a human may have it before them: then it is not pilot's to end. */
const isHumans = (pid: number) =>
	factsOf(pid)?.hasTerminal === true && !ancestorsOf(pid).some(each => isDaemon(argumentsOf(each)));

interface Seen {
	readonly pid: number;
	readonly environment: readonly string[];
	readonly tag: string | undefined;
	readonly command: string;
}

const tagIn = (environment: readonly string[]) =>
	environment.find(entry => entry.startsWith(`${sessionTag}=`))?.slice(sessionTag.length + 1);

function isOf(trail: Trail, {pid, environment, tag, command}: Seen): boolean {
	const {agentSessionId: id, folder} = trail;
	if (tag === trail.tag) return true;
	if (tag !== undefined) return false; // another session's, and that one sees to it
	if (id !== undefined && (command.includes(id) || environment.some(entry => entry.includes(id))))
		return !isHumans(pid);
	return folder !== undefined && `${folderOf(pid)}/`.startsWith(`${folder}/`) && isDetached(pid);
}

/**
 * Processes of sessions that have ended: by their tag, by the agent's name for them, or detached in their folder. One look at /proc,
 * however many sessions.
 */
export function findStrays(trails: readonly Trail[]): Stray[] {
	return otherPids().flatMap(pid => {
		const startTime = startTimeOf(pid);
		const environment = startTime === undefined ? [] : environmentOf(pid);
		// Whoever has none is the kernel's own, another user's, or has dropped it.
		const seen = {pid, environment, tag: tagIn(environment), command: argumentsOf(pid)};
		const trail = seen.command === '' ? undefined : trails.find(each => isOf(each, seen));
		return startTime === undefined || !trail ? [] : [{pid, startTime, command: seen.command.slice(0, 80), trail}];
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
