import {expect, test} from 'vitest';
import {makeDemoWorld, pilot} from '../support/demo-world.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

test('what missions took is what the next are expected to take, and what the quota rose by is pilot’s at most', {
	timeout: 60_000,
}, async () => {
	using place = scratch('estimates');
	const world = makeDemoWorld(place.dir, '## Pending\n- [ ] Wait for that ^m-wait01 after:^m-aaaaaa\n');
	const running = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});
	const said = async (...args: string[]) => (await pilot(world, args)).out;
	const json = async (...args: string[]) => JSON.parse(await said(...args, '--json'));
	const usage = (percent: number) => pilot(world, ['usage', '-'], {input: `Current session\n${percent}% used\n`});
	const doOne = async () => {
		const {missionId} = await json('add', 'Look at the greeting');
		await running.see(`^${missionId} done`);
		return missionId as string;
	};
	const waiting = async () => {
		const {missions} = await json('queue');
		return missions.find(({id}: {id: string}) => id === 'm-wait01').estimate;
	};
	await running.see('pilot started');
	await usage(30);
	await usage(40);
	await doOne();
	await usage(52);
	await doOne();
	expect(await waiting()).toBeUndefined();
	expect(await said('show', 'm-wait01')).toMatch(/\nNo estimate yet\.\n/);
	await doOne();
	const estimate = await waiting();
	expect(estimate).toMatchObject({of: 'kind', minutes: {n: 3}, tokens: {n: 3}});
	expect(estimate.tokens.p50).toBeGreaterThan(1000);
	const usually = /\nUsually \d+s, \d+k tokens \(p50 of 3\), \d+s at worst \(p90\)\.\n/;
	expect(await said('show', 'm-wait01', '--page', 'mission')).toMatch(usually);
	expect((await json('show', 'm-wait01')).estimate).toEqual(estimate);
	const last = await doOne();

	const status = await json('status');
	expect(status.budget.windows).toEqual([expect.objectContaining({usedPercent: 52, pilotPercent: 12})]);
	expect(status.missions.find(({id}: {id: string}) => id === 'm-wait01').estimate).toEqual(await waiting());
	expect(
		status.missions.filter(({state}: {state: string}) => state === 'done').map((one: object) => 'estimate' in one),
	).toEqual([false, false, false, false]);
	expect(await said('budget')).toMatch(/^5-hour window: 52 % \(pilot ≤ 12 %\)/);
	expect(await said('show', last)).toMatch(
		/Took \d+s, \d+k tokens; such missions take \d+s, \d+k tokens \(p50 of 3\), \d+s at worst \(p90\)/,
	);
	const report = await said('report');
	expect(report).toMatch(/\nQuota {2}5-hour 30 → 52 % \(pilot ≤ 12\)\n/);
	expect(report).toMatch(/\nCost {3}\d+s, \d+k tokens, estimated \d+s, \d+k tokens \(1 of \d missions\)\n/);

	await pilot(world, ['stop', '--now']);
	await running.finished;
	// What was learned outlives the pilot.
	expect(await json('budget')).toMatchObject({windows: [{usedPercent: 52, pilotPercent: 12}]});
	expect(await said('show', 'm-wait01')).toMatch(/\nUsually .* \(p50 of 4\)/);
	expect(await said('show', last)).not.toContain('Usually');
	const again = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});
	await again.see('pilot started');
	expect((await waiting()).minutes.n).toBe(4);
	await pilot(world, ['stop', '--now']);
	await again.finished;
});
