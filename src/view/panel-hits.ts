import {cellsOf} from '../domain/cells.js';
import {isCopying} from './act.js';
import {activityLines} from './activity.js';
import {footKeys} from './foot-keys.js';
import type {Place} from './hands.js';
import {type Layout, planLayout} from './layout.js';
import {selectedIndex} from './queue-entries.js';
import {queueParts, queueRoom} from './queue-room.js';
import type {ViewState} from './store.js';
import {slowly} from './use-pilot.js';

/** What the pointer is on. */
export type Hit =
	/** Of the queue; `key` of the line under it, where there is one. */
	| {readonly on: 'queue'; readonly key: string | undefined}
	/** `missionId` of the mission that the line under it is about, where it is about one. */
	| {readonly on: 'activity'; readonly missionId: string | undefined}
	| {readonly on: 'commands'}
	/** A key of the footer, as `keyNames` calls it. */
	| {readonly on: 'key'; readonly name: string};

interface Cell {
	readonly x: number;
	readonly y: number;
}

interface Size {
	readonly columns: number;
	readonly rows: number;
}

type PanelPlace = Place & {readonly on: 'queue' | 'activity' | 'commands'};

/** Where the panels are that a pointer can do something with; panes say so themselves. */
function placesOf(plan: Layout): PanelPlace[] {
	const {kind, header, left, right, third, queue, pane, activity, commands} = plan;
	const top = {x: 0, y: header};
	if (kind === 'small') return [];
	const first: PanelPlace = {on: 'queue', ...top, cols: left, rows: queue};
	if (kind === 'stack') return [first, {on: 'activity', x: 0, y: header + queue + pane, cols: left, rows: activity}];
	// A column between two others is the line that parts them.
	const second = left + 1;
	if (third === 0) return [first, {on: 'activity', x: second, y: header + pane, cols: right, rows: activity}];
	const last = {x: second + right + 1, cols: third};
	return [
		first,
		{on: 'activity', ...last, y: header, rows: activity},
		{on: 'commands', ...last, y: header + activity, rows: commands},
	];
}

function queueKeyAt({queue, screen, nowMs}: ViewState, {cols, rows}: Place, row: number): string | undefined {
	const {room} = queueParts(rows);
	const selected = selectedIndex(queue, screen.selectedId);
	const seen = queueRoom(queue.entries, {selected, rows: room, width: cols, nowMs: slowly(nowMs)});
	let next = 0;
	for (const {key} of row < 0 || row >= room ? [] : queue.entries.slice(seen.from, seen.to)) {
		next += seen.tall.has(key) ? 2 : 1;
		if (row < next) return key;
	}
	return undefined;
}

function footKeyAt(state: ViewState, columns: number, x: number): string | undefined {
	let from = 0;
	for (const {name, label, word} of footKeys(state, isCopying(state), columns)) {
		const to = from + cellsOf(label) + 1 + cellsOf(word);
		if (x >= from && x < to) return name;
		from = to + 2;
	}
	return undefined;
}

/** What of the panels and the footer is under a cell of the window. */
export function hitAt(state: ViewState, {columns, rows}: Size, at: Cell): Hit | undefined {
	const plan = planLayout(columns, rows, state.screen.zoomed, state.screen.lean);
	if (plan.kind !== 'small' && at.y === rows - 1) {
		const name = footKeyAt(state, columns, at.x);
		return name === undefined ? undefined : {on: 'key', name};
	}
	const place = placesOf(plan).find(
		one => at.x >= one.x && at.x < one.x + one.cols && at.y >= one.y && at.y < one.y + one.rows,
	);
	if (!place) return;
	// The first row of a panel is its name.
	const row = at.y - place.y - 1;
	if (place.on === 'commands') return {on: 'commands'};
	if (place.on === 'queue') return {on: 'queue', key: queueKeyAt(state, place, row)};
	const height = place.rows - 1;
	const lines = activityLines(state.facts, height + state.screen.back.activity, slowly(state.nowMs)).slice(0, height);
	return {on: 'activity', missionId: lines[row]?.missionId};
}
