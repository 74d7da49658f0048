import {limitOf} from '../config.js';
import {dayOf, daysOn} from '../days.js';
import {renewEveryMsOf} from '../lease.js';
import type {QueueItem} from '../mission.js';
import type {Run} from '../state.js';
import {approvalWait, askRoom, isToBeAsked, needsApproval, settlements} from './approvals.js';
import {missionGate, recordWait, runsLeftToday, runsWait, sessionGate} from './gate.js';
import {missionWait, openInOrder} from './pick.js';
import type {Action, Decision, Situation, Wait} from './types.js';

export {missionFault} from './pick.js';
export type {Action, Decision, Situation} from './types.js';

const usageEveryMs = 600_000;
const longestDelayMs = 60_000;
const offlineEveryMs = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** A run whose session has not been started yet, or has to be taken up again. */
const wantsSession = (run: Run) => run.step === 'work' && !run.begun;

/** A step is due; a time that lies further off than any delay was set before the clock was put back. */
const isDue = (run: Run, nowMs: number) => run.notBeforeMs <= nowMs || run.notBeforeMs > nowMs + longestDelayMs;

/** What keeps this run from going on, when it has come to its session; a session that is only resumed is no new run. */
function workWait(situation: Situation, run: Run, runsLeft: number): Wait | undefined {
	if (run.report || run.stopAsked) return;
	const gate = sessionGate(situation);
	if (gate || run.session || runsLeft > 0) return gate;
	return runsWait(situation) ?? {why: 'the last runs of this UTC day are being started', on: 'turn'};
}

/** What only writes down what is known already: done even when everything is to end now. */
const isBookkeeping = (run: Run) => ['conclude', 'record', 'publish'].includes(run.step);

function stepActions(situation: Situation): Action[] {
	const {state, nowMs} = situation;
	const runs = Object.values(state.runs);
	let left = runsLeftToday(situation) - runs.filter(run => run.step === 'work' && run.begun && !run.session).length;
	const starts = (run: Run) => {
		if (run.step !== 'work') return true;
		if (workWait(situation, run, left)) return false;
		if (!run.session && !run.report && !run.stopAsked) left--;
		return true;
	};
	return runs
		.filter(run => !run.begun && isDue(run, nowMs))
		.filter(run => !state.stopping?.now || isBookkeeping(run))
		.filter(run => !recordWait(situation, run))
		.filter(starts)
		.map(run => ({do: 'step', missionId: run.missionId, attempt: run.attempt, step: run.step}));
}

/** Runs that will start a session of their own: places that are taken already. */
const isReserved = (run: Run) => ['claim', 'prepare', 'work'].includes(run.step) && !run.session;

function placesLeft(situation: Situation): number {
	const {state, config} = situation;
	const runs = Object.values(state.runs);
	return Math.min(
		config.sessions.max - runs.length,
		runsLeftToday(situation) - runs.filter(isReserved).length,
		limitOf(config.limits.missionsPerStart) - state.missionsThisStart,
	);
}

type WaitOf = Wait & {readonly id: string};

interface Claims {
	readonly take: readonly QueueItem[];
	readonly ask: readonly QueueItem[];
	/** Of all that wait: the first in order, and the one that is over first. */
	readonly first?: WaitOf | undefined;
	readonly soonest?: WaitOf | undefined;
}

/** What keeps this mission from being taken, beside that there is no place for it. */
function heldBy(situation: Situation, item: QueueItem, gate: Wait | undefined): Wait | undefined {
	const approval = approvalWait(situation, item.mission.id);
	return missionWait(situation, item) ?? (approval?.on === 'human' ? approval : (gate ?? approval));
}

/** Missions to take now, at most as many as there are free places. Of ten thousand only those are looked at that can matter. */
function claims(situation: Situation): Claims {
	const {queueRead} = situation;
	const take: QueueItem[] = [];
	const ask: QueueItem[] = [];
	const places = queueRead ? placesLeft(situation) : 0;
	const gate = missionGate(situation);
	const room = queueRead ? askRoom(situation) : 0;
	let first: WaitOf | undefined;
	let stuck: WaitOf | undefined;
	let soonest: WaitOf | undefined;
	// Only what holds all of them has a time at which it is over.
	const isKnown = () =>
		first !== undefined &&
		(gate ? gate.at === undefined || soonest !== undefined : take.length >= places) &&
		(!needsApproval(situation) || ask.length >= room);
	let before = 0;
	for (const item of openInOrder(situation)) {
		const {id} = item.mission;
		const held = heldBy(situation, item, gate);
		if (held && isToBeAsked(held) && ask.length < room) ask.push(item);
		const wait = held ?? (take.length < places ? undefined : turnWait(situation, before));
		before++;
		if (!wait) take.push(item);
		else {
			// What nothing but a human ends is next only where nothing else is.
			if (gate || wait.on !== 'human') first ??= {...wait, id};
			stuck ??= {...wait, id};
			if (wait.at !== undefined && (soonest?.at === undefined || wait.at < soonest.at)) soonest = {...wait, id};
		}
		if (isKnown()) break;
	}
	return {take, ask, first: first ?? stuck, soonest};
}

/** Why each mission waits that is not taken. */
function waitsOf(situation: Situation, {take}: Claims): Record<string, Wait> {
	const waits: Record<string, Wait> = {};
	const gate = missionGate(situation);
	const taken = new Set(take);
	let before = 0;
	for (const item of openInOrder(situation)) {
		if (!taken.has(item)) waits[item.mission.id] = heldBy(situation, item, gate) ?? turnWait(situation, before);
		before++;
	}
	return waits;
}

const unread: Wait = {why: 'missions.md is being read', on: 'turn'};
const next: Wait = {why: 'next, when a session ends', on: 'turn'};
const later: Wait = {why: 'its turn comes after those above', on: 'turn'};

function turnWait({state, queueRead}: Situation, before: number): Wait {
	if (!queueRead) return unread;
	if (before > 0 || Object.keys(state.runs).length === 0) return later;
	return next;
}

/** True once so long has passed; a time that lies ahead is of a clock that was set back since, and says nothing. */
const isPast = (nowMs: number, sinceMs: number, spanMs: number) => sinceMs > nowMs || nowMs - sinceMs >= spanMs;

/** A park that has run out, or was for something that can be looked at again. */
function unpark({state, nowMs}: Situation): Action[] {
	const {parked} = state;
	if (!parked || state.stopping) return [];
	if (parked.until && Date.parse(parked.until) <= nowMs) return [{do: 'unpark', why: `over: ${parked.why}`}];
	const recheckMs = parked.kind === 'agent-missing' ? 60_000 : 600_000;
	const looksAgain = !parked.until && parked.kind !== 'overage' && isPast(nowMs, Date.parse(parked.since), recheckMs);
	return looksAgain ? [{do: 'unpark', why: `looking again: ${parked.why}`}] : [];
}

function upkeep(situation: Situation): Action[] {
	const {state, nowMs, busy, last, hasRemote, canReadUsage} = situation;
	if (state.stopping) return [];
	const actions: Action[] = [];
	if (hasRemote && !busy.sync && isPast(nowMs, last.syncMs, syncEveryMs(situation))) actions.push({do: 'sync'});
	if (canReadUsage && !busy.usage && isPast(nowMs, last.usageMs, usageEveryMs)) actions.push({do: 'read-usage'});
	return actions;
}

/** True while the day's tokens for work that pilot proposes itself are used up. */
const proactiveIsSpent = ({state, config, nowMs}: Situation) =>
	daysOn(state, dayOf(nowMs)).ledger.proactive >= limitOf(config.budget.proactiveTokensPerDay);

function explore(situation: Situation, idle: boolean): Action[] {
	const {config, last, nowMs, untilIdle} = situation;
	if (!idle || untilIdle || !config.explore.enabled || config.targets.length === 0) return [];
	if (missionGate(situation) || proactiveIsSpent(situation)) return [];
	return isPast(nowMs, last.exploreMs, config.explore.everyMinutes * 60_000) ? [{do: 'explore'}] : [];
}

/** A run that goes on by itself at the next start, or once a human has seen to the workspace. */
const canBeLeft = (situation: Situation, run: Run) =>
	wantsSession(run) || run.trouble?.code === 'SYNC_HELD' || recordWait(situation, run) !== undefined;

/** A session that a write kept from starting, or its start from being written down: tried again when the disk has had its time. */
const comesBack = ({nowMs}: Situation, run: Run) =>
	wantsSession(run) && run.trouble?.code === 'STORAGE_UNWRITABLE' && !isDue(run, nowMs);

/** Only what comes by itself, without a human, a clock or another machine, keeps `--until-idle` going. */
function ending(situation: Situation, actions: readonly Action[]): Action[] {
	const {state, untilIdle, queueRead, busy} = situation;
	const runs = Object.values(state.runs);
	if (actions.length > 0 || runs.some(run => run.begun)) return [];
	const {stopping} = state;
	if (stopping && (stopping.now || runs.every(run => canBeLeft(situation, run))))
		return [{do: 'end', why: `stopped by ${stopping.by}`}];
	const isLeft = runs.every(run => canBeLeft(situation, run) && !comesBack(situation, run));
	// A mission that waits for its approval goes on, or is parked, by itself at the deadline.
	if (!untilIdle || !queueRead || busy.sync || !isLeft || state.approvals.some(({kind}) => kind === 'mission'))
		return [];
	const {parked} = state;
	return [{do: 'end', why: parked ? `parked: ${parked.why}` : 'nothing is left that the pilot could do now'}];
}

/** A remote that is away is looked for more often; what is under way has its lease renewed. */
function syncEveryMs({config, state}: Situation): number {
	const everyMs = Math.min(config.intervalSeconds, config.git.syncSeconds) * 1000;
	if (state.offline) return Math.min(everyMs, offlineEveryMs);
	return Object.keys(state.runs).length > 0 ? Math.min(everyMs, renewEveryMsOf(config)) : everyMs;
}

function nextOf(situation: Situation, {first, soonest}: Claims, idle: boolean): Decision['next'] {
	const {state, nowMs, last, hasRemote} = situation;
	const runs = Object.values(state.runs);
	const unsure = runs.map(run => ({run, wait: recordWait(situation, run)})).find(({wait}) => wait);
	if (unsure?.wait) return {what: `^${unsure.run.missionId}`, ...whenOf(unsure.wait)};
	const going = runs.find(run => !wantsSession(run));
	if (going) return {what: `^${going.missionId}`, why: going.trouble?.why ?? going.mission.title};
	if (state.parked) return {what: 'go on', ...whenOf({why: state.parked.why, at: state.parked.until})};
	const held = runs
		.map(run => ({run, wait: workWait(situation, run, runsLeftToday(situation))}))
		.find(({wait}) => wait);
	if (held?.wait) return {what: `^${held.run.missionId}`, ...whenOf(held.wait)};
	const coming = soonest ?? first;
	if (coming) return {what: `^${coming.id}`, ...whenOf(coming)};
	if (!idle) return {what: 'next mission', why: 'starting'};
	const at = hasRemote ? iso(Math.max(Math.min(last.syncMs, nowMs) + syncEveryMs(situation), nowMs)) : undefined;
	return {
		what: hasRemote ? 'look at the remote' : 'the next mission',
		...whenOf({why: 'nothing is pending in missions.md', at}),
	};
}

const whenOf = ({why, at}: {why: string; at?: string | undefined}) => (at === undefined ? {why} : {why, at});

/**
 * What to do now, and why nothing else. Pure and idempotent: once its actions' intents are folded in, it has none left.
 */
export function decide(situation: Situation): Decision {
	const claimed = claims(situation);
	const {take, ask, first, soonest} = claimed;
	const steps = stepActions(situation);
	const work: Action[] = [
		...unpark(situation),
		...settlements(situation),
		...steps,
		...take.map(item => ({do: 'claim' as const, missionId: item.mission.id})),
		...ask.map(item => ({do: 'ask' as const, missionId: item.mission.id})),
	];
	const idle = take.length === 0 && Object.keys(situation.state.runs).length === 0 && first === undefined;
	const actions = [...work, ...upkeep(situation), ...explore(situation, idle)];
	// A decision is made at every fact, and its waits are asked for a few times a second.
	let waits: Record<string, Wait> | undefined;
	return {
		actions: [...actions, ...ending(situation, actions)],
		get waits() {
			waits ??= waitsOf(situation, claimed);
			return waits;
		},
		next: nextOf(situation, claimed, idle),
		...(soonest?.at === undefined ? {} : {soonestAt: soonest.at}),
	};
}
