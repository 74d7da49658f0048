/** Edit distance (Levenshtein), capped by the caller's use of it. */
function distance(a: string, b: string): number {
	let row = Array.from({length: b.length + 1}, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next[j] = Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, swap);
		}
		row = next;
	}
	return row[b.length] ?? 0;
}

/** The candidate most like `word`, if any is like it at all. */
export function nearestOf(word: string, candidates: readonly string[]): string | undefined {
	const ranked = candidates
		.map(candidate => ({candidate, far: distance(word.toLowerCase(), candidate.toLowerCase())}))
		.sort((a, b) => a.far - b.far);
	const best = ranked[0];
	return best && best.far <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined;
}
