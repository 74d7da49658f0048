import {indentOf, trimmed} from './lines.js';

/** A code fence or an HTML comment that is open: nothing inside it is a heading or an item. */
export interface Verbatim {
	/** The run of backticks or tildes, or `<!--`. */
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

export function closesVerbatim({opener}: Verbatim, text: string): boolean {
	if (opener === '<!--') return text.includes('-->');
	const line = trimmed(text);
	return line.length >= opener.length && line === opener.charAt(0).repeat(line.length);
}

/** The line that ends what is open. */
export const closerOf = ({opener}: Verbatim) => (opener === '<!--' ? '-->' : opener);
