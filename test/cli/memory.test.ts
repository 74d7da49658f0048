import {mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {makeDemoWorld, pilot} from '../support/demo-world.js';
import {childEnv, startPilot} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

const lines = ['- First (you, 2026-11-19)', '- Second (^m-aaaaaa, 2026-11-20)', '- Third (you, 2026-11-20)'];

test.each([['without'], ['with']])(
	'what was forgotten %s a pilot comes back where it stood, the last first',
	async way => {
		using place = scratch('memory');
		const world = makeDemoWorld(place.dir, '## Pending\n');
		const file = path.join(world.workspace, 'memory/human-preferences.md');
		mkdirSync(path.dirname(file), {recursive: true});
		const before = `# Preferences\n\n${lines.join('\n')}\n`;
		writeFileSync(file, before);
		const memory = (...args: string[]) => pilot(world, ['memory', ...args]);
		const running =
			way === 'with'
				? startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)})
				: undefined;
		await running?.see('pilot started');

		const nothing = await memory('restore');
		expect([nothing.code, nothing.err]).toEqual([1, expect.stringContaining('Nothing was forgotten from here.')]);
		// The newest stands first in the list.
		const forgotten = await memory('forget', '2');
		expect([forgotten.code, forgotten.err]).toEqual([0, expect.stringContaining('memory restore')]);
		await memory('forget', '2');
		expect(readFileSync(file, 'utf8')).toBe(`# Preferences\n\n${lines[2]}\n`);
		expect(statSync(path.join(world.workspace, '.pilot/forgotten.json')).mode & 0o777).toBe(0o600);

		expect((await memory('restore')).out).toContain('First (you, 2026-11-19)');
		expect(readFileSync(file, 'utf8')).toBe(`# Preferences\n\n${lines[0]}\n${lines[2]}\n`);
		const last = await memory('restore', '--json');
		expect(JSON.parse(last.out)).toMatchObject({v: 1, ok: true, say: expect.stringContaining('Second (^m-aaaaaa')});
		expect(readFileSync(file, 'utf8')).toBe(before);
		expect((await memory('restore')).code).toBe(1);

		if (running) await pilot(world, ['stop', '--now']);
		await running?.finished;
	},
);

test('a file of what was forgotten that is damaged brings nothing back, and harms nothing', async () => {
	using place = scratch('memory');
	const world = makeDemoWorld(place.dir, '## Pending\n');
	mkdirSync(path.join(world.workspace, '.pilot'), {recursive: true});
	for (const text of ['{', '[{"kind":"preference","was":"one\\n- two"}]', '[{"kind":"soul","was":"x"}]']) {
		writeFileSync(path.join(world.workspace, '.pilot/forgotten.json'), text);
		const {code, err} = await pilot(world, ['memory', 'restore']);
		expect([code, err]).toEqual([1, expect.stringContaining('Nothing was forgotten from here.')]);
	}
});
