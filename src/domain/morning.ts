import type {QuotaWindow} from './budget.js';
import type {Estimate} from './estimate.js';
import type {DataOf, EventType, PilotEvent} from './event.js';
import type {MissionState} from './mission.js';
import {foldQuotaUse, noQuotaUse, twoDecimals} from './quota-use.js';
import type {Diffstat, Receipt} from './receipt.js';
import {totalTokens} from './tokens.js';

/** How many receipts of a kind hold. */
export interface ProofCount {
	readonly kind: Receipt['kind'];
	readonly count: number;
}

/** A mission whose last attempt ended in the time that is told of. */
export interface MorningMission {
	readonly id: string;
	readonly title: string;
	readonly state: MissionState;
	readonly why: string;
	/** What the agent said of it, in one line; '' for nothing. */
	readonly summary: string;
	/** ISO 8601. */
	readonly at: string;
	readonly attempt: number;
	/** Of all its sessions in that time, US dollars. */
	readonly costUsd: number;
	/** Those that hold, and those that were wanted. Left out when none were gathered. */
	readonly receipts?: {readonly met: number; readonly wanted: number; readonly by: readonly ProofCount[]};
	readonly branch?: string;
	readonly diffstat?: Diffstat;
}

/** What a human is asked. */
export interface MorningQuestion {
	readonly missionId: string;
	readonly title: string;
	readonly text: string;
	/** Of one that is answered by `approve` and `deny`. */
	readonly approvalId?: string;
}

export interface MorningWindow {
	readonly kind: string;
	readonly usedPercent: number;
	/** Where it stood at its first reading in that time. Left out where it was read once, or has begun anew since. */
	readonly fromPercent?: number;
	/** Percent points of this kind of window that pilot used in that time, at most, also over resets. */
	readonly pilotPoints?: number;
	readonly resetsAt?: string;
}

/** What missions that ended took, all sessions of them in that time, and what was expected when they were taken: half of such take no more. */
export interface MorningCost {
	/** Those of which something was expected, and all that ended. */
	readonly missions: number;
	readonly ended: number;
	readonly minutes: number;
	readonly tokens: number;
	readonly expectedMinutes: number;
	/** 0 where agents tell of none. */
	readonly expectedTokens: number;
}

/** A time in which no mission was taken: a limit, a login. */
export interface MorningHalt {
	readonly why: string;
	readonly from: string;
	/** Left out while it lasts. */
	readonly until?: string;
}

/** What happened between two moments, in the order in which a human wants to know. */
export interface MorningReport {
	readonly since: string;
	readonly until: string;
	/** Failed, unproven, blocked, parked, in that order; the newest first. */
	readonly needsYou: readonly MorningMission[];
	readonly questions: readonly MorningQuestion[];
	readonly done: readonly MorningMission[];
	readonly halts: readonly MorningHalt[];
	readonly spent: {
		readonly sessions: number;
		/** US dollars, as the agents report it. */
		readonly costUsd: number;
		readonly tokens: number;
		/** Of all sessions together, also of those that ran beside each other. */
		readonly durationMs: number;
		readonly windows: readonly MorningWindow[];
		/** Left out where nothing was expected of any mission. */
		readonly against?: MorningCost;
	};
}

/** The facts that a report is made of; no others are looked at. */
export const morningTypes: ReadonlySet<string> = new Set<EventType>([
	...(['mission.claimed', 'mission.concluded', 'mission.requeued', 'mission.restored', 'mission.removed'] as const),
	...(['session.started', 'session.ended', 'work.collected', 'receipts.recorded', 'question.asked'] as const),
	...(['approval.asked', 'approval.settled', 'quota.read', 'account.parked', 'account.unparked'] as const),
]);

const order: readonly MissionState[] = ['failed', 'unproven', 'blocked', 'parked'];

type Mutable<T> = {-readonly [K in keyof T]: T[K]};

/** All that is known of one mission while the facts are gone through. */
interface Tally {
	title: string;
	costUsd: number;
	minutes: number;
	tokens: number;
	estimate?: Estimate;
	questions: string[];
	about: Partial<Mutable<Pick<MorningMission, 'receipts' | 'branch' | 'diffstat'>>>;
	ended?: DataOf<'mission.concluded'> & {readonly at: string};
}

const wantedOf = ({receipts}: DataOf<'receipts.recorded'>) => {
	const wanted = receipts.filter(({verdict}) => verdict !== 'not-required');
	const met = wanted.filter(({verdict}) => verdict === 'met');
	const kinds = new Map<Receipt['kind'], number>();
	for (const {kind} of met) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
	return {met: met.length, wanted: wanted.length, by: [...kinds].map(([kind, count]) => ({kind, count}))};
};

const taken = ({mission, estimate}: DataOf<'mission.claimed'>) => ({title: mission.title, estimate});

function spend(tally: Tally, {costUsd, durationMs, tokens}: DataOf<'session.ended'>) {
	tally.costUsd += costUsd;
	tally.minutes += durationMs / 60_000;
	tally.tokens += totalTokens(tokens);
}

function talliesOf(facts: readonly PilotEvent[]): Map<string, Tally> {
	const tallies = new Map<string, Tally>();
	const of = (id: string) => {
		const tally = tallies.get(id) ?? {...{title: '', costUsd: 0, minutes: 0, tokens: 0}, questions: [], about: {}};
		tallies.set(id, tally);
		return tally;
	};
	/** What was found out about earlier attempts counts no more. */
	const anew = (id: string) => Object.assign(of(id), {questions: [], about: {}, ended: undefined});
	for (const {type, data, at} of facts) {
		if (type === 'mission.claimed') Object.assign(anew(data.missionId), taken(data));
		else if (type === 'mission.requeued') anew(data.missionId);
		else if (type === 'mission.removed') tallies.delete(data.missionId);
		else if (type === 'session.ended') spend(of(data.missionId), data);
		else if (type === 'question.asked') of(data.missionId).questions.push(data.question);
		else if (type === 'receipts.recorded') of(data.missionId).about.receipts = wantedOf(data);
		else if (type === 'work.collected') {
			const {branch, diffstat} = data;
			Object.assign(of(data.missionId).about, {...(branch ? {branch} : {}), ...(diffstat ? {diffstat} : {})});
		} else if (type === 'mission.concluded') {
			Object.assign(of(data.missionId), {title: data.title, ended: {...data, at}});
		}
	}
	return tallies;
}

function endedOf(id: string, {costUsd, about, ended}: Tally): MorningMission[] {
	if (!ended) return [];
	const {title, state, why, summary, at, attempt} = ended;
	return [{id, title, state, why, summary, at, attempt, costUsd, ...about}];
}

/** Those that nobody has answered, wherever in the log they stand. */
function openApprovals(facts: readonly PilotEvent[], titleOf: (id: string) => string): MorningQuestion[] {
	const open = new Map<string, MorningQuestion>();
	for (const {type, data} of facts) {
		if (type === 'approval.settled') open.delete(data.approvalId);
		if (type !== 'approval.asked') continue;
		const {approvalId, missionId, what, command} = data;
		const text = command ? `${what}: ${command.split('\n', 1)[0]}` : what;
		open.set(approvalId, {missionId, title: titleOf(missionId), text, approvalId});
	}
	return [...open.values()];
}

function windowsOf(facts: readonly PilotEvent[], points: ReadonlyMap<string, number>): MorningWindow[] {
	const first = new Map<string, QuotaWindow>();
	const last = new Map<string, QuotaWindow>();
	const fresh = facts.flatMap(({type, data}) => (type === 'quota.read' ? data.windows : []));
	for (const window of fresh) {
		if (window.usedPercent === undefined) continue;
		const begun = first.get(window.kind);
		// One that was used less than before has begun anew.
		if (!begun || (last.get(window.kind)?.usedPercent ?? 0) > window.usedPercent) first.set(window.kind, window);
		last.set(window.kind, window);
	}
	return [...last.values()].map(({kind, usedPercent = 0, resetsAt}) => {
		const from = first.get(kind)?.usedPercent;
		const pilotPoints = points.get(kind);
		return {
			...{kind, usedPercent},
			...(from !== undefined && from !== usedPercent ? {fromPercent: from} : {}),
			...(pilotPoints === undefined ? {} : {pilotPoints}),
			...(resetsAt ? {resetsAt} : {}),
		};
	});
}

/** What each kind of window rose by in that time while a session of pilot ran. */
function pilotPointsOf(all: readonly PilotEvent[], sinceMs: number): Map<string, number> {
	const points = new Map<string, number>();
	let use = noQuotaUse;
	for (const fact of all) {
		const folded = foldQuotaUse(use, fact);
		use = folded.use;
		if (Date.parse(fact.at) < sinceMs) continue;
		for (const rise of folded.rises) points.set(rise.kind, twoDecimals((points.get(rise.kind) ?? 0) + rise.points));
	}
	return points;
}

function costOf(tallies: readonly Tally[]): MorningCost | undefined {
	const ended = tallies.filter(tally => tally.ended);
	const expected = ended.flatMap(({minutes, tokens, estimate}) => (estimate ? [{minutes, tokens, estimate}] : []));
	if (expected.length === 0) return;
	const sum = (of: (one: (typeof expected)[number]) => number) =>
		twoDecimals(expected.reduce((total, one) => total + of(one), 0));
	return {
		...{missions: expected.length, ended: ended.length},
		...{minutes: sum(({minutes}) => minutes), tokens: sum(({tokens}) => tokens)},
		expectedMinutes: sum(({estimate}) => estimate.minutes.p50),
		expectedTokens: sum(({estimate}) => estimate.tokens?.p50 ?? 0),
	};
}

function haltsOf(facts: readonly PilotEvent[]): MorningHalt[] {
	const halts: MorningHalt[] = [];
	for (const {type, data, at} of facts) {
		const last = halts.at(-1);
		if (type === 'account.parked' && (!last || last.until)) halts.push({why: data.why, from: at});
		if (type === 'account.unparked' && last && !last.until) halts[halts.length - 1] = {...last, until: at};
	}
	return halts;
}

/**
 * Makes the report of a time from the facts alone: no tokens, and no pilot that runs.
 *
 * @param all Facts of `morningTypes`, oldest first; of questions and sessions also those from before.
 */
export function morningOf(all: readonly PilotEvent[], sinceMs: number, nowMs: number): MorningReport {
	const facts = all.filter(({at}) => Date.parse(at) >= sinceMs);
	const tallies = talliesOf(facts);
	const titleOf = (id: string) => tallies.get(id)?.title ?? '';
	const ended = [...tallies].flatMap(([id, tally]) => endedOf(id, tally)).sort((a, b) => b.at.localeCompare(a.at));
	const asked = [...tallies].flatMap(([missionId, {title, questions, ended: end}]) =>
		end?.state === 'done' ? [] : questions.map(text => ({missionId, title, text})),
	);
	// What is only parked for its question is told by the question.
	const isAsking = ({id, state}: MorningMission) => state === 'parked' && asked.some(({missionId}) => missionId === id);
	const sessions = facts.flatMap(({type, data}) => (type === 'session.ended' ? [data] : []));
	const sum = (of: (session: DataOf<'session.ended'>) => number) =>
		sessions.reduce((total, session) => total + of(session), 0);
	const against = costOf([...tallies.values()]);
	return {
		since: new Date(sinceMs).toISOString(),
		until: new Date(nowMs).toISOString(),
		needsYou: order.flatMap(state => ended.filter(mission => mission.state === state && !isAsking(mission))),
		questions: [...openApprovals(all, titleOf), ...asked],
		done: ended.filter(({state}) => state === 'done'),
		halts: haltsOf(facts),
		spent: {
			sessions: sessions.length,
			costUsd: sum(({costUsd}) => costUsd),
			tokens: sum(({tokens}) => totalTokens(tokens)),
			durationMs: sum(({durationMs}) => durationMs),
			windows: windowsOf(facts, pilotPointsOf(all, sinceMs)),
			...(against ? {against} : {}),
		},
	};
}

/** Whether there is anything in it to be told. */
export const isEventful = ({needsYou, questions, done, halts, spent}: MorningReport): boolean =>
	needsYou.length + questions.length + done.length + halts.length + spent.sessions > 0;
