import type {PaneModes} from '../domain/frame.js';

/** Keys as the session's program expects them: cursor keys take another form where it asked for that. */
export const keysFor = (modes: PaneModes | undefined, text: string) =>
	modes?.applicationCursor ? text.replaceAll(/\u001b\[([ABCDHF])/g, '\u001bO$1') : text;

/** A paste as the program expects it: marked as such where it asked for that, else as if it were typed. */
export function pasteFor(modes: PaneModes | undefined, text: string): string {
	const typed = text.replaceAll(/\r?\n/g, '\r');
	return modes?.bracketedPaste ? `\u001b[200~${typed}\u001b[201~` : typed;
}

export interface MouseEvent {
	readonly code: number;
	/** In cells of the pane, from 0. */
	readonly x: number;
	readonly y: number;
	readonly isUp: boolean;
}

const motion = 32;
const wheel = 64;

export const isWheel = (code: number) => (code & wheel) !== 0;

/** Up or down, of an event of the wheel. */
export const wheelOf = (code: number): 'up' | 'down' | undefined =>
	isWheel(code) && (code & 3) < 2 ? ((code & 1) === 0 ? 'up' : 'down') : undefined;

/** A button is held, or comes up. */
export const isHeld = ({code, isUp}: Pick<MouseEvent, 'code' | 'isUp'>) =>
	!isWheel(code) && (isUp || ((code & motion) !== 0 && (code & 3) !== 3));

const hears = ({mouse}: PaneModes, code: number) => {
	if (mouse === 'none') return false;
	if ((code & motion) === 0) return true;
	return mouse === 'any' || (mouse === 'drag' && (code & 3) !== 3);
};

/** A mouse event as the program asked to hear of it; '' when it did not. */
export function mouseFor(modes: PaneModes | undefined, {code, x, y, isUp}: MouseEvent): string {
	if (!modes || !hears(modes, code)) return '';
	if (modes.mouseSgr) return `\u001b[<${code};${x + 1};${y + 1}${isUp ? 'm' : 'M'}`;
	// The old form has one byte for each, and no button on release.
	if (x > 222 || y > 222) return '';
	return `\u001b[M${String.fromCharCode(32 + (isUp ? (code & ~3) | 3 : code), 33 + x, 33 + y)}`;
}

/** What the human's terminal has to be told so that keys and the mouse come in the form that a session asked for. */
export function outerModesFor(modes: PaneModes | undefined, {mouse, kitty}: {mouse: boolean; kitty: boolean}): string {
	const wanted = modes?.mouse ?? 'none';
	const set = (mode: number, on: boolean) => `\u001b[?${mode}${on ? 'h' : 'l'}`;
	const motion = wanted === 'any' ? 1003 : 1002;
	const isOn = mouse || wanted !== 'none';
	return [
		// For some terminals each of them takes the place of the others, and leaving any of them leaves the mouse alone.
		...[1000, 1002, 1003].map(mode => set(mode, false)),
		isOn ? set(wanted === 'press' && !mouse ? 1000 : motion, true) : '',
		set(1006, isOn),
		set(1004, modes?.focusEvents ?? false),
		kitty ? `\u001b[=${modes?.kitty ?? 0}u` : '',
	].join('');
}
