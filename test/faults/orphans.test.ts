import {spawnSync} from 'node:child_process';
import {copyFileSync, existsSync, readdirSync, readFileSync, readlinkSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {systemClock} from '../../src/kernel/clock.js';
import {sweep} from '../../src/kernel/process-tree.js';
import {goneWithin, tagOf} from '../support/after-a-kill.js';
import {pilot} from '../support/demo-world.js';
import {isShort, tellFigure} from '../support/figures.js';
import {notRun} from '../support/not-run.js';
import {childEnv, type Running, root, startPilot} from '../support/pilot-process.js';
import {makeWorld, scratch, type World} from '../support/workspace.js';

const kinds = ['plain', 'nohup', 'setsid', 'double', 'deaf'];
const longestMs = 5000;

interface Scene {
	readonly world: World;
	readonly running: Running;
	/** The pid of what the session has left, or means to. */
	readonly left: number;
}

const startIn = ({workspace, home}: World) =>
	startPilot(['start', '--headless'], {cwd: workspace, env: childEnv(home)});

/** A session whose program has started one that means to survive it. */
async function setScene(dir: string, kind: string, sessions = ''): Promise<Scene> {
	const note = path.join(dir, 'left');
	const world = makeWorld(dir, {
		config: `agent: command\n${sessions}command: {argv: [./survivor.sh, ${kind}, ${note}, "{prompt}"]}\ntargets:\n  - {name: app, path: ../app}\n`,
		missions: '## Pending\n- [ ] Leave something ^m-left01\n',
	});
	copyFileSync(path.join(root, 'test/fakes/survivor.sh'), path.join(world.workspace, 'survivor.sh'));
	const running = startIn(world);
	onTestFinished(() => void running.child.kill('SIGKILL'));
	await expect.poll(() => existsSync(note) && readFileSync(note, 'utf8').endsWith('\n'), {timeout: 10_000}).toBe(true);
	return {world, running, left: Number(readFileSync(note, 'utf8'))};
}

/** Ways in which a session can end; one gives the pilot that runs afterwards. */
const endings: Readonly<Record<string, (scene: Scene) => Promise<Running | undefined>>> = {
	async 'stop --now'({world, running}) {
		await pilot(world, ['stop', '--now']);
		await running.finished;
		return undefined;
	},
	async 'kill -9 and a new start'({world, running}) {
		running.child.kill('SIGKILL');
		await running.finished;
		const again = startIn(world);
		await again.see('pilot started');
		return again;
	},
	async 'its mission is stopped'({world}) {
		await pilot(world, ['skip', 'm-left01']);
		await pilot(world, ['stop', 'm-left01']);
		return undefined;
	},
};

async function isOver(kind: string, ending: string): Promise<string[]> {
	using place = scratch('pilot-orphans');
	const scene = await setScene(place.dir, kind);
	const again = await endings[ending]?.(scene);
	const still = await goneWithin([scene.left], longestMs);
	for (const running of [scene.running, again]) running?.child.kill('SIGKILL');
	await Promise.all([scene.running.finished, again?.finished]);
	const tag = tagOf(scene.world);
	if (tag) await sweep(tag, systemClock, {graceMs: 0});
	return still.length === 0 ? [] : [`${kind} survives: ${ending}`];
}

const pairs = Object.keys(endings).flatMap(ending => kinds.map(kind => [kind, ending] as const));

test('what a session leaves is gone within five seconds, however it was started and however the session ends', async () => {
	const tried = isShort ? pairs.filter((_, index) => index % 4 === 0) : pairs;
	const troubles: string[] = [];
	for (const [kind, ending] of tried) troubles.push(...(await isOver(kind, ending)));
	tellFigure({
		name: 'survivors of a session, by kind and ending',
		n: tried.length,
		failures: troubles.length,
		figure: `${kinds.length} kinds, ${Object.keys(endings).length} endings, none left after ${longestMs / 1000} s`,
	});
	expect(troubles).toEqual([]);
});

/** What a process calls itself in its PID namespace is not what we call it. */
function outsidePid(inside: number, folder: string): number | undefined {
	return readdirSync('/proc')
		.map(Number)
		.filter(pid => pid > 0)
		.find(pid => {
			try {
				const isIt = new RegExp(`^NSpid:.*\\s${inside}$`, 'm').test(readFileSync(`/proc/${pid}/status`, 'utf8'));
				return isIt && readlinkSync(`/proc/${pid}/cwd`).startsWith(`${folder}/`);
			} catch {
				return false; // gone meanwhile
			}
		});
}

test('one that has dropped its environment too is listed by the doctor, and ended on demand', async () => {
	using place = scratch('pilot-orphans');
	const {world, running, left} = await setScene(place.dir, 'bare');
	onTestFinished(async () => void (await goneWithin([left], 0)).map(pid => process.kill(pid, 'SIGKILL')));
	const listed = await pilot(world, ['doctor', '--orphans', '--json']);
	expect(listed.code).toBe(1);
	expect(JSON.parse(listed.out).orphans).toMatchObject([{pid: left, command: 'sleep 300'}]);
	running.child.kill('SIGKILL');
	await running.finished;
	const ended = await pilot(world, ['doctor', '--orphans', '--kill']);
	expect(ended).toMatchObject({code: 0, out: expect.stringContaining('1 ended.')});
	expect(await goneWithin([left], 100)).toEqual([]);
	expect((await pilot(world, ['doctor', '--orphans'])).out).toContain('No session has left anything.');
});

test('one that works elsewhere too is told, and never ended: nothing says whose it is', async () => {
	using place = scratch('pilot-orphans');
	const {world, running, left} = await setScene(place.dir, 'hidden');
	onTestFinished(async () => void (await goneWithin([left], 0)).map(pid => process.kill(pid, 'SIGKILL')));
	await pilot(world, ['stop', '--now']);
	await running.finished;
	const listed = await pilot(world, ['doctor', '--orphans', '--kill']);
	expect(listed.out).toMatch(
		new RegExp(`^${left} +no session named, hides, began while one ran, yours\\? not ended +sleep 300$`, 'm'),
	);
	expect(await goneWithin([left], 100)).toEqual([left]);
});

test.each(Object.keys(endings))('with sessions.ownPids it ends with its session: %s', async ending => {
	if (spawnSync('unshare', ['--pid', '--fork', 'true']).status !== 0)
		return notRun('sessions in PID namespaces: needs unshare --pid, as root');
	using place = scratch('pilot-orphans');
	const scene = await setScene(place.dir, 'bare', 'sessions: {ownPids: true}\n');
	const left = outsidePid(scene.left, place.dir);
	expect(left).toBeGreaterThan(0);
	const again = await endings[ending]?.(scene);
	expect(await goneWithin([left ?? 0], longestMs)).toEqual([]);
	for (const running of [scene.running, again]) running?.child.kill('SIGKILL');
	await Promise.all([scene.running.finished, again?.finished]);
});
