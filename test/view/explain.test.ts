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

test('a mission without facts has nothing to explain', () => {
	using night = openNight('morning');
	expect(explained(night.workspace, 'm-d00001')).toBeUndefined();
});
