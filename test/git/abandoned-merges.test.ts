import {chownSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {removeAbandonedMerges} from '../../src/git/workspace-merge.js';
import {scratch} from '../support/workspace.js';

test('of what killed merges left, the old folders of this user go, and nothing else', () => {
	using place = scratch();
	const nowMs = Date.now();
	const make = (name: string, ageMs: number) => {
		const folder = path.join(place.dir, name);
		mkdirSync(folder);
		writeFileSync(path.join(folder, 'merged'), 'x');
		utimesSync(folder, nowMs / 1000, (nowMs - ageMs) / 1000);
		return folder;
	};
	make('pilot-merge-old', 3_601_000);
	make('pilot-door-old', 3_601_000);
	make('pilot-merge-new', 3_599_000);
	const other = make('other-old', 7_200_000);
	symlinkSync(other, path.join(place.dir, 'pilot-merge-link'));
	const isRoot = process.getuid?.() === 0;
	if (isRoot) chownSync(make('pilot-merge-theirs', 7_200_000), 65_534, 65_534);
	removeAbandonedMerges(place.dir, nowMs);
	const left = ['other-old', 'pilot-merge-link', 'pilot-merge-new', ...(isRoot ? ['pilot-merge-theirs'] : [])];
	expect(readdirSync(place.dir).sort()).toEqual(left);
	expect(readdirSync(other)).toEqual(['merged']);
});
