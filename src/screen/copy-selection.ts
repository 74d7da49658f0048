import type {CopyMode} from '../domain/frame.js';
import {compare, firstOf, lastOf, type Place, type Range} from './copy-text.js';
import type {LineMark, TerminalScreen} from './terminal-screen.js';

type Kind = Exclude<CopyMode['selecting'], 'nothing'>;

interface Anchor {
	readonly mark: LineMark;
	readonly x: number;
}

/** What has fallen out of the history begins with what is left of it. */
const placeOf = ({mark, x}: Anchor): Place => (mark.line < 0 ? {line: 0, x: 0} : {line: mark.line, x});

/** Characters or lines, from where it was begun to where the cursor is. */
export function createSelection(screen: TerminalScreen) {
	let begun: {kind: Kind; from: Anchor; to: Anchor} | undefined;
	const anchor = ({line, x}: Place): Anchor => ({mark: screen.mark(line) ?? {line, dispose() {}}, x});
	const end = () => {
		begun?.from.mark.dispose();
		begun?.to.mark.dispose();
		begun = undefined;
	};
	const begin = (kind: Kind, {from, to}: Range) => {
		end();
		begun = {kind, from: anchor(from), to: anchor(to)};
	};
	return {
		kind: () => begun?.kind ?? ('nothing' as const),
		/** All of what it was begun with stays selected, wherever the cursor goes. */
		begin,
		/** Begins, ends, or goes on by the other kind. */
		toggle(kind: Kind, here: Place) {
			if (!begun) begin(kind, {from: here, to: here});
			else if (begun.kind === kind) end();
			else begun.kind = kind;
		},
		range(here: Place): Range | undefined {
			if (!begun) return;
			const [from] = [placeOf(begun.from), here].sort(compare) as [Place, Place];
			const [, to] = [placeOf(begun.to), here].sort(compare) as [Place, Place];
			return begun.kind === 'lines' ? wholeLines(screen, from.line, to.line) : {from, to};
		},
		end,
	};
}

/** Some lines, each with all that the terminal wrapped of it. */
export const wholeLines = (screen: TerminalScreen, first: number, last: number): Range => ({
	from: {line: firstOf(screen, first), x: 0},
	to: {line: lastOf(screen, last), x: screen.cols},
});
