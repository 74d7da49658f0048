import type {Terminal} from '@xterm/headless';
import {background, foreground, lightBackground, lightForeground, paletteColour} from './palette.js';

const paletteSize = 256;
/** OSC 10, 11 and 12: of the text, of what is behind it, of the cursor. */
const special = {
	dark: [foreground, background, foreground],
	light: [lightForeground, lightBackground, lightForeground],
};
const firstSpecial = 10;

/** `#rrggbb` as xterm tells of colours. */
const told = (colour: string) => `rgb:${(colour.match(/[0-9a-f]{2}/g) ?? []).map(part => part + part).join('/')}`;

const answer = (name: string, colour: string) => `\u001b]${name};${told(colour)}\u001b\\`;

/** `index;?;index;?…`: every colour of the palette at most once, however many are asked for. */
function paletteAnswers(data: string): string {
	const asked = new Set<number>();
	const parts = data.slice(0, 16 * paletteSize).split(';');
	for (const [at, part] of parts.entries())
		if (at % 2 === 0 && parts[at + 1] === '?' && /^\d{1,3}$/.test(part) && Number(part) < paletteSize)
			asked.add(Number(part));
	return [...asked].map(index => answer(`4;${index}`, paletteColour(index))).join('');
}

/** `?`, and another one for each colour that follows. */
function specialAnswers(colours: readonly string[], first: number, data: string): string {
	const parts = data.split(';', colours.length);
	return colours
		.slice(first)
		.map((colour, at) => (parts[at] === '?' ? answer(String(firstSpecial + first + at), colour) : ''))
		.join('');
}

/**
 * Tells a program which colours its pane has: it draws for a dark one or a light one accordingly. Colours that it sets are not
 * shown, so that it hears of the same ones as before.
 *
 * @param isLight Whether the human's terminal is a light one, as far as is known.
 * @see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html (OSC 4, 10–12), as read in 2026-11.
 */
export function answerColours({parser}: Terminal, reply: (text: string) => void, isLight: () => boolean) {
	const on = (code: number, answers: (data: string) => string) =>
		parser.registerOscHandler(code, data => {
			reply(answers(data));
			return true;
		});
	on(4, paletteAnswers);
	for (const at of special.dark.keys())
		on(firstSpecial + at, data => specialAnswers(special[isLight() ? 'light' : 'dark'], at, data));
}
