import {indentOf, trimmed} from './lines.js';

/** A code fence, an HTML comment or a conflict of git's that is open: nothing inside it is a heading or an item. */
export interface Verbatim {
	/** The run of backticks or tildes, `<!--`, or `<<<<<<<`. */
	readonly opener: string;
	/** Columns before the opener. */
	readonly indent: number;
}

const fence = /^[ \t]*(?:(`{3,})[^`]*|(~{3,}).*)$/s;
const comment = /^[ \t]*<!--/;

/** What this line opens and does not close, by the rules of CommonMark 0.31 §4.5 and §4.6 (HTML block of kind 2). */
export function verbatimOpenedBy(text: string): Verbatim | undefined {
	const found = fence.exec(text);
	const run = found?.[1] ?? found?.[2];
	if (run !== undefined) return {opener: run, indent: indentOf(text)};
	if (!comment.test(text) || text.includes('-->')) return undefined;
	return {opener: '<!--', indent: indentOf(text)};
}

const conflict = '<<<<<<<';
const conflictStart = /^<{7}(?: |$)/;
const conflictEnd = /^>{7}(?: |$)/;

/** Git writes its markers at the first column. Which side is right nobody but a human can say. */
export const conflictOpenedBy = (text: string): Verbatim | undefined =>
	conflictStart.test(text) ? {opener: conflict, indent: 0} : undefined;

export const isConflict = ({opener}: Verbatim) => opener === conflict;

export const endsConflict = (text: string) => conflictEnd.test(text);

export function closesVerbatim({opener}: Verbatim, text: string): boolean {
	if (opener === conflict) return endsConflict(text);
	if (opener === '<!--') return text.includes('-->');
	const line = trimmed(text);
	return line.length >= opener.length && line === opener.charAt(0).repeat(line.length);
}

const closers: Readonly<Record<string, string>> = {'<!--': '-->', [conflict]: '>>>>>>>'};

/** The line that ends what is open. */
export const closerOf = ({opener}: Verbatim) => closers[opener] ?? opener;
