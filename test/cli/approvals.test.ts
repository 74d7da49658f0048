import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {createControlClient} from '../../src/control/client.js';
import {demoConfig, makeDemoWorld, pilot} from '../support/demo-world.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {factsIn} from '../support/real-claude.js';
import {scratch, type World} from '../support/workspace.js';

const soon = {timeout: 15_000};

function start({workspace, home}: World, ...args: string[]) {
	const running = startPilot(['start', '--headless', ...args], {cwd: workspace, env: childEnv(home)});
	onTestFinished(() => void running.child.kill('SIGKILL'));
	return running;
}

const status = async (world: World) => JSON.parse((await pilot(world, ['status', '--json'])).out || '{}');
const asked = async (world: World): Promise<{approvalId: string; missionId: string; kind: string}[]> =>
	(await status(world)).approvals ?? [];
const missionsOf = ({workspace}: World) => readFileSync(path.join(workspace, 'missions.md'), 'utf8');
const markOf = (world: World, id: string) => new RegExp(`- \\[(.)\\].*\\^${id}`).exec(missionsOf(world))?.[1];

test('supervised: each mission waits for its approval, one that waits holds up no other, a no parks it', async () => {
	using place = scratch();
	const missions = '## Pending\n- [ ] First ^m-first1\n- [ ] Second ^m-secnd1\n- [ ] Third ^m-third1\n';
	const world = makeDemoWorld(place.dir, missions, demoConfig('mode: supervised\n'));
	const running = start(world, '--until-idle');
	await expect.poll(() => asked(world), soon).toHaveLength(3);
	const open = await asked(world);
	const idOf = (missionId: string) => open.find(one => one.missionId === missionId)?.approvalId ?? '';
	const [first] = (await status(world)).missions;
	expect(first.why).toMatch(new RegExp(`^waits for your approval \\(${idOf('m-first1')}, until \\d\\d:\\d\\d\\)$`));
	expect((await pilot(world, ['status'])).out).toContain(`asked: ${idOf('m-first1')} ^m-first1 shall start: First`);
	expect(JSON.parse((await pilot(world, ['deny', '--json'])).out)).toEqual({v: 1, approvals: open});
	const shown = (await pilot(world, ['approve'])).out;
	expect(shown).toContain(`${idOf('m-secnd1')}  ^m-secnd1 shall start: Second`);
	expect(shown).toMatch(/It may read app and change nothing\. At most 60 minutes and 50 turns a session\./);

	await pilot(world, ['approve', idOf('m-secnd1')]);
	await expect.poll(() => markOf(world, 'm-secnd1'), soon).toBe('x');
	expect(markOf(world, 'm-first1')).toBe(' ');
	expect((await pilot(world, ['deny', idOf('m-first1'), '--note', 'Not today'])).out).toContain('^m-first1 is parked');
	await expect.poll(() => markOf(world, 'm-first1'), soon).toBe('-');
	const parked = (await status(world)).missions.find(({id}: {id: string}) => id === 'm-first1');
	expect(parked.why).toBe('not approved by you: Not today');

	await pilot(world, ['deny', idOf('m-third1')]);
	expect((await running.finished).code).toBe(0);
	expect(factsIn(world.workspace).filter(({type}) => type === 'mission.claimed')).toHaveLength(1);
});

test('supervised: without an answer by the deadline it is parked, and asked about again when it is requeued', async () => {
	using place = scratch();
	const config = demoConfig('mode: supervised\napprovals: {timeoutSeconds: 1}\n');
	const world = makeDemoWorld(place.dir, '## Pending\n- [ ] First ^m-first1\n', config);
	start(world);
	await expect.poll(() => markOf(world, 'm-first1'), soon).toBe('-');
	await pilot(world, ['requeue', 'm-first1']);
	await expect.poll(() => factsIn(world.workspace).filter(({type}) => type === 'approval.asked').length, soon).toBe(2);
});

test('a question outlives a kill; answered after the next start, the mission runs', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, '## Pending\n- [ ] First ^m-first1\n', demoConfig('mode: supervised\n'));
	const first = start(world);
	await expect.poll(() => asked(world), soon).toHaveLength(1);
	const [before] = await asked(world);
	first.child.kill('SIGKILL');
	await first.finished;
	const second = start(world, '--until-idle');
	await expect.poll(() => asked(world), soon).toEqual([before]);
	await pilot(world, ['approve', before?.approvalId ?? '']);
	expect((await second.finished).code).toBe(0);
	expect(markOf(world, 'm-first1')).toBe('x');
});

test('what an agent proposes waits for a yes; a no takes it out of the file', async () => {
	using place = scratch();
	const missions =
		'## Pending\n- [ ] Look ^m-first1\n  demo: proposes Mend the roof\n- [ ] Look on ^m-secnd1\n  demo: proposes Sell the house\n';
	const world = makeDemoWorld(place.dir, missions);
	start(world);
	await expect.poll(() => asked(world), soon).toHaveLength(2);
	const [roof, house] = await asked(world);
	expect([roof?.kind, markOf(world, roof?.missionId ?? '')]).toEqual(['proposal', '-']);
	await pilot(world, ['deny', house?.approvalId ?? '']);
	expect(missionsOf(world)).not.toContain(house?.missionId);
	expect((await pilot(world, ['approve', roof?.approvalId ?? ''])).out).toContain('is in the queue');
	await expect.poll(() => markOf(world, roof?.missionId ?? ''), soon).toBe('x');
	expect(factsIn(world.workspace).filter(({type}) => type === 'mission.requeued')).toEqual([]);
	expect(await asked(world)).toEqual([]);
});

test('a proposal that is requeued by hand is no longer asked about', async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, '## Pending\n- [ ] Look ^m-first1\n  demo: proposes Mend the roof\n');
	start(world);
	await expect.poll(() => asked(world), soon).toHaveLength(1);
	const [{missionId} = {missionId: ''}] = await asked(world);
	await pilot(world, ['requeue', missionId]);
	await expect.poll(() => asked(world), soon).toEqual([]);
});

test('a session that asks while a dashboard is open gets the answer; its words print nothing that a terminal obeys', async () => {
	using place = scratch();
	const missions = '## Pending\n- [ ] Look ^m-first1\n  demo: wants rm \u009b31m\u202e -rf build\n';
	const world = makeDemoWorld(place.dir, missions);
	const running = start(world, '--until-idle');
	await expect.poll(async () => (await status(world)).state, soon).toBe('running');
	const client = createControlClient(path.join(world.workspace, '.pilot'), {});
	const hangUp = client.follow({end() {}}, {watch: true});
	onTestFinished(hangUp);
	await expect.poll(() => asked(world), soon).toHaveLength(1);
	const shown = await pilot(world, ['approve']);
	expect(shown.out).toMatch(/ {2}\| rm \\u\{9b\}31m\\u\{202e\} -rf build/);
	for (const verb of [['approve'], ['deny', '--json'], ['status'], ['logs']]) {
		const {out} = await pilot(world, verb);
		expect(out).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
	}
	await pilot(world, ['approve', (await asked(world))[0]?.approvalId ?? '']);
	expect((await running.finished).code).toBe(0);
	const stream = readFileSync(path.join(world.workspace, '.pilot/runs/m-first1/1/stream.jsonl'), 'utf8');
	expect(stream).toContain('Allowed. (Simulated: nothing was run.)');
});

test('a session that asks with nobody there is refused; with permissions: never the answer is no as well', async () => {
	using place = scratch();
	for (const more of ['', 'approvals: {permissions: never}\n']) {
		const world = makeDemoWorld(
			path.join(place.dir, more ? 'never' : 'alone'),
			'## Pending\n- [ ] Look ^m-first1\n  demo: wants rm -rf build\n',
			demoConfig(more),
		);
		await start(world, '--until-idle').finished;
		expect(factsIn(world.workspace).some(({type}) => type === 'approval.asked')).toBe(false);
		const stream = readFileSync(path.join(world.workspace, '.pilot/runs/m-first1/1/stream.jsonl'), 'utf8');
		expect(stream).toContain('Nobody is there to allow it.');
	}
});
