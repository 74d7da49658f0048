import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {demoConfig, makeDemoWorld, pilot} from '../support/demo-world.js';
import {scratch} from '../support/workspace.js';
import {openTmux} from './tmux.js';

const missions = `## Pending
- [ ] Add a farewell access:write ^m-write1
  demo: writes bye.js
- [ ] Make it faster access:write ^m-claim1
  demo: claims
`;

test('who comes back starts with what happened, reads it and goes on; what one saves in one’s own editor is merged', {
	timeout: 120_000,
}, async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, missions, demoConfig().replace('60', '1000'));
	const night = await pilot(world, ['start', '--headless', '--until-idle']);
	expect(night.code).toBe(1);
	writeFileSync(path.join(world.workspace, '.pilot/last-seen'), new Date(Date.now() - 2 * 3_600_000).toISOString());
	const editor = path.join(place.dir, 'editor.sh');
	writeFileSync(
		editor,
		`trap 'echo INTERRUPTED' INT
echo "EDITOR AT $1"; read -r words || read -r words
echo "- [ ] $words ^m-edited" >> "$2"
`,
	);
	const env = {VISUAL: `sh '${editor}' here`};
	using terminal = openTmux(place.dir, {cols: 80, rows: 24, cwd: world.workspace, home: world.home, args: [], env});
	await terminal.see(
		/Morning report since \d\d:\d\d, \d+[ms][\s\S]*\? 1 unproven {2}✓ 1 done[\s\S]*Needs you[\s│]+\? unproven +Make it faster/,
	);
	terminal.press('o');
	await terminal.see(/\^m-claim1 {2}Make it faster[\s\S]*1 Mission/);
	terminal.press('Escape');
	await terminal.see('Morning report');
	terminal.press('Enter');
	await terminal.see(/\^m-claim1, attempt 1/);
	terminal.press('q');
	await terminal.see('Morning report');
	terminal.press('q');
	await terminal.miss('Morning report');
	terminal.press('e');
	await terminal.see('EDITOR AT here');
	terminal.press('C-c');
	await terminal.see('INTERRUPTED');
	// Every key is the editor's: none of them may reach the dashboard.
	terminal.press('-l', 'qsx wait for me');
	terminal.press('Enter');
	await terminal.see('missions.md is saved.');
	await terminal.see('qsx wait for me');
	terminal.press('M');
	await terminal.see('Morning report');
	const told = await pilot(world, ['report', '--since', '1h']);
	expect([told.code, told.out]).toEqual([0, expect.stringMatching(/\? 1 unproven {2}✓ \d done/)]);
	await pilot(world, ['stop', '--now']);
});
