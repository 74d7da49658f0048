import type {PaneModes, PaneRequest} from '../domain/frame.js';
import {findDetachKey} from '../view/detach-key.js';
import type {Place} from '../view/hands.js';
import {createInputReader, type OuterToken} from '../view/outer-input.js';
import {keysFor, pasteFor, wheelOf} from '../view/pane-keys.js';
import type {Dialog} from '../view/screen.js';
import type {ViewStore} from '../view/store.js';
import {createPanelPointer, type PanelPointerDeps} from './panel-pointer.js';
import {createPointer} from './pointer.js';

/** A lone Escape is told from the start of a sequence by waiting so long. */
const escapeMs = 25;
/** A paste that has been silent for so long has lost its end: it must not swallow what is typed from here on. */
const pasteMs = 1000;

/** What is read over the panels, and scrolled by the arrow keys. */
const scrolled: ReadonlySet<Dialog> = new Set<Dialog>([
	...(['help', 'detail', 'journal', 'commands', 'memory'] as const),
	...(['morning', 'config', 'approval', 'denial', 'budget'] as const),
]);
const wheelRows = 3;

export interface RouterDeps extends Pick<PanelPointerDeps, 'size'> {
	readonly store: ViewStore;
	readonly ask: (request: PaneRequest) => void;
	/** To the dashboard's own keys. */
	readonly type: (text: string) => void;
	/** An answer of the terminal to a question of ours. */
	readonly replied: (text: string) => void;
	readonly holes: ReadonlyMap<string, Place>;
	/** Ms, of a clock that never goes back. */
	readonly now: () => number;
}

/** Sends what the human's terminal says to where it belongs: the session that is attached, or the dashboard. */
export function createInputRouter(deps: RouterDeps): (text: string) => void {
	const {store, ask, type, replied} = deps;
	const reader = createInputReader();
	const onPanels = createPanelPointer(deps);
	const pointed = createPointer({...deps, beside: onPanels});
	let timer: NodeJS.Timeout | undefined;
	const modesOf = (sessionId: string): PaneModes | undefined => store.getState().panes[sessionId]?.modes;
	const send = (sessionId: string, text: string) => {
		if (text !== '') ask({type: 'keys', sessionId, text});
	};
	const typed = (sessionId: string, text: string) => {
		const detachKey = store.getState().status?.panes.detachKey ?? 'ctrl-]';
		const end = findDetachKey(text, detachKey);
		send(sessionId, keysFor(modesOf(sessionId), end ? text.slice(0, end.at) : text));
		if (!end) return;
		store.change({attachedId: undefined});
		// What was typed after it in the same breath is the dashboard's.
		const rest = text.slice(end.at + end.length);
		if (rest !== '') type(rest);
	};
	const toSession = (sessionId: string, token: OuterToken) => {
		if (token.kind === 'keys') typed(sessionId, token.text);
		if (token.kind === 'paste') send(sessionId, pasteFor(modesOf(sessionId), token.text));
		if (token.kind === 'focus' && modesOf(sessionId)?.focusEvents)
			send(sessionId, token.isIn ? '\u001b[I' : '\u001b[O');
	};
	const point = (event: OuterToken & {kind: 'mouse'}) => {
		const wheel = wheelOf(event.code);
		if (!wheel || !scrolled.has(store.getState().screen.dialog)) return pointed(event);
		// One at a time: a reader knows only the place that it has drawn.
		for (let row = 0; row < wheelRows; row++) type(wheel === 'up' ? '\u001b[A' : '\u001b[B');
	};
	const take = (token: OuterToken) => {
		const {attachedId} = store.getState().screen;
		if (token.kind === 'mouse') point(token);
		else if (token.kind === 'reply') replied(token.text);
		else if (attachedId !== undefined) toSession(attachedId, token);
		else if (token.kind === 'keys') type(token.text);
		else if (token.kind === 'paste') type(`\u001b[200~${token.text}\u001b[201~`);
	};
	return text => {
		clearTimeout(timer);
		for (const token of reader.push(text)) take(token);
		if (reader.waitingFor === 'nothing') return;
		const flush = () => {
			for (const token of reader.flush()) take(token);
		};
		timer = setTimeout(flush, reader.waitingFor === 'paste' ? pasteMs : escapeMs);
	};
}
