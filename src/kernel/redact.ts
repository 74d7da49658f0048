import {firsts, shapeBegun, shapes} from './secret-shapes.js';

/** From the first character to the one after the last. */
export type Span = readonly [from: number, to: number];

/** Says where secrets stand. */
export interface SecretFinder {
	/** In order; those that overlap are one. */
	spans(text: string): Span[];
	/** From where on the text may be a secret of which more is to come; its length when there is no such place. */
	unfinished(text: string): number;
	/** True when it looks for nothing. */
	readonly isIdle: boolean;
}

/** Takes secrets out of text on its way to a file, a screen or a phone. */
export interface Redactor extends SecretFinder {
	(text: string): string;
	/** Looks for exact values only, not for shapes. */
	readonly known: SecretFinder;
}

export const secretMark = '[secret]';

/** Base64 of fewer bytes would be found where it is not. */
const leastWithin = 9;

/**
 * A value within a longer text that is base64, such as `user:password`: it begins at one of three places of a group of four characters,
 * and the groups at its two ends are shared with its neighbours.
 */
const within64 = (bytes: Buffer) =>
	bytes.length < leastWithin
		? []
		: [0, 1, 2].map(before => {
				const padded = Buffer.concat([Buffer.alloc(before), bytes])
					.toString('base64')
					.replace(/=+$/, '');
				const end = (before + bytes.length) % 3 === 0 ? padded.length : padded.length - 1;
				return padded.slice(before === 0 ? 0 : before + 1, end);
			});

const forms = (secret: string) => {
	const bytes = Buffer.from(secret);
	const url = encodeURIComponent(secret.toWellFormed());
	const base64 = [bytes.toString('base64'), ...within64(bytes)];
	const json = JSON.stringify(secret).slice(1, -1);
	return [
		secret,
		...base64,
		...base64.map(form => form.replaceAll('+', '-').replaceAll('/', '_')),
		url,
		url.replaceAll(/%[0-9A-F]{2}/g, code => code.toLowerCase()),
		json,
		// JSON within JSON, as in a log.
		JSON.stringify(json).slice(1, -1),
	];
};

/** Every place of a text, those that overlap each other too. */
function placesOf(text: string, form: string): Span[] {
	const found: Span[] = [];
	for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) found.push([at, at + form.length]);
	return found;
}

/** Spans in order, those that overlap put together; those that only touch stay apart. */
export function joinSpans(spans: readonly Span[]): Span[] {
	const joined: [number, number][] = [];
	for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
		const last = joined.at(-1);
		if (last && from < last[1]) last[1] = Math.max(last[1], to);
		else joined.push([from, to]);
	}
	return joined;
}

/** Where the end of the text is the beginning of a form; its length when it is none. */
function beginningOf(text: string, form: string): number {
	const first = form.charAt(0);
	for (
		let at = text.indexOf(first, Math.max(0, text.length - form.length + 1));
		at >= 0;
		at = text.indexOf(first, at + 1)
	)
		if (form.startsWith(text.slice(at))) return at;
	return text.length;
}

/**
 * Makes the function that redacts.
 *
 * @param secrets Exact values; each is also found as base64, also within a longer one, URL-encoded and JSON-escaped. Shorter than 8 characters are left alone.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
	const exact = [...new Set(secrets.filter(secret => secret.length >= 8).flatMap(forms))];
	const known: SecretFinder = {
		spans: text => joinSpans(exact.flatMap(form => placesOf(text, form))),
		unfinished: text => Math.min(text.length, ...exact.map(form => beginningOf(text, form))),
		isIdle: exact.length === 0,
	};
	const spans = (text: string) =>
		joinSpans([
			...known.spans(text),
			...shapes.flatMap(shape =>
				[...text.matchAll(shape)].map((match): Span => [match.index, match.index + match[0].length]),
			),
		]);
	const unfinished = (text: string) =>
		Math.min(known.unfinished(text), shapeBegun(text), ...firsts.map(first => beginningOf(text, first)));
	const redact = (text: string) => {
		let result = '';
		let done = 0;
		for (const [from, to] of spans(text)) {
			result += text.slice(done, from) + secretMark;
			done = to;
		}
		return done === 0 ? text : result + text.slice(done);
	};
	return Object.assign(redact, {spans, unfinished, known, isIdle: false});
}
