import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createInputReader, type OuterToken} from '../../src/view/outer-input.js';

const E = '\u001b';
const keys = (text: string): OuterToken => ({kind: 'keys', text});

/** Keys put together: how they were cut does not matter. */
function joined(tokens: readonly OuterToken[]): OuterToken[] {
	const result: OuterToken[] = [];
	for (const token of tokens) {
		const last = result.at(-1);
		if (token.kind === 'keys' && last?.kind === 'keys') result[result.length - 1] = keys(last.text + token.text);
		else result.push(token);
	}
	return result;
}

function read(...pieces: string[]): OuterToken[] {
	const reader = createInputReader();
	return joined([...pieces.flatMap(piece => reader.push(piece)), ...reader.flush()]);
}

test.each<[string, string, OuterToken[]]>([
	['letters', 'abc', [keys('abc')]],
	['arrows', `${E}[A${E}OB`, [keys(`${E}[A${E}OB`)]],
	['function keys', `${E}[15~${E}OP${E}[1;5C`, [keys(`${E}[15~${E}OP${E}[1;5C`)]],
	['keys of kitty', `${E}[97;5u${E}[13;2:1u`, [keys(`${E}[97;5u${E}[13;2:1u`)]],
	['Alt', `${E}x${E}${E}[A`, [keys(`${E}x${E}${E}[A`)]],
	['a lone Escape', E, [keys(E)]],
	['a paste', `a${E}[200~x\r\ny${E}[31m${E}[201~b`, [keys('a'), {kind: 'paste', text: `x\r\ny${E}[31m`}, keys('b')]],
	[
		'a click',
		`${E}[<0;3;4M${E}[<0;3;4m`,
		[
			{kind: 'mouse', code: 0, x: 2, y: 3, isUp: false},
			{kind: 'mouse', code: 0, x: 2, y: 3, isUp: true},
		],
	],
	['the wheel', `${E}[<64;1;1M`, [{kind: 'mouse', code: 64, x: 0, y: 0, isUp: false}]],
	[
		'focus',
		`${E}[I${E}[O`,
		[
			{kind: 'focus', isIn: true},
			{kind: 'focus', isIn: false},
		],
	],
	[
		'answers',
		`${E}[?1u${E}[?62;4c${E}[?2026;2$y${E}]11;rgb:0/0/0\u0007${E}P>|tmux 3${E}\\`,
		[
			{kind: 'reply', text: `${E}[?1u`},
			{kind: 'reply', text: `${E}[?62;4c`},
			{kind: 'reply', text: `${E}[?2026;2$y`},
			{kind: 'reply', text: `${E}]11;rgb:0/0/0\u0007`},
			{kind: 'reply', text: `${E}P>|tmux 3${E}\\`},
		],
	],
])('%s, however they are cut', (_name, text, tokens) => {
	expect(read(text)).toEqual(tokens);
	for (let at = 1; at < text.length; at++) expect(read(text.slice(0, at), text.slice(at))).toEqual(tokens);
	expect(read(...text)).toEqual(tokens);
});

describe('Escape', () => {
	test('waits for what may follow, and is Escape when nothing does', () => {
		const reader = createInputReader();
		expect(reader.push(E)).toEqual([]);
		expect(reader.waitingFor).toBe('sequence');
		expect(reader.flush()).toEqual([keys(E)]);
		expect(reader.waitingFor).toBe('nothing');
	});
});

test('a paste that has not ended yet is not taken for keys', () => {
	const reader = createInputReader();
	expect(reader.push(`${E}[200~rm -rf /\r`)).toEqual([]);
	expect(reader.waitingFor).toBe('paste');
	expect(reader.push(`more${E}[201~`)).toEqual([{kind: 'paste', text: 'rm -rf /\rmore'}]);
	expect(reader.waitingFor).toBe('nothing');
});

test('a paste whose end never comes is given out as it is, and what is typed then is keys again', () => {
	const reader = createInputReader();
	expect([...reader.push(`${E}[200~a`), ...reader.push(`b${E}[20`)]).toEqual([]);
	expect(reader.flush()).toEqual([{kind: 'paste', text: `ab${E}[20`}]);
	expect(reader.push('\u001d')).toEqual([keys('\u001d')]);
	expect(reader.push(`${E}[201~`)).toEqual([]);
	reader.push(`${E}[200~`);
	expect(reader.flush()).toEqual([]);
});

test('a paste in many pieces is read in time that grows with its length', () => {
	const reader = createInputReader();
	const piece = 'x'.repeat(64);
	const begun = performance.now();
	reader.push(`${E}[200~`);
	for (let n = 0; n < 60_000; n++) reader.push(piece);
	expect(reader.push(`${E}[201~`)).toEqual([{kind: 'paste', text: piece.repeat(60_000)}]);
	// Looking at all of it for each piece takes minutes.
	expect(performance.now() - begun).toBeLessThan(2000);
});

test('nothing that is typed gets lost', () => {
	const piece = fc.oneof(
		fc.constantFrom(E, '[', '<', 'A', 'M', '~', ';', '5', 'u', 'O', ']', '\u0007', 'x'),
		fc.string({maxLength: 3}),
	);
	fc.assert(
		fc.property(fc.array(piece, {maxLength: 30}), pieces => {
			const text = pieces.join('');
			// Whatever is no paste, no mouse, no focus and no answer has to come out as keys, whole.
			const tokens = read(...pieces);
			const length = tokens.reduce((sum, token) => sum + (token.kind === 'keys' ? token.text.length : 0), 0);
			if (tokens.every(({kind}) => kind === 'keys')) expect(length).toBe(text.length);
		}),
		{numRuns: 2000},
	);
});
