import {cellsOfOne} from '../domain/cells.js';

const signs: Readonly<Record<string, string>> = {
	...{'▶': '>', '▸': '>', '❯': '>', '›': '>', '‹': '<', '←': '<', '→': '>', '↑': '^', '↓': 'v'},
	...{
		'○': 'o',
		'●': '*',
		'■': '#',
		'□': 'o',
		'◆': '*',
		'‖': '=',
		'✓': 'v',
		'✔': 'v',
		'✗': 'x',
		'✘': 'x',
		'×': 'x',
		'≤': '<',
		'•': '*',
		'·': '.',
	},
	...{
		'…': '~',
		'–': '-',
		'—': '-',
		'−': '-',
		'‐': '-',
		'‑': '-',
		'“': '"',
		'”': '"',
		'„': '"',
		'«': '<',
		'»': '>',
		'‘': "'",
		'’': "'",
	},
	...{'█': '#', '▓': '%', '▒': ':', '░': '.', '▁': '_', '▂': '.', '▃': '-', '▄': '=', '▅': '+', '▆': '*', '▇': '%'},
	...{
		'─': '-',
		'━': '=',
		'═': '=',
		'╌': '-',
		'┄': '-',
		'│': '|',
		'┃': '|',
		'║': '|',
		'╎': ':',
		'┆': ':',
		'┊': ':',
		'└': '`',
		'╰': '`',
	},
	' ': ' ',
};

const isBox = (character: string) => character >= '\u2500' && character <= '\u257f';

/** As many characters of ASCII as it has cells. */
function asciiOf(character: string): string {
	const sign = signs[character];
	if (sign !== undefined) return sign;
	if (isBox(character)) return '+';
	const cells = cellsOfOne(character);
	const [letter = ''] = character.normalize('NFKD');
	return cells === 1 && /^[ -~]$/.test(letter) ? letter : '?'.repeat(cells);
}

const beyond = /[^\u0000-\u007f]/gu;
const known = new Map<string, string>();
const mostKnown = 4096;

/** What a terminal gets that shows nothing beyond ASCII: every character in as many cells, sequences as they are. */
export function toAscii(text: string): string {
	return text.replaceAll(beyond, character => {
		const found = known.get(character) ?? asciiOf(character);
		if (known.size >= mostKnown) known.clear();
		known.set(character, found);
		return found;
	});
}
