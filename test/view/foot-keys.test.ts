import {expect, test} from 'vitest';
import {footKeys} from '../../src/view/foot-keys.js';
import {createViewStore} from '../../src/view/store.js';
import {aNight, nowMs} from './a-status.js';

function row(columns: number, focus: 'queue' | 'pane' = 'queue'): string {
	const store = createViewStore({workspace: 'w', colour: true, nowMs});
	store.setStatus(aNight());
	store.change({focus});
	return footKeys(store.getState(), false, columns)
		.map(({label, word}) => `${label} ${word}`)
		.join('  ');
}

test('the footer shows all there is room for, and how to get help and out in any room', () => {
	expect(row(200)).toContain('r requeue');
	for (const focus of ['queue', 'pane'] as const)
		for (let columns = 60; columns < 220; columns++) {
			expect(row(columns, focus).length).toBeLessThanOrEqual(columns);
			expect(row(columns, focus)).toMatch(/\? help {2}q quit$/);
		}
});

test('what would do nothing now gives way first, then what is least needed', () => {
	expect(row(100)).not.toContain('replay');
	expect(row(100)).toContain('/ filter');
	expect(row(99)).not.toMatch(/replay|requeue/);
	expect(row(70)).not.toContain('/ filter');
	expect(row(80)).toContain('s skip');
});
