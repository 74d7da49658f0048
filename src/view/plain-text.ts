/** Escape sequences whole, with what they carry: CSI, OSC, DCS and their like, then two-byte ones. */
const sequences =
	/(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0080-\u009f]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]?/g;

/** Controls and line breaks; they separate words. */
const breaks = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** What is there and not seen, reorders the text beside it, or is half a character. Joiners have a meaning in many scripts. */
const unseen = /(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}|[\u200e\u200f\ufff9-\ufffb]|\p{Cs}/gu;

/**
 * What makes terminals disagree about a picture's width: joiners between emoji, skin tones; variation selectors are among the unseen.
 * Without them every part is as wide everywhere as it is here.
 */
const pictureParts = /(?<=\p{Extended_Pictographic})(?:\u200d|\p{M}|\p{Emoji_Modifier})+|\p{Emoji_Modifier}/gu;

/** More marks on one character than any language uses: they climb over the neighbouring rows. */
const piledMarks = /(\p{M}{3})\p{M}+/gu;

/** As typed, with its blanks: the next word needs them. */
export function plainTyped(typed: string): string {
	return typed
		.replaceAll(sequences, '')
		.replaceAll(breaks, ' ')
		.replaceAll(unseen, '')
		.replaceAll(pictureParts, parts => parts.replaceAll(/\P{M}/gu, ''))
		.replaceAll(piledMarks, '$1');
}

/**
 * Text from an agent, a file or the network as one line that can stand on a screen: nothing in it can move the cursor,
 * change colours, reorder its neighbours or take more cells than are counted for it.
 */
export const plainText = (text: string) => plainTyped(text).trim();

/** The same for text of many lines: they stay lines, with the blanks and tabs that they have. */
export const plainLines = (text: string) =>
	text
		.split(/\r?\n/)
		.map(line => line.split('\t').map(plainTyped).join('\t'))
		.join('\n');

/** The same for JSON: what is no plain text in it is written as escapes, so that it still says exactly the same. */
export const plainJson = (json: string) =>
	json.replaceAll(
		/[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
		character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|[\u{1f000}-\u{3ffff}]/gu;

/** About how many rows a text takes in a box of `width` cells; never too few for what people write. */
export function rowsFor(text: string, width: number): number {
	const cells = [...text].length + (text.match(wide)?.length ?? 0);
	// Words that do not fit leave a part of their row empty.
	return Math.max(1, Math.ceil(cells / Math.max(1, width - 6)));
}
