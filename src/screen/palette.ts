const palette = [
	'#1c1f26',
	'#e06c75',
	'#98c379',
	'#e5c07b',
	'#61afef',
	'#c678dd',
	'#56b6c2',
	'#d7dae0',
	'#6b7280',
	'#ff7b86',
	'#b5e08d',
	'#ffd58a',
	'#7cc4ff',
	'#de8df0',
	'#6fd3df',
	'#ffffff',
];

/** What a pane is taken to look like where nobody has chosen: in pictures, and in what programs hear. */
export const background = '#14161b';
export const foreground = '#d7dae0';

/** The same of a light terminal. */
export const lightBackground = '#ffffff';
export const lightForeground = '#1c1f26';

export const hex = (value: number) => `#${value.toString(16).padStart(6, '0')}`;

/** A colour of a terminal by its number, as `#rrggbb`: its own 16, a cube of 6×6×6, then 24 greys. */
export function paletteColour(index: number): string {
	if (index < 16) return palette[index] ?? foreground;
	if (index >= 232) return hex((8 + (index - 232) * 10) * 0x010101);
	const level = (part: number) => (part === 0 ? 0 : 55 + part * 40);
	const cube = index - 16;
	return hex((level(Math.floor(cube / 36)) << 16) | (level(Math.floor(cube / 6) % 6) << 8) | level(cube % 6));
}
