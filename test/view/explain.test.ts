import {expect, test} from 'vitest';
import {readMissionPages} from '../../src/app/mission-pages.js';
import {openNight} from '../pictures/night.js';

const explained = (workspace: string, id: string) =>
	readMissionPages(workspace, id).pages.find(({title}) => title === 'Explain')?.text;

test('which fact gave the state and when, what speaks against it, what each attempt cost and came to, where the work lies', () => {
	using night = openNight('morning');
	const text = explained(night.workspace, 'm-p5d9ne');
	expect(text).toMatch(
		/## Why it stands where it stands\n\n.*, fact \d+ \(mission\.concluded\): failed: Greet politely \(`grep/,
	);
	expect(text).toMatch(/## What speaks against it\n\n- ✗ `grep -q please greet\.js`: /);
	expect(text).toMatch(
		/- attempt 1: \$0\.00, \w+ tokens, \d+ turns?, \d+s in 1 session; did not do: `grep -q please greet\.js`: exit 1\n- attempt 2: .*; failed: /,
	);
	expect(text).toMatch(/## All together\n\n.* in 2 sessions/);
	expect(text).toMatch(/## Where it lies[\s\S]*- branch: pilot\/m-p5d9ne-\S+/);
});

test('the page Mission says the same figures as Explain, of the last attempt and of all', () => {
	using night = openNight('morning');
	const [mission] = readMissionPages(night.workspace, 'm-p5d9ne').pages;
	const explain = explained(night.workspace, 'm-p5d9ne') ?? '';
	// How long it took is as the night went that was recorded.
	const [, last] = /attempt 2: \$0\.00, 5k tokens, 6 turns, (\d+s) in/.exec(explain) ?? [];
	const [, all] = /## All together\n\n\$0\.00, 11k tokens, 12 turns, (\d+s) in/.exec(explain) ?? [];
	expect(mission?.text).toContain(
		`Took ${last}, 5k tokens (all 2 attempts: ${all}, 11k tokens); there was no estimate yet`,
	);
});

test('a mission without facts has nothing to explain', () => {
	using night = openNight('morning');
	expect(explained(night.workspace, 'm-d00001')).toBeUndefined();
});
