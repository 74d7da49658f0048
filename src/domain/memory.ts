/** What can be remembered: of a project, of the human, of what was done. */
export type MemoryKind = 'learning' | 'preference' | 'summary';

/** One line of a memory file. */
export interface MemoryEntry {
	readonly kind: MemoryKind;
	/** What it says, without where it came from. */
	readonly text: string;
	/** All of it as it stands in its file, but for the mark of the list: by this it is found again. */
	readonly was: string;
	/** The mission that it came from, or `you`. Left out where the line does not say. */
	readonly from?: string;
	/** `2026-11-21` */
	readonly day?: string;
}

/** Between which lines of its file a line stood; left out where there was none. */
export interface MemoryPlace {
	readonly above?: string | undefined;
	readonly below?: string | undefined;
}

/** A wish to change what is remembered. `was` as in `MemoryEntry`. */
export type MemoryChange =
	| {readonly op: 'add'; readonly kind: MemoryKind; readonly text: string; readonly day: string}
	| {readonly op: 'edit'; readonly kind: MemoryKind; readonly was: string; readonly text: string}
	| {readonly op: 'forget'; readonly kind: MemoryKind; readonly was: string}
	| ({readonly op: 'restore'; readonly kind: MemoryKind; readonly was: string} & MemoryPlace);
