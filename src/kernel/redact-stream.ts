import {joinSpans, type Redactor, type Span, secretMark} from './redact.js';
import {hint} from './secret-shapes.js';

/** Redacts what a program prints, piece by piece: a secret is found wherever the pieces were cut. */
export interface RedactStream {
	/** Takes a piece, and gives what is certain by now: all but an end that may be a secret or a sequence not yet whole. */
	push(text: string): string;
	/** The rest, as it is: nothing more comes. */
	end(): string;
}

/** Most characters that wait for what comes next. A private key of twice the usual size fits. */
const mostHeld = 65_536;
/** The last character seen is looked for so far back. */
const lookBack = 1000;
/** A sequence shorter than this holds no secret. */
const leastHidden = 10;

/** Whole sequences of a terminal, and other controls but newline and tab: what may stand between the characters of a secret. */
const sequence =
	/\u001b\[[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-OQ-WYZ\\`-~]|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g;
/** One that is not whole yet. */
const begun = /^\u001b(?:[ -/]*|\[[0-?]*[ -/]*|[\]PX^_][^\u0007\u001b\u009c]*\u001b?)$/;

/** Where a sequence begins that is not whole yet. The end of a title or a link may itself be cut. */
function sequenceBegun(raw: string): number {
	const last = raw.lastIndexOf('\u001b');
	const before = last > 0 && last === raw.length - 1 ? raw.lastIndexOf('\u001b', last - 1) : -1;
	return [before, last].find(at => at >= 0 && begun.test(raw.slice(at))) ?? raw.length;
}

/** The same, and line ends with the indentation of the next line: a program of its own width breaks a long word over lines. */
const sequenceOrBreak = new RegExp(`${sequence.source}|\\n[ \\t]*`, 'g');

/** What a human sees of a text, and where each of its characters stood. */
interface Seen {
	readonly text: string;
	readonly sequences: readonly Span[];
	/** The place in the raw text of a place in the seen one. */
	rawAt(at: number): number;
}

function seenOf(raw: string, leftOut = sequence): Seen {
	const sequences = [...raw.matchAll(leftOut)].map((match): Span => [match.index, match.index + match[0].length]);
	const starts: {readonly seen: number; readonly raw: number}[] = [];
	let text = '';
	let done = 0;
	for (const [from, to] of [...sequences, [raw.length, raw.length] as const]) {
		if (from > done) {
			starts.push({seen: text.length, raw: done});
			text += raw.slice(done, from);
		}
		done = to;
	}
	const rawAt = (at: number) => {
		let [low, high] = [0, starts.length - 1];
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((starts[middle]?.seen ?? 0) <= at) low = middle;
			else high = middle - 1;
		}
		const start = starts[low];
		return start ? start.raw + at - start.seen : at;
	};
	return {text, sequences, rawAt};
}

/** A text as it is looked through: what a human sees, and that with its broken lines put together. */
interface Looks {
	readonly seen: Seen;
	readonly unbroken: Seen;
}

const placed = (look: Seen, spans: readonly Span[]) =>
	spans.map(([from, to]): Span => [look.rawAt(from), look.rawAt(to - 1) + 1]);

/** Secrets of a raw text: those a human sees, and those within a sequence, such as a title or a link. */
function secretsIn(raw: string, {seen, unbroken}: Looks, redact: Redactor): Span[] {
	const hidden = seen.sequences.flatMap(([start, end]) =>
		end - start < leastHidden
			? []
			: redact.spans(raw.slice(start, end)).map(([from, to]): Span => [start + from, start + to]),
	);
	const shown = placed(seen, redact.spans(seen.text));
	return joinSpans([...shown, ...placed(unbroken, redact.known.spans(unbroken.text)), ...hidden]);
}

const begunIn = (look: Seen, at: number, none: number) => (at < look.text.length ? look.rawAt(at) : none);

/** Up to where nothing can change any more, whatever comes. */
function certainUpTo(raw: string, {seen, unbroken}: Looks, secrets: readonly Span[], redact: Redactor): number {
	const certain = Math.min(
		begunIn(seen, redact.unfinished(seen.text), raw.length),
		begunIn(unbroken, redact.known.unfinished(unbroken.text), raw.length),
	);
	const across = secrets.find(([from, to]) => from < certain && certain < to);
	return across ? across[0] : certain;
}

/** A part of the raw text without its secrets; the sequences between a secret's characters are kept. */
function without(raw: string, secrets: readonly Span[], sequences: readonly Span[], redact: Redactor): string {
	let result = '';
	let done = 0;
	for (const [from, to] of secrets) {
		const within = sequences.filter(([start, end]) => start >= from && end <= to);
		const kept = within.map(([start, end]) => redact(raw.slice(start, end))).join('');
		result += raw.slice(done, from) + secretMark + kept;
		done = to;
	}
	return result + raw.slice(done);
}

/** True where a quick look is enough: nothing in it is a secret, a part of one, or the beginning of one. */
function isHarmless(raw: string, redact: Redactor): boolean {
	const seen = raw.replaceAll(sequence, '');
	const {known} = redact;
	// What stands within titles, links and their like is not seen, and recorded all the same.
	const hasHidden = /\u001b[\]PX^_]/.test(raw);
	if (hint.test(seen) || (hasHidden && (hint.test(raw) || known.spans(raw).length > 0))) return false;
	if (redact.unfinished(seen) < seen.length) return false;
	if (known.isIdle) return true;
	const unbroken = raw.replaceAll(sequenceOrBreak, '');
	return (
		known.spans(unbroken).length === 0 &&
		known.unfinished(unbroken) === unbroken.length &&
		known.spans(seen).length === 0
	);
}

/** The last character that a human sees. */
const lastSeen = (raw: string) => raw.slice(-lookBack).replaceAll(sequence, '').slice(-1);

/** What can be given out after a quick look: all of it, or its whole lines where only the last may be the beginning of a secret. */
function harmlessPart(raw: string, redact: Redactor): string {
	if (isHarmless(raw, redact) && lastSeen(raw) !== '') return raw;
	const lines = raw.slice(0, raw.lastIndexOf('\n') + 1);
	return lines !== '' && lines.length < raw.length && isHarmless(lines, redact) ? lines : '';
}

/**
 * Makes a redactor for one stream. The result is the same however the stream was cut into pieces, and of text without controls
 * the same as `redact` makes of the whole, but that an exact value is also found when it is broken over lines. What waits is only what may be the beginning of a secret; over 64 K of it go unseen.
 */
export function createRedactStream(redact: Redactor): RedactStream {
	/** Stands for the last character that was given out: some shapes begin only at the edge of a word. */
	let before = '';
	let held = '';
	/** What takes no more than a quick look, '' where it takes more. */
	const giveQuickly = () => {
		const given = harmlessPart(held.slice(0, sequenceBegun(held)), redact);
		if (given === '') return '';
		before = /\w/.test(lastSeen(given)) ? '_' : ' ';
		held = held.slice(given.length);
		return given;
	};
	const give = (all: boolean) => {
		const whole = before + held;
		const begunAt = sequenceBegun(whole);
		const raw = all || whole.length - begunAt > mostHeld ? whole : whole.slice(0, begunAt);
		const own = before.length;
		const looks = {seen: seenOf(raw), unbroken: seenOf(raw, sequenceOrBreak)};
		const secrets = secretsIn(raw, looks, redact)
			.filter(([, to]) => to > own)
			.map(([from, to]): Span => [Math.max(from, own), to]);
		const certain = all ? raw.length : Math.max(own, certainUpTo(raw, looks, secrets, redact));
		const upTo = whole.length - certain > mostHeld ? raw.length : certain;
		const done = secrets.filter(([, to]) => to <= upTo);
		const text = without(raw.slice(0, upTo), done, looks.seen.sequences, redact).slice(own);
		const given = seenOf(raw.slice(0, upTo)).text;
		before = given === '' ? '' : /\w/.test(given.slice(-1)) ? '_' : ' ';
		held = whole.slice(upTo);
		return text;
	};
	return {
		push(text) {
			held += text;
			return giveQuickly() || give(false);
		},
		end: () => give(true),
	};
}
