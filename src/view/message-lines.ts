import {pageLines} from './page.js';
import type {Message} from './screen.js';

/** How long a row of it stands: what takes two rows takes longer to read. */
const shownMs = 15_000;

/** What is said now, in rows of so many cells, at most `most` of them; none when nothing is, or it has been said for long enough. */
export function messageLines(message: Message | undefined, nowMs: number, columns: number, most: number): string[] {
	if (!message) return [];
	const lines = pageLines({title: '', kind: 'plain', text: `» ${message.text}`}, columns).map(({text}) => text);
	return nowMs - message.atMs < shownMs * Math.max(1, lines.length) ? lines.slice(0, most) : [];
}
