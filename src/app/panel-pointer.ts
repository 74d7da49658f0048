import type {OuterToken} from '../view/outer-input.js';
import {isHeld, wheelOf} from '../view/pane-keys.js';
import {type Hit, hitAt} from '../view/panel-hits.js';
import {moveCursor, select} from '../view/queue-acts.js';
import type {ViewStore} from '../view/store.js';

const wheelRows = 3;

type Pointed = OuterToken & {kind: 'mouse'};

export interface PanelPointerDeps {
	readonly store: ViewStore;
	/** To the dashboard's own keys. */
	readonly type: (text: string) => void;
	/** Of the window, in cells. */
	readonly size: () => {readonly columns: number; readonly rows: number};
}

const sequences: Readonly<Record<string, string>> = {
	...{return: '\r', tab: '\t', escape: '\u001b', pageup: '\u001b[5~', pagedown: '\u001b[6~', home: '\u001b[H'},
	...{up: '\u001b[A', down: '\u001b[B', right: '\u001b[C', left: '\u001b[D', end: '\u001b[F'},
};

/** What a terminal sends for a key. */
const typedFor = (name: string) =>
	sequences[name] ?? (name.startsWith('ctrl-') ? String.fromCharCode(name.charCodeAt(5) & 31) : name);

/** The mouse outside of panes: the wheel scrolls what it is over; a click selects, opens, or presses a key of the footer. */
export function createPanelPointer({store, type, size}: PanelPointerDeps): (event: Pointed) => void {
	const scroll = ({on}: Hit, wheel: 'up' | 'down') => {
		if (on === 'queue') return moveCursor({store}, wheel === 'up' ? -wheelRows : wheelRows);
		if (on === 'key') return;
		const {back} = store.getState().screen;
		const rows = Math.max(0, back[on] + (wheel === 'up' ? wheelRows : -wheelRows));
		store.change({back: {...back, [on]: rows}});
	};
	const open = (key: string) => {
		const {screen, queue} = store.getState();
		if (!queue.entries.some(entry => entry.key === key))
			return store.say(`^${key} is not among what the queue shows.`, 'warn');
		if (screen.focus === 'queue' && screen.selectedId === key) return store.change({dialog: 'detail'});
		select({store}, key);
	};
	const click = (hit: Hit) => {
		store.change({message: undefined});
		if (hit.on === 'key') type(typedFor(hit.name));
		else if (hit.on === 'commands') store.change({dialog: 'commands'});
		else if (hit.on === 'queue' && hit.key !== undefined) open(hit.key);
		else if (hit.on === 'activity' && hit.missionId !== undefined) open(hit.missionId);
	};
	return event => {
		const state = store.getState();
		if (state.screen.dialog !== 'none') return;
		const hit = hitAt(state, size(), event);
		const wheel = wheelOf(event.code);
		const isPressed = event.code === 0 && !event.isUp && !isHeld(event);
		if (!hit) return;
		// Who types into a session sees one key, which leads out of it, and wants nothing else to happen.
		if (state.screen.attachedId !== undefined) {
			if (hit.on === 'key' && isPressed) store.change({attachedId: undefined});
		} else if (wheel) scroll(hit, wheel);
		else if (isPressed) click(hit);
	};
}
