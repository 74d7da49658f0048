import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {demoConfig, makeDemoWorld, pilot} from '../support/demo-world.js';
import {notRun} from '../support/not-run.js';
import {scratch, type World} from '../support/workspace.js';
import {hasTmux, openTmux} from './tmux.js';

const missions =
	'## Pending\n- [ ] Say hello (high) ^m-hello1\n- [ ] Audit the routes ^m-audit1\n  all of them\n- [ ] Tidy the docs ^m-docs01\n- [ ] Mend the door ^m-door01\n';
const missionsOf = (world: World) => readFileSync(path.join(world.workspace, 'missions.md'), 'utf8');
const waitingIn = (world: World) => missionsOf(world).split('## In Progress')[0] ?? '';

test('the queue is narrowed, moved about, undone, and reached by name, with keys of one’s own', async () => {
	if (!hasTmux()) return notRun('the queue on the screen: needs tmux');
	using place = scratch();
	const config = demoConfig('keys: {sort: S, palette: [":", ctrl-p]}\n').replace('pace: 60', 'pace: 0.1');
	const world = makeDemoWorld(place.dir, missions, config);
	await using _stopped = {[Symbol.asyncDispose]: async () => void (await pilot(world, ['stop', '--now']))};
	using terminal = openTmux(place.dir, {cols: 120, rows: 40, cwd: world.workspace, home: world.home, args: []});
	await terminal.see('demo (simulated)');

	terminal.press('/');
	await terminal.see('Esc shows all');
	terminal.press('-l', 'docs');
	await terminal.see('Queue, /docs 1 of 4');
	terminal.press('Enter');
	await terminal.miss('Esc shows all');
	terminal.press('[');
	await terminal.see('^m-docs01 goes before ^m-audit1.');
	expect(waitingIn(world)).toMatch(/Tidy the docs.*\n- \[ \] Audit the routes.*\n {2}all of them\n- \[ \] Mend/);
	terminal.press('U');
	await terminal.see('Undone: move ^m-docs01.');
	expect(waitingIn(world)).toMatch(/Audit the routes.*\n {2}all of them\n- \[ \] Tidy the docs.*\n- \[ \] Mend/);
	terminal.press('Escape');
	await terminal.see('Mend the door');

	terminal.press('C-p');
	await terminal.see('Commands');
	terminal.press('-l', 'add Oil the hinges');
	await terminal.see('add Oil the hinges');
	terminal.press('Enter');
	await terminal.see('Added as ^m-');
	await terminal.see('Oil the hinges');
	terminal.press('U');
	await terminal.see('Undone: add ^m-');
	expect(missionsOf(world)).not.toContain('hinges');
	terminal.press('S');
	await terminal.see('what needs you first');
});
