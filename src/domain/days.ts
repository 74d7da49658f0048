import type {DayLedger} from './budget.js';

const daysKept = 7;
const dayMs = 86_400_000;

/** What was counted of the newest day, and of those before it on which there was something to count. */
export interface Days {
	readonly ledger: DayLedger;
	readonly pastDays: readonly DayLedger[];
}

export const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

const emptyDay = (day: string): DayLedger => ({day, runs: 0, costUsd: 0, reactive: 0, proactive: 0});

const sum = (a: DayLedger, b: DayLedger): DayLedger => ({
	day: a.day,
	runs: a.runs + b.runs,
	costUsd: a.costUsd + b.costUsd,
	reactive: a.reactive + b.reactive,
	proactive: a.proactive + b.proactive,
});

/** Another day is the newest from here on; what was counted of it already stays counted. */
function turn({ledger, pastDays}: Days, day: string, counted: (known: DayLedger) => DayLedger) {
	const known = pastDays.find(past => past.day === day);
	const others = pastDays.filter(past => past !== known);
	const past = ledger.day === '' ? others : [...others, ledger];
	return {ledger: counted(known ?? emptyDay(day)), pastDays: past.slice(-daysKept)};
}

/** What counts on this day. A clock set back by less than two days keeps the later day, so that no day is counted from zero twice. */
export const daysOn = (days: Days, day: string) =>
	day <= days.ledger.day ? {ledger: days.ledger, pastDays: [...days.pastDays]} : turn(days, day, known => known);

/**
 * What counts on this day once the clock was found to have been wrongly ahead. The cap of a day that is months away would be given anew
 * when it comes and never before; so what was counted of it counts today instead.
 */
export function daysBackOn(days: Days, day: string) {
	const {ledger} = days;
	const isNear = ledger.day === '' || Date.parse(ledger.day) - Date.parse(day) <= dayMs;
	return isNear ? daysOn(days, day) : turn(days, day, known => sum(known, ledger));
}
