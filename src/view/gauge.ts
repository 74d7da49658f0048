import type {Status} from '../domain/status.js';
import type {Tone} from './fact-line.js';
import {clockTime, shortCount, shortDuration} from './format.js';
import {pilotWords} from './pilot-words.js';
import {plainText} from './plain-text.js';

type Window = Status['budget']['windows'][number];

export interface Gauge {
	readonly name: string;
	/** 0..100, or undefined when nobody knows. */
	readonly usedPercent: number | undefined;
	readonly used: string;
	/** `48 left`: of its hundred parts, until pilot stops; '' where nobody knows. */
	readonly left: string;
	/** How much of that sessions of pilot used, at most, 0..100; undefined where nothing was read. */
	readonly pilotPercent: number | undefined;
	/** `(pilot ≤ 12 %)`; '' where that is nothing. */
	readonly pilot: string;
	/** `resets Tue 09:00, in 2d 13h`; '' where that is not known. */
	readonly resets: string;
	/** The same for where there is little room: `resets in 2d 13h`. */
	readonly resetsShort: string;
	/** The same for where there is still less: `resets 2d 13h`. */
	readonly resetsShortest: string;
	readonly tone: Tone;
	/** How much of the window's time is over, 0..100; undefined where its length is not known. */
	readonly timePercent: number | undefined;
	/** `stops 13:40 at this pace`, where the stop would come before the reset; else ''. */
	readonly forecast: string;
}

const hourMs = 3_600_000;
const lengthOf = (kind: string) =>
	kind === 'five_hour' ? 5 * hourMs : kind.startsWith('weekly') ? 7 * 24 * hourMs : undefined;

/** Earlier than this nothing can be told of a pace. */
const leastTime = 10;

function paceOf({kind, usedPercent, resetsAt}: Window, {stopPercent}: Status['budget'], nowMs: number) {
	const lengthMs = lengthOf(kind);
	if (resetsAt === undefined || lengthMs === undefined) return {timePercent: undefined, forecast: ''};
	const goneMs = lengthMs - (Date.parse(resetsAt) - nowMs);
	const timePercent = Math.max(0, Math.min(100, (goneMs / lengthMs) * 100));
	const stopsMs = usedPercent ? nowMs + goneMs * (stopPercent / usedPercent - 1) : Number.POSITIVE_INFINITY;
	const isSoon = timePercent >= leastTime && stopsMs > nowMs && stopsMs < Date.parse(resetsAt);
	const forecast = isSoon ? `stops ${clockTime(new Date(stopsMs).toISOString(), nowMs)} at this pace` : '';
	return {timePercent, forecast};
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

const leftOf = (usedPercent: number | undefined, {stopPercent}: Status['budget']) =>
	usedPercent === undefined ? '' : `${Math.max(0, Math.round(stopPercent - usedPercent))} left`;

const pilotOf = (window: Window) => ({pilotPercent: window.pilotPercent, pilot: pilotWords(window)});

const isOver = ({resetsAt}: Window, nowMs: number) => resetsAt !== undefined && Date.parse(resetsAt) <= nowMs;

function resetsOf({resetsAt}: Window, nowMs: number) {
	if (resetsAt === undefined) return {resets: '', resetsShort: '', resetsShortest: ''};
	const left = shortDuration(Date.parse(resetsAt) - nowMs);
	return {
		resets: `resets ${clockTime(resetsAt, nowMs)}, in ${left}`,
		resetsShort: `resets in ${left}`,
		resetsShortest: `resets ${left}`,
	};
}

const sinceWhen = 'since its reset';
const sinceReset = {resets: sinceWhen, resetsShort: sinceWhen, resetsShortest: sinceWhen};

/** A window that was reset after it was read is one of which nothing is known. */
function gaugeOf(window: Window, budget: Status['budget'], nowMs: number): Gauge {
	const over = isOver(window, nowMs);
	const usedPercent = over ? undefined : window.usedPercent;
	const unknown = window.spent === undefined || over ? 'unknown' : credits(window);
	const pace = over ? {timePercent: undefined, forecast: ''} : paceOf(window, budget, nowMs);
	const tone = toneOf(usedPercent, budget);
	return {
		name: name(window.kind),
		usedPercent,
		used: usedPercent === undefined ? unknown : `${Math.round(usedPercent)} % used`,
		left: leftOf(usedPercent, budget),
		...(over ? {pilotPercent: undefined, pilot: ''} : pilotOf(window)),
		...(over ? sinceReset : resetsOf(window, nowMs)),
		// It will be too little, however much it is now.
		tone: tone === 'good' && pace.forecast !== '' ? 'warn' : tone,
		...pace,
	};
}

/** The quota windows as they are drawn. */
export const gauges = ({budget}: Pick<Status, 'budget'>, nowMs: number): Gauge[] =>
	budget.windows.map(window => gaugeOf(window, budget, nowMs));

interface Marks {
	readonly stopPercent: number;
	readonly timePercent?: number | undefined;
	readonly pilotPercent?: number | undefined;
}

/**
 * `███▓░╎░│░`: what is used, the end of it by pilot, how much of the time is over, and the mark at which pilot stops. Empty when nobody
 * knows.
 */
export function bar(usedPercent: number | undefined, marks: Marks, width: number): string {
	const {stopPercent, timePercent, pilotPercent = 0} = marks;
	if (width < 3) return '';
	const place = (percent: number) => Math.min(width - 1, Math.floor((percent / 100) * width));
	const stop = place(stopPercent);
	const time = timePercent === undefined ? -1 : place(timePercent);
	const used = usedPercent === undefined ? 0 : Math.round((Math.min(100, usedPercent) / 100) * width);
	// A little used is never drawn as nothing.
	const filled = usedPercent && used === 0 ? 1 : used;
	// Nor is a little of pilot's.
	const others = Math.min(
		pilotPercent > 0 ? filled - 1 : filled,
		Math.round(filled * Math.max(0, 1 - pilotPercent / (usedPercent || 1))),
	);
	const fill = (at: number) => (at >= filled ? '░' : at >= others ? '▓' : '█');
	const sign = (at: number) => (at === stop ? '│' : at === time ? '╎' : fill(at));
	return Array.from({length: width}, (_, at) => sign(at)).join('');
}

const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A column of a row for each number, the highest for the greatest; a dot for nothing. */
export function sparkline(values: readonly number[]): string {
	const most = Math.max(1, ...values);
	const level = (value: number) => levels[Math.ceil((value / most) * levels.length) - 1] ?? '█';
	return values.map(value => (value > 0 ? level(value) : '·')).join('');
}

/** `weekly stops Mon 04:12 at this pace`, for each window of which that is to be feared. */
export const forecastLines = (all: readonly Gauge[]): readonly string[] =>
	all.flatMap(({name, forecast}) => (forecast === '' ? [] : [`${name} ${forecast}`]));

/** `▓ pilot ≤ 13 % of 5-hour, ≤ 3 % of weekly`; '' where it used nothing. */
export function pilotLine(all: readonly Gauge[]): string {
	const told = all.flatMap(({name, pilot}) =>
		pilot === '' ? [] : [`${pilot.slice('(pilot '.length, -1)} of ${name}`],
	);
	return told.length > 0 ? `▓ pilot ${told.join(', ')}` : '';
}

/** What the signs in the bars say, for a line of so many cells. */
export function legendOf(all: readonly Gauge[], stopPercent: number, columns: number): string {
	const hasTime = all.some(({timePercent}) => timePercent !== undefined);
	const legend = (time: string, stop: string, gap: string) =>
		[pilotLine(all) ? '▓ pilot' : '', hasTime ? time : '', `${stop} ${stopPercent} %`].filter(Boolean).join(gap);
	const long = legend('╎ time over', '│ stops at', '  ');
	return long.length <= columns ? long : legend('╎ time', '│ stop', ' ');
}

/** `7 days ▁·▃█▂·▅ 31 runs, 4.2M tokens`; '' of a pilot that counts no days. */
export function weekLine({budget: {week}}: Pick<Status, 'budget'>): string {
	if (!week) return '';
	const sum = (of: 'runs' | 'tokens') => week.reduce((total, day) => total + day[of], 0);
	const runs = sum('runs');
	return `7 days ${sparkline(week.map(day => day.runs))} ${runs} run${runs === 1 ? '' : 's'}, ${shortCount(sum('tokens'))} tokens`;
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
