import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {startAgain} from '../support/after-a-kill.js';
import {demoConfig, pilot} from '../support/demo-world.js';
import {howMany, tellFigure} from '../support/figures.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {git, makeWorld, scratch, type World} from '../support/workspace.js';

const missions =
	'## Pending\n- [ ] Look around ^m-read01\n- [ ] Add a farewell access:write ^m-write1\n  demo: writes bye.js\n';
const ids = ['m-read01', 'm-write1'];
const config = `${demoConfig().replace('60', '1000')}isolation: worktree\n`;
const longestRunMs = 4000;

/** What a pilot that is done with its missions should not have left, and what it should. */
function leftIn({target, workspace}: World): string[] {
	const entries = path.join(target, '.git/worktrees');
	const checkouts = path.join(workspace, '.pilot/checkouts');
	const fileOfBranch = git(target, 'ls-tree', '--name-only', 'pilot/m-write1-add-a-farewell', 'bye.js');
	return [
		...(existsSync(entries) ? readdirSync(entries) : []),
		...(existsSync(checkouts) ? readdirSync(checkouts) : []),
		...(fileOfBranch === 'bye.js' ? [] : ['no bye.js']),
		...(git(target, 'fsck', '--full', '--no-dangling') === '' ? [] : ['fsck']),
		...(git(target, 'status', '--porcelain') === '' ? [] : ['the target changed']),
	];
}

const kills = howMany({full: 100, short: 6});

test(`kill -9 at ${kills} moments of missions in worktrees: nothing lost, nothing left in the target`, {
	timeout: 20 * 60_000,
	retry: 0,
}, async () => {
	const moments = Array.from({length: kills}, (_, index) => ((index + Math.random()) / kills) * longestRunMs);
	const failed: string[] = [];
	for (const atMs of moments) {
		using place = scratch('pilot-worktree');
		const world = makeWorld(place.dir, {config, missions});
		const env = childEnv(world.home);
		const first = startPilot(['start', '--headless', '--until-idle'], {cwd: world.workspace, env});
		await Promise.race([new Promise(resolve => setTimeout(resolve, atMs)), first.finished]);
		first.child.kill('SIGKILL');
		await first.finished;
		const {troubles} = await startAgain(world, ids, env);
		const all = [...troubles, ...leftIn(world)];
		if (all.length > 0) failed.push(`${Math.round(atMs)} ms: ${all.join(', ')}`);
	}
	tellFigure({
		name: 'kill -9 at random moments, isolation: worktree',
		n: kills,
		failures: failed.length,
		figure: 'no entry, no object that git fsck would tell of and no change in the target but the branch',
	});
	expect(failed).toEqual([]);
});

test('the journal, doctor and config check say what a worktree does not protect', async () => {
	using place = scratch('pilot-worktree');
	const world = makeWorld(place.dir, {config, missions});
	expect((await pilot(world, ['config', 'check'])).out).toContain('shares the objects, branches and settings');
	expect((await pilot(world, ['doctor'])).out).toMatch(/isolation.*shares the objects/);
	expect((await pilot(world, ['start', '--headless', '--until-idle'])).code).toBe(0);
	const [day = ''] = readdirSync(path.join(world.workspace, 'journal'));
	expect(git(world.workspace, 'show', `HEAD:journal/${day}`)).toContain('The checkout is a git worktree');
});
