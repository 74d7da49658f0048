const ascii = /^[ -~]*$/;
const wide =
	/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Emoji_Presentation}|[\u{1f000}-\u{3ffff}]/u;

/** 0 for a mark on the character before. */
export const cellsOfOne = (character: string) => (/^\p{M}/u.test(character) ? 0 : wide.test(character) ? 2 : 1);

/** How many units of a text fit into so many cells; at least one character, so that it comes to an end. */
export function fitting(text: string, width: number): number {
	if (ascii.test(text)) return Math.min(text.length, width);
	let [units, cells] = [0, 0];
	for (const character of text) {
		cells += cellsOfOne(character);
		if (cells > width && units > 0) break;
		units += character.length;
	}
	return units;
}

/** How many cells of a terminal a plain text takes, at the most. */
export function cellsOf(text: string): number {
	if (ascii.test(text)) return text.length;
	let cells = 0;
	for (const character of text) cells += cellsOfOne(character);
	return cells;
}

/** A plain text that takes no more than so many cells; where it was longer, it says so by an ellipsis. */
export function cutTo(text: string, width: number): string {
	if (cellsOf(text) <= width) return text;
	return width < 2 ? '…'.slice(0, Math.max(0, width)) : `${text.slice(0, fitting(text, width - 1))}…`;
}
