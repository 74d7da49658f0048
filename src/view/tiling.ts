/** Where one of several panes goes, in cells from the top left of their area; with its title's line. */
export interface Tile {
	readonly x: number;
	readonly y: number;
	readonly cols: number;
	readonly rows: number;
}

/** Below this a pane is not worth looking at. */
const least = {cols: 36, rows: 6};
/** As wide as most programs want their terminal. */
const wantedCols = 80;
const wantedRows = 24;
/** One column between two panes. */
const gap = 1;
export const mostTiles = 16;

const share = (length: number, parts: number, index: number) =>
	Math.floor((length * (index + 1)) / parts) - Math.floor((length * index) / parts);

/** Worth of a grid: wide enough panes first, then high ones, then none left empty. */
function worth(width: number, height: number, columns: number, count: number): number {
	const lines = Math.ceil(count / columns);
	const cols = Math.floor((width - gap * (columns - 1)) / columns);
	const rows = Math.floor(height / lines);
	if (cols < least.cols || rows < least.rows) return -1;
	return Math.min(1, cols / wantedCols) * 1.2 + Math.min(1, rows / wantedRows) - (columns * lines - count) * 0.05;
}

/**
 * Side by side and one above the other, as many as there is room for: the columns are chosen so that panes are as wide as
 * programs want them, and the last row's panes share its width.
 *
 * @returns As many tiles as fit, at least one and `count` at most.
 */
export function planTiles(count: number, width: number, height: number): Tile[] {
	for (let shown = Math.min(count, mostTiles); shown > 1; shown--) {
		const choices = Array.from({length: shown}, (_, index) => index + 1);
		const columns = choices.reduce((best, candidate) =>
			worth(width, height, candidate, shown) > worth(width, height, best, shown) ? candidate : best,
		);
		if (worth(width, height, columns, shown) >= 0) return grid(shown, columns, width, height);
	}
	return [{x: 0, y: 0, cols: width, rows: height}];
}

function grid(count: number, columns: number, width: number, height: number): Tile[] {
	const lines = Math.ceil(count / columns);
	const tiles: Tile[] = [];
	let y = 0;
	for (let line = 0; line < lines; line++) {
		const rows = share(height, lines, line);
		const inLine = Math.min(columns, count - line * columns);
		let x = 0;
		for (let index = 0; index < inLine; index++) {
			const cols = share(width - gap * (inLine - 1), inLine, index);
			tiles.push({x, y, cols, rows});
			x += cols + gap;
		}
		y += rows;
	}
	return tiles;
}
