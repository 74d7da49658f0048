import {expect, test} from 'vitest';
import {demoConfig, makeDemoWorld, pilot} from '../support/demo-world.js';
import {scratch} from '../support/workspace.js';
import {openTmux} from './tmux.js';

const missions = '## Pending\n- [ ] Add a farewell access:write ^m-write1\n  demo: writes bye.js\n';

test('by keys alone: what a mission has left is read page by page, then the journal; show prints the same', {
	timeout: 60_000,
}, async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, missions, demoConfig().replace('60', '1000'));
	using terminal = openTmux(place.dir, {cols: 80, rows: 24, cwd: world.workspace, home: world.home, args: []});
	await terminal.see('^m-write1 done');
	terminal.press('Enter');
	await terminal.see(
		/\^m-write1 {2}Add a farewell[\s\S]*1 Mission {2}2 Report {2}3 Receipts {2}4 Changes {2}5 History/,
	);
	terminal.press('2');
	await terminal.see('Wrote bye.js.');
	terminal.press('Tab');
	await terminal.see('✓ met: tests of the target');
	terminal.press('4');
	await terminal.see('new file mode 100644');
	terminal.press('5');
	await terminal.see('taken: Add a farewell');
	terminal.press('q');
	await terminal.see('^m-write1 done');
	terminal.press('J');
	await terminal.see('done: Add a farewell ^m-write1');
	terminal.press('Escape');
	await terminal.miss('1 20');
	const shown = await pilot(world, ['show', 'm-write1', '--page', 'changes']);
	expect([shown.code, shown.out]).toEqual([0, expect.stringContaining('+++ b/bye.js')]);
	await pilot(world, ['stop', '--now']);
});
