import type {QuotaWindow} from '../budget.js';
import {limitOf} from '../config.js';
import {dayOf, daysOn} from '../days.js';
import {fearedOther, isLapsed} from '../lease.js';
import type {PilotState, Run} from '../state.js';
import {windowName} from '../window-name.js';
import type {Situation, Wait} from './types.js';

const dayMs = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** Longer than any window of this kind: a reset that is further off was reckoned from a wrong clock. */
const longestMsOf = ({kind}: QuotaWindow) =>
	kind === 'five_hour' ? dayMs : kind.startsWith('weekly') ? 8 * dayMs : 32 * dayMs;

/** True while the window that was measured has not been reset. */
function isOpen(window: QuotaWindow, nowMs: number): boolean {
	const leftMs = window.resetsAt === undefined ? undefined : Date.parse(window.resetsAt) - nowMs;
	const isKnown = leftMs !== undefined && leftMs <= longestMsOf(window);
	return isKnown ? leftMs > 0 : nowMs - Date.parse(window.measuredAt) < dayMs;
}

/** Quota windows at or over `percent`, the one that resets last first. */
export function fullWindows(windows: readonly QuotaWindow[], percent: number, nowMs: number): QuotaWindow[] {
	return windows
		.filter(window => window.kind !== 'credits' && (window.usedPercent ?? 0) >= percent && isOpen(window, nowMs))
		.sort((a, b) => (b.resetsAt ?? '').localeCompare(a.resetsAt ?? ''));
}

function quotaWait({state, config, nowMs}: Situation): Wait | undefined {
	const [full] = fullWindows(state.windows, config.budget.stopPercent, nowMs);
	if (!full) return;
	const used = `${windowName(full.kind)} is ${Math.round(full.usedPercent ?? 0)} % used, the stop is at ${config.budget.stopPercent} %`;
	return full.resetsAt ? {why: used, at: full.resetsAt, on: 'clock'} : {why: used, on: 'human'};
}

/** Runs used up of the UTC day. */
const runsToday = ({state, nowMs}: Situation) => daysOn(state, dayOf(nowMs)).ledger.runs;

export const runsLeftToday = (situation: Situation) =>
	limitOf(situation.config.limits.runsPerDay) - runsToday(situation);

export function runsWait(situation: Situation): Wait | undefined {
	const {state, config, nowMs} = situation;
	if (runsLeftToday(situation) > 0) return;
	const today = dayOf(nowMs);
	const tomorrow = iso(Math.max(Date.parse(today), Date.parse(state.ledger.day || today)) + dayMs);
	const used = `${runsToday(situation)} of ${config.limits.runsPerDay} runs of this UTC day are used`;
	return {why: used, at: tomorrow, on: 'clock'};
}

function parkedWait({state}: Situation): Wait | undefined {
	const {parked} = state;
	if (!parked) return;
	if (parked.until) return {why: parked.why, at: parked.until, on: 'clock'};
	return {why: parked.why, on: 'human'};
}

function offlineWait({state, config, others, nowMs}: Situation): Wait | undefined {
	if (!state.offline) return;
	const away = `the remote cannot be reached (${state.offline.why})`;
	if (config.git.offline === 'hold') return {why: `${away} and git.offline is hold`, on: 'clock'};
	const other = fearedOther(config, others, nowMs);
	return other && {why: `${away}, and ${other.machine} works on this queue too`, on: 'clock'};
}

/** The remote was tried since the start, and could not be reached or synced with. */
const isAway = ({state, last, busy}: Situation) =>
	(state.offline ?? state.syncHeld) !== undefined && last.syncMs > 0 && !busy.sync;

/**
 * What keeps a run's end from being written down: without contact for longer than its lease another machine may have taken the mission
 * over, and it must not be done twice.
 */
export function recordWait(situation: Situation, run: Run): Wait | undefined {
	const {state, config, others, nowMs, hasRemote} = situation;
	if (run.step !== 'record' || !hasRemote || !isLapsed(state, nowMs)) return;
	const other = fearedOther(config, others, nowMs);
	if (!other && isAway(situation)) return;
	const who = other?.machine ?? 'another machine';
	return {why: `the remote must be seen first: ${who} may have taken it over`, on: 'clock'};
}

/** What keeps a session from being started at all: the same for every mission. */
export function sessionGate(situation: Situation): Wait | undefined {
	const {state} = situation;
	if (state.stopping) return {why: 'the pilot is stopping', on: 'pilot'};
	if (situation.scarce) return {why: situation.scarce, on: 'turn'};
	return parkedWait(situation) ?? quotaWait(situation);
}

const faults = new WeakMap<PilotState['outcomes'], string | null>();

/** What has blocked the last three missions, if it is the same: the next ones would go the same way, and a whole queue in one night. */
function faultOf({state: {outcomes}, nowMs}: Situation): string | null {
	const known = faults.get(outcomes);
	if (known !== undefined) return known;
	const all = Object.values(outcomes);
	// What ended by a clock that was ahead is no newer than what has ended since.
	const rank = ({at}: (typeof all)[number]) => (Date.parse(at) > nowMs ? '' : at);
	const newest = all.sort((a, b) => rank(b).localeCompare(rank(a))).slice(0, 3);
	const [first] = newest;
	const isFault = newest.length === 3 && newest.every(({state, why}) => state === 'blocked' && why === first?.why);
	const fault = isFault ? (first?.why ?? null) : null;
	faults.set(outcomes, fault);
	return fault;
}

function faultWait(situation: Situation): Wait | undefined {
	const fault = faultOf(situation);
	return fault === null
		? undefined
		: {
				why: `the last three missions were blocked for the same reason: mend it, and requeue one (${fault})`,
				on: 'human',
			};
}

/** What keeps a new mission from being taken, beyond what keeps any session from starting. */
export function missionGate(situation: Situation): Wait | undefined {
	const {state, config} = situation;
	const gate = sessionGate(situation);
	if (gate) return gate;
	if (state.paused) return {why: `paused by ${state.paused.by}: pilot-tui resume`, on: 'human'};
	if (state.syncHeld) return {why: `sync is held: ${state.syncHeld.why}`, on: 'human'};
	if (state.storageFull !== undefined) return {why: `no mission is taken: ${state.storageFull}`, on: 'turn'};
	const taken = limitOf(config.limits.missionsPerStart);
	if (state.missionsThisStart >= taken)
		return {why: `${taken} missions were taken in this start (limits.missionsPerStart)`, on: 'human'};
	return faultWait(situation) ?? runsWait(situation) ?? offlineWait(situation);
}
