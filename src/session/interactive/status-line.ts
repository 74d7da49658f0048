import type {QuotaWindow} from '../../domain/budget.js';
import {count, object} from '../stream/json.js';

/** What the status line tells. Cost is cumulative over the session; windows are there with a subscription login only. */
export interface StatusLine {
	readonly costUsd: number;
	readonly contextPercent: number | undefined;
	readonly windows: readonly QuotaWindow[];
}

const kinds: Readonly<Record<string, string>> = {five_hour: 'five_hour', seven_day: 'weekly'};

function windowOf(name: string, value: unknown, measuredAt: string): QuotaWindow[] {
	const {used_percentage: usedPercent, resets_at: resetsAt} = object(value);
	if (typeof usedPercent !== 'number' || !(usedPercent >= 0)) return [];
	const isTime = typeof resetsAt === 'number' && resetsAt > 0 && resetsAt < 8e12;
	return [
		{
			kind: kinds[name] ?? name,
			usedPercent,
			...(isTime ? {resetsAt: new Date(resetsAt * 1000).toISOString()} : {}),
			source: 'status line',
			measuredAt,
		},
	];
}

/** Reads what Claude Code (2.1.328) gives its status line. Percentages are 0..100 here, unlike in the stream; times epoch seconds. */
export function readStatusLine(body: unknown, measuredAt: string): StatusLine {
	const of = object(body);
	const {used_percentage: used} = object(of.context_window);
	return {
		costUsd: count(object(of.cost).total_cost_usd),
		contextPercent: typeof used === 'number' ? used : undefined,
		windows: Object.entries(object(of.rate_limits)).flatMap(([name, value]) => windowOf(name, value, measuredAt)),
	};
}
