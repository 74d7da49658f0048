import {z} from 'zod';
import type {Config} from './config.js';
import type {PilotState} from './state.js';

const dayMs = 86_400_000;

/** A machine without a sign of life for so long takes part in the queue no more. */
const silentMs = 7 * dayMs;

export const leaseMsOf = ({git}: Config) => git.leaseMinutes * 60_000;
/** Two renewals may fail before the others see it end. */
export const renewEveryMsOf = (config: Config) => leaseMsOf(config) / 3;

/** What another machine says of itself in its file of `state/`, as it was last fetched. */
export interface OtherMachine {
	readonly machine: string;
	/** Its last sign of life, ms since epoch; that of one with a lease is the end of that lease, and may be to come. */
	readonly aliveMs: number;
	/** When it last said that something happened, ms since epoch; unset for one that never has. */
	readonly seenMs?: number;
	/** Until then the missions that it works on are its own, ms since epoch; unset for one that has never said so. */
	readonly untilMs?: number;
	/** Missions that it works on, with the number of the attempt. */
	readonly runs: Readonly<Record<string, number>>;
}

/** As much of a state as is needed, whichever version wrote it. */
const Foreign = z.object({
	lease: z.object({until: z.string()}).optional(),
	lastSyncAt: z.string().optional(),
	runs: z.record(z.string(), z.object({attempt: z.number(), step: z.string(), claimedAt: z.string()})),
	outcomes: z.record(z.string(), z.object({at: z.string()})),
});

/** When a machine's file came here, and for how long a lease holds; ms. */
export interface Arrival {
	readonly nowMs: number;
	readonly came: () => number;
	readonly leaseMs: number;
}

/**
 * What another machine says by a clock that is further ahead than clocks are apart. Of what it says only that it has said it is known: its
 * lease holds for as long as one does from when it came, and its signs of life are of that time.
 */
export function heldByArrival(other: OtherMachine, {nowMs, came, leaseMs}: Arrival): OtherMachine {
	const {aliveMs, seenMs, untilMs} = other;
	const isFar = (atMs: number) => atMs - nowMs > dayMs + leaseMs;
	// The last sign of life is the latest of all that it says.
	if (!isFar(aliveMs)) return other;
	const cameMs = came();
	return {
		...other,
		aliveMs: cameMs,
		...(seenMs !== undefined && isFar(seenMs) ? {seenMs: cameMs} : {}),
		...(untilMs !== undefined && isFar(untilMs) ? {untilMs: cameMs + leaseMs} : {}),
	};
}

/** Reads another machine's state; undefined for what is none. */
export function readOther(machine: string, value: unknown): OtherMachine | undefined {
	const parsed = Foreign.safeParse(value);
	if (!parsed.success) return;
	const {lease, lastSyncAt, runs, outcomes} = parsed.data;
	const signs = [
		lastSyncAt,
		...Object.values(runs).map(run => run.claimedAt),
		...Object.values(outcomes).map(({at}) => at),
	];
	const times = signs.map(at => Date.parse(at ?? '')).filter(Number.isFinite);
	// A run that only has its end to publish is over once that is seen.
	const open = Object.entries(runs).filter(([, run]) => run.step !== 'publish');
	return {
		machine,
		aliveMs: Math.max(0, ...times, ...(lease ? [Date.parse(lease.until)] : [])),
		...(times.length > 0 ? {seenMs: Math.max(...times)} : {}),
		...(lease ? {untilMs: Date.parse(lease.until)} : {}),
		runs: Object.fromEntries(open.map(([id, {attempt}]) => [id, attempt])),
	};
}

const holdersOf = (others: readonly OtherMachine[], missionId: string) =>
	others.filter(({runs}) => runs[missionId] !== undefined);

/** The machine that works on this mission, and has said so lately. */
export const holderOf = (others: readonly OtherMachine[], missionId: string, nowMs: number): OtherMachine | undefined =>
	holdersOf(others, missionId).find(({untilMs}) => untilMs === undefined || untilMs > nowMs);

/**
 * The machine that worked on this mission and is silent since its lease ended; undefined while anybody may still be at it.
 *
 * @param syncedMs When the remote was last seen: only what would have been seen by then can be taken to be missing.
 */
export function silentHolderOf(
	others: readonly OtherMachine[],
	missionId: string,
	syncedMs: number,
): OtherMachine | undefined {
	if (holderOf(others, missionId, syncedMs)) return;
	return holdersOf(others, missionId)[0];
}

/** A machine beside this one that showed life within the last seven days. */
export const livelyOther = (others: readonly OtherMachine[], nowMs: number): OtherMachine | undefined =>
	others.find(({aliveMs}) => nowMs - aliveMs < silentMs);

/** Whether missions may be started and ended while the remote cannot be reached; a machine that may not says which other it fears. */
export function fearedOther(config: Config, others: readonly OtherMachine[], nowMs: number): OtherMachine | undefined {
	return config.git.offline === 'continue' ? undefined : livelyOther(others, nowMs);
}

/** Whether the others may have taken over what this machine works on, having heard nothing of it for too long. */
export const isLapsed = ({lease}: PilotState, nowMs: number) =>
	lease === undefined || Date.parse(lease.publishedUntil ?? '1970-01-01T00:00:00Z') <= nowMs;
