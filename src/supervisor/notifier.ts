import type {Clock} from '../kernel/clock.js';

const atMostEveryMs = 250;
/** The first of many changes is told almost at once. */
const soonMs = 20;

export interface Notifier {
	changed(): void;
	listen(listener: () => void): () => void;
}

/** Calls many changes together, so that screens are told at most four times a second. */
export function createNotifier(clock: Clock): Notifier {
	const listeners = new Set<() => void>();
	let due = false;
	let toldMs = 0;
	return {
		changed() {
			if (due) return;
			due = true;
			const nowMs = clock.now();
			// Told in a future that a clock set back has taken away, it would be silent until then.
			clock.at(Math.max(nowMs + soonMs, Math.min(toldMs, nowMs) + atMostEveryMs), () => {
				due = false;
				toldMs = clock.now();
				for (const listener of listeners) listener();
			});
		},
		listen(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
