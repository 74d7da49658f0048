import {execFileSync} from 'node:child_process';
import {getHeapSpaceStatistics} from 'node:v8';
import {expect, test} from 'vitest';
import {keepHeapSmall} from '../../src/kernel/small-heap.js';

test('it grows while it is small, and not beyond; after a shrink it may again', () => {
	let bytes = 1_000_000;
	let look = () => {};
	const asked: string[] = [];
	keepHeapSmall(
		{
			every(_ms, run) {
				look = run;
				return () => {};
			},
		},
		{youngBytes: () => bytes, set: flag => asked.push(flag)},
	);
	for (bytes of [1e6, 8e6, 17e6, 17e6, 17e6, 2e6, 17e6]) look();
	expect(asked).toEqual([
		'--heap-growing-percent=50',
		...[1, 2, 1].map(factor => `--semi-space-growth-factor=${factor}`),
	]);
});

test('V8 tells its size by the name that is asked for', () => {
	expect(getHeapSpaceStatistics().map(({space_name}) => space_name)).toContain('new_space');
});

test('V8 knows both flags', () => {
	const options = execFileSync(process.execPath, ['--v8-options'], {encoding: 'utf8'});
	expect(options).toContain('--heap-growing-percent');
	expect(options).toContain('--semi-space-growth-factor');
});
