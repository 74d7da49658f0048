import {getHeapSpaceStatistics} from 'node:v8';
import {expect, test} from 'vitest';
import {boundYoungGeneration} from '../../src/kernel/young-generation.js';

test('it grows while it is small, and not beyond; after a shrink it may again', () => {
	let bytes = 1_000_000;
	let look = () => {};
	const asked: number[] = [];
	boundYoungGeneration(
		{
			every(_ms, run) {
				look = run;
				return () => {};
			},
		},
		{bytes: () => bytes, grow: factor => asked.push(factor)},
	);
	for (bytes of [1e6, 8e6, 17e6, 17e6, 17e6, 2e6, 17e6]) look();
	expect(asked).toEqual([1, 2, 1]);
});

test('V8 tells its size by the name that is asked for', () => {
	expect(getHeapSpaceStatistics().map(({space_name}) => space_name)).toContain('new_space');
});
