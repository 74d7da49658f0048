import {z} from 'zod';

/** Kind: `five_hour`, `weekly`, `weekly:<model, lower case>` or `credits`; others are shown as they are. */
export const QuotaWindow = z.object({
	kind: z.string(),
	usedPercent: z.number().min(0).optional(),
	resetsAt: z.iso.datetime().optional(),
	spent: z.number().optional(),
	limit: z.number().optional(),
	currency: z.string().optional(),
	/** `stream`, `usage command`, `pasted` … */
	source: z.string(),
	measuredAt: z.iso.datetime(),
});
export type QuotaWindow = z.infer<typeof QuotaWindow>;

export const Tokens = z.object({input: z.number(), output: z.number(), cacheRead: z.number(), cacheWrite: z.number()});
export type Tokens = z.infer<typeof Tokens>;

/** What one UTC day has cost so far. `day` is stored with the counts, so that a clock set back never resets them twice. */
export const DayLedger = z.object({
	day: z.string(),
	runs: z.number().int(),
	costUsd: z.number(),
	reactive: z.number(),
	proactive: z.number(),
});
export type DayLedger = z.infer<typeof DayLedger>;
