import {expect, test} from 'vitest';
import {budgetPage} from '../../src/view/budget-page.js';
import {aNight, aStatus, nowMs} from './a-status.js';

test('each window says what is used, what is left of it for pilot, when it resets and where that is from', () => {
	const {text} = budgetPage(aNight(), nowMs);
	expect(text).toMatch(/## 5-hour\n\n- █+▓+[░╎]+│░+ 42 % used \(pilot ≤ 13 %\)\n/);
	expect(text.split('\n', 1)).toEqual(['In the bars: ▓ used by pilot, ╎ time that is over, │ where pilot stops.']);
	expect(text).toContain('58 % of its time is over');
	expect(text).toContain('pilot stops at 90 %: 48 % of it may still be used');
	expect(text).toContain('pilot stops at 90 %: nothing more of it is used');
	expect(text).toContain('resets 14:05, in 2h05m');
	expect(text).toMatch(/- read .* ago \(/);
	expect(text).toMatch(/## Today \(UTC\)\n\n- runs today 3 of 20/);
});

test('nothing known is said, with what to do; the week is a table, the last day first', () => {
	const week = [2, 5].map((runs, day) => ({day: `2026-11-2${day}`, runs, tokens: runs * 1000}));
	const {text} = budgetPage(aStatus({budget: {...aStatus().budget, windows: [], week}}), nowMs);
	expect(text).not.toContain('In the bars');
	expect(text).toContain('quota: unknown, nothing has reported it yet; u takes a paste of /usage');
	expect(text).toMatch(/- 2026-11-21 █{20} 5 runs, 5k tokens\n- 2026-11-20 █{8} 2 runs, 2k tokens/);
});

test('what missions take is told by kind, hostile names made plain', () => {
	const spread = (p50: number) => ({p50, p90: p50 * 3, n: 5});
	const estimate = {of: 'kind' as const, minutes: spread(9), tokens: spread(25_000)};
	const kinds = {'write +app': estimate, 'template \u001b]52;c;eA==\u0007x': estimate};
	const {text} = budgetPage(aStatus({estimates: {kinds, all: {of: 'all', minutes: spread(4)}}}), nowMs);
	expect(text).toMatch(/## What missions take\n\n- write \+app: 9m, 25k tokens \(p50 of 5\), 27m at worst \(p90\)\n/);
	expect(text).toContain('- all together: 4m (p50 of 5 of any kind), 12m at worst (p90)');
	expect(text).not.toContain('\u001b');
});
