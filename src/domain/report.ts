import {z} from 'zod';

/** What a session says of its own work, through the report channel. Markdown where text is long. */
export const Report = z.object({
	summary: z.string(),
	report: z.string(),
	learnings: z.array(z.string()).default([]),
	preferences: z.array(z.string()).default([]),
	decisions: z.array(z.string()).default([]),
});
export type Report = z.infer<typeof Report>;

/** `reported`: by the agent through the channel; `last-words`: its last text, kept after it was asked once; `none`: nothing. */
export const ReportKind = z.enum(['reported', 'last-words', 'none']);
export type ReportKind = z.infer<typeof ReportKind>;
