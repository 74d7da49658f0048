import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {parseUsageText} from '../../src/budget/index.js';
import {editQueue, parseQueue} from '../../src/queue/index.js';
import {createEars} from '../../src/session/ears.js';
import {parseClaudeLine} from '../../src/session/stream/claude-line.js';
import {createLineReader} from '../../src/session/stream/line-reader.js';
import {createTranscript} from '../../src/session/transcript.js';
import {documents} from '../queue/documents.js';
import {marked, touchedBy, untouched} from '../queue/marked.js';
import {howMany, tellFigure} from '../support/figures.js';
import {root} from '../support/pilot-process.js';

const capturesIn = (folder: string, ending: RegExp) =>
	readdirSync(path.join(root, 'test/fixtures', folder))
		.filter(name => ending.test(name))
		.map(name => readFileSync(path.join(root, 'test/fixtures', folder, name)));

const streams = capturesIn('claude-stream', /\.jsonl$/);
const usages = capturesIn('usage-text', /\.txt$/);
/** Larger captures are cut at every so many bytes. */
const largest = 65_536;
const fuzzed = howMany({full: 100_000, short: 5000});
/** Every byte, or the bytes that there is time for. */
const stride = howMany({full: 1, short: 97});

function linesOf(...chunks: readonly Uint8Array[]): string[] {
	const reader = createLineReader();
	return [...chunks.flatMap(chunk => reader.push(chunk)), ...reader.end()];
}

/** Parses, listens, renders: what a session does with what comes. */
function digest(bytes: Uint8Array): void {
	const transcript = createTranscript();
	const ears = createEars(() => ({refused: false}));
	for (const line of linesOf(bytes))
		for (const fact of parseClaudeLine(line)) {
			ears.hear(fact);
			transcript.render(fact);
		}
}

const usage = (text: string) =>
	parseUsageText(text, {nowMs: 1_795_000_000_000, timezone: 'Europe/Paris', source: 'pasted'});

/** A capture with pieces taken out, doubled, moved and put in. */
const mutated = (captures: readonly Uint8Array[]) =>
	fc
		.tuple(
			fc.constantFrom(...captures),
			fc.array(fc.tuple(fc.nat(), fc.nat({max: 200}), fc.uint8Array({maxLength: 12})), {minLength: 1, maxLength: 5}),
		)
		.map(([capture, changes]) =>
			changes.reduce<Buffer>((bytes, [where, length, put]) => {
				const at = where % (bytes.length + 1);
				return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(Math.min(bytes.length, at + length))]);
			}, Buffer.from(capture)),
		);

test('the stream of claude: split at every byte it is the same, cut off at every byte it is read', {
	timeout: 30 * 60_000,
}, () => {
	let tried = 0;
	for (const bytes of streams) {
		const whole = linesOf(bytes).join('\n');
		const step = Math.max(stride, Math.ceil(bytes.length / largest));
		for (let at = 0; at <= bytes.length; at += step) {
			tried++;
			if (linesOf(bytes.subarray(0, at), bytes.subarray(at)).join('\n') !== whole)
				expect.fail(`differs when split at byte ${at}`);
			if (tried % 16 === 0) digest(bytes.subarray(0, at));
		}
		// The last line alone is what a cut changes.
		const last = bytes.subarray(bytes.lastIndexOf(10, bytes.length - 2) + 1);
		for (let at = 0; at <= last.length; at++) digest(last.subarray(0, at));
	}
	tellFigure({
		name: 'claude’s stream, split and cut',
		n: tried,
		failures: 0,
		figure: `${streams.length} captures, the same each time`,
	});
});

test('usage texts, cut off at every character: windows or none', () => {
	let tried = 0;
	for (const bytes of usages) {
		const text = bytes.toString('utf8');
		for (let at = 0; at <= text.length; at += stride) {
			tried++;
			usage(text.slice(0, at));
			usage(text.slice(at));
		}
	}
	tellFigure({name: 'usage texts, cut', n: tried, failures: 0, figure: `${usages.length} captures, no error`});
});

test('captures with pieces torn out, doubled and put in: read to the end', {timeout: 30 * 60_000}, () => {
	const small = streams.filter(bytes => bytes.length < 20_000);
	fc.assert(fc.property(mutated(small), digest), {numRuns: fuzzed});
	fc.assert(
		fc.property(mutated(usages), bytes => void usage(bytes.toString('utf8'))),
		{numRuns: fuzzed},
	);
	tellFigure({name: 'claude’s stream and usage texts, torn', n: fuzzed * 2, failures: 0, figure: 'no error'});
});

test('missions.md, any bytes and cut off at every byte: read to the end, each item once', {
	timeout: 30 * 60_000,
}, () => {
	const look = (bytes: Buffer) => {
		const {items} = parseQueue(bytes);
		expect(new Set(items.map(({mission}) => mission.id)).size).toBe(items.length);
	};
	fc.assert(fc.property(documents, look), {numRuns: fuzzed});
	for (const bytes of fc.sample(documents, howMany({full: 500, short: 30})))
		for (let at = 0; at <= bytes.length; at++) look(bytes.subarray(0, at));
	tellFigure({
		name: 'missions.md of any bytes, whole and cut',
		n: fuzzed,
		failures: 0,
		figure: 'no error, no id twice',
	});
});

test('missions.md, marked: what is not marked is as it was, byte for byte', {timeout: 10 * 60_000}, () => {
	const runs = howMany({full: 10_000, short: 2000});
	const round = ({bytes, edits}: {bytes: Buffer; edits: Parameters<typeof editQueue>[1]}) => {
		expect(editQueue(bytes, []).equals(bytes)).toBe(true);
		const ids = touchedBy(edits);
		expect(untouched(editQueue(bytes, edits), ids)).toEqual(untouched(bytes, ids));
	};
	fc.assert(fc.property(marked, round), {numRuns: runs});
	tellFigure({name: 'missions.md, marked', n: runs, failures: 0, figure: 'every untouched line byte-identical'});
});
