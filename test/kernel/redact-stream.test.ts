import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createRedactor} from '../../src/kernel/redact.js';
import {createRedactStream} from '../../src/kernel/redact-stream.js';

const secret = 'mp@ss/w"ord+1\\x';
const redact = createRedactor([secret, 'TELEGRAM-VALUE-1', 'abcdefgh', 'ghijklmnop']);
const key = '-----BEGIN RSA PRIVATE KEY-----\nabc\ndef\n-----END RSA PRIVATE KEY-----';
const shaped = [
	`sk-ant-api03-${'a'.repeat(40)}`,
	`ghp_${'A1'.repeat(18)}`,
	`github_pat_${'a_'.repeat(30)}`,
	'xoxb-123456789012-abcdef',
	`lin_api_${'x'.repeat(30)}`,
	'AKIAABCDEFGHIJKLMNOP',
	`123456789:${'A'.repeat(35)}`,
	key,
];

const through = (pieces: readonly string[]) => {
	const stream = createRedactStream(redact);
	return pieces.map(piece => stream.push(piece)).join('') + stream.end();
};

/** Cuts a text at the given places, taken as parts of its length. */
const cutAt = (text: string, places: readonly number[]) => {
	const cuts = [...new Set(places.map(place => Math.floor(place * text.length)))].sort((a, b) => a - b);
	return [0, ...cuts].map((from, index) => text.slice(from, cuts[index] ?? text.length));
};

const places = fc.array(fc.double({min: 0, max: 1, noNaN: true}), {maxLength: 12});
const word = fc.oneof(
	fc.constantFrom(secret, ...shaped, 'abcdefghijklmnop', 'abcdefgh', Buffer.from(secret).toString('base64')),
	fc.constantFrom('m', 'sk-ant-', 'gh', '12345678:', '-----BEGIN ', ' ', '\n', 'é', '😀', 'x', '_', '-', '-----END'),
	fc.string({maxLength: 12}),
);
const sequences = fc.constantFrom(
	'\u001b[0m',
	'\u001b[1;31m',
	'\u001b[2K',
	'\r',
	'\u0007',
	'\u001b(B',
	'\u001b7',
	`\u001b]0;a title\u0007`,
	`\u001b]8;;https://x/${secret}\u001b\\`,
	'\u001b]0;never ended ',
	'\u001b',
);

describe('however it is cut', () => {
	test('plain text comes out as the redactor makes it of the whole', () => {
		fc.assert(
			fc.property(fc.array(word, {maxLength: 12}), places, (words, cuts) => {
				const text = words.join('').replaceAll(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, ' ');
				expect(through(cutAt(text, cuts))).toBe(redact(text));
			}),
			{numRuns: 3000},
		);
	});

	test('text with sequences comes out as it does in one piece', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(word, sequences), {maxLength: 14}), places, (words, cuts) => {
				const text = words.join('');
				expect(through(cutAt(text, cuts))).toBe(through([text]));
				expect(through([...text])).toBe(through([text]));
			}),
			{numRuns: 3000},
		);
	});
});

test.each([secret, ...shaped])('split at every place, nothing of it comes out: %s', value => {
	const text = `x ${value} y`;
	for (let at = 0; at <= text.length; at++) expect(through([text.slice(0, at), text.slice(at)])).toBe('x [secret] y');
	expect(through([...text])).toBe('x [secret] y');
});

test('with sequences between its characters it is found, and they are kept', () => {
	const coloured = [...secret].join('\u001b[32m');
	expect(through([`a ${coloured} b`])).toBe(`a [secret]${'\u001b[32m'.repeat(secret.length - 1)} b`);
	expect(through([...`a ${coloured} b`])).toBe(through([`a ${coloured} b`]));
});

test('broken over lines by a program of its own width it is found', () => {
	const broken = `a ${secret.slice(0, 6)}\r\n    \u001b[2m${secret.slice(6)}\u001b[0m b`;
	expect(through([broken])).toBe('a [secret]\r\u001b[2m\u001b[0m b');
	expect(through([...broken])).toBe(through([broken]));
	expect(through(['line one\nline two\n  m\n'])).toBe('line one\nline two\n  m\n');
});

test('in a title or a link it is found', () => {
	expect(through([`\u001b]0;${secret}\u0007ok`])).toBe('\u001b]0;[secret]\u0007ok');
	expect(through([...`\u001b]8;;x?${secret}\u001b\\ok`])).toBe('\u001b]8;;x?[secret]\u001b\\ok');
});

test('a sequence that ends like a secret begins stays whole', () => {
	expect(through([`\u001b[0${secret}`])).toBe(`\u001b[0${secret}`);
	expect(through([...`\u001b[31mypass`])).toBe('\u001b[31mypass');
});

test('what waits is only what may be the beginning of a secret', () => {
	const stream = createRedactStream(redact);
	expect(stream.push('plain words ')).toBe('plain words ');
	expect(stream.push('and abcd')).toBe('and ');
	expect(stream.push('e, no')).toBe('abcde, no');
	expect(stream.push('\u001b[3')).toBe('');
	expect(stream.push('1m')).toBe('\u001b[31m');
});

test('a sequence without end does not wait for ever', () => {
	const stream = createRedactStream(redact);
	let given = stream.push('\u001b]0;').length;
	for (let n = 0; n < 10; n++) given += stream.push('a b c d '.repeat(1250)).length;
	expect(given).toBeGreaterThan(30_000);
});

test('a word without end does not wait for ever, and does not take long', () => {
	const startedMs = performance.now();
	const stream = createRedactStream(redact);
	let given = 0;
	for (let n = 0; n < 40; n++) given += stream.push('sk-ant-'.repeat(2000)).length;
	expect(given).toBeGreaterThan(0);
	expect(performance.now() - startedMs).toBeLessThan(3000);
});
