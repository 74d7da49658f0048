import styles from 'ansi-styles';

/** How many colours a terminal has: none, its own 16, 256, or all. */
export type ColourDepth = 'none' | '16' | '256' | 'true';

const numbers = (parameters: string) => parameters.split(';').map(Number);

/** Parameters of one colour as the depth has it; `base` is 30 for the text and 40 for what is behind it. */
function colourParameters(base: number, index: number, depth: ColourDepth): number[] {
	if (depth === '256') return [base + 8, 5, index];
	return [styles.ansi256ToAnsi(index) + base - 30];
}

function take(values: number[], depth: ColourDepth): number[] {
	const [first = 0, kind] = values;
	const base = first - 8;
	if (kind === 2) {
		const [, , red = 0, green = 0, blue = 0] = values.splice(0, 5);
		return depth === 'none' ? [] : colourParameters(base, styles.rgbToAnsi256(red, green, blue), depth);
	}
	const [, , index = 0] = values.splice(0, 3);
	return depth === 'none' ? [] : colourParameters(base, index, depth);
}

const isColour = (value: number) => (value >= 30 && value <= 49) || (value >= 90 && value <= 107);

/** One SGR sequence's parameters with what the terminal cannot show brought down to what it can. */
function reduced(parameters: string, depth: ColourDepth): string {
	const values = numbers(parameters);
	const kept: number[] = [];
	while (values.length > 0) {
		const [first = 0] = values;
		if (first === 38 || first === 48) {
			kept.push(...take(values, depth));
			continue;
		}
		values.shift();
		if (depth !== 'none' || !isColour(first)) kept.push(first);
	}
	return kept.length === 0 ? '0' : kept.join(';');
}

const mostRemembered = 4096;
const sequence = /\u001b\[([\d;]*)m/g;

/**
 * Makes the function that fits rows to a terminal's colours. Bold, underline, inverse and their like always stay.
 *
 * @param depth As `tty.WriteStream.getColorDepth` finds it.
 */
export function createColourFit(depth: ColourDepth): (row: string) => string {
	if (depth === 'true') return row => row;
	const known = new Map<string, string>();
	const fit = (whole: string, parameters: string) => {
		const found = known.get(parameters);
		if (found !== undefined) return found;
		const result = depth === '256' && !parameters.includes(';2;') ? whole : `\u001b[${reduced(parameters, depth)}m`;
		if (known.size >= mostRemembered) known.clear();
		known.set(parameters, result);
		return result;
	};
	return row => (row.includes('\u001b') ? row.replaceAll(sequence, fit) : row);
}
