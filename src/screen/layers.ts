/** A rectangle of the window, in cells from its top left. */
export interface Rect {
	readonly x: number;
	readonly y: number;
	readonly cols: number;
	readonly rows: number;
}

/** A part of one row of the window, and what is drawn there: panes lie in the chrome's holes, dialogs over both. */
export interface Segment {
	readonly layer: 'chrome' | 'pane' | 'dialog';
	readonly x: number;
	readonly cols: number;
	/** Of a pane: which one, and which of its rows. */
	readonly id?: string;
	readonly row?: number;
}

const crosses = ({y, rows}: Rect, row: number) => row >= y && row < y + rows;

/** A rectangle's columns inside the window. */
function columnsOf({x, cols}: Rect, width: number): {x: number; cols: number} {
	const from = Math.max(0, Math.min(x, width));
	return {x: from, cols: Math.max(0, Math.min(x + cols, width) - from)};
}

function layRow(row: number, width: number, holes: readonly (readonly [string, Rect])[], dialogs: readonly Rect[]) {
	const segments: Segment[] = [];
	let x = 0;
	for (const [id, hole] of holes) {
		const place = columnsOf(hole, width);
		if (!crosses(hole, row) || place.cols === 0 || place.x < x) continue;
		if (place.x > x) segments.push({layer: 'chrome', x, cols: place.x - x});
		segments.push({layer: 'pane', ...place, id, row: row - hole.y});
		x = place.x + place.cols;
	}
	if (x < width) segments.push({layer: 'chrome', x, cols: width - x});
	for (const dialog of dialogs) {
		const place = columnsOf(dialog, width);
		if (crosses(dialog, row) && place.cols > 0) segments.push({layer: 'dialog', ...place});
	}
	return segments;
}

/** What is drawn where: for each row of the window its segments, in the order in which they are painted. */
export function layOutRows(
	{cols, rows}: Pick<Rect, 'cols' | 'rows'>,
	holes: ReadonlyMap<string, Rect>,
	dialogs: readonly Rect[],
): Segment[][] {
	const sorted = [...holes].sort(([, a], [, b]) => a.x - b.x || a.y - b.y);
	return Array.from({length: rows}, (_, row) => layRow(row, cols, sorted, dialogs));
}

/** True where a cell of the window shows nothing that lies over it. */
export const isCovered = (x: number, y: number, dialogs: readonly Rect[]) =>
	dialogs.some(dialog => crosses(dialog, y) && x >= dialog.x && x < dialog.x + dialog.cols);
