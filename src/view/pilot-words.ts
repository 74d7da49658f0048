/** `(pilot ≤ 12 %)`, '' for nothing. Rounded up, as it is a bound, but never to more than is told to be used. */
export function pilotWords(used: {
	readonly usedPercent?: number | undefined;
	readonly pilotPercent?: number | undefined;
}): string {
	const {usedPercent, pilotPercent} = used;
	if (usedPercent === undefined || !pilotPercent) return '';
	return `(pilot ≤ ${Math.max(1, Math.min(Math.ceil(pilotPercent), Math.round(usedPercent)))} %)`;
}
