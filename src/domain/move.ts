import type {QueueItem} from './mission.js';
import {priorityName} from './priority.js';

/** Where a mission that waits may go, among those of its priority. */
export const moveSteps = ['up', 'down', 'top', 'bottom'] as const;
export type MoveStep = (typeof moveSteps)[number];

/** A place in missions.md beside another mission. */
export interface PlaceBeside {
	readonly side: 'before' | 'after';
	/** Id of the other mission. */
	readonly beside: string;
	/** How often the mission counts as skipped there, see `PilotState.skipped`; 0 for never. */
	readonly turn: number;
}

export interface QueueOrder {
	readonly items: readonly QueueItem[];
	/** See `PilotState.skipped`. */
	readonly skipped: Readonly<Record<string, number>>;
	/** Missions that have been taken already. */
	readonly taken: (id: string) => boolean;
}

export type PlannedMove =
	| {readonly place: PlaceBeside; readonly was: PlaceBeside | undefined}
	| {readonly refused: string; readonly todo: string};

/** Where it stands now, so that it can be put back: beside its neighbour in the file. */
function placeNow({items, skipped}: QueueOrder, id: string): PlaceBeside | undefined {
	const waiting = items.filter(item => item.state === 'pending');
	const at = waiting.findIndex(item => item.mission.id === id);
	const [before, after] = [waiting[at - 1]?.mission.id, waiting[at + 1]?.mission.id];
	const turn = skipped[id] ?? 0;
	if (before !== undefined) return {side: 'after', beside: before, turn};
	return after === undefined ? undefined : {side: 'before', beside: after, turn};
}

/** Why a mission has no place to be moved from, or undefined when it waits. */
export function whyNotWaiting(
	item: QueueItem,
	taken: QueueOrder['taken'],
): {refused: string; todo: string} | undefined {
	const {id} = item.mission;
	if (taken(id) || item.state === 'in-progress')
		return {
			refused: `^${id} is running: it has no place among those that wait.`,
			todo: 'Stop it first: x, or `pilot-tui stop ID`.',
		};
	if (item.state !== 'pending')
		return {
			refused: `^${id} is ${item.state}: only what waits can be moved.`,
			todo: 'Requeue it first: r, or `pilot-tui requeue ID`.',
		};
	return;
}

/** Where a step leads: beside which mission of its priority, in the order in which they will run. */
export function planMove(order: QueueOrder, item: QueueItem, to: MoveStep): PlannedMove {
	const why = whyNotWaiting(item, order.taken);
	if (why) return why;
	const {id, priority} = item.mission;
	const turn = (other: QueueItem) => order.skipped[other.mission.id] ?? 0;
	const peers = order.items
		.filter(other => other.state === 'pending' && other.mission.priority === priority && !order.taken(other.mission.id))
		.sort((a, b) => turn(a) - turn(b) || a.line - b.line);
	const at = peers.findIndex(other => other.mission.id === id);
	const isUp = to === 'up' || to === 'top';
	const goal = {up: at - 1, down: at + 1, top: 0, bottom: peers.length - 1}[to];
	const beside = peers[goal];
	if (!beside || goal === at)
		return {
			refused: `^${id} is the ${isUp ? 'first' : 'last'} of those of ${priorityName(priority)} priority.`,
			todo: `Give it another priority to have it run ${isUp ? 'sooner' : 'later'}.`,
		};
	return {
		place: {side: isUp ? 'before' : 'after', beside: beside.mission.id, turn: turn(beside)},
		was: placeNow(order, id),
	};
}

/** True when a mission stands in the file where it was to be put. */
export function standsAt(items: readonly QueueItem[], id: string, {side, beside}: PlaceBeside): boolean {
	const line = (of: string) => items.find(({mission}) => mission.id === of)?.line ?? 0;
	return side === 'before' ? line(id) < line(beside) : line(id) > line(beside);
}
