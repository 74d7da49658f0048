import {toAscii} from '../screen/ascii.js';
import type {Dress} from '../screen/index.js';
import {dressOf, isLightAnswer, isLightEnv, needsCount, titleOf} from '../view/look.js';
import {plainText} from '../view/plain-text.js';
import {runningSessions} from '../view/shown-session.js';
import type {ViewStore} from '../view/store.js';
import type {OuterTerminal} from './outer-terminal.js';
import {progress, showsProgress} from './terminal-modes.js';

/** OSC 11: which colour is behind the text? */
export const askForBackground = '\u001b]11;?\u001b\\';

const bell = '\u0007';
/** Told without colours and signs that a title bar may not have. */
const longestTitle = 120;

export interface SurroundingsOptions {
	readonly outer: Pick<OuterTerminal, 'write' | 'depth'>;
	readonly store: ViewStore;
	readonly env: Readonly<Record<string, string | undefined>>;
}

/** Tells the terminal around the dashboard what goes on, and how much of it; gives the text to be written. */
function createTeller({store, env}: Pick<SurroundingsOptions, 'store' | 'env'>) {
	const hasProgress = showsProgress(env);
	let [title, isGoing, needed] = ['', false, 0];
	const titleText = (wanted: boolean) => {
		const {workspace, status, answering} = store.getState();
		const next = wanted ? plainText(titleOf(workspace, status, answering)).slice(0, longestTitle) : '';
		if (next === title) return '';
		title = next;
		// The one from before comes back with the terminal, where it keeps titles.
		return `\u001b]2;${next}\u001b\\`;
	};
	const progressText = (wanted: boolean) => {
		const {status, answering} = store.getState();
		const goes = hasProgress && wanted && answering && runningSessions(status).length > 0;
		if (goes === isGoing) return '';
		isGoing = goes;
		return goes ? progress.on : progress.off;
	};
	const bellText = (wanted: boolean) => {
		const {status} = store.getState();
		const now = status ? needsCount(status) : needed;
		const isMore = status !== undefined && hasStatus && now > needed;
		hasStatus ||= status !== undefined;
		needed = now;
		return wanted && isMore ? bell : '';
	};
	let hasStatus = false;
	return {
		next() {
			const look = store.getState().status?.look;
			return titleText(look?.title ?? false) + progressText(look?.progress ?? false) + bellText(look?.bell ?? false);
		},
		/** Nothing of it stays. */
		undo: () => titleText(false) + progressText(false),
	};
}

/** Keeps the dashboard's looks in step with config and terminal, and the terminal's title, bell and progress with the pilot. */
export function followSurroundings({outer, store, env}: SurroundingsOptions, dress: (dress: Dress) => void) {
	let isLight: boolean | undefined;
	let teller = createTeller({store, env});
	const follow = () => {
		const {status, colour} = store.getState();
		const {colour: hasColour, ...wanted} = dressOf({env, colour, isLight}, status?.look);
		dress({...wanted, depth: hasColour ? outer.depth : 'none'});
		const text = teller.next();
		if (text !== '') outer.write(wanted.ascii ? toAscii(text) : text);
	};
	return {
		follow,
		/** As the terminal has said, or its variables; undefined where nobody knows. */
		isLight: () => isLight ?? isLightEnv(env),
		heard(reply: string) {
			isLight = isLightAnswer(reply) ?? isLight;
			follow();
		},
		/** The terminal has been somebody else's. */
		forget() {
			teller = createTeller({store, env});
			follow();
		},
		end() {
			const text = teller.undo();
			if (text !== '') outer.write(text);
		},
	};
}
