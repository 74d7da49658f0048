import fc from 'fast-check';
import {expect, test} from 'vitest';
import {leans, planLayout} from '../../src/view/layout.js';

const sizes = fc.record({
	columns: fc.integer({min: 60, max: 300}),
	rows: fc.integer({min: 15, max: 100}),
	zoomed: fc.boolean(),
	lean: fc.constantFrom(...leans),
});

test('whatever the window, the panels fill it and no more', () => {
	fc.assert(
		fc.property(sizes, ({columns, rows, zoomed, lean}) => {
			const plan = planLayout(columns, rows, zoomed, lean);
			const {kind, left, right, third, header, queue, pane, budget, memory, activity, commands} = plan;
			// The line of news and the line of keys.
			const room = rows - header - 2;
			if (kind === 'wide') {
				expect(queue + budget + memory).toBe(room);
				if (third > 0) expect([pane, activity + commands]).toEqual([room, room]);
				else expect([pane + activity, commands]).toEqual([room, 0]);
				expect(left + 1 + right + (third > 0 ? 1 + third : 0)).toBe(columns);
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

test.each([
	[60, 15],
	[80, 24],
	[120, 40],
	[240, 50],
	[300, 100],
])('%i×%i leans to the queue, or to the panes', (columns, rows) => {
	const [even, queue, panes] = leans.map(lean => planLayout(columns, rows, false, lean));
	const room = (plan = even) => (plan?.kind === 'wide' ? plan.left : plan?.queue) ?? 0;
	expect(room(queue)).toBeGreaterThanOrEqual(room());
	expect(room(panes)).toBeLessThanOrEqual(room());
	expect(room(queue)).toBeGreaterThan(room(panes) - 1);
	expect(panes?.right).toBeGreaterThanOrEqual(40);
});

test('300×100 has a third column, and panes as wide as programs want them', () => {
	const {third, right, commands, activity} = planLayout(300, 100, false);
	expect(right).toBeGreaterThanOrEqual(120);
	expect(Math.min(third, commands + activity)).toBeGreaterThanOrEqual(80);
	expect(planLayout(200, 50, false).third).toBe(0);
	expect(planLayout(300, 100, true)).toMatchObject({third: 0, commands: 0, right: 300});
});

test('60×50, as a side split has it, gives the budget a panel of its own', () => {
	expect(planLayout(60, 50, false).budget).toBe(7);
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
