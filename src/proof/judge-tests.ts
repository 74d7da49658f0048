import {countOf} from '../domain/count-of.js';
import type {TestCounts, Verdict} from '../domain/receipt.js';

export interface SuiteRun {
	readonly exitCode: number | null;
	readonly counts: TestCounts | undefined;
	readonly timedOut: boolean;
	readonly startError?: string;
}

const passing = (count: number) => `${countOf(count, 'test')} ${count === 1 ? 'passes' : 'pass'}`;

const countsOf = (passed: number | undefined, before: number | undefined) =>
	passed === undefined ? 'exit 0' : `${passing(passed)}${before === undefined ? '' : `, ${before} before`}`;

/**
 * What a suite says after a mission, held against what it said before. A suite that was red before refutes only when fewer tests pass;
 * where that cannot be known, the evidence is missing.
 *
 * @param before undefined: it was not run before.
 */
export function judgeTests(after: SuiteRun, before: SuiteRun | undefined): {verdict: Verdict; why: string} {
	if (after.startError !== undefined) return {verdict: 'missing', why: `could not be started: ${after.startError}`};
	if (after.timedOut) return {verdict: 'missing', why: 'took too long and was ended'};
	const passed = after.counts?.passed;
	const passedBefore = before?.counts?.passed;
	if (passed !== undefined && passedBefore !== undefined && passed < passedBefore)
		return {verdict: 'refuted', why: `${passing(passed)}, ${passedBefore} did before`};
	if (after.exitCode === 0 && passed === undefined && passedBefore !== undefined)
		return {verdict: 'missing', why: `exit 0, but how many tests pass is not told any more (${passedBefore} before)`};
	if (after.exitCode === 0) return {verdict: 'met', why: countsOf(passed, passedBefore)};
	const exit = `exit ${after.exitCode ?? 'by signal'}`;
	if (!before || before.exitCode === 0)
		return {verdict: 'refuted', why: `${exit}${after.counts ? `, ${after.counts.failed} tests fail` : ''}`};
	return passed === undefined || passedBefore === undefined
		? {verdict: 'missing', why: `red before and after (${exit}), and how many tests passed is not known`}
		: {verdict: 'met', why: `red before and after (${exit}), no fewer tests pass (${passed})`};
}
