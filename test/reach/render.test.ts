import fc from 'fast-check';
import {expect, test} from 'vitest';
import {markedAsRepeat, partsOf, textLimit} from '../../src/reach/channels/telegram/render.js';

const text = fc.string({
	unit: fc.constantFrom('a', ' ', '\n', '🚀', '*', '\ud83d', '\u0007', '\u001b'),
	maxLength: 12_000,
});

test('whatever is sent fits, is well formed, marks its head in bold and loses nothing but what cannot be sent', () => {
	fc.assert(
		fc.property(
			fc.string({minLength: 1, maxLength: 200, unit: fc.constantFrom('b', 'ü', '🚀')}),
			text,
			(head, body) => {
				const parts = partsOf([{head, body}]);
				for (const part of parts.map(markedAsRepeat)) {
					expect(part.text.length).toBeLessThanOrEqual(textLimit);
					expect(part.text.isWellFormed()).toBe(true);
					expect(part.text.trim()).not.toBe('');
				}
				const bold = parts.flatMap(part =>
					part.entities.map(entity => part.text.slice(entity.offset, entity.offset + entity.length)),
				);
				expect(bold.join('')).toBe(head);
				const visible = (all: string) => all.replaceAll(/[\s\u0007\u001b\ufffd]/g, '');
				expect(visible(parts.map(part => part.text).join(''))).toBe(visible(head + body.toWellFormed()));
			},
		),
		{numRuns: 60},
	);
});

test('a long text is cut after a line where that costs little', () => {
	const parts = partsOf([{head: 'Head', body: `${'x'.repeat(3000)}\n${'y'.repeat(3000)}`}]);
	expect(parts.map(part => part.text.replaceAll(/\s/g, '').at(-1))).toEqual(['x', 'y']);
});
