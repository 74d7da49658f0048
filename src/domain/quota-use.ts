import {z} from 'zod';
import {QuotaWindow} from './budget.js';
import type {PilotEvent} from './event.js';
import {MissionId} from './mission.js';

/** What of one quota window sessions of pilot can have used, as far as readings tell. Percent points of the window, two decimals. */
const WindowUse = QuotaWindow.pick({kind: true, resetsAt: true, measuredAt: true}).extend({
	/** The most that a reading of this window said. */
	usedPercent: z.number(),
	pilotPercent: z.number(),
});
type WindowUse = z.infer<typeof WindowUse>;

const Ran = z.object({missionId: MissionId, endedAt: z.string().optional()});

export const QuotaUse = z.object({
	windows: z.array(WindowUse),
	/** Those that run, and those that ended since the oldest of the last readings; one a mission. */
	sessions: z.array(Ran),
});
export type QuotaUse = z.infer<typeof QuotaUse>;

export const noQuotaUse: QuotaUse = {windows: [], sessions: []};

/** The windows as they were read last, with what pilot can have used of them. */
export const withPilotPercent = ({
	windows,
	quotaUse,
}: {
	readonly windows: readonly QuotaWindow[];
	readonly quotaUse: QuotaUse;
}) =>
	windows.map(window => {
		const use = window.usedPercent === undefined ? undefined : quotaUse.windows.find(({kind}) => kind === window.kind);
		return use ? {...window, pilotPercent: use.pilotPercent} : window;
	});

/** What a window rose by while these missions had a session. */
export interface Rise {
	readonly kind: string;
	readonly points: number;
	readonly missionIds: readonly string[];
}

const sessionsKept = 50;
/** A pasted text names a reset to the minute or the hour, a stream to the second; windows of one kind are hours apart. */
const sameResetMs = 600_000;

export const twoDecimals = (value: number) => Math.round(value * 100) / 100;

type Reading = QuotaWindow & {readonly usedPercent: number};

/** Where a reset is not known, one that fell to less than half has begun anew. */
function isSameWindow(last: WindowUse, fresh: Reading): boolean {
	if (last.resetsAt && fresh.resetsAt)
		return Math.abs(Date.parse(last.resetsAt) - Date.parse(fresh.resetsAt)) <= sameResetMs;
	const isOver = last.resetsAt !== undefined && Date.parse(fresh.measuredAt) >= Date.parse(last.resetsAt);
	return !isOver && fresh.usedPercent >= last.usedPercent / 2;
}

const isAtLeast = (iso: string, since: string) => Date.parse(iso) >= Date.parse(since);

/** The same reading again, as one that is kept while others are read, or an older one. */
const isNoNews = (last: WindowUse, {measuredAt, usedPercent}: Reading) =>
	!isAtLeast(measuredAt, last.measuredAt) || (measuredAt === last.measuredAt && usedPercent === last.usedPercent);

function readOne(last: WindowUse, fresh: Reading, sessions: QuotaUse['sessions']): {now: WindowUse; rise: Rise} {
	const isSame = isSameWindow(last, fresh);
	// What was over before a new window began used nothing of it.
	const since = isSame ? last.measuredAt : (last.resetsAt ?? last.measuredAt);
	const ran = sessions.filter(({endedAt}) => endedAt === undefined || isAtLeast(endedAt, since));
	const before = isSame ? last : {usedPercent: 0, pilotPercent: 0};
	const points = twoDecimals(Math.max(0, fresh.usedPercent - before.usedPercent));
	const resetsAt = fresh.resetsAt ?? (isSame ? last.resetsAt : undefined);
	return {
		now: {
			kind: fresh.kind,
			measuredAt: fresh.measuredAt,
			usedPercent: Math.max(before.usedPercent, fresh.usedPercent),
			pilotPercent: twoDecimals(before.pilotPercent + (ran.length > 0 ? points : 0)),
			...(resetsAt ? {resetsAt} : {}),
		},
		rise: {kind: fresh.kind, points, missionIds: ran.map(({missionId}) => missionId)},
	};
}

function readAll(use: QuotaUse, windows: readonly QuotaWindow[]) {
	const known = new Map(use.windows.map(window => [window.kind, window]));
	const rises: Rise[] = [];
	for (const window of windows) {
		if (window.usedPercent === undefined) continue;
		const {kind, usedPercent, measuredAt, resetsAt} = window;
		const last = known.get(kind);
		if (!last) known.set(kind, {kind, usedPercent, measuredAt, pilotPercent: 0, ...(resetsAt ? {resetsAt} : {})});
		else if (!isNoNews(last, {...window, usedPercent})) {
			const {now, rise} = readOne(last, {...window, usedPercent}, use.sessions);
			known.set(kind, now);
			if (rise.missionIds.length > 0) rises.push(rise);
		}
	}
	return {windows: [...known.values()], rises};
}

/** Without those that ended before every last reading: no rise to come can be theirs. */
function pruned({windows, sessions}: QuotaUse): QuotaUse {
	const isWanted = ({endedAt}: z.infer<typeof Ran>) =>
		endedAt === undefined || windows.some(({measuredAt}) => isAtLeast(endedAt, measuredAt));
	return {windows, sessions: sessions.filter(isWanted).slice(-sessionsKept)};
}

/**
 * Folds one fact into what pilot can have used of each quota window. What a window rose by between two readings is pilot's **at most**, when
 * a session of it ran in that time: the human, or another machine, may have used the same account meanwhile, and no reading tells them
 * apart. (Tokens do not either: what a token weighs in a window is not published, and differs between models and between what is cached and
 * what is not.) A window that was reset begins at 0. A reading that fell counts nothing, and neither does coming back to where it was.
 */
export function foldQuotaUse(use: QuotaUse, {type, data, at}: PilotEvent): {use: QuotaUse; rises: readonly Rise[]} {
	const others = (id: string) => use.sessions.filter(({missionId}) => missionId !== id);
	if (type === 'pilot.started') {
		// Whatever ran under the one before has ended with it.
		const sessions = use.sessions.map(session => ({endedAt: at, ...session}));
		return {use: pruned({...use, sessions}), rises: []};
	}
	if (type === 'session.started') {
		const {missionId} = data;
		return {use: {...use, sessions: [...others(missionId), {missionId}]}, rises: []};
	}
	if (type === 'session.ended') {
		const {missionId} = data;
		return {use: pruned({...use, sessions: [...others(missionId), {missionId, endedAt: at}]}), rises: []};
	}
	if (type !== 'quota.read') return {use, rises: []};
	const {windows, rises} = readAll(use, data.windows);
	return {use: pruned({...use, windows}), rises};
}
