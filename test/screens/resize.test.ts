import {expect, test} from 'vitest';
import {demoConfig, makeDemoWorld, pilot} from '../support/demo-world.js';
import {notRun} from '../support/not-run.js';
import {scratch} from '../support/workspace.js';
import {hasTmux, openTmux} from './tmux.js';

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

test('a window that shrinks while things happen and keys are pressed is drawn anew, whole', {
	timeout: 90_000,
}, async () => {
	if (!hasTmux()) return notRun('windows that shrink: needs tmux');
	using place = scratch();
	const lines = Array.from({length: 40}, (_, n) => `- [ ] Look at part ${n} of the greeting\n`);
	const config = demoConfig('sessions: {max: 2}\nlimits: {runsPerDay: none}\n').replace('pace: 60', 'pace: 6');
	const world = makeDemoWorld(place.dir, `## Pending\n${lines.join('')}`, config);
	await using _stopped = {[Symbol.asyncDispose]: async () => void (await pilot(world, ['stop', '--now']))};
	using terminal = openTmux(place.dir, {cols: 120, rows: 30, cwd: world.workspace, home: world.home, args: []});
	await terminal.see('demo (simulated)');
	for (let n = 0; n < 12; n++) {
		terminal.resize(120, 24 + (n % 3) * 8);
		await pause(300 + 60 * n);
		terminal.press('jkpp'.charAt(n % 4));
		await pause([0, 0, 20, 50][n % 4] ?? 0);
		terminal.resize(80, 24);
		await terminal.see(/^missions {2}.*\n.*(main|master).*\n━━ Queue /);
		await pause(400);
		const [first, second, third] = terminal.screen().split('\n');
		expect([first, second, third]).toEqual([
			expect.stringMatching(/^missions {2}\S/),
			expect.stringMatching(/^(main|master)/),
			expect.stringMatching(/^━━ Queue /),
		]);
	}
});
