import type {PilotEvent} from '../domain/event.js';
import type {PaneState} from '../domain/frame.js';
import type {Status} from '../domain/status.js';
import {type StatusChange, withChange} from '../domain/status-change.js';
import {createAnnouncer} from './announcer.js';
import {messageAfter} from './message-lines.js';
import {createQueueList, emptyList, type QueueList} from './queue-entries.js';
import {cutOff, firstScreen, type Message, type Screen, screenAfter, screenAfterPane} from './screen.js';

/** Everything that is drawn. Parts that did not change stay the same objects, so that what shows them is not drawn again. */
export interface ViewState {
	/** Name of the workspace's folder. */
	readonly workspace: string;
	readonly colour: boolean;
	/** True where the pilot ends with the dashboard, as that of a demo does: leaving asks nothing. */
	readonly isOwnPilot: boolean;
	/** Ms since epoch, as of the last tick; the clock of everything that counts down. */
	readonly nowMs: number;
	/** False while the pilot does not answer. */
	readonly answering: boolean;
	/** The last one heard, however old. */
	readonly status: Status | undefined;
	/** Newest last. */
	readonly facts: readonly PilotEvent[];
	/** What is known of each pane that was shown, beside its rows. */
	readonly panes: Readonly<Record<string, PaneState>>;
	readonly screen: Screen;
	/** What the queue shows of the missions. */
	readonly queue: QueueList;
}

export interface ViewStore {
	getState(): ViewState;
	subscribe(listener: () => void): () => void;
	setStatus(status: Status): void;
	/** What changed since the last status; nothing before there was one. */
	changeStatus(change: StatusChange): void;
	setAnswering(answering: boolean): void;
	addFact(fact: PilotEvent): void;
	setPane(sessionId: string, pane: PaneState): void;
	change(screen: Partial<Screen>): void;
	/** Shows one line to the human for a while; no longer than it holds of the missions that it is about. */
	say(text: string, tone?: Message['tone'], about?: readonly string[]): void;
	tick(nowMs: number): void;
}

const factsKept = 300;

/** `next` with every part that says the same as before replaced by the one from before. */
function keepSame<T extends object>(before: T | undefined, next: T): T {
	if (!before) return next;
	const same = Object.entries(next).map(([key, value]) => {
		const old = before[key as keyof T];
		return [key, JSON.stringify(old) === JSON.stringify(value) ? old : value];
	});
	const isAllSame = same.every(([key, value]) => before[key as keyof T] === value);
	return isAllSame && same.length === Object.keys(before).length ? before : (Object.fromEntries(same) as T);
}

/** Facts heard one by one and those a status brings, each once and in order. */
function mergeFacts(known: readonly PilotEvent[], heard: readonly PilotEvent[]): readonly PilotEvent[] {
	const last = known.at(-1)?.seq ?? -1;
	// A log that was begun anew counts from the start again.
	if ((heard.at(-1)?.seq ?? last) < last - factsKept) return heard;
	const fresh = heard.filter(fact => fact.seq > last);
	return fresh.length === 0 ? known : [...known, ...fresh].slice(-factsKept);
}

/** Panes of sessions that are gone are not kept. */
function panesOf(panes: ViewState['panes'], {sessions}: Status): ViewState['panes'] {
	const gone = Object.keys(panes).filter(id => !sessions.some(session => session.id === id));
	if (gone.length === 0) return panes;
	return Object.fromEntries(Object.entries(panes).filter(([id]) => !gone.includes(id)));
}

/** With what is still true of what was said last. */
function screenWith({screen, nowMs, status: before}: ViewState, now: Status): Screen {
	const message = messageAfter(screen.message, nowMs, {before, now});
	return message === screen.message ? screen : {...screen, message};
}

interface ViewStoreOptions extends Pick<ViewState, 'workspace' | 'colour' | 'nowMs'> {
	readonly attachTo?: string | undefined;
	/** @default false */
	readonly isOwnPilot?: boolean;
	/** What happens by itself is told to the screen at most so often. @default 0 */
	readonly calmMs?: number;
}

export function createViewStore(options: ViewStoreOptions): ViewStore {
	const {workspace, colour, nowMs, attachTo, isOwnPilot = false, calmMs = 0} = options;
	const {subscribe, announce} = createAnnouncer(calmMs);
	const listOf = createQueueList();
	let state: ViewState = {
		workspace,
		colour,
		isOwnPilot,
		nowMs,
		answering: false,
		status: undefined,
		facts: [],
		panes: {},
		screen: {...firstScreen, wantedId: attachTo, zoomed: attachTo !== undefined},
		queue: emptyList,
	};
	const set = (change: Partial<ViewState>) => {
		const next = {...state, ...change};
		// A pane tells of itself what a key has done to it, such as where copy mode is.
		const isUrgent = next.screen !== state.screen || next.panes !== state.panes;
		state = next;
		announce(isUrgent);
	};
	/** The list is made when somebody asks for it, which is less often than ten thousand missions change their order. */
	const withQueue = () => {
		const queue = listOf(state);
		if (queue !== state.queue) state = {...state, queue};
		return state;
	};
	const change = (screen: Partial<Screen>) => set({screen: {...state.screen, ...screen}});
	const take = (status: Status, facts: ViewState['facts']) => {
		const screen = screenAfter(screenWith(state, status), state.status, status);
		const panes = panesOf(state.panes, status);
		const isNews = status !== state.status || facts !== state.facts || screen !== state.screen || !state.answering;
		if (isNews || panes !== state.panes) set({status, facts, screen, answering: true, panes});
	};
	return {
		getState: withQueue,
		subscribe,
		setStatus: heard => take(keepSame(state.status, heard), mergeFacts(state.facts, heard.recent)),
		changeStatus(change) {
			if (state.status) take(withChange(state.status, change), state.facts);
		},
		setAnswering: answering =>
			set({answering, screen: answering ? state.screen : cutOff(state.screen, 'The pilot does not answer.')}),
		addFact: fact => set({facts: mergeFacts(state.facts, [fact])}),
		setPane: (sessionId, pane) =>
			set({
				panes: {...state.panes, [sessionId]: pane},
				screen: screenAfterPane(state.screen, sessionId, pane),
			}),
		change,
		say: (text, tone = 'plain', about = []) => change({message: {text, tone, atMs: state.nowMs, about}}),
		tick: now => set({nowMs: now}),
	};
}
