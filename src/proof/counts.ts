import type {TestCounts} from '../domain/receipt.js';

interface Counter {
	readonly name: string;
	readonly passed: RegExp;
	readonly failed: RegExp;
	/** True when each match is one test, so that matches are counted instead of read. */
	readonly each?: boolean;
}

/** How well-known test programs close. First one that matches wins; sums are taken over several closing lines. */
const counters: readonly Counter[] = [
	{name: 'vitest', passed: /^\s*Tests\s+.*?(\d+) passed/gm, failed: /^\s*Tests\s+.*?(\d+) failed/gm},
	{name: 'jest', passed: /^Tests:\s+.*?(\d+) passed/gm, failed: /^Tests:\s+.*?(\d+) failed/gm},
	{name: 'node:test', passed: /^(?:#|ℹ) pass (\d+)/gm, failed: /^(?:#|ℹ) fail (\d+)/gm},
	{
		name: 'pytest',
		passed: /^(?:=+ )?.*?(\d+) passed.* in [\d.]+s/gm,
		failed: /^(?:=+ )?.*?(\d+) failed.* in [\d.]+s/gm,
	},
	{name: 'cargo', passed: /^test result: .*?(\d+) passed/gm, failed: /^test result: .*?(\d+) failed/gm},
	{name: 'mocha', passed: /^\s*(\d+) passing/gm, failed: /^\s*(\d+) failing/gm},
	{name: 'go', passed: /^\s*--- PASS/gm, failed: /^\s*--- FAIL/gm, each: true},
	{name: 'tap', passed: /^ok \d+/gm, failed: /^not ok \d+/gm, each: true},
	{name: 'plain', passed: /^(?:\w+: )?(\d+) passed, \d+ failed/gm, failed: /^(?:\w+: )?\d+ passed, (\d+) failed/gm},
];

const colours = /\u001b\[[0-9;]*m/g;

function sum(text: string, pattern: RegExp, each: boolean): number | undefined {
	const matches = [...text.matchAll(pattern)];
	if (matches.length === 0) return;
	return each ? matches.length : matches.reduce((total, match) => total + Number(match[1]), 0);
}

/**
 * What a test suite's output says of passed and failed tests, if it is of a kind that is known.
 *
 * @param isWhole False when the start of the output is missing: then counting lines one by one would tell too few.
 */
export function parseCounts(output: string, isWhole = true): TestCounts | undefined {
	const text = output.replaceAll(colours, '');
	for (const {passed, failed, each = false} of counters) {
		if (each && !isWhole) continue;
		const good = sum(text, passed, each);
		const bad = sum(text, failed, each);
		if (good !== undefined || bad !== undefined) return {passed: good ?? 0, failed: bad ?? 0};
	}
	return;
}
