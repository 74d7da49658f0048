import type {PageLine} from './page.js';

type Does = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last' | 'next-head' | 'last-head' | 'next' | 'before';

/** A key of the reader; what closes it has no move. */
export interface ReaderBinding {
	/** As `keyName` calls them. */
	readonly keys: readonly string[];
	/** How the keys are written. */
	readonly label: string;
	/** For its last row; without one it is in the help alone. */
	readonly word?: string;
	/** One sentence, for the help. */
	readonly about: string;
	readonly does: Does | 'close';
}

/** Every key of what is read over the whole window. */
export const readerKeymap: readonly ReaderBinding[] = [
	{keys: ['j', 'down', 'return'], label: 'j ↓', word: 'down', about: 'One row down; so does Enter.', does: 'down'},
	{keys: ['k', 'up'], label: 'k ↑', about: 'One row up.', does: 'up'},
	{
		keys: [' ', 'pagedown', 'ctrl-f'],
		label: 'Space',
		word: 'on',
		about: 'A window down; so does PgDn.',
		does: 'page-down',
	},
	{keys: ['b', 'pageup', 'ctrl-b'], label: 'b', about: 'A window up; so does PgUp.', does: 'page-up'},
	{keys: ['g', 'home'], label: 'g', about: 'To the beginning.', does: 'first'},
	{keys: ['G', 'end'], label: 'G', about: 'To the end.', does: 'last'},
	{keys: ['n'], label: 'n', word: 'next part', about: 'To the next heading or file.', does: 'next-head'},
	{keys: ['N'], label: 'N', about: 'To the heading or file before.', does: 'last-head'},
	{keys: ['tab', 'l', 'right'], label: 'Tab', word: 'page', about: 'The next page; 1 to 9 go to one.', does: 'next'},
	{keys: ['h', 'left'], label: 'h', about: 'The page before.', does: 'before'},
	{keys: ['escape', 'q'], label: 'Esc', word: 'close', about: 'Close it.', does: 'close'},
];

/** Where the reader is: a page, and its row at the top of the window. */
export interface Place {
	readonly page: number;
	readonly top: number;
}

type Head = Pick<PageLine, 'isHead'>;

interface Shown {
	readonly pages: number;
	readonly lines: readonly Head[];
	readonly height: number;
}

const headAfter = (lines: readonly Head[], top: number) => lines.findIndex((line, row) => line.isHead && row > top);
const headBefore = (lines: readonly Head[], top: number) =>
	lines.findLastIndex((line, row) => line.isHead && row < top);

function topAfter(does: Does, top: number, {lines, height}: Shown): number {
	const page = Math.max(1, height - 1);
	switch (does) {
		case 'up':
			return top - 1;
		case 'down':
			return top + 1;
		case 'page-up':
			return top - page;
		case 'page-down':
			return top + page;
		case 'last':
			return lines.length;
		case 'next-head': {
			const next = headAfter(lines, top);
			return next < 0 ? top : next;
		}
		case 'last-head':
			return headBefore(lines, top);
		default:
			return 0;
	}
}

/** Where a key leads; undefined when it closes the reader. Any other key leads nowhere. */
export function placeAfter(place: Place, key: string, shown: Shown): Place | undefined {
	if (/^[1-9]$/.test(key)) return Number(key) <= shown.pages ? {page: Number(key) - 1, top: 0} : place;
	const binding = readerKeymap.find(({keys}) => keys.includes(key));
	if (!binding) return place;
	if (binding.does === 'close') return;
	const step = binding.does === 'next' ? 1 : binding.does === 'before' ? -1 : 0;
	if (step !== 0) return {page: (place.page + step + shown.pages) % shown.pages, top: 0};
	const last = Math.max(0, shown.lines.length - shown.height);
	return {...place, top: Math.max(0, Math.min(last, topAfter(binding.does as Does, place.top, shown)))};
}
