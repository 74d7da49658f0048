import {renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {watchConfig} from '../../src/supervisor/config-watch.js';
import {demoConfig, makeDemoWorld, pilot} from '../support/demo-world.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

const changed = 'config.yaml changed: read at the next start (q, s, and start again)';

function aWatch(text: string) {
	const place = scratch('config-watch');
	onTestFinished(() => place[Symbol.dispose]());
	const file = path.join(place.dir, 'config.yaml');
	writeFileSync(file, text);
	const told: unknown[] = [];
	const watch = watchConfig(place.dir, {
		emit: ((type: string, data: object) => told.push([type, data])) as never,
	});
	const look = () => {
		watch.look();
		watch.look();
	};
	return {file, told, watch, look};
}

test('a change is told once, a fault with its line, and the way back is no change', () => {
	const {file, told, watch, look} = aWatch('agent: demo\n');
	look();
	expect([watch.note(), told]).toEqual([undefined, []]);
	writeFileSync(file, 'agent: demo\nmode: supervised\n');
	look();
	look();
	expect([watch.note(), told]).toEqual([changed, [['config.changed', {}]]]);
	writeFileSync(file, 'agent: demo\nmode: supervised\nsessions: {max: 2}\n');
	look();
	expect(told).toHaveLength(1);
	writeFileSync(file, 'agent: demo\nmodus: supervised\n');
	look();
	expect(told[1]).toEqual(['config.changed', {problem: expect.stringMatching(/^config\.yaml:2:1: .*modus/)}]);
	expect(watch.note()).toMatch(/^config\.yaml changed, and nothing starts with it: config\.yaml:2:1: /);
	writeFileSync(file, 'agent: demo\n');
	look();
	expect([watch.note(), told.length]).toEqual([undefined, 2]);
	writeFileSync(file, 'agent: demo\n\n');
	look();
	expect(told).toHaveLength(3);
});

test('a file that is away, half written or only touched is no change', () => {
	const {file, told, watch, look} = aWatch('agent: demo\n');
	renameSync(file, `${file}~`);
	look();
	writeFileSync(file, 'agent: "de');
	watch.look();
	writeFileSync(file, 'agent: demo\n');
	look();
	rmSync(`${file}~`);
	look();
	expect([watch.note(), told]).toEqual([undefined, []]);
});

test('a pilot tells of it within seconds, in its lines and its status, and goes on with what it had', async () => {
	using place = scratch('config-changed');
	const world = makeDemoWorld(place.dir, '## Pending\n');
	const running = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});
	await running.see('pilot started');
	const file = path.join(world.workspace, 'config.yaml');
	writeFileSync(file, demoConfig('mode: supervised\n'));
	await running.see(changed);
	writeFileSync(file, demoConfig('mode: supervise\n'));
	await running.see(/nothing starts with it: config\.yaml:\d+:\d+: .*supervise/);
	const {problems, mode} = JSON.parse((await pilot(world, ['status', '--json'])).out);
	expect([problems, mode]).toEqual([[expect.stringContaining('nothing starts with it')], 'autonomous']);
	expect((await pilot(world, ['stop', '--now'])).code).toBe(0);
	await running.finished;
});
