const sequences =
	/(?:\u001b\[|\u009b)[0-?]*[ -/]*([@-~])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]?/g;
const boxes = /[\u2500-\u259f|]+/g;
const spaces = /[ \t\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]+/g;

/**
 * The words of a terminal text, line by line: without escape sequences, frames, bars and odd spaces. A cursor moved right
 * (`ESC [ n C`), which screens draw gaps with, is a space.
 */
export function plainLines(text: string): string[] {
	const plain = text.replaceAll(sequences, (_, final: string | undefined) => (final === 'C' ? ' ' : ''));
	return plain.split(/\r\n?|\n|\u2028|\u2029/).map(line => line.replaceAll(boxes, ' ').replaceAll(spaces, ' ').trim());
}
