import type {CopyMove, PaneRequest} from '../domain/frame.js';
import type {SessionStatus} from '../domain/status.js';
import {type CopyBinding, copyKeymap} from './copy-keymap.js';
import {refusedForm, wishOf} from './form-wish.js';
import {type Action, bindingOf, type KeyBinding, labelOf} from './keymap.js';
import {leans} from './layout.js';
import {actAtHand, giveOther, moveBy, requeue, skip} from './mission-acts.js';
import {formErrors, isEmpty, type MissionForm} from './mission-form.js';
import {plainText} from './plain-text.js';
import {clear, mark, moveByPage, moveCursor, sortNext} from './queue-acts.js';
import type {QuitChoice} from './quit-choices.js';
import {missionAtHand, runningSessions, shownSession} from './shown-session.js';
import type {ViewState} from './store.js';
import {keepDeed, undoLast} from './undo.js';
import type {Deck} from './use-pilot.js';
import {by, wish, wishFor} from './wish.js';

/** The pane of one session, with the cursor on its mission. */
function look({store}: Deck, session: SessionStatus) {
	store.change({sessionId: session.id, selectedId: session.missionId, focus: 'pane'});
}

function lookAt(deck: Deck, key: string) {
	const session = deck.store.getState().status?.sessions[Number(key) - 1];
	if (session) look(deck, session);
	else deck.store.say(`There is no session ${key}.`, 'warn');
}

/** The queue, then the pane of each session that runs, then the queue again. */
function nextPanel(deck: Deck) {
	const state = deck.store.getState();
	const running = runningSessions(state.status);
	const ring = running.length > 0 ? running : (state.status?.sessions ?? []).slice(-1);
	const at = state.screen.focus === 'queue' ? -1 : ring.findIndex(session => session.id === shownSession(state)?.id);
	const next = ring[at + 1];
	if (next) look(deck, next);
	else deck.store.change({focus: 'queue'});
}

/** Types into the session that is shown, or asks whether to take it over. */
function attach({store}: Deck) {
	const session = shownSession(store.getState());
	if (session?.takesKeys) store.change({attachedId: session.id, sessionId: session.id, focus: 'pane'});
	else store.change({dialog: 'take'});
}

/**
 * Takes over the session that is shown; its pane is attached to as soon as it hears keys. That is wished for at once and not when
 * the answer comes: what the human does meanwhile ends the wish.
 */
export async function takeOver(deck: Deck): Promise<void> {
	const {store} = deck;
	const session = shownSession(store.getState());
	if (!session) return store.change({dialog: 'none'});
	store.change({dialog: 'none', wantedId: session.id, sessionId: session.id, focus: 'pane'});
	const isTaken = await wish(deck, {type: 'session.take', id: session.missionId, by});
	if (!isTaken && store.getState().screen.wantedId === session.id) store.change({wantedId: undefined});
}

function handBack(deck: Deck) {
	const session = shownSession(deck.store.getState());
	if (session) void wish(deck, {type: 'session.hand-back', id: session.missionId, by});
}

type OfPane<R> = R extends PaneRequest ? Omit<R, 'sessionId'> : never;

/** Asks something of the pane that is shown. */
function ask({store, hands}: Deck, request: OfPane<PaneRequest>) {
	const session = shownSession(store.getState());
	if (session) hands.pane({...request, sessionId: session.id} as PaneRequest);
}

function enterCopyMode(deck: Deck) {
	const session = shownSession(deck.store.getState());
	deck.store.change({focus: 'pane', sessionId: session?.id});
	ask(deck, {type: 'move', move: 'page-up', by: 1});
}

/** True while the pane that has the focus is in copy mode. */
export function isCopying({screen, panes, status}: ViewState): boolean {
	const id = screen.sessionId ?? status?.sessions.findLast(({phase}) => phase !== 'ended')?.id;
	return screen.focus === 'pane' && screen.attachedId === undefined && id !== undefined && panes[id]?.copy != null;
}

const copies: Readonly<Record<string, OfPane<PaneRequest>>> = {
	copy: {type: 'copy', what: 'selection', to: 'clipboard'},
	'copy-all': {type: 'copy', what: 'all', to: 'clipboard'},
	save: {type: 'copy', what: 'all', to: 'file'},
};

const saveSelection: OfPane<PaneRequest> = {type: 'copy', what: 'selection', to: 'file'};

/** Copy mode of the pane that is shown, if it is in it. */
const panesCopy = ({store}: Deck) => {
	const state = store.getState();
	return state.panes[shownSession(state)?.id ?? '']?.copy;
};

const copyMove = (move: CopyMove): OfPane<PaneRequest> => ({type: 'move', move, by: 1});

function pressInCopyMode(deck: Deck, {does}: CopyBinding) {
	if (deck.store.getState().screen.message) deck.store.change({message: undefined});
	const isSelecting = (panesCopy(deck)?.selecting ?? 'nothing') !== 'nothing';
	if (does === 'find') return deck.store.change({dialog: 'find'});
	if (does === 'back') return ask(deck, copyMove(isSelecting ? 'unselect' : 'leave'));
	const copy = does === 'save' && isSelecting ? saveSelection : copies[does];
	ask(deck, copy ?? copyMove(does as CopyMove));
	if (does === 'copy') ask(deck, copyMove('leave'));
}

/** Looks for a text in the history of the pane that is shown. */
export function find(deck: Deck, query: string) {
	deck.store.change({dialog: 'none', focus: 'pane'});
	ask(deck, {type: 'find', query});
}

const actions: Readonly<Record<Action, (deck: Deck, key: string) => void>> = {
	up: deck => moveCursor(deck, -1),
	down: deck => moveCursor(deck, 1),
	'page-up': deck => moveByPage(deck, -1),
	'page-down': deck => moveByPage(deck, 1),
	first: deck => moveCursor(deck, Number.NEGATIVE_INFINITY),
	last: deck => moveCursor(deck, Number.POSITIVE_INFINITY),
	filter: ({store}) => store.change({dialog: 'filter', zoomed: false}),
	sort: sortNext,
	clear,
	skip: actAtHand(skip),
	stop: ({store}) => store.change({dialog: 'stop'}),
	requeue: actAtHand(requeue),
	mark,
	'move-up': actAtHand(moveBy('up')),
	'move-down': actAtHand(moveBy('down')),
	raise: actAtHand(giveOther(priority => priority - 1)),
	lower: actAtHand(giveOther(priority => priority + 1)),
	undo: deck => void undoLast(deck),
	pause: deck =>
		void wish(deck, {type: deck.store.getState().status?.state === 'paused' ? 'pilot.resume' : 'pilot.pause', by}),
	new: ({store}) => store.change({dialog: 'new'}),
	next: nextPanel,
	session: lookAt,
	zoom: ({store}) => store.change({zoomed: !store.getState().screen.zoomed}),
	detail: deck =>
		deck.store.getState().screen.focus === 'pane' ? attach(deck) : deck.store.change({dialog: 'detail'}),
	attach,
	'hand-back': handBack,
	'copy-mode': enterCopyMode,
	find: ({store}) => store.change({dialog: 'find'}),
	replay: ({store, hands}) => {
		const mission = missionAtHand(store.getState());
		if (mission) void hands.replay(mission.id).then(why => why !== '' && store.say(why, 'warn'));
	},
	approve: ({store}) => store.change({dialog: 'approval'}),
	deny: ({store}) => store.change({dialog: 'denial'}),
	budget: ({store}) => store.change({dialog: 'budget'}),
	lean: ({store}) => {
		const at = leans.indexOf(store.getState().screen.lean);
		store.change({lean: leans[(at + 1) % leans.length] ?? 'even'});
	},
	usage: ({store}) => store.change({dialog: 'usage'}),
	palette: ({store}) => store.change({dialog: 'palette'}),
	commands: ({store}) => store.change({dialog: 'commands'}),
	journal: ({store}) => store.change({dialog: 'journal'}),
	edit: ({store, hands}) => {
		const mission = missionAtHand(store.getState());
		hands.edit({kind: 'mission', id: mission?.id});
	},
	memory: ({store}) => store.change({dialog: 'memory'}),
	morning: ({store}) => store.change({dialog: 'morning'}),
	suspend: ({hands}) => hands.suspend(),
	help: ({store}) => store.change({dialog: 'help'}),
	quit: askToLeave,
};

/** Does an action, or says why that does nothing now. */
export function perform(deck: Deck, {action, whyOff}: Pick<KeyBinding, 'action' | 'whyOff'>, key = '') {
	const why = whyOff?.(deck.store.getState());
	if (why) return deck.store.say(why, 'warn');
	deck.store.change({message: undefined});
	actions[action](deck, key);
}

/** Does what a key stands for, or says why that does nothing now. */
export function press(deck: Deck, key: string) {
	// Whoever does something else by now does not want to be taken away from it.
	if (deck.store.getState().screen.wantedId !== undefined) deck.store.change({wantedId: undefined});
	const isInCopyMode = isCopying(deck.store.getState());
	const copying = isInCopyMode ? copyKeymap.find(({keys}) => keys.includes(key)) : undefined;
	if (copying) return pressInCopyMode(deck, copying);
	const binding = bindingOf(deck.store.getState(), key);
	if (!binding) return;
	if (isInCopyMode && !binding.whileCopying) return deck.store.say('Copy mode: q leaves it, ? shows its keys.', 'warn');
	perform(deck, binding, key);
}

/** Adds a mission by its title; the dialog stays while it is refused. An empty title is taken for a change of mind. */
export async function addMission(deck: Deck, typed: string): Promise<void> {
	const title = plainText(typed);
	if (title !== '') {
		const {ok, missionId, undo} = await wishFor(deck, {type: 'mission.add', title, isTyped: true, source: by});
		if (!ok) return;
		if (undo) keepDeed(deck, {words: `add ^${missionId}`, undo: [undo], final: ''});
	}
	deck.store.change({dialog: 'none'});
}

/**
 * Adds what the form says; nothing typed at all is taken for a change of mind.
 *
 * @returns The form with what is wrong beside its fields; undefined when it is done with.
 */
export async function addForm(deck: Deck, form: MissionForm): Promise<MissionForm | undefined> {
	if (isEmpty(form)) return void deck.store.change({dialog: 'none', draft: undefined});
	const errors = formErrors(form);
	if (Object.keys(errors).length > 0) return {...form, errors};
	const {ok, missionId, undo, code, say} = await wishFor(deck, wishOf(form));
	if (!ok) return refusedForm(form, code, plainText(say));
	if (undo) keepDeed(deck, {words: `add ^${missionId}`, undo: [undo], final: ''});
	deck.store.change({dialog: 'none', draft: undefined});
}

/** Closes the form; what was typed waits for the next time. */
export function keepDraft({store}: Deck) {
	const {draft} = store.getState().screen;
	const isKept = draft !== undefined && !isEmpty(draft);
	store.change({dialog: 'none', draft: isKept ? draft : undefined});
	if (isKept) store.say(`Kept: ${labelOf(store.getState(), 'new')} goes on with it.`);
}

/** Gives the pilot what /usage printed; the dialog stays while it finds nothing in it. */
export async function pasteUsage(deck: Deck, text: string): Promise<void> {
	const isOver = text.trim() === '' || (await wish(deck, {type: 'usage.paste', text, source: 'pasted'}));
	if (isOver) deck.store.change({dialog: 'none'});
}

/** Leaves at once where there is nothing to decide. */
export function askToLeave({store, hands}: Deck): void {
	if (store.getState().isOwnPilot) hands.leave();
	else store.change({dialog: 'quit'});
}

/** Leaves, and lets the pilot run, finish or stop. */
export async function quit({store, hands}: Deck, {does}: QuitChoice): Promise<void> {
	if (does === 'leave') return hands.leave();
	store.change({dialog: 'none'});
	const {ok, say} = await hands.command({type: 'pilot.stop', now: does === 'stop', by});
	if (!ok) return store.say(plainText(say), 'bad');
	if (does === 'finish') return hands.leave();
	store.say('Ending; the dashboard closes with the pilot. Ctrl-C twice leaves at once.');
	hands.leaveWhenEnded();
}
