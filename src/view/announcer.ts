export interface Announcer {
	subscribe(listener: () => void): () => void;
	/** Tells the listeners: at once what is urgent, and the rest together. */
	announce(isUrgent: boolean): void;
}

/**
 * Tells of what the human does at once, so that a key never waits for a picture of something else; of all that happens meanwhile at most
 * every `calmMs`, so that the chrome is drawn no more often than can be read.
 */
export function createAnnouncer(calmMs: number): Announcer {
	const listeners = new Set<() => void>();
	let toldMs = Number.NEGATIVE_INFINITY;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const tell = () => {
		clearTimeout(timer);
		timer = undefined;
		toldMs = performance.now();
		for (const listener of listeners) listener();
	};
	return {
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		announce(isUrgent) {
			const waitMs = toldMs + calmMs - performance.now();
			if (isUrgent || waitMs <= 0) tell();
			else timer ??= setTimeout(tell, waitMs);
		},
	};
}
