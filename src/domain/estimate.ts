import {z} from 'zod';
import type {Mission, MissionState} from './mission.js';

/** What one attempt took. */
export const Sample = z.object({
	/** Of its sessions; not of tests and receipts. */
	minutes: z.number(),
	/** 0 where the agent does not tell. */
	tokens: z.number(),
	/** US dollars, as the agent reports it; 0 where it does not. */
	costUsd: z.number(),
	/**
	 * By kind of quota window: percent points that it used at most. What rose while several sessions ran is shared out evenly. Left out
	 * where no window was read meanwhile.
	 */
	quotaPoints: z.record(z.string(), z.number()).optional(),
});
export type Sample = z.infer<typeof Sample>;

/** Samples by kind of mission, the newest of a kind last, the kind that was added to last at the end. */
export const Samples = z.record(z.string(), z.array(Sample));
export type Samples = z.infer<typeof Samples>;

/** Half took no more than `p50`, nine of ten no more than `p90`; of `n` samples. */
const Spread = z.object({p50: z.number(), p90: z.number(), n: z.number().int()});
export type Spread = z.infer<typeof Spread>;

/** What an attempt at a mission is expected to take, learned from those before. */
export const Estimate = z.object({
	/** `kind`: from missions of its own kind; `all`: from all, there being too few of its own. */
	of: z.enum(['kind', 'all']),
	/** Of the sessions of one attempt. */
	minutes: Spread,
	tokens: Spread.optional(),
	costUsd: Spread.optional(),
	/** By kind of quota window, percent points. */
	quotaPoints: z.record(z.string(), Spread).optional(),
});
export type Estimate = z.infer<typeof Estimate>;

/** Estimates of all kinds that there are enough samples of, and that for all the others. */
export interface Estimates {
	readonly kinds: Readonly<Record<string, Estimate>>;
	readonly all: Estimate;
}

type Told = Partial<Pick<Mission, 'template' | 'target'>> & {readonly access: string};

const samplesKept = 30;
const kindsKept = 40;
const fewest = 3;

/**
 * What tells missions apart in cost: the template, which says what is to be done, or without one the access, which says how far it goes;
 * and the target, whose size makes the rest. `template audit +app`, `write +app`, `read`.
 */
export const kindOf = ({template, access, target}: Told) =>
	`${template ? `template ${template}` : access}${target ? ` +${target}` : ''}`;

/** With one more; the oldest of its kind, and the kind that was added to longest ago, go when there are too many. */
export function withSample(samples: Samples, kind: string, sample: Sample): Samples {
	const {[kind]: known = [], ...others} = samples;
	const kept = Object.entries(others).slice(1 - kindsKept);
	return {...Object.fromEntries(kept), [kind]: [...known, sample].slice(-samplesKept)};
}

/** Nearest rank: each figure is one that was measured. Undefined for too few. */
function spreadOf(values: readonly number[]): Spread | undefined {
	if (values.length < fewest) return;
	const sorted = values.toSorted((a, b) => a - b);
	const rank = (part: number) => sorted[Math.ceil(sorted.length * part) - 1] ?? 0;
	return {p50: rank(0.5), p90: rank(0.9), n: sorted.length};
}

const told = (values: readonly number[]) => spreadOf(values.filter(value => value > 0));

function summary(of: Estimate['of'], samples: readonly Sample[]): Estimate | undefined {
	const minutes = spreadOf(samples.map(sample => sample.minutes));
	if (!minutes) return;
	const tokens = told(samples.map(sample => sample.tokens));
	const costUsd = told(samples.map(sample => sample.costUsd));
	const windows = [...new Set(samples.flatMap(({quotaPoints = {}}) => Object.keys(quotaPoints)))].sort();
	const points = windows.flatMap(kind => {
		const spread = spreadOf(samples.flatMap(({quotaPoints}) => quotaPoints?.[kind] ?? []));
		return spread ? [[kind, spread] as const] : [];
	});
	return {
		...{of, minutes},
		...(tokens ? {tokens} : {}),
		...(costUsd ? {costUsd} : {}),
		...(points.length > 0 ? {quotaPoints: Object.fromEntries(points)} : {}),
	};
}

function tableOf(samples: Samples): Estimates | undefined {
	const all = summary('all', Object.values(samples).flat());
	if (!all) return;
	const kinds = Object.entries(samples).flatMap(([kind, own]) => {
		const estimate = summary('kind', own);
		return estimate ? [[kind, estimate] as const] : [];
	});
	return {kinds: Object.fromEntries(kinds), all};
}

const tables = new WeakMap<Samples, {readonly table: Estimates | undefined}>();

/**
 * Once for all missions, and once until the next attempt ends: ten thousand missions cost no more than one. Undefined while there are
 * fewer than three samples.
 */
export function estimatesOf(samples: Samples): Estimates | undefined {
	const known = tables.get(samples) ?? {table: tableOf(samples)};
	tables.set(samples, known);
	return known.table;
}

export const estimateIn = (estimates: Estimates | undefined, mission: Told): Estimate | undefined =>
	estimates && (estimates.kinds[kindOf(mission)] ?? estimates.all);

/** With what each that waits or runs is expected to take. */
export function withEstimates<M extends Told & {readonly state: MissionState}>(
	estimates: Estimates | undefined,
	missions: readonly M[],
): readonly M[] {
	if (!estimates) return missions;
	const isToCome = ({state}: M) => state === 'pending' || state === 'in-progress';
	return missions.map(mission =>
		isToCome(mission) ? {...mission, estimate: estimateIn(estimates, mission)} : mission,
	);
}

/** Undefined while there are fewer than three samples of anything. */
export const estimateOf = (samples: Samples, mission: Told): Estimate | undefined =>
	estimateIn(estimatesOf(samples), mission);
