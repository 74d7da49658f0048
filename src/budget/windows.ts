import type {QuotaWindow} from '../domain/budget.js';

/** The newest measurement of each kind; of two of the same age the fresh one. Known kinds keep their order. */
export function mergeWindows(known: readonly QuotaWindow[], fresh: readonly QuotaWindow[]): QuotaWindow[] {
	const merged = new Map<string, QuotaWindow>();
	for (const window of [...known, ...fresh]) {
		const other = merged.get(window.kind);
		if (!other || Date.parse(window.measuredAt) >= Date.parse(other.measuredAt)) merged.set(window.kind, window);
	}
	return [...merged.values()];
}

/** False once the window has been reset: what was measured says nothing about the one that runs now. */
export const isCurrent = ({resetsAt}: QuotaWindow, nowMs: number) =>
	resetsAt === undefined || Date.parse(resetsAt) > nowMs;
