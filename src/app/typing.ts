import type {ViewStore} from '../view/store.js';

/** Long enough for React to take a key in. */
const drawnMs = 5;

/** What is pasted comes whole. */
const pasted = '\u001b[200~';
/** Enter, Tab, and each sequence: a field that hears two of them at once knows only what it had drawn before the first. */
const apart = /(\r|\t|\u001b+(?:\[[\d;?<]*[ -/]*[@-~]|O[@-~]|[^\u001b])?)/;

export interface TypingDeps {
	/** To whoever hears keys now. */
	readonly press: (text: string) => void;
	readonly store: Pick<ViewStore, 'getState'>;
	/** Resolves when what the store says is on the screen. */
	readonly drawn: () => Promise<unknown>;
}

/**
 * Hands on what was typed, at the pace at which it can be heard. A key that opens or closes a dialog changes who hears the next one, and
 * they hear only once they are drawn: until then it waits, also when it came in the same breath. Text and Enter that came together are a
 * text, and then Enter, as the input that the text ends in knows only what it has drawn.
 */
export function createTyping({press, store, drawn}: TypingDeps): (text: string) => void {
	const dialog = () => store.getState().screen.dialog;
	const waiting: string[] = [];
	let isTyping = false;
	const take = (): string | undefined => {
		const [part = '', ...rest] = waiting;
		// Of several keys for the dashboard itself the first may open a dialog for the others.
		const length = dialog() === 'none' && !part.startsWith('\u001b') ? [...part][0]?.length : undefined;
		const text = part.slice(0, length);
		waiting.splice(0, waiting.length, ...[part.slice(text.length), ...rest].filter(left => left !== ''));
		return text === '' ? undefined : text;
	};
	const next = () => {
		for (let text = take(); text !== undefined; text = take()) {
			const before = dialog();
			press(text);
			const hasTurned = dialog() !== before;
			const isField = before !== 'none' && waiting.length > 0;
			if (hasTurned) return void drawn().then(() => setTimeout(next, drawnMs));
			if (isField) return void setTimeout(next, drawnMs);
		}
		isTyping = false;
	};
	return text => {
		waiting.push(...(text.startsWith(pasted) ? [text] : text.split(apart).filter(part => part !== '')));
		if (isTyping) return;
		isTyping = true;
		next();
	};
}
