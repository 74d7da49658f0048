/** A wall clock time; months 1 to 12. */
export interface WallTime {
	readonly year: number;
	readonly month: number;
	readonly day: number;
	readonly hour: number;
	readonly minute: number;
}

export interface Zone {
	/** What the clock on the wall shows. */
	wallTimeAt(ms: number): WallTime;
	/**
	 * When the wall shows this; `undefined` for a day or time that no calendar has. A time that a clock change skips is
	 * taken as one hour later, of one that comes twice the first is meant (like `Temporal`'s `compatible`).
	 */
	msOf(wall: WallTime): number | undefined;
}

const dayMs = 86_400_000;

/** @param name IANA name, `Europe/Paris`. `undefined` when there is no such zone. */
export function zoneOf(name: string): Zone | undefined {
	const format = formatOf(name);
	if (!format) return undefined;
	const wallTimeAt = (ms: number) => readParts(format, ms);
	const offsetAt = (ms: number) => utcMs(wallTimeAt(ms)) - Math.floor(ms / 60_000) * 60_000;
	return {wallTimeAt, msOf: wall => (isReal(wall) ? resolve(utcMs(wall), offsetAt) : undefined)};
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
	const fields = {year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric'} as const;
	try {
		return new Intl.DateTimeFormat('en-US', {timeZone, calendar: 'gregory', hourCycle: 'h23', ...fields});
	} catch {
		return undefined; // no such zone
	}
}

function readParts(format: Intl.DateTimeFormat, ms: number): WallTime {
	const parts = new Map(format.formatToParts(ms).map(({type, value}) => [type, Number(value)]));
	const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
	return {year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute')};
}

const utcMs = ({year, month, day, hour, minute}: WallTime) => Date.UTC(year, month - 1, day, hour, minute);

function isReal(wall: WallTime): boolean {
	const date = new Date(utcMs(wall));
	return date.getUTCMonth() + 1 === wall.month && date.getUTCDate() === wall.day && wall.hour < 24 && wall.minute < 60;
}

/** The offsets of the days before and after are the only ones that can hold. */
function resolve(wallMs: number, offsetAt: (ms: number) => number): number {
	const before = offsetAt(wallMs - dayMs);
	const after = offsetAt(wallMs + dayMs);
	const fitting = [wallMs - before, wallMs - after].filter(ms => ms + offsetAt(ms) === wallMs);
	return fitting.length > 0 ? Math.min(...fitting) : wallMs - before;
}
