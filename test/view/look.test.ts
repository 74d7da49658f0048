import {expect, test} from 'vitest';
import {clockOf, dressOf, isLightAnswer, isLightEnv, needsCount, titleOf, wantsAscii} from '../../src/view/look.js';
import {aMission, aNight, aStatus} from './a-status.js';

test.each([
	['\u001b]11;rgb:ffff/ffff/ffff\u001b\\', true],
	['\u001b]11;rgb:fdfd/f6f6/e3e3\u0007', true],
	['\u001b]11;rgb:1c/1f/26\u001b\\', false],
	['\u001b]11;rgba:0000/0000/0000/ffff\u001b\\', false],
	['\u001b]11;rgb:f/f/f\u001b\\', true],
	['\u001b]10;rgb:ffff/ffff/ffff\u001b\\', undefined],
	['\u001b[?1u', undefined],
])('%j is a light background: %s', (reply, light) => {
	expect(isLightAnswer(reply)).toBe(light);
});

test.each([
	['0;15', true],
	['0;default;7', true],
	['15;0', false],
	['15;8', false],
	['15;default', undefined],
	[undefined, undefined],
])('COLORFGBG %s: light is %s', (COLORFGBG, light) => {
	expect(isLightEnv({COLORFGBG})).toBe(light);
});

test.each([
	[{LANG: 'C.UTF-8'}, false],
	[{LANG: 'de_AT.utf8'}, false],
	[{LANG: 'C'}, true],
	[{LC_ALL: 'POSIX', LANG: 'C.UTF-8'}, true],
	[{LC_ALL: '', LC_CTYPE: 'C.UTF-8', LANG: 'C'}, false],
	[{}, false],
	[{LANG: 'C.UTF-8', TERM: 'linux'}, true],
])('%o wants ASCII: %s', (env, ascii) => {
	expect(wantsAscii(env)).toBe(ascii);
});

const look = {theme: 'auto', ascii: 'auto', motion: 'full', title: true, bell: true, progress: true} as const;

test('what the config says is stronger than what the terminal says, and NO_COLOR is stronger than both', () => {
	const around = {env: {COLORFGBG: '0;15', LANG: 'C'}, colour: true, isLight: undefined};
	const light = {isLight: true, isHighContrast: false, isPlain: false};
	expect(dressOf(around, undefined)).toEqual({colour: true, ascii: true, theme: light});
	expect(dressOf({...around, isLight: false}, look).theme.isLight).toBe(false);
	expect(dressOf(around, {...look, theme: 'dark', ascii: false})).toEqual({
		...{colour: true, ascii: false, theme: {...light, isLight: false}},
	});
	expect(dressOf({...around, env: {}}, {...look, theme: 'light', ascii: true})).toEqual({
		...{colour: true, ascii: true, theme: light},
	});
	expect(dressOf(around, {...look, theme: 'high-contrast'}).theme).toEqual({...light, isHighContrast: true});
	expect(dressOf(around, {...look, theme: 'none'})).toMatchObject({colour: false, theme: {isPlain: true}});
	expect(dressOf({...around, colour: false}, {...look, theme: 'light'})).toMatchObject({
		...{colour: false, theme: {isPlain: true}},
	});
});

test('with less motion time goes in steps of ten seconds', () => {
	expect([0, 9_999, 10_000, 19_000].map(ms => clockOf(ms, {...look, motion: 'reduced'}))).toEqual([
		0, 0, 10_000, 10_000,
	]);
	expect(clockOf(9_999, look)).toBe(9_999);
	expect(clockOf(9_999, undefined)).toBe(9_999);
});

test('the title tells state and counts', () => {
	expect(titleOf('work', aNight(), true)).toBe('▶ work: 1 running, 2 waiting, 3 for you');
	expect(titleOf('work', aStatus({state: 'paused'}), true)).toBe('‖ work: paused');
	expect(titleOf('work', aNight(), false)).toBe('work: no pilot');
	expect(needsCount(aStatus({missions: [aMission('m-1', {state: 'parked'}), aMission('m-2')]}))).toBe(1);
});
