import type {PilotEvent} from '../domain/event.js';

/** Ends what pilot itself runs for a mission: setup, tests, acceptance commands. A session has its own ladder. */
export interface Stops {
	/** Aborted when the mission is stopped, or all are. */
	signalFor(missionId: string): AbortSignal;
	stop(missionId: string): void;
	stopAll(): void;
	/** True once all were stopped: the pilot is ending. */
	readonly isOver: boolean;
}

export function createStops(onFact: (listener: (fact: PilotEvent) => void) => unknown): Stops {
	const controllers = new Map<string, AbortController>();
	let isOver = false;
	// A mission that is taken again starts afresh.
	onFact(fact => {
		if (fact.type === 'mission.claimed') controllers.delete(fact.data.missionId);
	});
	const controllerOf = (missionId: string) => {
		const controller = controllers.get(missionId) ?? new AbortController();
		controllers.set(missionId, controller);
		if (isOver) controller.abort();
		return controller;
	};
	return {
		signalFor: missionId => controllerOf(missionId).signal,
		stop: missionId => controllerOf(missionId).abort(),
		stopAll() {
			isOver = true;
			for (const controller of controllers.values()) controller.abort();
		},
		get isOver() {
			return isOver;
		},
	};
}
