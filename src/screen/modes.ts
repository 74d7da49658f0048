import type {Terminal} from '@xterm/headless';
import type {PaneModes} from '../domain/frame.js';
import {answerColours} from './colour-queries.js';

const mouseModes = {none: 'none', x10: 'press', vt200: 'press', drag: 'drag', any: 'any'} as const;

const sgrMouse = 1006;
const cursorShown = 25;
const deepestStack = 16;
const knownFlags = 0b11111;

const numberAt = (params: readonly (number | number[])[], index: number, otherwise: number) => {
	const value = params[index];
	return typeof value === 'number' && value > 0 ? value : otherwise;
};

/** Flags after `CSI = flags ; how u`: 1 sets all, 2 adds, 3 takes away. */
function flagsAfter(flags: number, change: number, how: number): number {
	if (how === 2) return flags | change;
	return how === 3 ? flags & ~change : change;
}

/** XTVERSION: what terminal this is. Programs that ask wait for the answer. */
function answerVersion({parser}: Terminal, reply: (text: string) => void) {
	parser.registerCsiHandler({prefix: '>', final: 'q'}, () => {
		reply('\u001bP>|pilot-tui\u001b\\');
		return true;
	});
}

export interface FollowedModes {
	now(): PaneModes;
	/** False while the program hides its cursor. */
	isCursorShown(): boolean;
}

/**
 * Follows the modes that a program sets and which xterm does not tell of: the form of mouse reports, and the kitty keyboard
 * protocol with a stack of flags for each screen.
 *
 * @see https://sw.kovidgoyal.net/kitty/keyboard-protocol/ (progressive enhancement), as read in 2026-11.
 */
export function followModes(terminal: Terminal, reply: (text: string) => void, isLight: () => boolean): FollowedModes {
	let isSgr = false;
	let isCursorShown = true;
	let stacks = {normal: [0], alternate: [0]};
	const stack = () => stacks[terminal.buffer.active.type];
	const setMode = (on: boolean) => (params: (number | number[])[]) => {
		if (params.includes(sgrMouse)) isSgr = on;
		if (params.includes(cursorShown)) isCursorShown = on;
		// xterm has to hear it as well.
		return false;
	};
	const {parser} = terminal;
	answerVersion(terminal, reply);
	answerColours(terminal, reply, isLight);
	parser.registerCsiHandler({prefix: '?', final: 'h'}, setMode(true));
	parser.registerCsiHandler({prefix: '?', final: 'l'}, setMode(false));
	parser.registerCsiHandler({prefix: '>', final: 'u'}, params => {
		const flags = stack();
		flags.push(numberAt(params, 0, 0) & knownFlags);
		if (flags.length > deepestStack) flags.shift();
		return true;
	});
	parser.registerCsiHandler({prefix: '<', final: 'u'}, params => {
		const flags = stack();
		flags.splice(Math.max(0, flags.length - numberAt(params, 0, 1)));
		if (flags.length === 0) flags.push(0);
		return true;
	});
	parser.registerCsiHandler({prefix: '=', final: 'u'}, params => {
		const flags = stack();
		flags.push(flagsAfter(flags.pop() ?? 0, numberAt(params, 0, 0) & knownFlags, numberAt(params, 1, 1)));
		return true;
	});
	parser.registerCsiHandler({prefix: '?', final: 'u'}, () => {
		reply(`\u001b[?${stack().at(-1) ?? 0}u`);
		return true;
	});
	const forget = () => {
		isSgr = false;
		isCursorShown = true;
		stacks = {normal: [0], alternate: [0]};
		return false;
	};
	parser.registerEscHandler({final: 'c'}, forget);
	parser.registerCsiHandler({intermediates: '!', final: 'p'}, forget);
	const now = (): PaneModes => {
		const {modes, buffer} = terminal;
		return {
			applicationCursor: modes.applicationCursorKeysMode,
			bracketedPaste: modes.bracketedPasteMode,
			focusEvents: modes.sendFocusMode,
			mouse: mouseModes[modes.mouseTrackingMode],
			mouseSgr: isSgr,
			kitty: stack().at(-1) ?? 0,
			alternate: buffer.active.type === 'alternate',
		};
	};
	return {now, isCursorShown: () => isCursorShown};
}
