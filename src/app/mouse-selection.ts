import type {PaneRequest, Pointing} from '../domain/frame.js';
import type {ViewStore} from '../view/store.js';

/** A second press comes so soon after the first; and so long a word that was clicked is seen before its pane goes on. */
const doubleMs = 400;

interface Cell {
	readonly x: number;
	readonly y: number;
}

/** What the left button does in one pane, from when it goes down until it comes up. */
interface Held {
	readonly sessionId: string;
	readonly at: Cell;
	/** 1, 2 or 3 presses in a row. */
	readonly presses: number;
	/** The pane was in copy mode before, and stays in it. */
	readonly wasCopying: boolean;
	selects: boolean;
}

export interface MouseSelectionDeps {
	readonly store: ViewStore;
	readonly ask: (request: PaneRequest) => void;
	/** Ms, of a clock that never goes back. */
	readonly now: () => number;
}

/** The left button in panes whose program has not asked for it. Cells are those of the pane, also beyond its edges. */
export interface MouseSelection {
	press(sessionId: string, at: Cell): void;
	/** `isBeyond`: above or below the pane, which scrolls for as long as the button is held there. */
	drag(at: Cell, isBeyond: boolean): void;
	release(): void;
}

const scrollMs = 80;
/** A button that came up in another window is never heard of. */
const longestScrollMs = 10_000;

/** Does something again and again until it is told to stop, or for long enough. */
function createRepeat() {
	let timer: NodeJS.Timeout | undefined;
	const stop = () => clearInterval(timer);
	return {
		stop,
		begin(run: () => void) {
			let left = longestScrollMs / scrollMs;
			stop();
			timer = setInterval(() => (left-- > 0 ? run() : stop()), scrollMs).unref();
		},
	};
}

const isSameCell = (a: Cell, b: Cell) => a.x === b.x && a.y === b.y;

/** A drag selects characters, two presses a word, three a line; what was selected is copied when the button comes up. */
export function createMouseSelection({store, ask, now}: MouseSelectionDeps): MouseSelection {
	let held: Held | undefined;
	let last: {held: Held; atMs: number} | undefined;
	let timer: NodeJS.Timeout | undefined;
	const scrolling = createRepeat();
	const point = ({sessionId}: Held, how: Pointing, {x, y}: Cell) => ask({type: 'point', sessionId, how, x, y});
	const pressesAt = (sessionId: string, at: Cell) => {
		const isAgain = last?.held.sessionId === sessionId && isSameCell(last.held.at, at) && now() - last.atMs < doubleMs;
		return isAgain ? ((last?.held.presses ?? 0) % 3) + 1 : 1;
	};
	const finish = ({sessionId, wasCopying}: Held) => {
		timer = undefined;
		ask({type: 'copy', sessionId, what: 'selection', to: 'clipboard'});
		if (!wasCopying) ask({type: 'move', sessionId, move: 'leave', by: 1});
	};
	return {
		press(sessionId, at) {
			scrolling.stop();
			const isWaiting = timer !== undefined;
			clearTimeout(timer);
			timer = undefined;
			const presses = pressesAt(sessionId, at);
			const isCopying = store.getState().panes[sessionId]?.copy != null;
			// Until the word of a double click is copied, the pane is in copy mode for that alone.
			const wasCopying = isWaiting && last?.held.sessionId === sessionId ? last.held.wasCopying : isCopying;
			held = {sessionId, at, presses, wasCopying, selects: presses > 1};
			last = {held, atMs: now()};
			if (presses > 1) point(held, presses === 2 ? 'word' : 'line', at);
			else if (isCopying) point(held, 'cursor', at);
		},
		drag(at, isBeyond) {
			scrolling.stop();
			if (!held || (!held.selects && isSameCell(held.at, at))) return;
			const dragged = held;
			if (!dragged.selects) point(dragged, 'begin', dragged.at);
			dragged.selects = true;
			point(dragged, 'extend', at);
			if (isBeyond) scrolling.begin(() => point(dragged, 'extend', at));
		},
		release() {
			scrolling.stop();
			const done = held;
			held = undefined;
			if (!done?.selects) return;
			if (done.presses === 1) finish(done);
			else timer = setTimeout(finish, doubleMs, done).unref();
		},
	};
}
