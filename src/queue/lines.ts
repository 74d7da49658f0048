/**
 * A file as lines of bytes. `text` and `eol` are latin1 strings, one character a byte, so that joining them gives back
 * exactly what was read, whatever the encoding; `decode` turns a slice into real text.
 * Only LF and CRLF end a line; a lone CR is part of it.
 */
export interface Line {
	readonly text: string;
	/** `\n`, `\r\n`, or `''` for a last line without one and for lines that pilot adds. */
	readonly eol: string;
}

export interface TextView {
	/** The UTF-8 byte order mark, or `''`. */
	readonly bom: string;
	readonly lines: readonly Line[];
}

const byteOrderMark = '\u00ef\u00bb\u00bf';

export function viewOf(bytes: Buffer): TextView {
	const all = bytes.toString('latin1');
	const bom = all.startsWith(byteOrderMark) ? byteOrderMark : '';
	return {bom, lines: splitLines(all, bom.length)};
}

function splitLines(all: string, from: number): Line[] {
	const lines: Line[] = [];
	let start = from;
	while (start < all.length) {
		const end = all.indexOf('\n', start);
		if (end === -1) {
			lines.push({text: all.slice(start), eol: ''});
			break;
		}
		const crlf = end > start && all.charCodeAt(end - 1) === 13;
		lines.push(crlf ? {text: all.slice(start, end - 1), eol: '\r\n'} : {text: all.slice(start, end), eol: '\n'});
		start = end + 1;
	}
	return lines;
}

/** The line end that most lines have; LF when none has any. */
export function dominantEol(lines: readonly Line[]): '\n' | '\r\n' {
	let crlf = 0;
	for (const {eol} of lines) crlf += eol === '\r\n' ? 1 : eol === '\n' ? -1 : 0;
	return crlf > 0 ? '\r\n' : '\n';
}

/** What belongs to a file rather than to one of its lines. */
export interface Style {
	readonly bom: string;
	/** For lines without an end of their own. */
	readonly eol: string;
	/** For a last line without one. */
	readonly lastEol: string;
}

export function styleOf(view: TextView): Style {
	const eol = dominantEol(view.lines);
	return {bom: view.bom, eol, lastEol: view.lines.at(-1)?.eol === '' ? '' : eol};
}

export function bytesOf(lines: readonly Line[], {bom, eol, lastEol}: Style): Buffer {
	const parts = lines.map((line, at) => line.text + (line.eol || (at === lines.length - 1 ? lastEol : eol)));
	return Buffer.from(bom + parts.join(''), 'latin1');
}

/** Line from real text that holds no line break. */
export const newLine = (text: string): Line => ({text: encode(text), eol: ''});

export const encode = (text: string) => (isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1'));

/**
 * Real text of a byte string; bytes that are not UTF-8 become U+FFFD. It is a copy even where nothing changes: V8's slice of a text keeps
 * the whole of it, and one title would hold the file that it was once read from for as long as the mission is known.
 */
export const decode = (bytes: string) =>
	isAscii(bytes) ? ` ${bytes}`.slice(1) : Buffer.from(bytes, 'latin1').toString('utf8');

const isAscii = (text: string) => !/[^\0-\x7f]/.test(text);

const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13);

/** Where the text starts behind leading white space. */
export function textStart(text: string): number {
	let at = 0;
	while (at < text.length && isSpace(text.charCodeAt(at))) at++;
	return at;
}

export const isBlank = (text: string) => textStart(text) === text.length;

const columnsAfter = (code: number, columns: number) =>
	code === 32 ? columns + 1 : code === 9 ? columns + 4 - (columns % 4) : undefined;

/** Columns of leading white space; a tab goes to the next multiple of four. */
export function indentOf(text: string): number {
	let columns = 0;
	for (let at = 0; at < text.length; at++) {
		const next = columnsAfter(text.charCodeAt(at), columns);
		if (next === undefined) break;
		columns = next;
	}
	return columns;
}

/** Without leading white space of at most that many columns, and without any at the end. */
export function unindented(text: string, most: number): string {
	let columns = 0;
	let at = 0;
	while (at < text.length) {
		const next = columnsAfter(text.charCodeAt(at), columns);
		if (next === undefined || next > most) break;
		columns = next;
		at++;
	}
	return text.slice(at, Math.max(at, trimmedEnd(text)));
}

/** Where `text.slice(0, end)` ends once white space at its end is left out. */
export function trimmedEnd(text: string, end = text.length): number {
	let at = end;
	while (at > 0 && isSpace(text.charCodeAt(at - 1))) at--;
	return at;
}

/** Where the last word of `text.slice(0, end)` starts. */
export function lastWordStart(text: string, end: number): number {
	let at = end;
	while (at > 0 && !isSpace(text.charCodeAt(at - 1))) at--;
	return at;
}

/**
 * Without white space at either end. `String.trim` would be wrong here: it takes the byte A0 for a no-break space, and
 * that byte is the second half of `à`.
 */
export function trimmed(text: string): string {
	const start = textStart(text);
	return text.slice(start, Math.max(start, trimmedEnd(text)));
}
