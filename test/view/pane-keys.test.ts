import {describe, expect, test} from 'vitest';
import type {PaneModes} from '../../src/domain/frame.js';
import {keysFor, mouseFor, outerModesFor, pasteFor, wheelOf} from '../../src/view/pane-keys.js';

const E = '\u001b';
const modes = (over: Partial<PaneModes> = {}): PaneModes => ({
	applicationCursor: false,
	bracketedPaste: false,
	focusEvents: false,
	mouse: 'none',
	mouseSgr: false,
	kitty: 0,
	alternate: false,
	...over,
});

test('cursor keys take the form that was asked for', () => {
	expect(keysFor(modes(), `${E}[A${E}[1;5C`)).toBe(`${E}[A${E}[1;5C`);
	expect(keysFor(modes({applicationCursor: true}), `${E}[A${E}[H${E}[1;5C`)).toBe(`${E}OA${E}OH${E}[1;5C`);
	expect(keysFor(undefined, 'x')).toBe('x');
});

test('a paste is marked where that was asked for, else typed; its line ends are those of a keyboard', () => {
	expect(pasteFor(modes(), 'a\nb\r\nc')).toBe('a\rb\rc');
	expect(pasteFor(modes({bracketedPaste: true}), 'a\nb')).toBe(`${E}[200~a\rb${E}[201~`);
});

describe('the mouse', () => {
	const click = {code: 0, x: 4, y: 2, isUp: false};

	test('is heard by those who asked, in their form', () => {
		expect(mouseFor(modes(), click)).toBe('');
		expect(mouseFor(modes({mouse: 'press', mouseSgr: true}), click)).toBe(`${E}[<0;5;3M`);
		expect(mouseFor(modes({mouse: 'press', mouseSgr: true}), {...click, isUp: true})).toBe(`${E}[<0;5;3m`);
		expect(mouseFor(modes({mouse: 'press'}), click)).toBe(`${E}[M %#`);
		expect(mouseFor(modes({mouse: 'press'}), {...click, isUp: true})).toBe(`${E}[M#%#`);
		expect(mouseFor(modes({mouse: 'press'}), {...click, x: 300})).toBe('');
	});

	test('moves are told only to those who asked for moves', () => {
		const drag = {...click, code: 32};
		const move = {...click, code: 35};
		for (const [mouse, drags, moves] of [
			['press', false, false],
			['drag', true, false],
			['any', true, true],
		] as const) {
			expect(mouseFor(modes({mouse, mouseSgr: true}), drag) !== '').toBe(drags);
			expect(mouseFor(modes({mouse, mouseSgr: true}), move) !== '').toBe(moves);
		}
	});

	test('the wheel goes up and down', () => {
		expect([64, 65, 68, 66, 0, 2].map(wheelOf)).toEqual(['up', 'down', 'up', undefined, undefined, undefined]);
	});
});

/** Each of them may take the place of the others, and leaving any may leave the mouse alone, as xterm and tmux have it. */
function mouseModeAfter(text: string): string {
	let mode = 'none';
	for (const [, number = '', end] of text.matchAll(/\u001b\[\?(1000|1002|1003)([hl])/g))
		mode = end === 'h' ? number : 'none';
	return mode;
}

test('the outer terminal is told what the session wants, and no more', () => {
	const quiet = `${E}[?1000l${E}[?1002l${E}[?1003l${E}[?1006l${E}[?1004l`;
	expect(outerModesFor(undefined, {mouse: false, kitty: false})).toBe(quiet);
	expect(outerModesFor(undefined, {mouse: false, kitty: true})).toBe(`${quiet}${E}[=0u`);
	const wanted = outerModesFor(modes({mouse: 'any', focusEvents: true, kitty: 5}), {mouse: false, kitty: true});
	expect(wanted).toContain(`${E}[?1006h${E}[?1004h${E}[=5u`);
});

test.each([
	['none', false, 'none'],
	['none', true, '1002'],
	['press', false, '1000'],
	['press', true, '1002'],
	['drag', false, '1002'],
	['any', true, '1003'],
] as const)('a session that wants %s of the mouse, the dashboard %s: mode %s is the one left', (mouse, ours, mode) => {
	expect(mouseModeAfter(outerModesFor(modes({mouse}), {mouse: ours, kitty: false}))).toBe(mode);
});
