import type {Status} from '../domain/status.js';
import type {Tone} from './fact-line.js';
import {shortCount, shortDuration} from './format.js';
import {plainText} from './plain-text.js';

type Window = Status['budget']['windows'][number];

export interface Gauge {
	readonly name: string;
	/** 0..100, or undefined when nobody knows. */
	readonly usedPercent: number | undefined;
	readonly used: string;
	readonly resets: string;
	readonly tone: Tone;
}

const name = (kind: string) =>
	plainText(kind === 'five_hour' ? '5-hour' : kind.startsWith('weekly:') ? `weekly ${kind.slice(7)}` : kind);

const credits = ({spent, limit, currency}: Window) =>
	`${spent ?? '?'} of ${limit ?? '?'}${currency ? ` ${plainText(currency)}` : ''}`;

function toneOf(usedPercent: number | undefined, {warnPercent, stopPercent}: Status['budget']): Tone {
	if (usedPercent === undefined) return 'dim';
	if (usedPercent >= stopPercent) return 'bad';
	return usedPercent >= warnPercent ? 'warn' : 'good';
}

const isOver = ({resetsAt}: Window, nowMs: number) => resetsAt !== undefined && Date.parse(resetsAt) <= nowMs;

/** A window that was reset after it was read is one of which nothing is known. */
function gaugeOf(window: Window, budget: Status['budget'], nowMs: number): Gauge {
	const over = isOver(window, nowMs);
	const usedPercent = over ? undefined : window.usedPercent;
	const unknown = window.spent === undefined || over ? 'unknown' : credits(window);
	const resets = window.resetsAt ? `resets in ${shortDuration(Date.parse(window.resetsAt) - nowMs)}` : '';
	return {
		name: name(window.kind),
		usedPercent,
		used: usedPercent === undefined ? unknown : `${Math.round(usedPercent)} %`,
		resets: over ? 'since its reset' : resets,
		tone: toneOf(usedPercent, budget),
	};
}

/** The quota windows as they are drawn. */
export const gauges = ({budget}: Pick<Status, 'budget'>, nowMs: number): Gauge[] =>
	budget.windows.map(window => gaugeOf(window, budget, nowMs));

/** `████░░░│░`: what is used, and the mark at which pilot stops. Empty when nobody knows. */
export function bar(usedPercent: number | undefined, stopPercent: number, width: number): string {
	if (width < 3) return '';
	const stop = Math.min(width - 1, Math.floor((stopPercent / 100) * width));
	const used = usedPercent === undefined ? 0 : Math.round((Math.min(100, usedPercent) / 100) * width);
	// A little used is never drawn as nothing.
	const filled = usedPercent && used === 0 ? 1 : used;
	return Array.from({length: width}, (_, at) => (at === stop ? '│' : at < filled ? '█' : '░')).join('');
}

/** `read 3m ago (stream)`; several readings are told apart by name. */
export function ageLine({budget}: Pick<Status, 'budget'>, nowMs: number): string {
	const ages = budget.windows.map(({kind, source, measuredAt}) => ({
		name: name(kind),
		age: `${shortDuration(nowMs - Date.parse(measuredAt))} ago (${plainText(source)})`,
	}));
	const different = new Set(ages.map(({age}) => age));
	if (different.size === 0) return '';
	if (different.size === 1) return `quota read ${ages[0]?.age}`;
	return `quota read: ${ages.map(({name, age}) => `${name} ${age}`).join(', ')}`;
}

export const runsLine = ({budget: {runsToday, runsPerDay, costTodayUsd}}: Pick<Status, 'budget'>) =>
	`runs today ${runsToday} of ${runsPerDay ?? 'no limit'}, $${costTodayUsd.toFixed(2)}`;

export const tokensLine = ({budget: {tokensToday}}: Pick<Status, 'budget'>) =>
	`tokens ${shortCount(tokensToday.reactive)} for you, ${shortCount(tokensToday.proactive)} of its own accord`;

export const unknownQuota = 'quota: unknown, nothing has reported it yet';

/** @param key What takes the paste here; '' when no key does. */
export const pasteHint = (key: string) => `${key || ':usage'} takes a paste of /usage`;
