import type {MissionStatus, Status} from '../domain/status.js';
import {clockTime} from './format.js';
import {plainText} from './plain-text.js';

/** A line of the queue: a mission, or a line of missions.md that cannot be used as one. */
export type QueueEntry =
	| {readonly kind: 'mission'; readonly key: string; readonly mission: MissionStatus}
	| {readonly kind: 'problem'; readonly key: string; readonly text: string};

const dayMs = 86_400_000;
const two = (value: number) => String(value).padStart(2, '0');

const dayOf = (ms: number) => {
	const date = new Date(ms);
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

/** A night spans two days: what was done yesterday evening is read this morning. */
const isFresh = (mission: MissionStatus, nowMs: number) =>
	mission.state !== 'done' || (mission.doneOn ?? '') >= dayOf(nowMs - dayMs);

/** What the queue shows, in order: what runs, what waits, lines that are no missions, what needs a human, what is done. */
export function queueEntries({missions, problems}: Pick<Status, 'missions' | 'problems'>, nowMs: number): QueueEntry[] {
	const shown = missions.filter(mission => isFresh(mission, nowMs));
	const ahead = shown.filter(({state}) => state === 'in-progress' || state === 'pending');
	const behind = shown.filter(({state}) => state !== 'in-progress' && state !== 'pending');
	const entry = (mission: MissionStatus): QueueEntry => ({kind: 'mission', key: mission.id, mission});
	const wrong = problems.map((text, index): QueueEntry => ({kind: 'problem', key: `problem-${index}`, text}));
	return [...ahead.map(entry), ...wrong, ...behind.map(entry)];
}

/** Position of the entry the cursor is on; the first one while the chosen one is not there. -1 when there is none. */
export function selectedIndex(entries: readonly QueueEntry[], selectedId: string | undefined): number {
	if (entries.length === 0) return -1;
	return Math.max(
		0,
		entries.findIndex(entry => entry.key === selectedId),
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
