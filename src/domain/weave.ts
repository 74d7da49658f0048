/** Three versions of a list, each without repeated keys. */
export interface Versions {
	readonly base: readonly string[];
	readonly a: readonly string[];
	readonly b: readonly string[];
}

/**
 * Merges the order of two versions of a list: all keys of `a` and `b` that `keeps` lets through, as `a` has them; but what
 * only `b` has, or only `b` moved, stands behind the key that it follows in `b`.
 */
export function weave({base, a, b}: Versions, keeps: (key: string) => boolean): string[] {
	const inA = new Set(a);
	const movedByA = movedSince(base, a);
	const movedByB = movedSince(base, b);
	const isPlacedByB = (key: string) => !inA.has(key) || (movedByB.has(key) && !movedByA.has(key));
	const fromB = new Set(b.filter(isPlacedByB));
	const [start, behind] = runsBehind(b, fromB);
	const placed = a.filter(key => !fromB.has(key));
	return [...start, ...placed.flatMap(key => [key, ...(behind.get(key) ?? [])])].filter(keeps);
}

/** The keys of `fromB`, in runs behind the other key that they follow in `b`; the first run follows none. */
function runsBehind(b: readonly string[], fromB: ReadonlySet<string>): [string[], Map<string, string[]>] {
	const start: string[] = [];
	const behind = new Map<string, string[]>();
	let run = start;
	for (const key of b) {
		if (fromB.has(key)) run.push(key);
		else {
			run = [];
			behind.set(key, run);
		}
	}
	return [start, behind];
}

/** In a list of which a part is gone, the key was there before and is missing in one version now. */
export function isDropped(key: string, {base, a, b}: Record<keyof Versions, ReadonlySet<string>>): boolean {
	return base.has(key) && !(a.has(key) && b.has(key));
}

/** Keys of both lists that are not part of a longest run that both have in the same order. */
function movedSince(base: readonly string[], now: readonly string[]): Set<string> {
	const rank = new Map(base.map((key, at) => [key, at]));
	const common = now.filter(key => rank.has(key));
	const kept = longestRising(common.map(key => rank.get(key) ?? 0));
	return new Set(common.filter((_, at) => !kept.has(at)));
}

/** Indexes of a longest rising subsequence (patience sorting). */
function longestRising(values: readonly number[]): Set<number> {
	const tails: number[] = [];
	const previous: (number | undefined)[] = [];
	for (const [at, value] of values.entries()) {
		const pile = firstPileAtLeast(tails, values, value);
		previous[at] = tails[pile - 1];
		tails[pile] = at;
	}
	const run = new Set<number>();
	for (let at = tails.at(-1); at !== undefined; at = previous[at]) run.add(at);
	return run;
}

function firstPileAtLeast(tails: readonly number[], values: readonly number[], value: number): number {
	let low = 0;
	let high = tails.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Makes keys of texts: the n-th of equal ones is told apart by n. */
export function createKeying(): (text: string) => string {
	const seen = new Map<string, number>();
	return text => {
		const count = seen.get(text) ?? 0;
		seen.set(text, count + 1);
		return `${count}:${text}`;
	};
}

/** The side that changed; `a` where both did. */
export function threeWay<T>(
	base: T | undefined,
	a: T | undefined,
	b: T | undefined,
	equals: (x: T, y: T) => boolean,
): T | undefined {
	if (a === undefined || b === undefined) return a ?? b;
	return base !== undefined && equals(a, base) ? b : a;
}
