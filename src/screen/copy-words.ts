import {glyphsOf, type Place, type Range} from './copy-text.js';
import type {Glyph, TerminalScreen} from './terminal-screen.js';

/** A character by its number in its line; the one behind the last is the line's end. */
interface Spot {
	readonly line: number;
	readonly index: number;
}

interface Step {
	readonly spot: Spot;
	/** True when a line has ended in between; where the terminal wrapped one, none has. */
	readonly isNewLine: boolean;
}

type Stepping = (spot: Spot) => Step | undefined;

/** A path, an address and a name with a number are one word, as they are copied as one. */
const ofWord = /^[\p{L}\p{N}\p{M}_\-./~:@%+#=?&]/u;

function kindOf(glyph: Glyph | undefined): 'blank' | 'word' | 'sign' {
	if (!glyph || glyph.isHidden || glyph.text.trim() === '') return 'blank';
	return ofWord.test(glyph.text) ? 'word' : 'sign';
}

/** The lines of a screen, each read once as long as nobody goes back to it. */
function createLines(screen: TerminalScreen) {
	let known: readonly [line: number, glyphs: readonly Glyph[]] | undefined;
	const glyphs = (line: number) => {
		if (known?.[0] !== line) known = [line, glyphsOf(screen, line)];
		return known[1];
	};
	const step =
		(by: 1 | -1): Stepping =>
		({line, index}) => {
			const beside = index + by;
			if (beside >= 0 && beside < glyphs(line).length) return {spot: {line, index: beside}, isNewLine: false};
			const next = line + by;
			if (next < 0 || next >= screen.history + screen.rows) return;
			const isNewLine = !screen.isWrapped(by === 1 ? next : line);
			return {spot: {line: next, index: by === 1 ? 0 : Math.max(0, glyphs(next).length - 1)}, isNewLine};
		};
	return {
		kind: ({line, index}: Spot) => kindOf(glyphs(line)[index]),
		forward: step(1),
		back: step(-1),
		spotOf({line, x}: Place): Spot {
			const index = glyphs(line).findIndex(glyph => x < glyph.x + glyph.width);
			return {line, index: index === -1 ? glyphs(line).length : index};
		},
		placeOf: ({line, index}: Spot): Place => ({line, x: (glyphs(line)[index] ?? glyphs(line).at(-1))?.x ?? 0}),
	};
}

type Lines = ReturnType<typeof createLines>;

/** The last character of a run of the same kind, towards where the steps lead. */
function endOfRun({kind}: Lines, spot: Spot, step: Stepping): Spot {
	let end = spot;
	for (let next = step(end); next && !next.isNewLine && kind(next.spot) === kind(spot); next = step(end))
		end = next.spot;
	return end;
}

function nextWord({kind, forward}: Lines, from: Spot): Spot {
	let before = kind(from);
	let last = from;
	for (let next = forward(from); next; next = forward(last)) {
		last = next.spot;
		const now = kind(last);
		if (now !== 'blank' && (now !== before || next.isNewLine)) return last;
		before = now;
	}
	return last;
}

/** The nearest end of a word, or beginning of one where the steps lead back. */
function nextEdge(lines: Lines, from: Spot, step: Stepping): Spot {
	let next = step(from);
	while (next && lines.kind(next.spot) === 'blank') next = step(next.spot);
	return next ? endOfRun(lines, next.spot, step) : from;
}

const ways = {
	left(lines: Lines, from: Spot) {
		const next = lines.back(from);
		return next && !next.isNewLine ? next.spot : from;
	},
	right(lines: Lines, from: Spot) {
		const next = lines.forward(from);
		return next && !next.isNewLine ? next.spot : from;
	},
	word: nextWord,
	'word-back': (lines: Lines, from: Spot) => nextEdge(lines, from, lines.back),
	'word-end': (lines: Lines, from: Spot) => nextEdge(lines, from, lines.forward),
};

export type Way = keyof typeof ways;

/** Where some steps by characters or words lead. */
export function walk(screen: TerminalScreen, from: Place, way: Way, times: number): Place {
	const lines = createLines(screen);
	let spot = lines.spotOf(from);
	for (let n = 0; n < times; n++) {
		const next = ways[way](lines, spot);
		if (next === spot) break;
		spot = next;
	}
	return lines.placeOf(spot);
}

/** The word at a place, or the blanks or signs that stand together there. */
export function wordAt(screen: TerminalScreen, place: Place): Range {
	const lines = createLines(screen);
	const spot = lines.spotOf(place);
	return {
		from: lines.placeOf(endOfRun(lines, spot, lines.back)),
		to: lines.placeOf(endOfRun(lines, spot, lines.forward)),
	};
}

/** The character that takes a column; the last of the line where none does. */
export function characterAt(screen: TerminalScreen, place: Place): Place {
	const lines = createLines(screen);
	return lines.placeOf(lines.spotOf(place));
}
