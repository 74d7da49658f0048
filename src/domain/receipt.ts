import {z} from 'zod';

/** `met`: evidence for; `refuted`: evidence against; `missing`: could not be gathered; `not-required`: nothing to check, and said so. */
export const Verdict = z.enum(['met', 'refuted', 'missing', 'not-required']);
export type Verdict = z.infer<typeof Verdict>;

/** Counts a test suite printed; unknown ones are absent. */
export const TestCounts = z.object({passed: z.number().int(), failed: z.number().int()});
export type TestCounts = z.infer<typeof TestCounts>;

/** One piece of evidence, gathered by pilot and not by the agent. */
export const Receipt = z.object({
	kind: z.enum(['criterion', 'tests', 'unchanged', 'diff', 'report']),
	title: z.string(),
	verdict: Verdict,
	why: z.string(),
	command: z.string().optional(),
	/** null: ended by a signal or never started. */
	exitCode: z.number().int().nullable().optional(),
	durationMs: z.number().optional(),
	counts: TestCounts.optional(),
	countsBefore: TestCounts.optional(),
	/** The end of what the command printed, 4 KB at most, redacted. */
	tail: z.string().optional(),
});
export type Receipt = z.infer<typeof Receipt>;

export const Diffstat = z.object({files: z.number().int(), added: z.number().int(), removed: z.number().int()});
export type Diffstat = z.infer<typeof Diffstat>;
