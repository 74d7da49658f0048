import type {MissionState} from '../domain/mission.js';
import type {MissionStatus, Status} from '../domain/status.js';
import {clockTime} from './format.js';
import {plainText} from './plain-text.js';
import {missionSigns} from './theme.js';

/** A line of the queue: a mission, or a line of missions.md that cannot be used as one. */
export type QueueEntry =
	| {readonly kind: 'mission'; readonly key: string; readonly mission: MissionStatus}
	| {readonly kind: 'problem'; readonly key: string; readonly text: string};

/** As it will run; what needs a human first; what changed last first; by title. */
export const queueSorts = ['turn', 'state', 'newest', 'title'] as const;
export type QueueSort = (typeof queueSorts)[number];

export interface QueueWish {
	/** Words that all have to be there; '' for everything. */
	readonly filter: string;
	readonly sort: QueueSort;
}

const dayMs = 86_400_000;
const two = (value: number) => String(value).padStart(2, '0');

export const dayOf = (ms: number) => {
	const date = new Date(ms);
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

/** A night spans two days: what was done yesterday evening is read this morning. */
const isFresh = (mission: MissionStatus, since: string) => mission.state !== 'done' || (mission.doneOn ?? '') >= since;

const wordsOf = (entry: QueueEntry) => {
	if (entry.kind === 'problem') return entry.text.toLowerCase();
	const {id, title, state, source, target, template} = entry.mission;
	const names = [target ? `+${target}` : '', template ? `@${template}` : ''];
	return [`^${id}`, title, state, missionSigns[state].word, source, ...names].join(' ').toLowerCase();
};

/** The lines in which every word of the filter stands somewhere: title, id, state, target, template, source. */
function filtered(entries: readonly QueueEntry[], filter: string): readonly QueueEntry[] {
	const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return entries;
	return entries.filter(entry => {
		const text = wordsOf(entry);
		return words.every(word => text.includes(word));
	});
}

const needsYou: Readonly<Record<MissionState, number>> = {
	...{blocked: 0, parked: 1, unproven: 2, failed: 3},
	...{'in-progress': 4, pending: 5, done: 6},
};

/** When it last changed; what runs changes now. ISO 8601 or a day, '' when it is not known. */
const changedAt = ({state, endedAt, doneOn}: MissionStatus) =>
	state === 'in-progress' ? '9' : (endedAt ?? doneOn ?? '');

const orders: Readonly<Record<Exclude<QueueSort, 'turn'>, (a: MissionStatus, b: MissionStatus) => number>> = {
	state: (a, b) => needsYou[a.state] - needsYou[b.state],
	newest: (a, b) => (changedAt(a) < changedAt(b) ? 1 : changedAt(a) > changedAt(b) ? -1 : 0),
	title: (a, b) => a.title.localeCompare(b.title),
};

const known = new WeakMap<MissionStatus, QueueEntry>();

/** The same one for as long as nothing of the mission changes. */
function entryOf(mission: MissionStatus): QueueEntry {
	const before = known.get(mission);
	if (before) return before;
	const entry = {kind: 'mission' as const, key: mission.id, mission};
	known.set(mission, entry);
	return entry;
}

const isAhead = ({state}: MissionStatus) => state === 'in-progress' || state === 'pending';

/**
 * Lines that are no missions stand where they need somebody: first, but for the order in which missions run. That order is the usual one,
 * and made again several times a second while much happens: in one pass.
 */
function sorted(missions: readonly MissionStatus[], problems: readonly QueueEntry[], sort: QueueSort): QueueEntry[] {
	if (sort !== 'turn') return [...problems, ...missions.toSorted(orders[sort]).map(entryOf)];
	const ahead: QueueEntry[] = [];
	const behind: QueueEntry[] = [];
	for (const mission of missions) (isAhead(mission) ? ahead : behind).push(entryOf(mission));
	return problems.length + behind.length === 0 ? ahead : [...ahead, ...problems, ...behind];
}

const everything: QueueWish = {filter: '', sort: 'turn'};

/** What the queue shows, in order: what runs, what waits, lines that are no missions, what needs a human, what is done. */
export function queueEntries(
	{missions, problems}: Pick<Status, 'missions' | 'problems'>,
	nowMs: number,
	{filter, sort}: QueueWish = everything,
): readonly QueueEntry[] {
	const since = dayOf(nowMs - dayMs);
	const shown = missions.filter(mission => isFresh(mission, since));
	const wrong = problems.map((text, index): QueueEntry => ({kind: 'problem', key: `problem-${index}`, text}));
	return filtered(sorted(shown, wrong, sort), filter);
}

/** What the queue shows, made once for as long as nothing of it changes: there may be ten thousand missions. */
export interface QueueList {
	readonly entries: readonly QueueEntry[];
	/** How many there are without the filter. */
	readonly total: number;
}

export const emptyList: QueueList = {entries: [], total: 0};

export interface ListSource {
	readonly status: Pick<Status, 'missions' | 'problems'> | undefined;
	readonly screen: QueueWish;
	readonly nowMs: number;
}

/** Makes the list anew when missions, problems, filter, sorting or the day are others than the last time. */
export function createQueueList(): (source: ListSource) => QueueList {
	let madeOf: readonly unknown[] = [];
	let list = emptyList;
	return ({status, screen: {filter, sort}, nowMs}) => {
		const parts = [status?.missions, status?.problems, filter, sort, dayOf(nowMs)];
		if (!status || parts.every((part, index) => part === madeOf[index])) return list;
		madeOf = parts;
		const entries = queueEntries(status, nowMs, {filter, sort});
		const total = filter === '' ? entries.length : queueEntries(status, nowMs).length;
		list = {entries, total};
		return list;
	};
}

/** Position of the entry the cursor is on; the first mission until one is chosen, and while it is not there. -1 when there is none. */
export function selectedIndex({entries}: QueueList, selectedId: string | undefined): number {
	if (entries.length === 0) return -1;
	const chosen = selectedId === undefined ? -1 : entries.findIndex(({key}) => key === selectedId);
	if (chosen >= 0) return chosen;
	// A line that is no mission can come up above them at any time: what is pressed then is not meant for it.
	return Math.max(
		0,
		entries.findIndex(({kind}) => kind === 'mission'),
	);
}

export interface ListWindow {
	readonly from: number;
	readonly to: number;
	/** `… 3 above, 12 more`, or nothing when all is seen. */
	readonly rest: string | undefined;
}

export const wholeList = (count: number): ListWindow => ({from: 0, to: count, rest: undefined});

/** The part of a list that is seen in `rows` rows, with the selected line in it and a line for the rest where there is one. */
export function listWindow(count: number, selected: number, rows: number): ListWindow {
	if (count <= rows) return wholeList(count);
	const body = Math.max(1, rows - 1);
	const from = Math.min(Math.max(0, selected - Math.floor(body / 2)), count - body);
	const below = count - from - body;
	const parts = [from > 0 ? `${from} above` : '', below > 0 ? `${below} more` : ''].filter(Boolean);
	return {from, to: from + body, rest: `… ${parts.join(', ')}`};
}

/** Why a mission stands where it stands, with the time it starts when that is known. */
export function reasonOf({why, startsAt, state, step}: MissionStatus, nowMs: number): string {
	const reason = plainText(why);
	if (state === 'pending' && startsAt) return `${clockTime(startsAt, nowMs)}: ${reason}`;
	return step && step !== 'work' && step !== reason ? `${step}: ${reason}` : reason;
}

const longestFilter = 20;
const sortWords: Readonly<Record<QueueSort, string>> = {
	turn: 'as it will run',
	state: 'what needs you first',
	newest: 'by newest change',
	title: 'by title',
};

export const sortWord = (sort: QueueSort) => sortWords[sort];

/** `Queue, 2 marked, /docs 3 of 12, by title`, without what is as always. */
export function queueTitle({entries, total}: QueueList, {filter, sort}: QueueWish, marked = 0): string {
	const shown = [...filter];
	const cut = shown.length > longestFilter ? `${shown.slice(0, longestFilter).join('')}…` : filter;
	const parts = [
		'Queue',
		marked > 0 ? `${marked} marked` : '',
		filter === '' ? '' : `/${cut} ${entries.length} of ${total}`,
		sort === 'turn' ? '' : sortWords[sort],
	];
	return parts.filter(Boolean).join(', ');
}
