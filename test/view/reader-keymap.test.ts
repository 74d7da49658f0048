import {expect, test} from 'vitest';
import {pageLines} from '../../src/view/page.js';
import {type Place, placeAfter, readerKeymap} from '../../src/view/reader-keymap.js';

const text = Array.from({length: 30}, (_, n) => (n % 10 === 0 ? `# Part ${n / 10}` : `line ${n}`)).join('\n');
const shown = {pages: 3, height: 8, lines: pageLines({title: 'T', kind: 'markdown', text}, 40)};
const after = (...keys: string[]) =>
	keys.reduce<Place | undefined>((place, key) => place && placeAfter(place, key, shown), {page: 0, top: 0});

test.each([
	[['j', 'down', 'return'], 0, 3],
	[['j', 'k', 'k'], 0, 0],
	[[' ', ' '], 0, 14],
	[[' ', 'b'], 0, 0],
	[['G'], 0, 22],
	[['G', 'j'], 0, 22],
	[['G', 'g'], 0, 0],
	[['n'], 0, 10],
	[['n', 'n', 'N'], 0, 10],
	[['n', 'n', 'n'], 0, 20],
	[['N'], 0, 0],
	[['x', 'F'], 0, 0],
	[['j', 'tab'], 1, 0],
	[['tab', 'tab', 'tab'], 0, 0],
	[['h'], 2, 0],
	[['j', '2'], 1, 0],
	[['j', '4'], 0, 1],
] as const)('%j leads to page %i, row %i', (keys, page, top) => {
	expect(after(...keys)).toEqual({page, top});
});

test('Esc and q close it', () => {
	expect([after('escape'), after('j', 'q')]).toEqual([undefined, undefined]);
});

test('no key does two things', () => {
	const keys = readerKeymap.flatMap(binding => binding.keys);
	expect(new Set(keys).size).toBe(keys.length);
});
