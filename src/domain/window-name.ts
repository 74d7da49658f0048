/** Words for a quota window's kind. Unknown kinds are shown as they are. */
export function windowName(kind: string): string {
	if (kind === 'five_hour') return '5-hour window';
	if (kind === 'weekly') return 'weekly window';
	if (kind.startsWith('weekly:')) return `weekly ${kind.slice(7)} window`;
	return kind;
}
