import {afterEach, expect, test} from 'vitest';
import type {RanCommand} from '../../src/domain/ran-command.js';
import {aNight, at} from '../view/a-status.js';
import {type Rig, renderAt} from './render-at.js';

const open: Rig[] = [];
afterEach(() => {
	for (const rig of open.splice(0)) rig.close();
});

const ran = (seq: number, line: string, more: Partial<RanCommand> = {}): RanCommand => ({
	...{seq, at: at(seq - 400), purpose: 'sync', line, durationMs: 300, exitCode: 0},
	...more,
});

function show(columns: number, rows: number, commands: readonly RanCommand[]): Rig {
	const rig = renderAt(columns, rows, {commands});
	open.push(rig);
	rig.store.setStatus(aNight());
	return rig;
}

const some = [ran(1, 'git fetch origin'), ran(2, 'npm test', {purpose: 'check', missionId: 'm-run001', exitCode: 1})];

test.each([
	[60, 15],
	[80, 24],
	[200, 50],
])('L reads what was run in %i×%i: what for, how long, its exit', async (columns, rows) => {
	const rig = show(columns, rows, some);
	await rig.press('L');
	const text = await rig.text();
	expect(text).toContain('│ Command log ');
	expect(text).toContain('check ^m-run001 (1 command, 0s, 1 failed)');
	expect(text).toContain('✗  300ms npm test: exit 1');
	expect(text).toContain('✓  300ms git fetch origin');
	await rig.press('2');
	expect(await rig.text()).not.toContain('git fetch');
	expect(await rig.overflow()).toEqual([]);
	await rig.press('q');
	expect(await rig.text()).not.toContain('npm test: exit 1');
});

test('300×100 shows them beside the news, and goes on to', async () => {
	let commands: readonly RanCommand[] = some;
	const rig = renderAt(300, 100, {
		get commands() {
			return commands;
		},
	});
	open.push(rig);
	rig.store.setStatus(aNight());
	expect(await rig.text()).toContain('✗  300ms npm test: exit 1');
	commands = [...some, ran(3, `${'漢字👍🏽'.repeat(80)}\u001b[2Jשלום`)];
	await new Promise(resolve => setTimeout(resolve, 2100));
	expect(await rig.text()).toContain('漢字');
	expect(await rig.overflow()).toEqual([]);
	expect(await rig.lines()).toHaveLength(100);
});
