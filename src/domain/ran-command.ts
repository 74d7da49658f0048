/** A program that pilot has run on the human's behalf. */
export interface RanCommand {
	/** Counted from 1 since the pilot's start. */
	readonly seq: number;
	/** When it was started, ISO 8601. */
	readonly at: string;
	/** What it was for: `sync`, or a step of a mission's run. */
	readonly purpose: string;
	/** Of the mission that it was for. */
	readonly missionId?: string;
	/** As one would type it; redacted, long arguments cut. */
	readonly line: string;
	/** Unset while it runs. */
	readonly durationMs?: number;
	/** Unset while it runs; null when it did not end by itself. */
	readonly exitCode?: number | null;
	/** What else is to be said of its end: `timed out`, `could not be started: …`. */
	readonly trouble?: string;
}
