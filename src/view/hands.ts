import type {Answer, CommandInput} from '../domain/command.js';
import type {PaneRequest} from '../domain/frame.js';
import type {MemoryEntry} from '../domain/memory.js';
import type {MorningReport} from '../domain/morning.js';
import type {RanCommand} from '../domain/ran-command.js';
import type {Page} from './page.js';

/** A place in the window, in cells from its top left. */
export interface Place {
	readonly x: number;
	readonly y: number;
	readonly cols: number;
	readonly rows: number;
}

/** What can be read on the whole window. */
export type Reading =
	/** Its title, where that is known, finds it sooner. */
	| {readonly kind: 'mission'; readonly id: string; readonly title?: string | undefined}
	| {readonly kind: 'journal'}
	| {readonly kind: 'memory'}
	| {readonly kind: 'config'};

/** What can be edited in the human's own editor; a mission at its line of missions.md, or its first line without an id. */
export type Editing =
	| {readonly kind: 'mission'; readonly id: string | undefined}
	| {readonly kind: 'config'}
	| {readonly kind: 'soul'};

/** What a screen can do outside itself. Everything else it does by changing the store. */
export interface Hands {
	/** Never throws: trouble on the way is an answer, too. */
	command(command: CommandInput): Promise<Answer>;
	/** The empty place that a session's screen is to fill; `undefined` when it is not shown. */
	place(sessionId: string, hole: Place | undefined): void;
	/** Where a dialog lies over the panes, and whether the rest of the window steps back for it; `undefined` when it has closed. */
	cover(dialog: string, place: (Place & {readonly veils?: boolean}) | undefined): void;
	/** Asks something of a pane that is shown. */
	pane(request: PaneRequest): void;
	/** What is on the disk to be read about it, one page at the least. Never throws: trouble is a page, too. */
	read(what: Reading): Promise<readonly Page[]>;
	/** What happened since somebody last looked. Never throws: what cannot be read has not happened. */
	morning(): Promise<MorningReport>;
	/** What the pilot has run lately, oldest first. Never throws: nothing is known of one that does not answer. */
	commands(): Promise<readonly RanCommand[]>;
	/** All that is remembered, as it stands in the files. Never throws: what cannot be read is not there. */
	memory(): Promise<readonly MemoryEntry[]>;
	/** Plays a mission's recording on the whole window, and comes back. Gives why nothing was played, '' when it was. Never rejects. */
	replay(missionId: string): Promise<string>;
	/** Lends the terminal to the human's editor; what is saved is merged. */
	edit(what: Editing): void;
	/** Hands the terminal back to the shell until the human comes back. */
	suspend(): void;
	/** Closes the dashboard. The pilot is not touched. */
	leave(): void;
	/** Closes the dashboard when the pilot has ended. */
	leaveWhenEnded(): void;
}
