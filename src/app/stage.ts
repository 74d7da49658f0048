import type {PaneFrame} from '../domain/frame.js';
import {createCompositor} from '../screen/index.js';
import {isCopying} from '../view/act.js';
import type {Hands, Place} from '../view/hands.js';
import {outerModesFor} from '../view/pane-keys.js';
import {shownSession} from '../view/shown-session.js';
import type {ViewStore} from '../view/store.js';
import {createInputRouter} from './input-router.js';
import type {Mounted} from './mount.js';
import type {OuterTerminal} from './outer-terminal.js';
import type {PaneLine} from './pane-line.js';
import {askForBackground, followSurroundings} from './surroundings.js';
import {createTyping} from './typing.js';
import {VirtualStdin} from './virtual-stdin.js';

export interface StageOptions {
	readonly outer: OuterTerminal;
	readonly store: ViewStore;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly hands: Omit<Hands, 'place' | 'cover'>;
	readonly line: Pick<PaneLine, 'watch' | 'ask'>;
	/** How other dashboards call this one. */
	readonly name: string;
}

/** The human's terminal with the dashboard on it. */
export interface Stage {
	show(frame: PaneFrame): void;
	/** Says again who types: the pilot has forgotten. */
	attachAgain(): void;
	repaint(): void;
	/** Whether the terminal is a light one, if that is known. */
	isLight(): boolean | undefined;
	/** Rejects with what broke the screen. */
	readonly gone: Promise<unknown>;
	close(): void;
}

const askForKitty = '\u001b[?u';
const kittyAnswer = /^\u001b\[\?\d+u$/;

/** Keeps the terminal and the pilot in step with who types where. */
function followAttachment({outer, store, line, name}: StageOptions, focus: (sessionId: string | undefined) => void) {
	let attachedId: string | undefined;
	let modes = '';
	let hasKitty = false;
	const attach = (sessionId: string | undefined) => {
		if (attachedId) line.ask({type: 'detach', sessionId: attachedId});
		if (sessionId) line.ask({type: 'attach', sessionId, name});
		attachedId = sessionId;
	};
	const setModes = (text: string) => {
		if (text !== modes) outer.write(text);
		modes = text;
	};
	const follow = () => {
		const state = store.getState();
		const {screen, panes, status} = state;
		if (screen.attachedId !== attachedId) attach(screen.attachedId);
		focus(attachedId ?? (isCopying(state) ? shownSession(state)?.id : undefined));
		const wanted = attachedId ? panes[attachedId]?.modes : undefined;
		setModes(outerModesFor(wanted, {mouse: status?.panes.mouse ?? true, kitty: hasKitty}));
	};
	return {
		follow,
		/** The pilot does not know of it: it has been started anew, or the pane was nowhere for a while. */
		again(sessionId = attachedId) {
			if (sessionId && sessionId === attachedId) line.ask({type: 'attach', sessionId, name});
		},
		/** The terminal has been somebody else's. */
		forget() {
			modes = '';
			follow();
		},
		heard(reply: string) {
			hasKitty ||= kittyAnswer.test(reply);
			follow();
		},
	};
}

/** Puts the dashboard on the terminal: Ink's chrome, panes in its holes, keys to whom they are meant for. */
export async function openStage(options: StageOptions): Promise<Stage> {
	const {outer, store, hands, line} = options;
	outer.enter();
	const holes = new Map<string, Place>();
	const compositor = createCompositor({
		...{cols: outer.cols, rows: outer.rows, depth: outer.depth},
		write: outer.write,
		onDrain: outer.onDrain,
	});
	const attachment = followAttachment(options, compositor.focus);
	const surroundings = followSurroundings(options, compositor.dress);
	const each = (does: (part: Pick<typeof attachment, 'heard' | 'follow' | 'forget'>) => void) => {
		for (const part of [attachment, surroundings]) does(part);
	};
	const stdin = new VirtualStdin();
	let screen: Mounted | undefined;
	const route = createInputRouter({
		...{store, holes, ask: line.ask},
		type: createTyping({store, press: text => stdin.type(text), drawn: async () => screen?.flushed()}),
		replied: text => each(({heard}) => heard(text)),
		size: () => ({columns: outer.cols, rows: outer.rows}),
		now: () => performance.now(),
	});
	outer.onData(route);
	outer.onResize(() => compositor.resize(outer.cols, outer.rows));
	outer.write(askForKitty + askForBackground);
	const place = (sessionId: string, hole: Place | undefined) => {
		const isNew = hole !== undefined && !holes.has(sessionId);
		if (hole) holes.set(sessionId, hole);
		else holes.delete(sessionId);
		compositor.place(sessionId, hole);
		line.watch(sessionId, hole);
		// Only who watches a session can type into it.
		if (isNew) attachment.again(sessionId);
	};
	const follow = () => each(part => part.follow());
	const unsubscribe = store.subscribe(follow);
	follow();
	const {mount} = await import('./mount.js');
	screen = mount({store, hands: {...hands, place, cover: compositor.cover}}, {stdin, stdout: compositor.stdout});
	await screen.flushed();
	return {
		show: compositor.show,
		attachAgain: () => attachment.again(),
		isLight: surroundings.isLight,
		repaint() {
			each(({forget}) => forget());
			compositor.repaint();
		},
		gone: screen.gone,
		close() {
			unsubscribe();
			screen.unmount();
			compositor.end();
			surroundings.end();
			outer.close();
		},
	};
}
