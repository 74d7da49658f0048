import {existsSync} from 'node:fs';
import path from 'node:path';
import {expect, test, vi} from 'vitest';
import {readLog} from '../../src/kernel/event-log.js';
import {makeDemoWorld} from '../support/demo-world.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

test.each([
	['has the workspace and nothing more', 'SIGTERM', 'owner.json'],
	['has the workspace and nothing more', 'SIGINT', 'owner.json'],
	['is about to tell that it started', 'SIGTERM', 'pilot.sock'],
] as const)('a pilot that %s when %s comes ends in order', {timeout: 30_000}, async (_when, signal, sign) => {
	using place = scratch('early');
	const world = makeDemoWorld(place.dir, '## Pending\n- [ ] First ^m-aaaaaa\n');
	const pilotDir = path.join(world.workspace, '.pilot');
	const running = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});
	await vi.waitUntil(() => existsSync(path.join(pilotDir, sign)), {timeout: 20_000, interval: 1});
	running.child.kill(signal);
	const {code} = await running.finished;
	const {events} = readLog(path.join(pilotDir, 'events.ndjson'));
	const told = events.map(({type}) => type).filter(type => type.startsWith('pilot.'));
	expect([code, told]).toEqual([130, ['pilot.started', 'pilot.stopping', 'pilot.stopped']]);
});
