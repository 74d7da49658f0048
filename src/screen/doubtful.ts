/** Pictures and flags; what joins some into one, or makes one of a letter. */
const picture = /[\u{1f000}-\u{1faff}]|\u200c|\u200d|\ufe0f/u;

/** Where marks stand beside their letters: the scripts of southern Asia. */
const isIndic = (code: number) => code >= 0x900 && code < 0xe00;

/**
 * True for a character that terminals do not agree about: some draw several as one, or one wider than others do.
 * What follows it has to be put in its place.
 */
export const isDoubtful = (characters: string) =>
	isIndic(characters.charCodeAt(0)) || (characters.length > 1 && picture.test(characters));

/** A letter that is asked to be a picture is as wide as one in some terminals only: it stays a letter. */
export const asLetter = (characters: string) =>
	characters.length > 1 ? characters.replaceAll('\ufe0f', '') : characters;

/** In the text of a row: goes to a column of it, counted from 1. */
export const toColumn = (column: number) => `\u001b[${column}G`;

const columns = /\u001b\[(\d+)G/g;

/** True when the text has gaps, which show what was there before. */
export const hasGaps = (text: string) => text.includes('G') && text.search(columns) !== -1;

/** The text of a row as it is written somewhere in a window, where its columns are others. */
export const placed = (text: string, place: (column: number) => string) =>
	text.includes('G') ? text.replaceAll(columns, (_, column: string) => place(Number(column) - 1)) : text;
