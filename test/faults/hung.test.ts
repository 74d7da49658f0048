import {expect, onTestFinished, test, vi} from 'vitest';
import {taggedPids} from '../../src/kernel/process-tree.js';
import {goneWithin, tagOf} from '../support/after-a-kill.js';
import {makeDemoWorld, pilot} from '../support/demo-world.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

test('a pilot that hangs: status says so within three seconds, stop --now ends it and its sessions', async () => {
	using place = scratch('pilot-hung');
	const world = makeDemoWorld(place.dir, '## Pending\n- [ ] Take long ^m-long01\n', 'agent: demo\ndemo: {pace: 0.1}\n');
	const running = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});
	onTestFinished(() => void running.child.kill('SIGKILL'));
	await running.see('demo session started');
	const sessions = await vi.waitUntil(() => {
		const pids = taggedPids(tagOf(world) ?? 'none');
		return pids.length > 0 && pids;
	});
	running.child.kill('SIGSTOP');
	const status = await pilot(world, ['status']);
	expect(status).toMatchObject({code: 1, err: expect.stringContaining('The pilot does not answer.')});
	expect(status.ms).toBeLessThan(3000);
	const stopped = await pilot(world, ['stop', '--now']);
	expect(stopped).toMatchObject({code: 0, out: expect.stringContaining(`(pid ${running.child.pid}) did not answer`)});
	expect(await goneWithin([...sessions, running.child.pid ?? 0], 100)).toEqual([]);
	const again = await pilot(world, ['status']);
	expect(again.code).toBe(4);
});
