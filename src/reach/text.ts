/** First `limit` UTF-16 units of a text, cut between words where that loses little, never within a surrogate pair; `…` when cut. */
export function shorten(text: string, limit: number): string {
	if (text.length <= limit) return text;
	const cut = text.slice(0, wholeUnits(text, limit - 1));
	const space = cut.lastIndexOf(' ');
	return `${(space > limit * 0.8 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** The largest length up to `limit` that does not cut a surrogate pair in two. */
export function wholeUnits(text: string, limit: number): number {
	if (limit >= text.length) return text.length;
	const last = text.charCodeAt(limit - 1);
	return last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit;
}

/** Makes text from agents and files fit to send: no control characters but tab and line feed, no half surrogate pairs. */
export const tidy = (text: string) =>
	text
		.replaceAll('\r\n', '\n')
		.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
		.toWellFormed()
		.trim();

/** The same on one line. */
export const oneLine = (text: string, limit = 300) => shorten(tidy(text).replaceAll(/\s+/g, ' '), limit);

const units = [
	['d', 86_400_000],
	['h', 3_600_000],
	['min', 60_000],
] as const;

/** A length of time in its two largest units: `2 h 10 min`, `3 d`, `under a minute`. */
export function span(ms: number): string {
	const parts: string[] = [];
	let left = ms;
	for (const [name, size] of units) {
		const count = Math.floor(left / size);
		left -= count * size;
		if (count > 0) parts.push(`${count} ${name}`);
	}
	return parts.slice(0, 2).join(' ') || 'under a minute';
}

/** A moment as seen from now: `in 2 h 10 min`, `now`. A phone may be in another time zone, hence no clock time. */
export const until = (at: string, nowMs: number) => {
	const left = Date.parse(at) - nowMs;
	return left > 0 ? `in ${span(left)}` : 'now';
};

/** What answers a question with one tap on a phone. */
export const tapsFor = (approvalId: string) => `/approve_${approvalId.slice(2)} or /deny_${approvalId.slice(2)}`;
