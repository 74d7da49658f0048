import fc from 'fast-check';
import {expect, test} from 'vitest';
import {plainJson, plainLines, plainText, plainTyped, rowsFor} from '../../src/view/plain-text.js';

test.each([
	['colours', '\u001b[1;31mred\u001b[0m', 'red'],
	['a title for the window', 'a\u001b]0;evil\u0007b', 'ab'],
	['a link', '\u001b]8;;http://evil\u001b\\text\u001b]8;;\u001b\\', 'text'],
	['a sequence that never ends', 'a\u001b]0;b', 'a0;b'],
	['a device string', 'a\u001bPq#1\u001b\\b', 'ab'],
	['eight-bit sequences', 'a\u009b31mb\u009d0;c\u009cd', 'abd'],
	['a sequence inside the start of another', 'a\u001b\u001b[0m]52;c;eA==\u001b\u001b[0m\\b', 'a]52;c;eA==\\b'],
	['line ends and tabs', 'one\r\n\ttwo\u2028three', 'one two three'],
	['backspaces and bells', 'a\bb\u0007c', 'a b c'],
	['overrides of direction', 'abc\u202Edef\u2066g\u200Fh', 'abcdefgh'],
	['letters that are not seen', 'a\u200bb\ufeffc\u00add\u{e0041}e', 'abcde'],
	['half a character', 'a\ud83db\udc00', 'ab'],
	['a family', '👨‍👩‍👧', '👨👩👧'],
	['joiners in a row', '👩\u200d\u200d', '👩'],
	['a joiner behind a skin tone', '👩🏽\u200d💻', '👩💻'],
	['a skin tone and a picture of a sign', '👍🏽 ❤️', '👍 ❤'],
	['marks piled up', 'Z\u0300\u0301\u0302\u0303\u0304o', 'Z\u0300\u0301\u0302o'],
	['blanks around', '  a  ', 'a'],
])('%s', (_, text, plain) => {
	expect(plainText(text)).toBe(plain);
});

test.each(['漢字かな', 'שלום', 'مرحبا', 'می‌خواهم', 'नमस्ते', 'Grüße', 'naïve café', '🇩🇪', '`npm test`: exit 1'])(
	'%s stays as it is',
	text => {
		expect(plainText(text)).toBe(text);
	},
);

test('whatever comes in, no control, override or half a character comes out', () => {
	const alphabet = fc.oneof(
		fc.string({unit: 'binary'}),
		fc.constantFrom(
			'\u001b',
			'[',
			']',
			'P',
			';',
			'0',
			'm',
			'\u0007',
			'\\',
			'\u009b',
			'\u009c',
			'\u202e',
			'\u200d',
			'👩',
			'🏽',
			'\u0300',
			'\ufe0f',
			' ',
			'\ud83d',
		),
	);
	fc.assert(
		fc.property(
			fc.array(alphabet).map(parts => parts.join('')),
			text => {
				const plain = plainText(text);
				expect(plain).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
				expect(plain.isWellFormed()).toBe(true);
				expect(plainText(plain)).toBe(plain);
			},
		),
		{numRuns: 2000},
	);
});

test('a long hostile text is made plain at once', () => {
	const started = performance.now();
	plainText('\u001b]0;'.repeat(50_000));
	plainText('\u009d'.repeat(200_000));
	plainText('\u0300'.repeat(200_000));
	plainText('👩\u0300'.repeat(50_000));
	expect(performance.now() - started).toBeLessThan(1000);
});

test('typed text keeps its blanks, and all before a sequence that is cut off', () => {
	expect(['a ', ' a', 'a\u001b', 'a\u001b[31'].map(plainTyped)).toEqual(['a ', ' a', 'a', 'a']);
});

test('lines stay lines, with the blanks at their beginning', () => {
	const text = '# One\r\n\n  - \u001b[31mtwo\u001b[0m\n\tthree\u001b]0;\nfour\u0007\u202e  five\n';
	expect(plainLines(text)).toBe('# One\n\n  - two\n\tthree0;\nfour   five\n');
	expect(plainLines('a\u001b\u001b[0m]52;c;eA==\u001b\u001b[0m\\\u009d0;b\u009c')).toBe('a]52;c;eA==\\');
});

test('JSON says the same and has nothing in it that a terminal would obey', () => {
	const data = {title: 'a\u001b]0;b\u0007 \u009b31m \u202e \u2066 \u007f ö 漢 👨‍👩‍👧'};
	const json = plainJson(JSON.stringify(data));
	expect(JSON.parse(json)).toEqual(data);
	expect(json).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e\u2066]/);
});

test('rows are counted with wide characters', () => {
	expect(rowsFor('', 40)).toBe(1);
	expect(rowsFor('a'.repeat(40), 40)).toBe(2);
	expect(rowsFor('漢'.repeat(40), 40)).toBe(3);
});
