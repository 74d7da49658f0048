import {type WallTime, type Zone, zoneOf} from './zone.js';

export interface Clock {
	readonly nowMs: number;
	/** IANA zone of a time that names none. */
	readonly timezone: string;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const roundingMs = 5 * 60_000;
const unitMs: Readonly<Record<string, number>> = {w: 7 * dayMs, d: dayMs, h: hourMs, m: 60_000, s: 1000};
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * Reads what stands behind "Resets": `1:10pm`, `3pm`, `15:40`, `Nov 24, 4am`, `Jan 29 at 2:59pm`, `Dec 1`, `Thu 10:59 PM`,
 * each with or without ` (Europe/Paris)`, and `in 3 hr 43 min`. Seen in Claude Code 2.0.5 to 2.1.328 and on claude.ai.
 *
 * @param longestMs How far ahead the reset can lie at most: a time of day beyond it was yesterday's, in a text pasted late.
 * @returns ISO 8601 in UTC; `undefined` when it is none of these.
 */
export function readResetTime(text: string, {nowMs, timezone}: Clock, longestMs: number): string | undefined {
	const ms = relativeMs(text, nowMs) ?? absoluteMs(text, {nowMs, timezone}, longestMs);
	return ms !== undefined && Math.abs(ms) < 8e15 ? new Date(ms).toISOString() : undefined;
}

function relativeMs(text: string, nowMs: number): number | undefined {
	const found =
		/^in ((?:(?:\d{1,4}|an?) ?(?:weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)\b,? ?(?:and )?)+)/i.exec(
			text,
		);
	if (!found?.[1]) return undefined;
	let ms = nowMs;
	for (const [, count = '', unit = ''] of found[1].matchAll(/(\d+|an?) ?([wdhms])[a-z]*/gi))
		ms += (Number.parseInt(count, 10) || 1) * (unitMs[unit.toLowerCase()] ?? 0);
	return ms;
}

const time = /^(\d{1,2})(?::(\d{2}))? ?(am|pm)\b|^(\d{1,2}):(\d{2})(?![\d:])/i;
const date = /^([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?\b(?:,? (\d{4})\b)?/i;
const weekday = /^(sun|mon|tue|wed|thu|fri|sat)[a-z]*\b/i;
const zoneName = /\(([A-Za-z][\w+/-]*)\)/;

function absoluteMs(text: string, {nowMs, timezone}: Clock, longestMs: number): number | undefined {
	const zone = zoneOf(zoneName.exec(text)?.[1] ?? '') ?? zoneOf(timezone) ?? zoneOf('UTC');
	if (!zone) return undefined;
	const onDate = date.exec(text);
	const month = onDate?.[1] ? months.indexOf(onDate[1].toLowerCase()) + 1 : 0;
	const onWeekday = month === 0 ? weekday.exec(text) : null;
	const rest = text.slice((month > 0 ? onDate : onWeekday)?.[0].length ?? 0).replace(/^,? ?(?:at )?/i, '');
	const clock = readClock(rest);
	if (onDate && month > 0) {
		const day = {month, day: Number(onDate[2]), ...(clock ?? {hour: 0, minute: 0})};
		return nearestYear(day, onDate[3] ? Number(onDate[3]) : undefined, zone, nowMs);
	}
	if (!clock) return undefined;
	if (onWeekday?.[1]) return nextOn(weekdays.indexOf(onWeekday[1].toLowerCase()), clock, zone, nowMs);
	return latestWithin(clock, zone, nowMs, longestMs);
}

function readClock(text: string): Pick<WallTime, 'hour' | 'minute'> | undefined {
	const found = time.exec(text);
	if (!found) return undefined;
	const half = found[3]?.toLowerCase();
	const hour = Number(found[1] ?? found[4]);
	const minute = Number(found[2] ?? found[5] ?? 0);
	if (minute > 59 || (half ? hour < 1 || hour > 12 : hour > 23)) return undefined;
	return {hour: half ? (hour % 12) + (half === 'pm' ? 12 : 0) : hour, minute};
}

/** A date without a year is the one nearest to now: at New Year `Jan 2` lies ahead, and `Dec 31` a day back. */
function nearestYear(
	day: Omit<WallTime, 'year'>,
	year: number | undefined,
	zone: Zone,
	nowMs: number,
): number | undefined {
	const current = zone.wallTimeAt(nowMs).year;
	const years = year === undefined ? [current - 1, current, current + 1] : [year];
	const found = years.map(one => zone.msOf({...day, year: one})).filter(ms => ms !== undefined);
	return found.sort((a, b) => Math.abs(a - nowMs) - Math.abs(b - nowMs))[0];
}

/** This time of day on each of the days around today. */
function daysAround(clock: Pick<WallTime, 'hour' | 'minute'>, zone: Zone, nowMs: number, [from, to]: [number, number]) {
	const today = zone.wallTimeAt(nowMs);
	return Array.from({length: to - from + 1}, (_, at) => {
		const noon = new Date(Date.UTC(today.year, today.month - 1, today.day + from + at, 12));
		const day = {year: noon.getUTCFullYear(), month: noon.getUTCMonth() + 1, day: noon.getUTCDate()};
		return {weekday: noon.getUTCDay(), ms: zone.msOf({...day, ...clock}) ?? Number.NaN};
	});
}

const nextOn = (day: number, clock: Pick<WallTime, 'hour' | 'minute'>, zone: Zone, nowMs: number) =>
	daysAround(clock, zone, nowMs, [0, 7]).find(one => one.weekday === day && one.ms >= nowMs)?.ms;

function latestWithin(clock: Pick<WallTime, 'hour' | 'minute'>, zone: Zone, nowMs: number, longestMs: number) {
	const days = daysAround(clock, zone, nowMs, [-1, 1]).map(({ms}) => ms);
	if (longestMs >= dayMs) return days.find(ms => ms >= nowMs);
	return days.findLast(ms => ms <= nowMs + longestMs + roundingMs);
}
