/** Day (`2026-01-30`) and time (`14:05`) of an instant in a zone; the machine's when none is given. */
export function localTime(ms: number, timezone: string | undefined): {day: string; time: string} {
	const parts = new Intl.DateTimeFormat('en-CA', {
		...(timezone ? {timeZone: timezone} : {}),
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
	}).formatToParts(ms);
	const of = (type: string) => parts.find(part => part.type === type)?.value ?? '00';
	return {day: `${of('year')}-${of('month')}-${of('day')}`, time: `${of('hour')}:${of('minute')}`};
}
