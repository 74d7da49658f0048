import {printable} from './row.js';
import type {Glyph, TerminalScreen} from './terminal-screen.js';

/** A character of the history: its line, counted from the oldest that is kept, and a column of it. */
export interface Place {
	readonly line: number;
	readonly x: number;
}

/** What lies between two characters, both of them included. */
export interface Range {
	readonly from: Place;
	readonly to: Place;
}

/** Negative when the first comes before the second. */
export const compare = (a: Place, b: Place) => a.line - b.line || a.x - b.x;

const isBlank = ({text, isHidden}: Glyph) => isHidden || text === '' || text === ' ';
const isUnprinted = ({text}: Glyph) => text === '';

/** A line's characters without the blanks at its end; blanks in front of what the terminal wrapped are some of its text. */
export function glyphsOf(screen: TerminalScreen, line: number): Glyph[] {
	const glyphs = screen.glyphs(line);
	const isNone = screen.isWrapped(line + 1) ? isUnprinted : isBlank;
	return glyphs.slice(0, glyphs.findLastIndex(glyph => !isNone(glyph)) + 1);
}

/** The first of the lines that the terminal made of one. */
export function firstOf(screen: TerminalScreen, line: number): number {
	let first = line;
	while (first > 0 && screen.isWrapped(first)) first--;
	return first;
}

/** The last of the lines that the terminal made of one. */
export function lastOf(screen: TerminalScreen, line: number): number {
	let last = line;
	while (screen.isWrapped(last + 1)) last++;
	return last;
}

/** The part of a line that lies in a range, as it is seen: what is hidden from the reader is not copied either. */
function partOf(screen: TerminalScreen, line: number, {from, to}: Range): string {
	let text = '';
	for (const glyph of glyphsOf(screen, line)) {
		if (line === from.line && glyph.x + glyph.width <= from.x) continue;
		if (line === to.line && glyph.x > to.x) break;
		text += glyph.isHidden ? ' '.repeat(glyph.width) : printable(glyph.text);
	}
	return text;
}

/** Lines as they were printed, without blanks at their ends: what the terminal wrapped is put together again. */
export function textOf(screen: TerminalScreen, range: Range): string {
	const lines: string[] = [];
	let current = '';
	for (let line = range.from.line; line <= range.to.line; line++) {
		if (line > range.from.line && !screen.isWrapped(line)) {
			lines.push(current.trimEnd());
			current = '';
		}
		current += partOf(screen, line, range);
	}
	return [...lines, current].join('\n');
}
