import {cellsOf, cutTo} from '../domain/cells.js';
import type {MissionState} from '../domain/mission.js';
import type {MissionStatus} from '../domain/status.js';
import {plainText} from './plain-text.js';
import {type ListWindow, listWindow, type QueueEntry, reasonOf, wholeList} from './queue-entries.js';
import {missionSigns, type Sign} from './theme.js';

/** Cells before a title: cursor, shape, mark, priority. */
export const signWidth = 6;
const titleShare = 0.55;

/** Cells of the two columns of a row, one of them for the space between. */
export function columnsOf(width: number): {readonly title: number; readonly reason: number} {
	const room = width - signWidth;
	const title = Math.floor(room * titleShare);
	return {title, reason: room - title};
}

const longestSource = 10;

/** `← telegram`, where a mission is not from the file. */
export const sourceOf = ({source}: Pick<MissionStatus, 'source'>): string =>
	source === 'file' ? '' : `← ${plainText(source).slice(0, longestSource)}`;

const needs: readonly MissionState[] = ['failed', 'unproven', 'blocked', 'parked', 'in-progress', 'pending', 'done'];

/** What does not fit a row of so many cells, what needs a human first. */
function* tooLong(entries: readonly QueueEntry[], width: number, nowMs: number): Generator<string> {
	const {title, reason} = columnsOf(width);
	for (const state of needs) {
		for (const entry of entries) {
			if (entry.kind !== 'mission' || entry.mission.state !== state) continue;
			const told = [plainText(entry.mission.title), sourceOf(entry.mission)].filter(Boolean).join(' ');
			const isLong = cellsOf(told) > title || cellsOf(reasonOf(entry.mission, nowMs)) >= reason;
			if (isLong) yield entry.key;
		}
	}
}

/** How many rows of a panel so high are the list, and how many below tell all about the selected one; the first is its title. */
export function queueParts(height: number): {readonly room: number; readonly detail: number} {
	const detail = height >= 16 ? 3 : height >= 8 ? 2 : 1;
	return {room: height - 1 - detail, detail};
}

export interface QueueRoom extends ListWindow {
	/** Keys of the entries that get two rows, the reason below the title. */
	readonly tall: ReadonlySet<string>;
}

/** What is seen of the queue in `rows` rows of `width` cells; rows that nobody needs go to reasons that are cut otherwise. */
export function queueRoom(
	entries: readonly QueueEntry[],
	{selected, rows, width, nowMs}: {selected: number; rows: number; width: number; nowMs: number},
): QueueRoom {
	if (entries.length > rows) return {...listWindow(entries.length, selected, rows), tall: new Set()};
	const tall = [...tooLong(entries, width, nowMs)].slice(0, rows - entries.length);
	return {...wholeList(entries.length), tall: new Set(tall)};
}

const troubles = ['failed', 'parked', 'blocked', 'unproven'] as const;

/** Of a title that its reason leaves no room. */
const shortTitle = 24;

/** `✗ Greet politely: the tests fail`; the reason is worth more than the end of a long title. */
function troubleWords(mission: MissionStatus, nowMs: number, width: number): string {
	const [title, reason] = [plainText(mission.title), reasonOf(mission, nowMs).replace(/^needs an answer: /, '')];
	const {shape} = missionSigns[mission.state];
	const whole = `${shape} ${title}: ${reason}`;
	return cellsOf(whole) <= width ? whole : `${shape} ${cutTo(title, shortTitle)}: ${reason}`;
}

export interface Trouble {
	readonly text: string;
	readonly tone: Sign['tone'];
}

/** What needs a human among the lines that do not fit below, the worst `most` first: `✗ Greet politely: the tests fail`. */
export function troublesBelow(
	entries: readonly QueueEntry[],
	{to, most, nowMs, width}: {to: number; most: number; nowMs: number; width: number},
): readonly Trouble[] {
	const byState = new Map<MissionState, MissionStatus[]>(troubles.map(state => [state, []]));
	for (let at = to; at < entries.length; at++) {
		const entry = entries[at];
		if (entry?.kind === 'mission') byState.get(entry.mission.state)?.push(entry.mission);
	}
	const found = [...byState.values()].flat().slice(0, most);
	return found.map(mission => ({
		text: troubleWords(mission, nowMs, width),
		tone: missionSigns[mission.state].tone,
	}));
}

/** Words that do not fit at a row's end go to the next one. */
const raggedCells = 8;

/** How many rows a text takes when it is wrapped; at most `most`. */
export const rowsOf = (text: string, width: number, most: number) =>
	Math.min(most, Math.max(1, Math.ceil(cellsOf(text) / Math.max(1, width - raggedCells))));
