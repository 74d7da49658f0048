/**
 * How well what was typed fits a name: its letters in their order, those that follow each other or begin a word counting most.
 *
 * @returns Higher is better; undefined when a letter is missing.
 */
export function fuzzyScore(typed: string, name: string): number | undefined {
	const [query, text] = [typed.toLowerCase(), name.toLowerCase()];
	let at = -1;
	let score = 0;
	for (const letter of query) {
		const next = text.indexOf(letter, at + 1);
		if (next < 0) return undefined;
		const isNext = next === at + 1;
		score += isNext ? 3 : /[\s-]/.test(text[next - 1] ?? '') ? 2 : 0;
		at = next;
	}
	// Of two that fit alike, the shorter one is meant.
	return score - text.length / 100;
}
