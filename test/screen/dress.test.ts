import {expect, test} from 'vitest';
import {toAscii} from '../../src/screen/ascii.js';
import {createThemeFit, darkTheme} from '../../src/screen/themes.js';
import {missionSigns, phaseSigns, pilotSigns, priorityMarks} from '../../src/view/theme.js';

test.each([
	['▶ running │ 42 %…', '> running | 42 %~'],
	['████░╎░│', '####.:.|'],
	['███▓░ (pilot ≤ 12 %)', '###%. (pilot < 12 %)'],
	['╭──╮', '+--+'],
	['▁▂▃▄▅▆▇█', '_.-=+*%#'],
	['Grüße an Zoë', 'Grusse an Zoe'.replace('ss', '?')],
	['漢字👍 done', '?????? done'],
	['e\u0301 done', 'e done'],
	['\u001b[1;31m✗\u001b[0m', '\u001b[1;31mx\u001b[0m'],
	['plain ASCII ~!', 'plain ASCII ~!'],
])('%j in ASCII is %j', (text, plain) => {
	expect(toAscii(text)).toBe(plain);
});

test('every state keeps a shape of its own among those of its kind', () => {
	for (const signs of [missionSigns, pilotSigns, phaseSigns]) {
		const shapes = Object.values(signs).map(({shape}) => shape);
		expect(new Set(shapes.map(toAscii)).size).toBe(new Set(shapes).size);
	}
	expect(Object.values(priorityMarks).map(toAscii)).toEqual(['!!', '! ', '  ', 'v ']);
});

test('a dark theme leaves rows as they are', () => {
	const row = '\u001b[1;33mwarn\u001b[0m \u001b[2mfaint\u001b[0m';
	expect(createThemeFit(darkTheme)(row)).toBe(row);
});

test('on light, what could not be read has another colour; the rest stays', () => {
	const inTheme = createThemeFit({...darkTheme, isLight: true});
	expect(inTheme('\u001b[33mwarn\u001b[0m \u001b[1;36mlive\u001b[0;32mgood\u001b[0m \u001b[2mfaint')).toBe(
		'\u001b[35mwarn\u001b[0m \u001b[1;34mlive\u001b[0;32mgood\u001b[0m \u001b[2mfaint',
	);
});

test('in high contrast nothing is faint, and what has a colour is bold', () => {
	const inTheme = createThemeFit({...darkTheme, isHighContrast: true});
	expect(inTheme('\u001b[33mwarn\u001b[0m \u001b[2mfaint\u001b[0;1;31mbad')).toBe(
		'\u001b[33;1mwarn\u001b[0m faint\u001b[0;1;31mbad',
	);
	// Where a colour ends and something faint begins, the colour still ends.
	expect(inTheme('\u001b[0;2mfaint')).toBe('\u001b[0mfaint');
});

test('without colours bold and inverse stay', () => {
	expect(createThemeFit({...darkTheme, isPlain: true})('\u001b[1;31mbad\u001b[0;7;33mhere\u001b[0m')).toBe(
		'\u001b[1mbad\u001b[0;7mhere\u001b[0m',
	);
});
