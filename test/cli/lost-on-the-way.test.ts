import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import type {DataOf, EventType} from '../../src/domain/event.js';
import {readLog} from '../../src/kernel/event-log.js';
import {demoConfig, makeDemoWorld, untilIdle} from '../support/demo-world.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {git, scratch, type World} from '../support/workspace.js';

const start = (world: World) => startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});

function factsOf<T extends EventType>({workspace}: World, wanted: T): DataOf<T>[] {
	const {events} = readLog(path.join(workspace, '.pilot/events.ndjson'));
	return events.flatMap(({type, data}) => (type === wanted ? [data as DataOf<T>] : []));
}

test.each([
	['read', '- [ ] Read it ^m-aaaaaa\n'],
	['write', '- [ ] Write it access:write ^m-aaaaaa\n'],
])(
	'a %s checkout that was removed while no pilot ran: a new attempt with a new one, and why',
	{
		timeout: 60_000,
	},
	async (_access, mission) => {
		using place = scratch('lost');
		const world = makeDemoWorld(place.dir, `## Pending\n${mission}`, demoConfig().replace('pace: 60', 'pace: 0.2'));
		const first = start(world);
		await first.see('session started');
		first.child.kill('SIGKILL');
		await first.finished;
		const checkout = path.join(world.workspace, '.pilot/checkouts/m-aaaaaa');
		rmSync(checkout, {recursive: true});
		writeFileSync(path.join(world.workspace, 'config.yaml'), demoConfig());
		const {code, out} = await untilIdle(world);
		expect([code, out]).toEqual([0, expect.stringContaining(`tried again: Its checkout ${checkout} was removed`)]);
		expect(readFileSync(path.join(world.workspace, 'missions.md'), 'utf8')).toContain('- [x]');
		expect(factsOf(world, 'mission.concluded')).toMatchObject([{state: 'done', attempt: 2}]);
		expect(git(world.workspace, 'status', '--porcelain', 'missions.md')).toBe('');
	},
);

/** Claude Code as far as it is needed: its first conversation never ends, and cannot be gone on with. */
const forgetful = `#!/bin/sh
case " $* " in
*' --version '*) echo '2.1.328 (Claude Code)'; exit 0;;
*' /usage '*) exit 0;;
*' --resume '*) echo 'No conversation found with session ID' >&2; exit 1;;
esac
if [ ! -e "$0.ran" ]; then : > "$0.ran"; sleep 300; fi
echo '{"type":"system","subtype":"init","session_id":"u","model":"m","apiKeySource":"none"}'
echo '{"type":"result","subtype":"success","is_error":false,"num_turns":2,"result":"Done.","total_cost_usd":0.5,"usage":{"input_tokens":3}}'
`;

test('a conversation that cannot be gone on with: its session is told to have ended, and another one starts', {
	timeout: 60_000,
}, async () => {
	using place = scratch('forgotten');
	const fake = path.join(place.dir, 'claude.sh');
	writeFileSync(fake, forgetful, {mode: 0o755});
	const config = `agent: claude\nclaude: {command: ${fake}}\ntargets:\n  - {name: app, path: ../app}\n`;
	const world = makeDemoWorld(place.dir, '## Pending\n- [ ] Read it ^m-aaaaaa\n', config);
	const first = start(world);
	await first.see('session started');
	await expect.poll(() => factsOf(world, 'session.started')).toHaveLength(1);
	await new Promise(resolve => setTimeout(resolve, 500));
	first.child.kill('SIGKILL');
	await first.finished;
	await untilIdle(world);
	const started = factsOf(world, 'session.started');
	const ended = factsOf(world, 'session.ended');
	expect(started.map(({resumed}) => resumed)).toEqual([false, true, false]);
	expect(ended.map(({sessionId}) => sessionId)).toEqual(started.map(({sessionId}) => sessionId));
	expect(ended.map(({outcome, anew}) => [outcome, anew])).toEqual([
		['lost', undefined],
		['failed', true],
		['completed', undefined],
	]);
	expect(ended[2]).toMatchObject({costUsd: 0.5, turns: 2});
});
