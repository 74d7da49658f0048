import fc from 'fast-check';
import {expect, test} from 'vitest';
import {planLayout} from '../../src/view/layout.js';

const sizes = fc.record({
	columns: fc.integer({min: 60, max: 300}),
	rows: fc.integer({min: 15, max: 100}),
	zoomed: fc.boolean(),
});

test('whatever the window, the panels fill it and no more', () => {
	fc.assert(
		fc.property(sizes, ({columns, rows, zoomed}) => {
			const {kind, left, right, header, queue, pane, budget, memory, activity} = planLayout(columns, rows, zoomed);
			// The line of news and the line of keys.
			const room = rows - header - 2;
			if (kind === 'wide') {
				expect(queue + budget + memory).toBe(room);
				expect(pane + activity).toBe(room);
				expect(left + 1 + right).toBe(columns);
			} else {
				expect(queue + pane + activity + memory + budget).toBe(room);
				expect([left, right]).toEqual([columns, columns]);
			}
			for (const height of [queue, pane, budget, memory, activity]) expect(height).toBeGreaterThanOrEqual(0);
			expect(pane).toBeGreaterThanOrEqual(4);
			if (!zoomed) expect(queue).toBeGreaterThanOrEqual(4);
		}),
	);
});

test('80×24 has a queue of six rows, a pane of eight and a budget of two', () => {
	const {kind, queue, pane, budget} = planLayout(80, 24, false);
	expect({kind, queue, pane, budget}).toEqual({kind: 'stack', queue: 9, pane: 9, budget: 2});
});

test('120×40 shows every panel', () => {
	const {kind, memory, activity, budget} = planLayout(120, 40, false);
	expect(kind).toBe('wide');
	expect(Math.min(memory, activity, budget)).toBeGreaterThanOrEqual(5);
});

test.each([
	[59, 40],
	[200, 14],
])('%i×%i is too small', (columns, rows) => {
	expect(planLayout(columns, rows, false).kind).toBe('small');
});
