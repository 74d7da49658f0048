import type {Estimate, Sample, Spread} from '../domain/estimate.js';
import type {SessionStatus} from '../domain/status.js';
import {windowName} from '../domain/window-name.js';
import {shortCount, shortDuration} from './format.js';
import {plainText} from './plain-text.js';

export const noEstimate = 'no estimate yet';

const minuteMs = 60_000;

/** As a paragraph of its own begins. */
export const sentence = (words: string) => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;

/** `5-hour`, `weekly opus`. */
export const shortWindow = (kind: string) => plainText(windowName(kind)).replace(/ window$/, '');

/** `12m, 30k tokens, $0.40, ≤ 3 % of 5-hour`; what nobody told is left out. */
function figures({minutes, tokens, costUsd, quotaPoints = {}}: Partial<Sample> & Pick<Sample, 'minutes'>): string {
	return [
		shortDuration(minutes * minuteMs),
		tokens ? `${shortCount(tokens)} tokens` : '',
		costUsd && costUsd >= 0.005 ? `$${costUsd.toFixed(2)}` : '',
		...Object.entries(quotaPoints).map(([kind, points]) => `≤ ${Math.ceil(points)} % of ${shortWindow(kind)}`),
	]
		.filter(Boolean)
		.join(', ');
}

/** `9m, 25k tokens (p50 of 14), 20m at worst (p90)`. */
export function expectedWords({of, minutes, tokens, costUsd, quotaPoints = {}}: Estimate): string {
	const half = (spread: Spread | undefined) => spread?.p50 ?? 0;
	const points = Object.entries(quotaPoints).map(([kind, {p50}]) => [kind, p50] as const);
	const middle = figures({
		...{minutes: minutes.p50, tokens: half(tokens), costUsd: half(costUsd)},
		quotaPoints: Object.fromEntries(points),
	});
	const basis = `p50 of ${minutes.n}${of === 'all' ? ' of any kind' : ''}`;
	return `${middle} (${basis}), ${shortDuration(minutes.p90 * minuteMs)} at worst (p90)`;
}

/** Of one that waits: `usually 9m, 25k tokens (p50 of 14), 20m at worst (p90)`. */
export const usuallyWords = (estimate: Estimate | undefined) =>
	estimate ? `usually ${expectedWords(estimate)}` : noEstimate;

/** Of one that runs: `running for 4m, 12k tokens; usually 9m …`. */
export function runningWords(
	{startedAt, tokens, costUsd}: Pick<SessionStatus, 'startedAt' | 'tokens' | 'costUsd'>,
	estimate: Estimate | undefined,
	nowMs: number,
): string {
	const minutes = Math.max(0, nowMs - Date.parse(startedAt)) / minuteMs;
	return `running for ${figures({minutes, tokens, costUsd})}; ${usuallyWords(estimate)}`;
}

/** What more than one attempt took together. */
export interface Altogether {
	readonly attempts: number;
	readonly spent: Sample;
}

/**
 * Of one that ended: `took 12m, 30k tokens; such missions take 9m, 25k tokens (p50 of 14), 20m at worst (p90)`; of the last of several
 * attempts `took 12m, 30k tokens (all 2 attempts: 20m, 50k tokens); …`.
 */
export function tookWords(spent: Sample, estimate: Estimate | undefined, all?: Altogether): string {
	const together = all ? ` (all ${all.attempts} attempts: ${figures(all.spent)})` : '';
	const expected = estimate ? `such missions take ${expectedWords(estimate)}` : 'there was no estimate yet';
	return `took ${figures(spent)}${together}; ${expected}`;
}
