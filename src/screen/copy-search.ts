import type {TerminalScreen} from './terminal-screen.js';

const longestQuery = 200;

/** As editors do: a query in small letters finds capitals too. */
function finder(query: string): (text: string) => string {
	return query === query.toLowerCase() ? text => text.toLowerCase() : text => text;
}

/** The lines in which a match begins; it may end in those that the terminal wrapped it to. */
function matchingLines(screen: TerminalScreen, query: string): number[] {
	if (query === '') return [];
	const folded = finder(query);
	const found: number[] = [];
	let after = '';
	for (let line = screen.history + screen.rows - 1; line >= 0; line--) {
		const text = folded(screen.text(line));
		const at = (text + after).indexOf(query);
		if (at !== -1 && at < text.length) found.push(line);
		after = screen.isWrapped(line) ? (text + after).slice(0, query.length - 1) : '';
	}
	return found.reverse();
}

type Fold = ReturnType<typeof finder>;

/** What stands before a line and was wrapped into it, as far as a match can reach. */
function textBefore(screen: TerminalScreen, line: number, length: number, folded: Fold): string {
	let before = '';
	for (let y = line; y > 0 && before.length < length && screen.isWrapped(y); y--)
		before = folded(screen.text(y - 1)) + before;
	return before.slice(Math.max(0, before.length - length));
}

/** What a line goes on with in those below, as far as a match can reach. */
function textAfter(screen: TerminalScreen, line: number, length: number, folded: Fold): string {
	let after = '';
	for (let y = line + 1; after.length < length && screen.isWrapped(y); y++) after += folded(screen.text(y));
	return after.slice(0, length);
}

/** A column for each unit of a text. */
const unitsOf = (text: string, column: number) => Array<number>(text.length).fill(column);

/** The columns of a line that belong to a match. */
function matchedColumns(screen: TerminalScreen, line: number, query: string): Set<number> {
	const folded = finder(query);
	const before = textBefore(screen, line, query.length - 1, folded);
	const text = before + folded(screen.text(line)) + textAfter(screen, line, query.length - 1, folded);
	// Some letters are longer when they are small: each stands for as many as it became.
	const columns = screen.glyphs(line).flatMap(glyph => unitsOf(folded(glyph.text || ' '), glyph.x));
	const marked = new Set<number>();
	for (let at = text.indexOf(query); at !== -1; at = text.indexOf(query, at + 1)) {
		for (let unit = at; unit < at + query.length; unit++) {
			const column = columns[unit - before.length];
			if (column !== undefined) marked.add(column);
		}
	}
	return marked;
}

/** The lines that hold a text, found anew whenever they are asked for: the history moves. */
export function createSearch(screen: TerminalScreen) {
	let query = '';
	let lines: number[] = [];
	return {
		look(wanted = query) {
			query = wanted.slice(0, longestQuery);
			lines = matchingLines(screen, query);
			return lines;
		},
		state: (here: number) => ({query, matches: lines.length, match: lines.indexOf(here) + 1}),
		/** Where the first match of a line begins, or goes on from the line above. */
		firstColumn: (line: number) => Math.min(...matchedColumns(screen, line, query), screen.cols - 1),
		marked(line: number) {
			if (query === '') return;
			const columns = matchedColumns(screen, line, query);
			return columns.size > 0 ? (x: number) => columns.has(x) : undefined;
		},
	};
}
