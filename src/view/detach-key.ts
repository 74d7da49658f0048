/** `\e[27;5;93~`: modifyOtherKeys of xterm. */
const otherKey = /^\u001b\[27;(\d+);(\d+)~$/;
/** `\e[93:125:93;5:1;29u`: the key, with Shift, and where it lies on a plain layout; modifiers and what happened; its text. */
const kittyKey = /^\u001b\[(\d+)(?::(\d*))?(?::(\d*))?(?:;(\d*)(?::(\d*))?)?(?:;[\d:]*)?u$/;
const anyKey = /\u001b\[27;\d+;\d+~|\u001b\[[\d:;]+u/g;

const shift = 1;
const ctrl = 4;
const capsLock = 64;
const numLock = 128;
const released = 3;

/** What is held down; a lock that is on is no key that is held. */
const held = (parameter: string | undefined) => (Number(parameter || 1) - 1) & ~(capsLock | numLock);

/** True for this key held with Ctrl alone; Shift is no more than the way to a character that lies above another. */
function isCtrlWith(code: number, sequence: string): boolean {
	const [, mods, other] = otherKey.exec(sequence) ?? [];
	if (other !== undefined) return Number(other) === code && held(mods) === ctrl;
	const [, plain, shifted, base, modifiers, event] = kittyKey.exec(sequence) ?? [];
	if (plain === undefined || Number(event) === released) return false;
	const down = held(modifiers);
	if (shifted && Number(shifted) === code && down === (ctrl | shift)) return true;
	// On a layout of other letters the key that lies there is meant, as its control character would be.
	const key = Number(plain) > 127 && base ? base : plain;
	return Number(key) === code && down === ctrl;
}

/**
 * Where the detach key stands first in what was typed: as its control character, or in a form of the newer protocols.
 *
 * @param name Such as `ctrl-]`.
 * @see https://sw.kovidgoyal.net/kitty/keyboard-protocol/ (2025-11): keys, modifiers, event types.
 */
export function findDetachKey(text: string, name: string): {at: number; length: number} | undefined {
	const letter = name.slice('ctrl-'.length).toLowerCase();
	const character = String.fromCharCode(letter.toUpperCase().charCodeAt(0) & 31);
	const plain = text.indexOf(character);
	const [found] = [...text.matchAll(anyKey)].filter(([sequence]) => isCtrlWith(letter.charCodeAt(0), sequence));
	if (found && (plain === -1 || found.index < plain)) return {at: found.index, length: found[0].length};
	return plain === -1 ? undefined : {at: plain, length: character.length};
}
