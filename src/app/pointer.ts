import type {PaneRequest} from '../domain/frame.js';
import type {Place} from '../view/hands.js';
import type {OuterToken} from '../view/outer-input.js';
import {isHeld, isWheel, mouseFor, wheelOf} from '../view/pane-keys.js';
import type {ViewStore} from '../view/store.js';

const wheelLines = 3;

type Pointed = OuterToken & {kind: 'mouse'};

export interface PointerDeps {
	readonly store: ViewStore;
	readonly ask: (request: PaneRequest) => void;
	readonly holes: ReadonlyMap<string, Place>;
}

/** True for a cell inside a place. */
function isInside({x, y, cols, rows}: Place, at: {x: number; y: number}) {
	return at.x >= x && at.x < x + cols && at.y >= y && at.y < y + rows;
}

/** A cell of the window as one of the place; the nearest for what lies outside. */
const cellIn = ({x, y, cols, rows}: Place, at: {x: number; y: number}) => ({
	x: Math.max(0, Math.min(cols - 1, at.x - x)),
	y: Math.max(0, Math.min(rows - 1, at.y - y)),
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

/** Clicks and the wheel: to a session that asked for them, else they focus a pane and scroll it. */
export function createPointer({store, ask, holes}: PointerDeps): (event: Pointed) => void {
	const aim = createAim(holes);
	const scroll = (sessionId: string, wheel: 'up' | 'down') => {
		const copy = store.getState().panes[sessionId]?.copy;
		if (!copy && wheel === 'down') return;
		store.change({sessionId, focus: 'pane'});
		// Past the newest line there is nothing more to scroll to: the pane is live again.
		if (copy && wheel === 'down' && copy.below === 0) return ask({type: 'move', sessionId, move: 'leave', by: 1});
		ask({type: 'move', sessionId, move: wheel === 'up' ? 'scroll-up' : 'scroll-down', by: wheelLines});
	};
	return event => {
		const {screen, panes} = store.getState();
		const [sessionId, hole] = aim(event) ?? [];
		if (!sessionId || !hole || screen.dialog !== 'none') return;
		const here = {...event, ...cellIn(hole, event)};
		const text = sessionId === screen.attachedId ? mouseFor(panes[sessionId]?.modes, here) : '';
		if (text !== '') return ask({type: 'keys', sessionId, text});
		const wheel = wheelOf(event.code);
		if (wheel) return scroll(sessionId, wheel);
		if (event.code === 0 && !event.isUp && screen.attachedId === undefined) store.change({sessionId, focus: 'pane'});
	};
}
