import {readdirSync, readFileSync} from 'node:fs';
import {type Clock, stopwatch} from './clock.js';
import {signalGroup} from './spawn.js';

/** Environment variable that marks every process of a session; its value is `<machine>/<session>`. */
export const sessionTag = 'PILOT_SESSION_ID';

const isPid = (name: string) => /^\d+$/.test(name);

/** True for the tag itself, and for all below it when it ends in `/`. */
const isTagged = (entry: string, tag: string) =>
	tag.endsWith('/') ? entry.startsWith(`${sessionTag}=${tag}`) : entry === `${sessionTag}=${tag}`;

function carries(pid: string, isMeant: (entry: string) => boolean): boolean {
	try {
		return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').some(isMeant);
	} catch {
		return false; // gone meanwhile, or another user's
	}
}

function pidsThat(isMeant: (entry: string) => boolean): number[] {
	try {
		return readdirSync('/proc')
			.filter(isPid)
			.filter(pid => Number(pid) !== process.pid && carries(pid, isMeant))
			.map(Number);
	} catch {
		return [];
	}
}

/**
 * Process ids whose environment carries the tag, from /proc; empty where there is no /proc.
 *
 * @param tag `<machine>/` for all of this workspace's sessions, `<machine>/<session>` for one.
 */
export const taggedPids = (tag: string): number[] => pidsThat(entry => isTagged(entry, tag));

/** Those of every workspace's sessions: to be counted, not to be ended. */
export const allTaggedPids = (): number[] => pidsThat(entry => entry.startsWith(`${sessionTag}=`));

const signalOne = (pid: number, signal: NodeJS.Signals) => {
	try {
		process.kill(pid, signal);
	} catch {
		// gone meanwhile
	}
};

/**
 * Ends everything that carries the tag: TERM, then KILL, until two passes in a row find nothing.
 *
 * @returns The process ids that were found.
 */
export async function sweep(tag: string, clock: Clock, {graceMs = 500}: {graceMs?: number} = {}): Promise<number[]> {
	const found = new Set<number>();
	let empty = 0;
	const passedMs = stopwatch(clock);
	while (empty < 2 && passedMs() < 10_000) {
		const pids = taggedPids(tag);
		empty = pids.length === 0 ? empty + 1 : 0;
		const signal = passedMs() > graceMs ? 'SIGKILL' : 'SIGTERM';
		for (const pid of pids) {
			found.add(pid);
			signalOne(pid, signal);
		}
		if (empty < 2) await clock.sleep(pids.length === 0 ? 10 : 50);
	}
	return [...found];
}

export interface StopTarget {
	readonly pid: number;
	readonly tag: string;
	readonly hasEnded: () => boolean;
}

/**
 * The ladder: interrupt, then TERM to the group, then KILL to the group, then a sweep by tag. Resolves when nothing is left.
 * Never KILL first: an agent that gets TERM ends its own tool shells, which live in sessions of their own.
 */
export async function stopTree(
	target: StopTarget,
	clock: Clock,
	graceMs = {interrupt: 3000, terminate: 5000},
): Promise<void> {
	const waitFor = async (ms: number) => {
		const passedMs = stopwatch(clock);
		while (!target.hasEnded() && passedMs() < ms) await clock.sleep(20);
	};
	if (!target.hasEnded()) signalGroup(target.pid, 'SIGINT');
	await waitFor(graceMs.interrupt);
	if (!target.hasEnded()) signalGroup(target.pid, 'SIGTERM');
	await waitFor(graceMs.terminate);
	if (!target.hasEnded()) signalGroup(target.pid, 'SIGKILL');
	await sweep(target.tag, clock);
	await waitFor(1000);
}
