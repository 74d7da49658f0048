import {hash} from 'node:crypto';

/**
 * The id of the `ordinal`-th (from 0) mission of this title: `m-` and six of 0-9a-z out of a SHA-256, so that two
 * machines that read the same file name a mission alike without having written anything.
 */
export function derivedId(title: string, ordinal: number): string {
	const number = Number.parseInt(hash('sha256', `${ordinal}\n${title}`).slice(0, 12), 16) % 36 ** 6;
	return `m-${number.toString(36).padStart(6, '0')}`;
}

/**
 * Gives out derived ids. An ordinal whose id is taken is passed over; so a mission keeps its derived id when an equal one
 * before it gets its own written down, or moves to another section.
 */
export function createIdSource(taken: Set<string>) {
	const nextOrdinal = new Map<string, number>();
	return (title: string): string => {
		let ordinal = nextOrdinal.get(title) ?? 0;
		let id = derivedId(title, ordinal);
		while (taken.has(id)) id = derivedId(title, ++ordinal);
		nextOrdinal.set(title, ordinal + 1);
		taken.add(id);
		return id;
	};
}
