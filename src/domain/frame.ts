/** Which encodings and reports the program in a pane has asked its terminal for; keys are sent to it accordingly. */
export interface PaneModes {
	readonly applicationCursor: boolean;
	readonly bracketedPaste: boolean;
	readonly focusEvents: boolean;
	/** Which mouse events it wants to hear of. */
	readonly mouse: 'none' | 'press' | 'drag' | 'any';
	/** True when it wants them in the SGR form, which has no limit of 223 columns. */
	readonly mouseSgr: boolean;
	/** Flags of the kitty keyboard protocol; 0 = keys as terminals have always sent them. */
	readonly kitty: number;
	/** True while it shows its alternate screen, which has no history. */
	readonly alternate: boolean;
}

/** Copy mode: the view stands still at some place of the history while the program goes on. */
export interface CopyMode {
	/** Row and column of the view that the cursor is on. */
	readonly cursor: number;
	readonly column: number;
	/** Lines below the view's last row; 0 = the newest. */
	readonly below: number;
	readonly selecting: 'nothing' | 'characters' | 'lines';
	readonly query: string;
	/** Lines that match the query, and which of them the cursor is on, counted from 1; 0 = none. */
	readonly matches: number;
	readonly match: number;
}

/** What a dashboard shows around the rows. Sent only when it has changed. */
export interface PaneState {
	readonly modes: PaneModes;
	/** Lines of history above the screen. */
	readonly history: number;
	readonly copy: CopyMode | null;
	/** Who types, as other dashboards call them; null = nobody. */
	readonly typist: string | null;
	/** True when it is the reader of this frame who types. */
	readonly isYou: boolean;
}

/** One row: printable text and SGR only, plain at its end, and how many cells it takes. */
export type PaneRow = readonly [row: number, content: string, cells: number];

/** What changed on one session's screen, as one reader sees it. Nothing an agent printed can reach a terminal raw. */
export interface PaneFrame {
	readonly type: 'frame';
	readonly sessionId: string;
	/** Size of the reader's hole; the screen itself may be larger or smaller. */
	readonly cols: number;
	readonly rows: number;
	readonly changed: readonly PaneRow[];
	/** True when `changed` is the whole screen. */
	readonly whole: boolean;
	/** Where the program's cursor stands in the view; null = it is hidden or out of sight. */
	readonly cursor: readonly [x: number, y: number] | null;
	readonly state?: PaneState;
}

/** Text that was asked for with `copy`. */
export interface PaneText {
	readonly type: 'text';
	readonly sessionId: string;
	readonly to: 'clipboard' | 'file';
	readonly text: string;
}

export type PaneMessage = PaneFrame | PaneText;

export const copyMoves = [
	'up',
	'down',
	'page-up',
	'page-down',
	'half-up',
	'half-down',
	'scroll-up',
	'scroll-down',
	'top',
	'end',
	'left',
	'right',
	'word',
	'word-back',
	'word-end',
	'line-start',
	'line-end',
	'select',
	'select-lines',
	'unselect',
	'next',
	'previous',
	'leave',
] as const;
export type CopyMove = (typeof copyMoves)[number];

/** What the mouse does: it sets the cursor, begins a selection there, takes it as far as there, or selects the word or line there. */
export const pointings = ['cursor', 'begin', 'extend', 'word', 'line'] as const;
export type Pointing = (typeof pointings)[number];

/** From a dashboard to the supervisor, over the pane socket. */
export type PaneRequest =
	| {readonly type: 'watch'; readonly sessionId: string; readonly cols: number; readonly rows: number}
	| {readonly type: 'unwatch'; readonly sessionId: string}
	/** From here on this reader types; whoever did until now no longer does. */
	| {readonly type: 'attach'; readonly sessionId: string; readonly name: string}
	| {readonly type: 'detach'; readonly sessionId: string}
	| {readonly type: 'keys'; readonly sessionId: string; readonly text: string}
	| {readonly type: 'move'; readonly sessionId: string; readonly move: CopyMove; readonly by: number}
	/** A cell of the view, from 0; rows just above and below it scroll it. Enters copy mode. */
	| {
			readonly type: 'point';
			readonly sessionId: string;
			readonly how: Pointing;
			readonly x: number;
			readonly y: number;
	  }
	| {readonly type: 'find'; readonly sessionId: string; readonly query: string}
	/** What is selected, or the line that the cursor is on; or all of the history and the screen. */
	| {
			readonly type: 'copy';
			readonly sessionId: string;
			readonly what: 'selection' | 'all';
			readonly to: 'clipboard' | 'file';
	  };
