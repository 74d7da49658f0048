import type {QuotaWindow} from '../domain/budget.js';

export interface RateLimitReading {
	readonly windows: QuotaWindow[];
	readonly status: 'allowed' | 'allowed_warning' | 'rejected' | 'unknown';
	/** When the limit that the status speaks of is lifted. */
	readonly resetsAt?: string;
	/** Paid overflow is being spent. */
	readonly overage: boolean;
}

/**
 * Reads `rate_limit_info` of a stream's `rate_limit_event` (or the whole event). Ratios are 0..1, times epoch seconds.
 * `unifiedWindows` is marked internal in Claude Code 2.1.328 and may be missing: then the top level tells of one window.
 */
export function windowsFromRateLimitEvent(info: unknown, nowIso: string): RateLimitReading {
	const event = asRecord(info);
	const limit = 'rate_limit_info' in event ? asRecord(event.rate_limit_info) : event;
	const measured = {source: 'stream', measuredAt: nowIso};
	const entries = Object.entries(asRecord(limit.unifiedWindows));
	if (typeof limit.rateLimitType === 'string' && !entries.some(([kind]) => kind === limit.rateLimitType))
		entries.push([limit.rateLimitType, limit]);
	const windows = entries.flatMap(([kind, value]) => {
		const figures = readWindow(asRecord(value));
		return figures ? [{kind: kindOf(kind), ...figures, ...measured}] : [];
	});
	const resetsAt = isoOf(limit.resetsAt);
	const overage = limit.isUsingOverage === true || limit.overageInUse === true;
	return {windows, status: statusOf(limit.status), ...(resetsAt ? {resetsAt} : {}), overage};
}

const asRecord = (value: unknown): Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** A rejected window is used up, whether or not it says so. */
function readWindow({
	utilization,
	status,
	resetsAt,
}: Record<string, unknown>): Pick<QuotaWindow, 'usedPercent' | 'resetsAt'> | undefined {
	const isRatio = typeof utilization === 'number' && utilization >= 0 && utilization < 1e6;
	const usedPercent = isRatio ? Math.round(utilization * 1e4) / 100 : status === 'rejected' ? 100 : undefined;
	const until = isoOf(resetsAt);
	if (usedPercent === undefined) return undefined;
	return {usedPercent, ...(until ? {resetsAt: until} : {})};
}

function isoOf(seconds: unknown): string | undefined {
	const isTime = typeof seconds === 'number' && seconds > 0 && seconds < 8e12;
	return isTime ? new Date(seconds * 1000).toISOString() : undefined;
}

function statusOf(status: unknown): RateLimitReading['status'] {
	return status === 'allowed' || status === 'allowed_warning' || status === 'rejected' ? status : 'unknown';
}

/** `seven_day_overage_included` is the limit that Claude Code 2.1.328 calls "Fable limit". Unknown kinds stay as they are. */
function kindOf(type: string): string {
	if (type === 'seven_day') return 'weekly';
	if (type === 'seven_day_overage_included') return 'weekly:fable';
	return type.startsWith('seven_day_') ? `weekly:${type.slice('seven_day_'.length)}` : type;
}
