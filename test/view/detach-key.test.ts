import {expect, test} from 'vitest';
import {findDetachKey} from '../../src/view/detach-key.js';

const E = '\u001b';

test.each([
	['ctrl-]', '\u001d'],
	['ctrl-a', '\u0001'],
	['ctrl-_', '\u001f'],
	['ctrl-@', '\u0000'],
	['ctrl-\\', '\u001c'],
])('%s as its control character', (name, character) => {
	expect(findDetachKey(`ab${character}cd`, name)).toEqual({at: 2, length: 1});
});

test.each([
	['by kitty', `${E}[93;5u`],
	['with NumLock', `${E}[93;133u`],
	['with CapsLock', `${E}[93;69u`],
	['with both', `${E}[93;197u`],
	['told that it was pressed', `${E}[93;5:1u`],
	['told that it repeats', `${E}[93;133:2u`],
	['with the other keys that it could be', `${E}[93:125;5u`],
	['with where it lies', `${E}[93::93;5:1u`],
	['with its text', `${E}[93;5;29u`],
	['with all of it', `${E}[93:125:93;133:1;29u`],
	['on a layout of other letters', `${E}[1098::93;5u`],
	['by xterm', `${E}[27;5;93~`],
	['by xterm, with NumLock', `${E}[27;133;93~`],
])('Ctrl-] %s', (_name, sequence) => {
	expect(findDetachKey(`a${E}[97;5ub${sequence}c\u001d`, 'ctrl-]')).toEqual({
		at: `a${E}[97;5ub`.length,
		length: sequence.length,
	});
});

test.each([
	['nothing of the kind', 'abc'],
	['its release', `${E}[93;5:3u`],
	['its release with NumLock', `${E}[93;133:3u`],
	['the key alone', `${E}[93u${E}[93;1u${E}[93;129u`],
	['with Alt or Shift as well', `${E}[93;7u${E}[93;6u${E}[27;7;93~`],
	['another key', `${E}[91;5u${E}[27;5;91~${E}[193;5u`],
	['a key that lies there on another layout', `${E}[43::93;5u`],
])('not: %s', (_name, text) => {
	expect(findDetachKey(text, 'ctrl-]')).toBeUndefined();
});

test('a character above another takes Shift', () => {
	const sequence = `${E}[45:95;6u`;
	expect(findDetachKey(sequence, 'ctrl-_')).toEqual({at: 0, length: sequence.length});
	expect(findDetachKey(`x\u001d${E}[93;5u`, 'ctrl-]')).toEqual({at: 1, length: 1});
});
