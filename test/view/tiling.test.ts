import fc from 'fast-check';
import {expect, test} from 'vitest';
import {mostTiles, planTiles} from '../../src/view/tiling.js';

test.each([
	[1, 120, 30, [[0, 0, 120, 30]]],
	[
		2,
		200,
		30,
		[
			[0, 0, 99, 30],
			[100, 0, 100, 30],
		],
	],
	[
		2,
		80,
		30,
		[
			[0, 0, 80, 15],
			[0, 15, 80, 15],
		],
	],
	[
		4,
		200,
		50,
		[
			[0, 0, 99, 25],
			[100, 0, 100, 25],
			[0, 25, 99, 25],
			[100, 25, 100, 25],
		],
	],
	[
		3,
		200,
		50,
		[
			[0, 0, 99, 25],
			[100, 0, 100, 25],
			[0, 25, 200, 25],
		],
	],
] as const)('%i panes in %i×%i', (count, width, height, tiles) => {
	expect(planTiles(count, width, height).map(({x, y, cols, rows}) => [x, y, cols, rows])).toEqual(tiles);
});

test('sixteen fit into a large window, and no more are shown', () => {
	expect(planTiles(16, 300, 100)).toHaveLength(16);
	expect(planTiles(40, 500, 200)).toHaveLength(mostTiles);
});

test('what does not fit is not shown; one always is', () => {
	expect(planTiles(9, 80, 20).length).toBeLessThan(9);
	expect(planTiles(5, 10, 2)).toHaveLength(1);
});

test('tiles lie inside, do not overlap, and leave no row and no column but the gaps', () => {
	fc.assert(
		fc.property(
			fc.integer({min: 1, max: 20}),
			fc.integer({min: 1, max: 400}),
			fc.integer({min: 1, max: 150}),
			(count, width, height) => {
				const tiles = planTiles(count, width, height);
				const cells = new Set<string>();
				for (const {x, y, cols, rows} of tiles) {
					expect(x + cols <= width && y + rows <= height && cols > 0 && rows > 0).toBe(true);
					for (const [at, to] of [
						[x, y],
						[x + cols - 1, y + rows - 1],
					] as const) {
						expect(cells.has(`${at},${to}`) && cols * rows > 1).toBe(false);
						cells.add(`${at},${to}`);
					}
				}
				const area = tiles.reduce((sum, {cols, rows}) => sum + cols * rows, 0);
				expect(width * height - area).toBeLessThanOrEqual(height * 16);
			},
		),
	);
});
