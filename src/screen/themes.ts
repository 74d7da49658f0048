/** How the dashboard's own text is coloured; panes are as their sessions colour them. */
export interface Theme {
	/** The terminal's background is a light one. */
	readonly isLight: boolean;
	/** Nothing is faint, and what has a colour is bold, too. */
	readonly isHighContrast: boolean;
	/** Nothing has a colour. */
	readonly isPlain: boolean;
}

export const darkTheme: Theme = {isLight: false, isHighContrast: false, isPlain: false};

/** Of the terminal's own colours those that cannot be read on white: yellow and cyan. */
const onLight: Readonly<Record<string, string>> = {33: '35', 36: '34', 93: '35', 96: '34', 37: '30', 97: '30'};

const isColour = (parameter: string) => /^(?:3[0-7]|9[0-7])$/.test(parameter);

function themed(parameters: string, {isLight, isHighContrast, isPlain}: Theme): string {
	const given = parameters.split(';');
	const kept = given.filter(parameter => !(isHighContrast && parameter === '2') && !(isPlain && isColour(parameter)));
	const shown = isLight ? kept.map(parameter => onLight[parameter] ?? parameter) : kept;
	const isBold = isHighContrast && shown.some(isColour) && !shown.includes('1');
	return (isBold ? [...shown, '1'] : shown).join(';');
}

const sequence = /\u001b\[([\d;]*)m/g;

/** Makes the function that colours rows of the dashboard, which are made for a dark terminal, by a theme. */
export function createThemeFit(theme: Theme): (row: string) => string {
	if (!theme.isLight && !theme.isHighContrast && !theme.isPlain) return row => row;
	const fit = (whole: string, parameters: string) => {
		if (parameters === '' || parameters === '0') return whole;
		const shown = themed(parameters, theme);
		return shown === '' ? '' : `\u001b[${shown}m`;
	};
	return row => (row.includes('\u001b') ? row.replaceAll(sequence, fit) : row);
}
