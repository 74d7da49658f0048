import type {PaneModes} from '../domain/frame.js';
import type {Place} from '../view/hands.js';
import type {OuterToken} from '../view/outer-input.js';
import {isHeld, isWheel, keysFor, mouseFor, wheelOf} from '../view/pane-keys.js';
import {createMouseSelection, type MouseSelectionDeps} from './mouse-selection.js';

const wheelLines = 3;

type Pointed = OuterToken & {kind: 'mouse'};

export interface PointerDeps extends MouseSelectionDeps {
	readonly holes: ReadonlyMap<string, Place>;
	/** Hears what belongs to no pane. */
	readonly beside: (event: Pointed) => void;
}

/** True for a cell inside a place. */
function isInside({x, y, cols, rows}: Place, at: {x: number; y: number}) {
	return at.x >= x && at.x < x + cols && at.y >= y && at.y < y + rows;
}

/** Rows beyond an edge by which a drag scrolls at once. */
const mostBeyond = 3;

/** The left button alone. */
const isLeft = (code: number) => (code & ~32) === 0;

/** A cell of the window as one of the place; the nearest for what lies outside. */
const cellIn = ({x, y, cols, rows}: Place, at: {x: number; y: number}) => ({
	x: Math.max(0, Math.min(cols - 1, at.x - x)),
	y: Math.max(0, Math.min(rows - 1, at.y - y)),
});

/** The same, but above and below it is told how far. */
const cellAround = (place: Place, at: {x: number; y: number}) => ({
	x: cellIn(place, at).x,
	y: Math.max(-mostBeyond, Math.min(place.rows - 1 + mostBeyond, at.y - place.y)),
});

/** Finds the pane of an event: what a button does from when it goes down until it comes up belongs to where it went down. */
function createAim(holes: ReadonlyMap<string, Place>) {
	let heldBy: string | undefined;
	return (event: Pointed): readonly [sessionId: string, hole: Place] | undefined => {
		const under = [...holes].find(([, place]) => isInside(place, event));
		if (isWheel(event.code)) return under;
		const held = isHeld(event) ? heldBy : undefined;
		if (!isHeld(event)) heldBy = under?.[0];
		if (event.isUp) heldBy = undefined;
		const hole = held === undefined ? undefined : holes.get(held);
		return held !== undefined && hole ? [held, hole] : under;
	};
}

/** The mouse: to a session that asked for it, else it focuses panes, scrolls them, and selects in them. */
export function createPointer(deps: PointerDeps): (event: Pointed) => void {
	const {store, ask, holes} = deps;
	const aim = createAim(holes);
	const selection = createMouseSelection(deps);
	/** Whoever looks at another pane by now does not want to be taken away from it. */
	const lookAt = (sessionId: string) => {
		const {wantedId} = store.getState().screen;
		store.change({sessionId, focus: 'pane', wantedId: wantedId === sessionId ? wantedId : undefined});
	};
	const scroll = (sessionId: string, wheel: 'up' | 'down') => {
		const copy = store.getState().panes[sessionId]?.copy;
		if (!copy && wheel === 'down') return;
		lookAt(sessionId);
		// Past the newest line there is nothing more to scroll to: the pane is live again.
		if (copy && wheel === 'down' && copy.below === 0 && copy.selecting === 'nothing')
			return ask({type: 'move', sessionId, move: 'leave', by: 1});
		ask({type: 'move', sessionId, move: wheel === 'up' ? 'scroll-up' : 'scroll-down', by: wheelLines});
	};
	/** As terminals do it: a program with a screen of its own has no history, and pages by its arrow keys. */
	const pressArrows = (sessionId: string, modes: PaneModes, wheel: 'up' | 'down') => {
		const arrow = wheel === 'up' ? '\u001b[A' : '\u001b[B';
		ask({type: 'keys', sessionId, text: keysFor(modes, arrow.repeat(wheelLines))});
	};
	const select = (sessionId: string, hole: Place, event: Pointed) => {
		if (!isLeft(event.code)) return;
		if (event.isUp) return selection.release();
		if (isHeld(event)) {
			const at = cellAround(hole, event);
			return selection.drag(at, at.y < 0 || at.y >= hole.rows);
		}
		if (store.getState().screen.attachedId === undefined) lookAt(sessionId);
		selection.press(sessionId, cellIn(hole, event));
	};
	return event => {
		const {screen, panes} = store.getState();
		const [sessionId, hole] = aim(event) ?? [];
		if (!sessionId || !hole) return deps.beside(event);
		if (screen.dialog !== 'none') return;
		const modes = sessionId === screen.attachedId ? panes[sessionId]?.modes : undefined;
		if (modes && modes.mouse !== 'none') {
			const text = mouseFor(modes, {...event, ...cellIn(hole, event)});
			return text === '' ? undefined : ask({type: 'keys', sessionId, text});
		}
		const wheel = wheelOf(event.code);
		if (wheel && modes?.alternate && !panes[sessionId]?.copy) pressArrows(sessionId, modes, wheel);
		else if (wheel) scroll(sessionId, wheel);
		else select(sessionId, hole, event);
	};
}
