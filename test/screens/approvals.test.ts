import {expect, test} from 'vitest';
import {demoConfig, makeDemoWorld, pilot} from '../support/demo-world.js';
import {notRun} from '../support/not-run.js';
import {scratch} from '../support/workspace.js';
import {hasTmux, openTmux} from './tmux.js';

const command = `find . -name '*.log' -print0 | xargs -0 rm -f && echo "${'all of them '.repeat(20)}are gone"`;

for (const [cols, rows] of [
	[80, 24],
	[120, 40],
	[200, 50],
] as const) {
	test(`${cols}×${rows}: a session asks, y shows all of it, an answer lets it go on`, async () => {
		if (!hasTmux()) return notRun('questions on the screen: needs tmux');
		using place = scratch();
		const missions = `## Pending\n- [ ] Clean up ^m-clean1\n  demo: wants ${command}\n`;
		const world = makeDemoWorld(
			place.dir,
			missions,
			demoConfig('whenUnwatched: finish\napprovals: {permissions: always}\n'),
		);
		using terminal = openTmux(place.dir, {cols, rows, cwd: world.workspace, home: world.home, args: []});
		await terminal.see('! y to look: ^m-clean1 wants to run a command: find .');
		terminal.press('y');
		const asked = await terminal.see('allow it for this session: this very command');
		expect(asked).toContain(`│ find . -name '*.log' -print0 | xargs -0 rm -f && echo "all of them`);
		expect(asked).toMatch(/(Until (?:\w{3} )?\d\d:\d\d, (59m|1h00m) left; no answer counts as no\.)/);
		expect(asked.split('\n').every(line => [...line].length <= cols)).toBe(true);
		await new Promise(resolve => setTimeout(resolve, 700));
		terminal.press('d');
		await terminal.see('Why not?');
		terminal.press('Not now', 'Enter');
		await terminal.miss('Why not?');
		await terminal.see('Denied a-');
		await terminal.see(/✓ 1 done|✓ 1/);
		await pilot(world, ['stop', '--now']);
	});
}
